"""Bodies that are forms with a file, where tests otherwise send JSON."""

from dataclasses import dataclass

from samvad.channels.adapters.multipart import encoded
from samvad.channels.types import OutgoingFile


@dataclass(frozen=True)
class Form:
    kind: str
    body: bytes


def with_file(**fields: str) -> Form:
    return Form(*encoded(fields, "file", OutgoingFile("cow.jpg", "image/jpeg", b"\xff\xd8\xff")))
