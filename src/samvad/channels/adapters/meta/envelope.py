"""A webhook body: entries of accounts, each with changes, each with items."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from samvad.channels.adapters.meta import fields, history
from samvad.channels.adapters.reading import decode, ident, objekt, rows, words
from samvad.channels.errors import MalformedBody
from samvad.channels.types import Item, JsonObject, JsonValue, Unparsable
from samvad.kernel.text import storable

MAX_ITEMS = 10_000  # Meta sends at most 1,000 at a time

_OBJECT = "whatsapp_business_account"


def addresses(body: bytes) -> frozenset[str]:
    """Every phone_number_id that the body names. Raises MalformedBody."""
    named = (_address(change) for _, change in _changes(body))
    return frozenset(address for address in named if address)


def parse(body: bytes, *, latest: datetime) -> Sequence[Item]:
    """Every item of the body, in order; times after `latest` cannot be right. Raises MalformedBody."""
    items: list[Item] = []
    for account, change in _changes(body):
        if len(items) + _size(change) > MAX_ITEMS:
            raise MalformedBody(f"more than {MAX_ITEMS} items")
        items += _items(account, change, latest=latest)
    return items


def _changes(body: bytes) -> Iterator[tuple[str, JsonValue]]:
    """(account, change) for each change; an entry without changes counts as one that is unreadable."""
    envelope = decode(body)
    if envelope.get("object") != _OBJECT or not isinstance(envelope.get("entry"), list):
        raise MalformedBody("the body is not a WhatsApp webhook")
    for entry in rows(envelope, "entry"):
        account = _id(entry, "id")
        for change in rows(entry, "changes") or [None]:
            yield account, change


def _items(account: str, change: JsonValue, *, latest: datetime) -> list[Item]:
    address = _address(change)
    if not isinstance(change, dict) or not isinstance(change.get("value"), dict):
        return [Item(address, account, Unparsable("a change without a value"))]
    events = fields.read(words(change, "field") or "", _value(change), latest=latest)
    return [Item(address, account, event) for event in events]


def _value(change: JsonValue) -> JsonObject:
    return objekt(change, "value")


def _size(change: JsonValue) -> int:
    """How many items a change holds, at most."""
    value = _value(change)
    beside = sum(len(entry) for entry in value.values() if isinstance(entry, list))
    return max(1, beside + history.size(value))


def _address(change: JsonValue) -> str:
    return _id(objekt(_value(change), "metadata"), "phone_number_id")


def _id(node: JsonValue, key: str) -> str:
    return storable(ident(node, key) or "")
