"""How the values of steps are read: times, numbers, one of several; pure."""

import re
from collections.abc import Collection

from samvad.workflows.scenarios.tree import Node, Problem, Reader, text, unknown
from samvad.workflows.scenarios.types import MOST_SECONDS, WITHIN

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|seconds?|m|min|minutes?|h|hours?|d|days?)?")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def seconds(node: Node, name: str, *, most: float = MOST_SECONDS) -> float:
    """`5`, `5 seconds`, `2 min`, `25 hours`, `3 days`."""
    found = _DURATION.fullmatch(text(node, name).strip().lower().removeprefix("+").strip())
    if not found:
        raise Problem(node.line, f"{name!r} is a time such as `5 seconds` or `25 hours`")
    value = float(found[1]) * _UNITS[(found[2] or "s")[0]]
    if not 0 < value <= most:
        raise Problem(node.line, f"{name!r} is more than nothing and at most {most:g} seconds")
    return value


def within(reader: Reader) -> float:
    node = reader.take("within")
    return WITHIN if node is None else seconds(node, "within")


def number(node: Node, name: str, *, low: int, high: int) -> int:
    given = text(node, name)
    if not (given.isascii() and given.isdigit() and len(given) < 10 and low <= int(given) <= high):
        raise Problem(node.line, f"{name!r} is a whole number from {low} to {high}")
    return int(given)


def choice(node: Node, name: str, among: Collection[str]) -> str:
    given = text(node, name)
    if given not in among:
        raise Problem(node.line, unknown(given, list(among)))
    return given


def needed(reader: Reader, name: str) -> Node:
    node = reader.take(name)
    if node is None:
        raise Problem(reader.line, f"{name!r} is missing")
    return node
