"""Checks that any provider's limits are made of: each yields the faults of one field, named for people."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import orjson

from samvad.channels.types import Location
from samvad.kernel.errors import FieldError
from samvad.kernel.json import JsonValue

LONGEST_URL = 2000  # where a provider names no limit; every browser takes as many


def text(field: str, given: str, most: int, *, needed: bool = True) -> Iterator[FieldError]:
    if needed and not given.strip():
        yield FieldError(field, f"is empty: 1 to {most} characters are needed")
    if len(given) > most:
        yield FieldError(field, f"has {len(given)} characters, at most {most} are allowed")


def optional(field: str, given: str, most: int) -> Iterator[FieldError]:
    yield from text(field, given, most, needed=bool(given))


def identifier(field: str, given: str, most: int) -> Iterator[FieldError]:
    yield from text(field, given, most)
    if given != given.strip():
        yield FieldError(field, f"is {given[:40]!r}: it may not begin or end with a space")


def count(field: str, given: Sequence[object], most: int) -> Iterator[FieldError]:
    if not 1 <= len(given) <= most:
        yield FieldError(field, f"holds {len(given)}, from 1 to {most} are allowed")


def unique(fields: Sequence[str], values: Sequence[str]) -> Iterator[FieldError]:
    for at, value in enumerate(values):
        if value in values[:at]:
            yield FieldError(
                fields[at], f"is the same as {fields[values.index(value)]}: each must be another"
            )


def url(field: str, given: str, *, schemes: tuple[str, ...] = ("https",)) -> Iterator[FieldError]:
    yield from text(field, given, LONGEST_URL)
    scheme, host = _parts(given)
    if scheme not in schemes or not host or not given.isprintable() or " " in given:
        yield FieldError(field, f"is no {' or '.join(schemes)} address: it begins with {given[:20]!r}")


def json_size(field: str, given: Mapping[str, JsonValue], most: int) -> Iterator[FieldError]:
    """Free JSON: what can be written at all, and not more than `most` characters of it."""
    try:
        length = len(orjson.dumps(given, option=orjson.OPT_STRICT_INTEGER))
    except TypeError:
        yield FieldError(
            field, "holds a number or a text that cannot be written down, such as one of 20 digits"
        )
        return
    if length > most:
        yield FieldError(field, f"has {length} characters as JSON, at most {most} are allowed")


def degrees(place: Location) -> Iterator[FieldError]:
    for field, given, bound in (("latitude", place.latitude, 90), ("longitude", place.longitude, 180)):
        if not -bound <= given <= bound:
            yield FieldError(field, f"is {given:g}, from -{bound} to {bound} are allowed")


def _parts(given: str) -> tuple[str, str | None]:
    try:
        found = urlsplit(given)
        return found.scheme.lower(), found.hostname
    except ValueError:
        return "", None
