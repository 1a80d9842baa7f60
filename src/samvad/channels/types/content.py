"""What we may send beside text: one record a kind, in words of no provider. Empty means left out."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from samvad.channels.types.wire import Kind
from samvad.kernel.json import JsonObject, JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def as_json(self) -> JsonObject:
        """As it is stored: without what is left out."""
        given = [(field, getattr(self, field.name)) for field in fields(self)]
        return {field.name: _plain(value) for field, value in given if value != _default(field)}


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _plain(value: object) -> JsonValue:
    if isinstance(value, Record):
        return value.as_json()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return value if value is None or isinstance(value, str | int | float) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Record):
    """`text` is what a person would read of it: in previews and searches."""

    kind: ClassVar[Kind]

    @property
    def text(self) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Content):
    """Degrees, north and east positive."""

    kind: ClassVar[Kind] = Kind.LOCATION
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""

    @property
    def text(self) -> str:
        return ", ".join(part for part in (self.name, self.address) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactive(Content):
    """A body with something to press under it."""

    body: str

    @property
    def text(self) -> str:
        return self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRequest(Interactive):
    kind: ClassVar[Kind] = Kind.LOCATION_REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed(Interactive):
    header: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyButton(Record):
    """`id` comes back when it is pressed."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons(Framed):
    kind: ClassVar[Kind] = Kind.BUTTONS
    buttons: tuple[ReplyButton, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow(Record):
    """`id` comes back when it is chosen."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSection(Record):
    title: str = ""
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMessage(Framed):
    """`button` opens the list."""

    kind: ClassVar[Kind] = Kind.LIST
    button: str
    sections: tuple[ListSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CtaUrl(Framed):
    """A button that opens `url`."""

    kind: ClassVar[Kind] = Kind.CTA_URL
    display_text: str
    url: str


class FlowMode(StrEnum):
    PUBLISHED = "published"
    DRAFT = "draft"  # for trying it out, with numbers of the team


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Framed):
    """A form that the provider keeps, by id or name, opened by `cta`. `screen` comes first, with `data` for
    it; without one the form's own endpoint chooses."""

    kind: ClassVar[Kind] = Kind.FLOW
    cta: str
    flow_id: str = ""
    flow_name: str = ""
    mode: FlowMode = FlowMode.PUBLISHED
    screen: str = ""
    data: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction(Content):
    """To a customer's message, by our id of it. An empty emoji takes the reaction back."""

    kind: ClassVar[Kind] = Kind.REACTION
    message_id: UUID
    emoji: str = ""

    @property
    def text(self) -> str:
        return self.emoji


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLink(Content):
    """A file that the provider fetches itself; without a link the message's own, which we hand over."""

    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captioned(MediaLink):
    caption: str = ""

    @property
    def text(self) -> str:
        return self.caption


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Captioned):
    kind: ClassVar[Kind] = Kind.IMAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Video(Captioned):
    kind: ClassVar[Kind] = Kind.VIDEO


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Captioned):
    kind: ClassVar[Kind] = Kind.DOCUMENT
    filename: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio(MediaLink):
    kind: ClassVar[Kind] = Kind.AUDIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Sticker(MediaLink):
    kind: ClassVar[Kind] = Kind.STICKER
