"""Messages between the app and its compute process: a length, then JSON with bytes as base64."""

import base64
import struct
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import orjson

Value: TypeAlias = "bool | int | float | str | bytes | Sequence[Value] | Mapping[str, Value] | None"

HEADER = struct.Struct(">I")
LARGEST = 256 << 20
_BYTES = "\x00bytes"  # no key of a real mapping starts with NUL


class TooLarge(ValueError):
    """A message above LARGEST bytes, or a header that says so because the pipe is out of step."""


def pack(message: Value) -> bytes:
    """Header and body. Raises TypeError for what JSON cannot carry, TooLarge."""
    body = orjson.dumps(message, default=_tagged)
    if len(body) > LARGEST:
        raise TooLarge
    return HEADER.pack(len(body)) + body


def length(header: bytes) -> int:
    """The size of the body behind a header."""
    (size,) = HEADER.unpack(header)
    if size > LARGEST:
        raise TooLarge
    return int(size)


def unpack(body: bytes) -> Value:
    """Sequences come back as lists."""
    return _untagged(orjson.loads(body))


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode()}
    raise TypeError(f"cannot send a {type(value).__name__}")


def _untagged(value: Value) -> Value:
    if isinstance(value, list):
        return [_untagged(part) for part in value]
    if not isinstance(value, dict):
        return value
    encoded = value.get(_BYTES)
    if isinstance(encoded, str):
        return base64.b64decode(encoded)
    return {key: _untagged(part) for key, part in value.items()}
