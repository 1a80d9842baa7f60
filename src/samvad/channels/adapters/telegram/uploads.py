"""Files of ours at Telegram: one call hands over message and file.

core.telegram.org/bots/api#sending-files
"""

from dataclasses import dataclass

import orjson

from samvad.channels.adapters import multipart
from samvad.channels.adapters.file_types import ANY, PICTURES
from samvad.channels.adapters.telegram import bodies
from samvad.channels.types import FileRule, JsonValue, Kind, Outbound, OutgoingFile

SECONDS = 120.0  # for a whole upload
_MOST = 50 << 20
_VOICE = "audio/ogg"  # what Telegram plays as a voice note

RULES = (
    FileRule(Kind.IMAGE, PICTURES, 10 << 20),  # larger ones go as documents
    FileRule(Kind.VIDEO, {"video/mp4": ".mp4"}, _MOST),
    FileRule(Kind.AUDIO, {"audio/mpeg": ".mp3", "audio/mp4": ".m4a", _VOICE: ".ogg"}, _MOST),
    FileRule(Kind.DOCUMENT, ANY, _MOST),
)


@dataclass(frozen=True, slots=True)
class Form:
    """A method of the Bot API; `kind` is the type of the whole body."""

    method: str
    kind: str
    body: bytes


def form(message: Outbound, file: OutgoingFile) -> Form:
    """Raises Rejected or RecipientUnreachable: no call would help."""
    asked = bodies.call(message)
    part = bodies.file_parameter(message.kind)
    fields = {name: _written(value) for name, value in asked.body.items() if name != part}
    voice = file.mime_type == _VOICE and message.kind is Kind.AUDIO
    method, part = ("sendVoice", "voice") if voice else (asked.method, part)
    return Form(method, *multipart.encoded(fields, part, file))


def _written(value: JsonValue) -> str:
    """As a field of a form: texts as they are, everything else as JSON."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()
