"""Keyset pages: an opaque cursor that names the last row seen."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar
from uuid import UUID

import orjson

from samvad.kernel.errors import FieldError, Invalid

T = TypeVar("T")
R = TypeVar("R")

MAX_LIMIT = 200
DEFAULT_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next_cursor` is None on the last page."""

    items: Sequence[T]
    next_cursor: str | None

    def map(self, change: Callable[[T], R]) -> "Page[R]":
        return Page([change(item) for item in self.items], self.next_cursor)


def encode_cursor(*key: str | int) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(key)).rstrip(b"=").decode()


def decode_cursor(cursor: str, length: int) -> list[str]:
    """The key behind a cursor, `length` parts as text. Raises Invalid for anything we did not make."""
    try:
        key = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        key = None
    if not isinstance(key, list) or len(key) != length or not all(isinstance(k, str | int) for k in key):
        raise _not_ours()
    return [str(part) for part in key]


def pair(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The (moment, id) behind a cursor of a list by time. Raises Invalid."""
    if cursor is None:
        return None
    return _moment_and_id(*decode_cursor(cursor, 2))


def ranked(cursor: str | None, *, most: int) -> tuple[int, tuple[datetime, UUID]] | None:
    """The (moment, id) behind a cursor of a list in parts, and in which of them, 0 to `most`.
    Raises Invalid."""
    if cursor is None:
        return None
    part, at, last = decode_cursor(cursor, 3)
    if part not in [str(n) for n in range(most + 1)]:
        raise _not_ours()
    return int(part), _moment_and_id(at, last)


def _moment_and_id(at: str, last: str) -> tuple[datetime, UUID]:
    try:
        return datetime.fromisoformat(at).astimezone(UTC), UUID(last)
    except (ValueError, OverflowError):
        raise _not_ours() from None


def _not_ours() -> Invalid:
    return Invalid(errors=[FieldError("cursor", "use the next_cursor of an earlier answer")])


def page_of(rows: Sequence[T], limit: int, key: Callable[[T], tuple[str | int, ...]]) -> Page[T]:
    """A page from `limit + 1` rows fetched."""
    more = len(rows) > limit
    shown = rows[:limit]
    return Page(shown, encode_cursor(*key(shown[-1])) if more else None)
