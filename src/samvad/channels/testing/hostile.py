"""Bodies that no provider sends: junk, and every example spoilt in every place by every kind of value."""

import gzip
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

JUNK = (
    b"", b"\x00", b"null", b"true", b"7", b"[]", b"{}", b'"text"', b"[" * 100_000, b'{"a":' * 2_000,
    b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b'{"a":NaN}', b"a=1&b", b"%00=%ff&=", b"<xml/>",
    gzip.compress(b"{}"), b'{"a":"\\ud800"}', b'{"\\u0000":"\\u0000"}',
)  # fmt: skip
_CUTS = 12


def _nested(depth: int) -> Any:
    value: Any = "core"
    for _ in range(depth):
        value = {"x": [value]}
    return value


_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**70, 1.5, "", " ", "0", "\x00", "\ud83d", "\u202eab", "x" * 70_000, [], {}, [None],
    [[]], {"id": None}, _nested(40),
)  # fmt: skip


class Spoiler:
    """Spoils bodies of one provider: a place that no body had before with every value, others with a few."""

    def __init__(self) -> None:
        self._seen: set[object] = set()
        self._turn = 0

    def spoilt(self, body: bytes) -> Iterator[bytes]:
        """`body` cut short, and with each of its values replaced or left out."""
        for at in range(0, len(body), max(1, len(body) // _CUTS)):
            yield body[:at]
        try:
            whole = json.loads(body)
        except ValueError:
            yield from self._spoilt_form(body)
            return
        for path in list(_paths(whole)):
            for value in self._values(path):
                yield json.dumps(_with(whole, path, value)).encode()
            yield json.dumps(_without(whole, path)).encode()

    def _values(self, place: object) -> tuple[Any, ...]:
        self._turn += 1
        fresh = place not in self._seen
        self._seen.add(place)
        return _VALUES if fresh else (_VALUES[self._turn % len(_VALUES)],)

    def _spoilt_form(self, body: bytes) -> Iterator[bytes]:
        pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True)
        for at, (name, _) in enumerate(pairs):
            others = [*pairs[:at], *pairs[at + 1 :]]
            yield urlencode(others).encode()
            for value in self._values(name):
                text = value if isinstance(value, str) else json.dumps(value)
                yield urlencode([*others, (name, text)], errors="replace").encode()
                yield urlencode([*pairs, (name, text)], errors="replace").encode()


def _paths(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if at:
        yield at
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from _paths(value, (*at, key))


def _with(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    key, *rest = path
    changed = node.copy()
    changed[key] = _with(node[key], tuple(rest), value) if rest else value
    return changed


def _without(node: Any, path: tuple[Any, ...]) -> Any:
    key, *rest = path
    changed = node.copy()
    if rest:
        changed[key] = _without(node[key], tuple(rest))
    else:
        del changed[key]
    return changed
