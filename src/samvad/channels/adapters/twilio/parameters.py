"""The parameters of a call, in the order of its body; of a repeated name every value."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from samvad.channels.adapters.reading import MAX_ID, MAX_TEXT
from samvad.channels.errors import MalformedBody
from samvad.channels.types import JsonObject
from samvad.kernel.text import cut, storable

MOST = 1000  # Twilio sends about forty

Parameters = Mapping[str, Sequence[str]]


def pairs(body: bytes) -> list[tuple[str, str]]:
    """Every name and value, exactly: bytes that are no UTF-8 become surrogates. Raises MalformedBody."""
    try:
        return parse_qsl(
            body.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MOST,
        )
    except ValueError:
        raise MalformedBody(f"more than {MOST} parameters") from None


def read(body: bytes) -> Parameters:
    """As they can be stored. Raises MalformedBody."""
    found: dict[str, list[str]] = {}
    for name, value in pairs(body):
        found.setdefault(_clean(name), []).append(_clean(value))
    return found


def _clean(text: str) -> str:
    exact = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return cut(storable(exact), MAX_TEXT)


def one(parameters: Parameters, *names: str) -> str:
    """The first value that is not empty of the first of these names that has one."""
    return next((value for name in names for value in parameters.get(name, ()) if value), "")


def ident(parameters: Parameters, *names: str) -> str | None:
    """The same as an id; None when it is empty or too long to be one."""
    found = one(parameters, *names)
    return found if found and len(found) <= MAX_ID else None


def whole(parameters: Parameters, name: str) -> int:
    """A whole number of up to nine digits; 0 for anything else."""
    found = one(parameters, name)
    return int(found) if found.isascii() and found.isdigit() and len(found) <= 9 else 0


def rest(parameters: Parameters, told: frozenset[str]) -> JsonObject:
    """What is not told elsewhere, under its own names: parameters come without notice, none is dropped."""
    left = {name: values for name, values in parameters.items() if name not in told}
    return {name: values[0] if len(values) == 1 else list(values) for name, values in left.items()}
