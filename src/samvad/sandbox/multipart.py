"""Reads `multipart/form-data`, as media uploads use it; pure."""

import re
from dataclasses import dataclass

from samvad.sandbox.jsonio import BadField

_BOUNDARY = re.compile(r'boundary="?([^";]{1,200})"?', re.IGNORECASE)
_NAME = re.compile(r'(?<!file)name="([^"]*)"', re.IGNORECASE)
_FILENAME = re.compile(r'filename="([^"]*)"', re.IGNORECASE)
_TYPE = re.compile(r"content-type:\s*([^\r\n]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    data: bytes
    filename: str | None
    mime_type: str


def parse_multipart(content_type: str, body: bytes) -> dict[str, Part]:
    """Parts by name. Raises BadField when it is none or is cut short."""
    boundary = _BOUNDARY.search(content_type)
    if boundary is None or not content_type.lower().startswith("multipart/form-data"):
        raise BadField("", "the body is not multipart/form-data")
    delimiter = b"\r\n--" + boundary[1].encode("latin-1", "replace")
    first, *pieces = (b"\r\n" + body).split(delimiter)
    if first.strip() or not pieces or not pieces[-1].startswith(b"--"):
        raise BadField("", "the body is cut short")
    parts = {}
    for raw in pieces[:-1]:
        head, separator, data = raw.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        name = _NAME.search(headers)
        if separator and name:
            filename, mime_type = _FILENAME.search(headers), _TYPE.search(headers)
            parts[name[1]] = Part(
                data, filename[1] if filename else None, mime_type[1].strip() if mime_type else "text/plain"
            )
    return parts
