"""Chats of a business's phone from before its number was connected (coexistence), told once, in chunks.

developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from samvad.channels.adapters.meta import kinds
from samvad.channels.adapters.meta.people import Contacts, sender
from samvad.channels.adapters.reading import TooDeep, clean, ident, moment, objekt, rows, words
from samvad.channels.types import (
    Delivery,
    Event,
    Ignored,
    JsonObject,
    JsonValue,
    PastMessage,
    Unparsable,
)

FIELD = "history"
_PLACEHOLDER = "media_placeholder"  # its file, if it is young enough, comes with a webhook of its own
_STATES: Mapping[str, Delivery] = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "played": Delivery.PLAYED,
    "error": Delivery.FAILED,
}


def size(value: JsonObject) -> int:
    """How many messages it holds."""
    return sum(len(rows(thread, "messages")) for thread, _ in _threads(value))


def read(value: JsonObject, contacts: Contacts, *, latest: datetime) -> Sequence[Event]:
    """Every message in it, and what says that there are none."""
    own = _digits(words(objekt(value, "metadata"), "display_phone_number"))
    told = [(item, person) for thread, person in _threads(value) for item in rows(thread, "messages")]
    told += [(item, "") for item in rows(value, "messages")]
    events = [_guarded(item, person, own, contacts, latest=latest) for item, person in told]
    return events or [Ignored(_why_none(value))]


def _threads(value: JsonObject) -> Iterator[tuple[JsonValue, str]]:
    """Each with the number of its person."""
    for chunk in rows(value, FIELD):
        for thread in rows(chunk, "threads"):
            yield thread, ident(thread, "id") or ""


def _why_none(value: JsonObject) -> str:
    refused = any(rows(chunk, "errors") for chunk in rows(value, FIELD))
    return "the business does not share its earlier chats" if refused else "no messages in history"


def _guarded(item: JsonValue, person: str, own: str, contacts: Contacts, *, latest: datetime) -> Event:
    try:
        cleaned = clean(item)
    except TooDeep:
        return Unparsable("nested too deeply")
    return _message(cleaned if isinstance(cleaned, dict) else {}, person, own, contacts, latest=latest)


def _message(item: JsonObject, person: str, own: str, contacts: Contacts, *, latest: datetime) -> Event:
    if words(item, "type") == _PLACEHOLDER:
        return Ignored("the place of an earlier file")
    external_id, at = ident(item, "id"), moment(item, "timestamp", latest=latest)
    outward = _digits(words(item, "from")) == own != ""
    whom = sender(
        {"to": person, **item} if outward else item,
        contacts,
        wa_key="to" if outward else "from",
        user_key="to_user_id" if outward else "from_user_id",
    )
    if external_id is None or at is None or whom is None:
        return Unparsable("an earlier message without its id, time or person", item)
    said = kinds.read(item)
    state = (words(objekt(item, "history_context"), "status") or "").lower()
    return PastMessage(
        external_id=external_id,
        person=whom,
        outward=outward,
        kind=said.kind,
        sent_at=at,
        text=said.text,
        media=said.media,
        reply_to=ident(objekt(item, "context"), "id"),
        content=said.content,
        state=_STATES.get(state, Delivery.SENT) if outward else None,
    )


def _digits(number: str | None) -> str:
    return "".join(sign for sign in number or "" if sign.isdigit())
