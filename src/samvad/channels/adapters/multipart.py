"""Bodies of `multipart/form-data` (RFC 7578), as uploads of files want them."""

import secrets
from collections.abc import Mapping

from samvad.channels.types import OutgoingFile


def encoded(fields: Mapping[str, str], part: str, file: OutgoingFile) -> tuple[str, bytes]:
    """The content type with its boundary, and the body: the fields first, then the file as `part`."""
    boundary = f"samvad-{secrets.token_hex(16)}"
    pieces = [_piece(boundary, f'name="{name}"', b"", value.encode()) for name, value in fields.items()]
    disposition = f'name="{part}"; filename="{_quoted(file.name)}"'
    kind = f"Content-Type: {file.mime_type or 'application/octet-stream'}\r\n".encode("ascii", "replace")
    pieces.append(_piece(boundary, disposition, kind, file.content))
    body = b"".join(pieces) + f"--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", body


def _piece(boundary: str, disposition: str, kind: bytes, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n".encode()
    return head + kind + b"\r\n" + content + b"\r\n"


def _quoted(name: str) -> str:
    """As browsers escape it (the URL standard's rule for forms)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
