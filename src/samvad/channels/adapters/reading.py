"""Reading JSON that may hold anything: every reader gives a usable value or an empty one, none raises."""

import json
import math
from datetime import UTC, datetime
from typing import Never

import orjson

from samvad.channels.errors import MalformedBody
from samvad.channels.types import JsonObject, JsonValue
from samvad.kernel.clock import from_unix
from samvad.kernel.text import cut, storable

MAX_DEPTH = 32  # of one item; PostgreSQL and orjson take more, no provider sends as much
MAX_ID = 512  # an index entry holds about 2,700 bytes; a wamid has about 60
MAX_TEXT = 65_536  # what WhatsApp itself lets a person write

_FIRST_DAY = datetime(2009, 1, 1, tzinfo=UTC)  # WhatsApp did not exist before
_BIG = 19  # digits from which an integer may not fit 64 bits


class TooDeep(Exception):
    """An item nested beyond MAX_DEPTH."""


def decode(body: bytes) -> JsonObject:
    """The JSON object in `body`; of a repeated key the last one counts. Raises MalformedBody."""
    value = decode_any(body)
    if not isinstance(value, dict):
        raise MalformedBody("the body is not a JSON object")
    return value


def decode_any(body: bytes) -> JsonValue:
    """As `decode`, for any JSON value."""
    try:
        value: JsonValue = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _decode_leniently(body)
    return value


def _decode_leniently(body: bytes) -> JsonValue:
    """As JSON that may hold lone surrogates, which orjson refuses and phones do send."""
    try:
        value: JsonValue = json.loads(
            body.decode("utf-8", "surrogatepass"), parse_int=_integer, parse_constant=_no_constant
        )
    except (ValueError, RecursionError):
        raise MalformedBody("the body is not JSON") from None
    return value


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < _BIG else float(digits)


def _no_constant(word: str) -> Never:
    raise ValueError(f"{word} is not JSON")


def clean(value: JsonValue, *, depth: int = MAX_DEPTH) -> JsonValue:
    """`value` as PostgreSQL can store it: texts storable, numbers finite. Raises TooDeep."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        raise TooDeep
    if isinstance(value, list):
        return [clean(entry, depth=depth - 1) for entry in value]
    return {storable(key): clean(entry, depth=depth - 1) for key, entry in value.items()}


def objekt(node: JsonValue, key: str) -> JsonObject:
    """node[key] when it is an object, else {}."""
    found = node.get(key) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}


def rows(node: JsonValue, key: str) -> list[JsonValue]:
    """node[key] when it is a list, else []."""
    found = node.get(key) if isinstance(node, dict) else None
    return found if isinstance(found, list) else []


def words(node: JsonValue, key: str) -> str | None:
    """node[key] as text for people, numbers spelled out; None when it is neither."""
    found = node.get(key) if isinstance(node, dict) else None
    if isinstance(found, str):
        return cut(found, MAX_TEXT)
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else None


def ident(node: JsonValue, key: str) -> str | None:
    """node[key] as an id; None when it is empty or too long to be one."""
    found = words(node, key)
    return found if found and len(found) <= MAX_ID else None


def number(node: JsonValue, key: str) -> int | None:
    """node[key] as a whole number of 32 bits, also when it is spelled as text."""
    found = words(node, key) or ""
    if not (found.isascii() and found.isdigit() and len(found) <= 10):
        return None
    return int(found) if int(found) < 2**31 else None


def moment(node: JsonValue, key: str, *, latest: datetime) -> datetime | None:
    """node[key] (Unix seconds) as a moment; None when it cannot be right: before WhatsApp, after `latest`."""
    found = words(node, key) or ""
    if not (found.isascii() and found.isdigit() and len(found) <= 12):
        return None
    at = from_unix(int(found))
    return at if at is not None and _FIRST_DAY <= at <= latest else None


def without(node: JsonObject, *keys: str) -> JsonObject:
    return {key: value for key, value in node.items() if key not in keys}
