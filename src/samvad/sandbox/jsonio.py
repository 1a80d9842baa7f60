"""JSON at the sandbox's rim: reading that names the wrong field, and Meta's way of writing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias, TypeVar

import orjson

JsonValue: TypeAlias = "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = Mapping[str, JsonValue]
E = TypeVar("E", bound=StrEnum)


class BadField(Exception):
    """A field is missing or holds a wrong value; `missing` tells the two apart."""

    def __init__(self, path: str, reason: str, *, missing: bool = False) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path, self.reason, self.missing = path, reason, missing


def parse_object(body: bytes) -> "Fields":
    """The JSON object in `body`. Lone surrogates are let through: a customer's phone may send them."""
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError) as failure:
        raise BadField("", "the body is not JSON") from failure
    return Fields.of(value)


def parse_strict(body: bytes) -> "Fields":
    """Like `parse_object`, several times faster and refusing what UTF-8 refuses."""
    try:
        return Fields.of(orjson.loads(body))
    except orjson.JSONDecodeError as failure:
        raise BadField("", "the body is not JSON") from failure


def compact(value: JsonValue) -> str:
    """Pure ASCII, so that text with lone surrogates can be stored."""
    return json.dumps(value, separators=(",", ":"))


def meta_bytes(value: JsonValue) -> bytes:
    """As Meta writes webhooks: ASCII, `\\u` escapes, `\\/`. Who re-serialises breaks the signature."""
    return compact(value).replace("/", "\\/").encode("ascii")


def answer_bytes(value: JsonValue) -> bytes:
    """For our own answers: UTF-8 where it can be, escapes where it cannot."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return compact(value).encode("ascii")


class Fields:
    """A JSON object that is read field by field; every complaint carries the path."""

    def __init__(self, values: JsonObject, path: str = "") -> None:
        self.values, self.path = values, path

    @classmethod
    def of(cls, value: JsonValue, path: str = "") -> "Fields":
        if not isinstance(value, Mapping):
            raise BadField(path, "must be an object")
        return cls(value, path)

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def value(self, name: str) -> JsonValue:
        if name not in self:
            raise BadField(self.at(name), "is required", missing=True)
        return self.values[name]

    def text(self, name: str, *, limit: int = 65_536) -> str:
        value = self.value(name)
        if not isinstance(value, str):
            raise BadField(self.at(name), "must be a string")
        if not value:
            raise BadField(self.at(name), "is required", missing=True)
        if len(value) > limit:
            raise BadField(self.at(name), f"must be at most {limit} characters long")
        return value

    def optional_text(self, name: str, *, limit: int = 65_536) -> str | None:
        return self.text(name, limit=limit) if self.values.get(name) not in (None, "") else None

    def integer(self, name: str, *, low: int = 0, high: int = 2**53) -> int:
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise BadField(self.at(name), f"must be a whole number from {low} to {high}")
        return value

    def optional_integer(self, name: str, *, low: int = 0, high: int = 2**53) -> int | None:
        return self.integer(name, low=low, high=high) if name in self else None

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise BadField(self.at(name), "must be true or false")
        return value

    def choice(self, name: str, among: type[E]) -> E:
        text = self.text(name)
        try:
            return among(text)
        except ValueError as failure:
            raise BadField(self.at(name), f"must be one of {', '.join(among)}") from failure

    def fields(self, name: str) -> "Fields":
        return Fields.of(self.value(name), self.at(name))

    def optional_fields(self, name: str) -> "Fields | None":
        return self.fields(name) if name in self else None

    def items(self, name: str, *, most: int = 10_000) -> "list[Fields]":
        value = self.value(name)
        if isinstance(value, str) or not isinstance(value, Sequence) or not 0 < len(value) <= most:
            raise BadField(self.at(name), f"must be a list of 1 to {most} objects")
        return [Fields.of(item, f"{self.at(name)}[{i}]") for i, item in enumerate(value)]
