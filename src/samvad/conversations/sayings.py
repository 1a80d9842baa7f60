"""The request body of a message that somebody writes: text, or the content of a kind."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    RootModel,
    Tag,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from samvad.channels import types as content
from samvad.conversations.schemas import Strict

_WRONG_KIND = "kind"
_LONGEST_NOTE = 4096
_KINDS = (
    "The body is text, or has a kind: location, contacts, reaction, buttons, list, cta_url, location_request,"
    " flow, image, video, audio, document, sticker or template"
)


class Saying(Strict):
    client_id: str = Field(min_length=1, max_length=100, description="the same id again sends nothing new")
    reply_to: UUID | None = Field(None, description="`id` of a message of this conversation: it is quoted")


class TextIn(Saying):
    kind: Literal["text"] = "text"
    text: str = Field(
        min_length=1,
        max_length=65_536,
        description="to a customer at most `text_limit` of the conversation, as a note at most 4096",
    )
    private: bool = False
    mentions: list[UUID] = Field(
        [],
        max_length=10,
        description="members whom a private note calls in, as often as you like in its text",
    )

    @field_validator("mentions")
    @classmethod
    def _only_notes_mention(cls, mentions: list[UUID], read: ValidationInfo) -> list[UUID]:
        if mentions and not read.data.get("private"):
            raise PydanticCustomError("mention_to_customer", "Only a private note mentions members")
        return list(dict.fromkeys(mentions))

    @field_validator("private")
    @classmethod
    def _notes_quote_nothing(cls, private: bool, read: ValidationInfo) -> bool:
        if private and read.data.get("reply_to"):
            raise PydanticCustomError("note_with_quote", "A private note quotes nothing: leave reply_to out")
        if private and len(read.data.get("text", "")) > _LONGEST_NOTE:
            raise PydanticCustomError(
                "note_too_long", f"A private note has at most {_LONGEST_NOTE} characters"
            )
        return private


class LocationIn(Saying):
    kind: Literal["location"]
    content: content.Location


class ContactsIn(Saying):
    kind: Literal["contacts"]
    content: content.Contacts


class ReactionIn(Saying):
    kind: Literal["reaction"]
    content: content.Reaction


class ButtonsIn(Saying):
    kind: Literal["buttons"]
    content: content.Buttons


class ListIn(Saying):
    kind: Literal["list"]
    content: content.ListMessage


class CtaUrlIn(Saying):
    kind: Literal["cta_url"]
    content: content.CtaUrl


class LocationRequestIn(Saying):
    kind: Literal["location_request"]
    content: content.LocationRequest


class FlowIn(Saying):
    """What the customer filled in comes back as a `form_reply` that quotes this message."""

    kind: Literal["flow"]
    content: content.Flow


class ImageIn(Saying):
    kind: Literal["image"]
    content: content.Image


class VideoIn(Saying):
    kind: Literal["video"]
    content: content.Video


class TemplateIn(Saying):
    """Also outside the 24-hour window. Values are named as the template's `slots`; `{{contact.name}}` and
    `{{contact.phone}}` in them are filled in."""

    kind: Literal["template"]
    content: content.TemplateChoice


class AudioIn(Saying):
    kind: Literal["audio"]
    content: content.Audio


class DocumentIn(Saying):
    kind: Literal["document"]
    content: content.Document


class StickerIn(Saying):
    kind: Literal["sticker"]
    content: content.Sticker


def _kind(body: object) -> object:
    """What says which of them it is; a body that names no kind is text."""
    return body.get("kind", "text") if isinstance(body, Mapping) else getattr(body, "kind", None)


class MessageIn(
    RootModel[
        Annotated[
            Annotated[TextIn, Tag("text")]
            | Annotated[LocationIn, Tag("location")]
            | Annotated[ContactsIn, Tag("contacts")]
            | Annotated[ReactionIn, Tag("reaction")]
            | Annotated[ButtonsIn, Tag("buttons")]
            | Annotated[ListIn, Tag("list")]
            | Annotated[CtaUrlIn, Tag("cta_url")]
            | Annotated[LocationRequestIn, Tag("location_request")]
            | Annotated[FlowIn, Tag("flow")]
            | Annotated[ImageIn, Tag("image")]
            | Annotated[VideoIn, Tag("video")]
            | Annotated[AudioIn, Tag("audio")]
            | Annotated[DocumentIn, Tag("document")]
            | Annotated[StickerIn, Tag("sticker")]
            | Annotated[TemplateIn, Tag("template")],
            Discriminator(_kind, custom_error_type=_WRONG_KIND, custom_error_message=_KINDS),
        ]
    ]
):
    @model_validator(mode="wrap")
    @classmethod
    def _paths_as_sent(cls, body: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Faults are named by their place in the body, without the kind that was chosen to read it."""
        try:
            return handler(body)
        except ValidationError as failure:
            raise ValidationError.from_exception_data(
                "MessageIn", [_without_kind(found) for found in failure.errors()]
            ) from None


def _without_kind(found: Any) -> InitErrorDetails:
    place = ("kind",) if found["type"] == _WRONG_KIND else found["loc"][1:]
    said = PydanticCustomError(found["type"], found["msg"].replace("{", "(").replace("}", ")"))
    return InitErrorDetails(type=said, loc=place, input=None)
