"""What a message says, apart from who said it, when, and to what."""

from dataclasses import dataclass, field

from samvad.channels.types import JsonObject, Kind, Media


@dataclass(frozen=True, slots=True)
class Said:
    kind: Kind
    text: str = ""
    media: Media | None = None
    target: str | None = None
    content: JsonObject = field(default_factory=dict)
