"""What an adapter's form is over HTTP: the bodies that connect and change a number, and the form itself."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError, create_model
from pydantic_core import PydanticCustomError

from samvad.channels.schemas import ChannelChangeIn, ChannelIn
from samvad.channels.types import ACCEPTED, ChannelAdapter, FieldRole, FormField, Kind, LinksDevice, Pairs
from samvad.kernel.errors import FieldError, Invalid


def connecting(kind: type[ChannelAdapter]) -> type[ChannelIn]:
    """The body that connects a number of this provider."""
    fields = {field.name: _field(field, needed=field.required) for field in kind.form if field.asked}
    fields["provider"] = (Literal[kind.provider], ...)
    return create_model(
        f"{_camel(kind.provider)}ChannelIn",
        __base__=ChannelIn,
        __doc__=f"A number at {kind.title}.",
        **fields,
    )


def changing(kinds: Sequence[type[ChannelAdapter]]) -> type[ChannelChangeIn]:
    """The body that changes a number of one of these providers; fields that must stay are none of it."""
    fields = {
        field.name: _field(field, needed=False)
        for kind in kinds
        for field in kind.form
        if field.asked and not field.fixed
    }
    return create_model(
        "ChannelChangeIn", __base__=ChannelChangeIn, __doc__=ChannelChangeIn.__doc__, **fields
    )


def of_provider(kind: type[ChannelAdapter], body: ChannelChangeIn) -> dict[str, str]:
    """The values of a change. Raises Invalid for fields of another provider."""
    given = body.values()
    try:
        changing([kind]).model_validate(given)
    except ValidationError as wrong:
        raise invalid(wrong) from wrong
    return given


def invalid(wrong: ValidationError) -> Invalid:
    """The same faults as the API names them; what was given is not repeated."""
    return Invalid(errors=[FieldError(".".join(map(str, e["loc"])), e["msg"]) for e in wrong.errors()])


def _field(field: FormField, *, needed: bool) -> Any:
    if field.accepted:
        return (Literal[ACCEPTED], Field(title=field.label, description=field.help))
    text: Any = SecretStr if field.role is FieldRole.SECRET else str
    if field.choices:
        return (Literal[tuple(value for value, _ in field.choices)] | None, Field(None, title=field.label))
    rules: dict[str, Any] = {"max_length": field.longest, "title": field.label, "description": field.help}
    if field.pattern and text is SecretStr:
        text = Annotated[SecretStr, AfterValidator(partial(_matching, field.pattern))]
        rules["json_schema_extra"] = {"pattern": f"^({field.pattern})$"}
    elif field.pattern:
        rules["pattern"] = f"^({field.pattern})$" if needed else f"^({field.pattern})?$"
    if needed:
        return (text, Field(min_length=1, **rules))
    if field.role is FieldRole.SECRET and (field.required or field.made or field.pattern):
        rules["min_length"] = 1  # one that may be missing is taken back by an empty text
    return (text | None, Field(None, **rules))


def _matching(pattern: str, secret: SecretStr) -> SecretStr:
    """What Pydantic does for a plain text, without repeating it."""
    if not re.fullmatch(pattern, secret.get_secret_value()):
        raise PydanticCustomError("string_pattern_mismatch", "This is not what such a value looks like")
    return secret


def _camel(provider: str) -> str:
    return "".join(part.capitalize() for part in provider.replace("_", "-").split("-"))


class ChoiceOut(BaseModel):
    value: str
    label: str


class FieldOut(BaseModel):
    """A field of a provider's form."""

    name: str
    label: str
    help: str
    pattern: str = Field(description="a regular expression for the whole value; empty: any text")
    choices: list[ChoiceOut] = Field(description="what may be chosen, the first one being the default")
    longest: int
    secret: bool
    required: bool
    made: bool = Field(description="made here when left out")
    fixed: bool = Field(description="cannot be changed later")
    advanced: bool = Field(description="right as it is for nearly everybody")
    accepted: bool = Field(description="a risk that somebody must take: `yes` says that they do")

    @classmethod
    def of(cls, field: FormField) -> Self:
        return cls(
            name=field.name,
            label=field.label,
            help=field.help,
            pattern=field.pattern,
            choices=[ChoiceOut(value=value, label=label) for value, label in field.choices],
            longest=field.longest,
            secret=field.role is FieldRole.SECRET,
            required=field.required,
            made=field.made,
            fixed=field.fixed,
            advanced=field.advanced,
            accepted=field.accepted,
        )


class CapabilitiesOut(BaseModel):
    window: bool = Field(description="free text only within 24 hours of the customer's last message")
    templates: bool
    mark_read: bool
    typing: bool
    text_limit: int
    kinds: list[Kind]
    pairs: bool = Field(description="a phone is linked to it by a code")
    device: bool = Field(
        description="it is a linked device: `GET /channels/{id}/connection` tells how it stands"
    )

    @classmethod
    def of(cls, kind: type[ChannelAdapter]) -> Self:
        given = kind.capabilities
        return cls(
            pairs=issubclass(kind, Pairs),
            device=issubclass(kind, LinksDevice),
            window=given.window,
            templates=given.templates,
            mark_read=given.mark_read,
            typing=given.typing,
            text_limit=given.text_limit,
            kinds=sorted(given.kinds),
        )


class ProviderOut(BaseModel):
    provider: str
    title: str
    find: str = Field(description="where the values stand at the provider")
    then: list[str] = Field(description="what is left to do there once the number is stored")
    fields: list[FieldOut]
    capabilities: CapabilitiesOut

    @classmethod
    def of(cls, kind: type[ChannelAdapter]) -> Self:
        return cls(
            provider=kind.provider,
            title=kind.title,
            find=kind.guide.find,
            then=list(kind.guide.then),
            fields=[FieldOut.of(field) for field in kind.form if field.asked],
            capabilities=CapabilitiesOut.of(kind),
        )


class ProvidersOut(BaseModel):
    items: list[ProviderOut]
