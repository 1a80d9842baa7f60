"""Request and answer bodies of channels; those that connect a number are made of the adapters' forms."""

from collections.abc import Sequence
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    create_model,
)

from samvad.channels.types import (
    Capabilities,
    Channel,
    ChannelAdapter,
    FieldRole,
    FormField,
    Kind,
    shown,
)
from samvad.kernel.errors import FieldError, Invalid


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LimitsIn(Strict):
    per_second: float | None = Field(
        None, gt=0, le=1000, description="messages a second; null: the provider's"
    )


class SettingsIn(Strict):
    limits: LimitsIn = LimitsIn()  # type: ignore[call-arg]
    reply_quiet_ms: int = Field(1200, ge=0, le=60_000, description="silence after which a reply is due")
    reply_cap_ms: int = Field(6000, ge=0, le=300_000, description="at most this long after the first message")
    mark_read: Literal["reply", "open", "never"] = "reply"


class ChannelIn(Strict):
    """What every provider's number has; its own fields stand beside these."""

    provider: str
    name: str = Field(min_length=1, max_length=80)
    outlet_id: UUID | None = None
    settings: SettingsIn = SettingsIn()  # type: ignore[call-arg]

    def values(self) -> dict[str, str]:
        """The provider's own fields that were given."""
        return _values(self, ChannelIn.model_fields.keys())


class ChannelChangeIn(Strict):
    """What is left out stays as it is."""

    name: str | None = Field(None, min_length=1, max_length=80)
    settings: SettingsIn | None = None

    def values(self) -> dict[str, str]:
        """The provider's own fields that were given."""
        return _values(self, ChannelChangeIn.model_fields.keys())


def _values(body: BaseModel, common: Any) -> dict[str, str]:
    found = {name: getattr(body, name) for name in body.model_fields_set if name not in common}
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in found.items()
        if value is not None
    }


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
    text = SecretStr if field.role is FieldRole.SECRET else str
    rules: dict[str, Any] = {"max_length": field.longest, "title": field.label, "description": field.help}
    if field.pattern:
        rules["pattern"] = f"^{field.pattern}$" if needed else f"^({field.pattern})?$"
    if needed:
        return (text, Field(min_length=1, **rules))
    if text is SecretStr:
        rules["min_length"] = 1
    return (text | None, Field(None, **rules))


def _camel(provider: str) -> str:
    return "".join(part.capitalize() for part in provider.replace("_", "-").split("-"))


class LimitsOut(BaseModel):
    per_second: float | None


class SettingsOut(BaseModel):
    limits: LimitsOut
    reply_quiet_ms: int
    reply_cap_ms: int
    mark_read: str


class ChannelOut(BaseModel):
    """Secrets never come back."""

    id: UUID
    provider: str
    name: str
    key: str
    webhook_url: str
    status: Literal["active", "stopped", "unclaimed"]
    status_reason: str
    display_address: str = Field(description="the number or name as people write it")
    fields: dict[str, str] = Field(description="what was filled in, by the provider's own names")
    outlet_id: UUID | None
    settings: SettingsOut
    last_event_at: AwareDatetime | None
    created_at: AwareDatetime

    @classmethod
    def of(cls, channel: Channel, *, webhook_url: str, form: Sequence[FormField]) -> Self:
        settings = channel.settings
        return cls.model_validate(
            {
                "id": channel.id,
                "provider": channel.provider,
                "name": channel.name,
                "key": channel.key,
                "webhook_url": webhook_url,
                "status": channel.status.value,
                "status_reason": channel.status_reason,
                "display_address": channel.display_address,
                "fields": shown(form, channel.connection()),
                "outlet_id": channel.outlet,
                "settings": {
                    "limits": {"per_second": settings.per_second},
                    "reply_quiet_ms": settings.reply_quiet_ms,
                    "reply_cap_ms": settings.reply_cap_ms,
                    "mark_read": settings.mark_read,
                },
                "last_event_at": channel.last_event_at,
                "created_at": channel.created_at,
            }
        )


class NewChannelOut(ChannelOut):
    made: dict[str, str] = Field(description="shown once: enter these with the webhook URL at the provider")


class FieldOut(BaseModel):
    """A field of a provider's form."""

    name: str
    label: str
    help: str
    pattern: str
    longest: int
    secret: bool
    required: bool
    made: bool = Field(description="made here when left out")
    fixed: bool = Field(description="cannot be changed later")


class CapabilitiesOut(BaseModel):
    window: bool = Field(description="free text only within 24 hours of the customer's last message")
    templates: bool
    mark_read: bool
    typing: bool
    text_limit: int
    kinds: list[Kind]

    @classmethod
    def of(cls, given: Capabilities) -> Self:
        return cls(
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
    fields: list[FieldOut]
    capabilities: CapabilitiesOut

    @classmethod
    def of(cls, kind: type[ChannelAdapter]) -> Self:
        asked = [
            FieldOut(
                name=field.name,
                label=field.label,
                help=field.help,
                pattern=field.pattern,
                longest=field.longest,
                secret=field.role is FieldRole.SECRET,
                required=field.required,
                made=field.made,
                fixed=field.fixed,
            )
            for field in kind.form
            if field.asked
        ]
        return cls(
            provider=kind.provider,
            title=kind.title,
            fields=asked,
            capabilities=CapabilitiesOut.of(kind.capabilities),
        )


class ProvidersOut(BaseModel):
    items: list[ProviderOut]


class ChannelPage(BaseModel):
    items: list[ChannelOut]
    next_cursor: str | None


class StepOut(BaseModel):
    name: str
    ok: bool
    detail: str


class TestOut(BaseModel):
    ok: bool
    steps: list[StepOut]


class NumberOut(BaseModel):
    channel_id: UUID
    phone_number_id: str
    name: str
    display_phone_number: str
    token: str


class SandboxOut(BaseModel):
    """The phone page of the sandbox: `base` is proxied to the emulator, `token` opens the first number."""

    base: str
    channel_id: UUID | None
    token: str | None
    expires_at: AwareDatetime | None
    numbers: list[NumberOut]
