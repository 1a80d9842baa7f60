"""One message of a customer, or one that the business sent elsewhere, as an event."""

from datetime import datetime

from samvad.channels.adapters.meta import kinds
from samvad.channels.adapters.meta.people import NOBODY, Contacts, sender
from samvad.channels.adapters.reading import ident, moment, number, objekt, rows, words
from samvad.channels.types import (
    EchoReceived,
    Event,
    IdentityChanged,
    Ignored,
    JsonObject,
    JsonValue,
    MessageReceived,
    ProviderError,
    Sender,
    Unparsable,
)

_NEW_ADDRESS = frozenset({"user_changed_number", "customer_changed_number", "user_changed_user_id"})


def message(item: JsonValue, contacts: Contacts, *, latest: datetime) -> Event:
    """An entry of `messages[]`."""
    if not isinstance(item, dict):
        return Unparsable("the message is not an object", item)
    if words(item, "group_id"):
        return Ignored("group message", item)
    external_id = ident(item, "id")
    if external_id is None:
        return Unparsable("the message has no usable id", item)
    if (moved := _identity_changed(item, external_id, latest=latest)) is not None:
        return moved
    author = sender(item, contacts, wa_key="from", user_key="from_user_id")
    if author is None:
        return Unparsable("the message has no sender", item)
    return _received(item, external_id, author, latest=latest)


def _received(item: JsonObject, external_id: str, author: Sender, *, latest: datetime) -> MessageReceived:
    said = kinds.read(item)
    return MessageReceived(
        external_id=external_id,
        sender=author,
        kind=said.kind,
        sent_at=moment(item, "timestamp", latest=latest),
        text=said.text,
        media=said.media,
        reply_to=ident(objekt(item, "context"), "id"),
        target=said.target,
        content=said.content,
        errors=errors(item),
    )


def _identity_changed(item: JsonObject, external_id: str, *, latest: datetime) -> IdentityChanged | None:
    """None when it is another message, or when either end of the change is not named."""
    system = objekt(item, "system")
    if words(item, "type") != "system" or words(system, "type") not in _NEW_ADDRESS:
        return None
    old = _former(item, system)
    new = sender(system, NOBODY, wa_key="wa_id", user_key="user_id")
    if old is None or new is None:
        return None
    at = moment(item, "timestamp", latest=latest)
    return IdentityChanged(external_id, old=old, new=new, at=at, text=words(system, "body") or "")


def _former(item: JsonObject, system: JsonObject) -> Sender | None:
    """Who it was: a changed number makes a new user id too, a changed user id may come without numbers."""
    former = system.get("previous_user_id") or item.get("from_user_id")
    known: JsonObject = {"from": item.get("from"), "user_id": former}
    return sender(known, NOBODY, wa_key="from", user_key="user_id")


def echo(item: JsonValue, contacts: Contacts, *, latest: datetime) -> Event:
    """An entry of `message_echoes[]`: from the business to a customer."""
    if not isinstance(item, dict):
        return Unparsable("the echo is not an object", item)
    if words(item, "group_id"):
        return Ignored("group message", item)
    external_id = ident(item, "id")
    if external_id is None:
        return Unparsable("the echo has no usable id", item)
    recipient = sender(item, contacts, wa_key="to", user_key="to_user_id")
    if recipient is None:
        return Unparsable("the echo has no recipient", item)
    said = kinds.read(item)
    return EchoReceived(
        external_id=external_id,
        recipient=recipient,
        kind=said.kind,
        sent_at=moment(item, "timestamp", latest=latest),
        text=said.text,
        media=said.media,
        reply_to=ident(objekt(item, "context"), "id"),
        target=said.target,
        content=said.content,
    )


def errors(item: JsonObject) -> tuple[ProviderError, ...]:
    """The entries of an item's `errors[]`; one without a code has code 0."""
    return tuple(
        ProviderError(
            code=number(entry, "code") or 0,
            title=words(entry, "title") or words(entry, "message") or "",
            details=words(objekt(entry, "error_data"), "details") or "",
        )
        for entry in rows(item, "errors")
        if isinstance(entry, dict)
    )
