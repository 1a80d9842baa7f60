"""Calls of the chat API, read: visitors' messages and how far ours got."""

from collections.abc import Sequence
from datetime import datetime
from re import compile as pattern
from uuid import UUID

from samvad.channels.adapters.reading import TooDeep, clean, decode, moment, objekt, rows, words
from samvad.channels.errors import MalformedBody
from samvad.channels.types import (
    Delivery,
    Event,
    Identity,
    IdentityChanged,
    IdentityKind,
    Ignored,
    JsonObject,
    JsonValue,
    Kind,
    MessageReceived,
    Sender,
    StatusReceived,
    Unparsable,
)
from samvad.kernel.phone import BadPhone, to_e164
from samvad.kernel.text import cut

TEXT = 4096
NAME = 100
VISITOR = r"[A-Za-z0-9._@+-]{1,128}"
MESSAGE = r"[A-Za-z0-9._-]{1,128}"
TEST = "test"
_VISITOR, _MESSAGE = pattern(VISITOR), pattern(MESSAGE)
_STATES = {"delivered": Delivery.DELIVERED, "read": Delivery.READ}


def events(body: bytes, *, latest: datetime) -> Sequence[Event]:
    """In the order of the body, messages first. Raises MalformedBody."""
    call = decode(body)
    if TEST in call:
        return [Ignored("self-test", {"nonce": _cleaned(call.get(TEST))})]
    if not isinstance(call.get("messages"), list) and not isinstance(call.get("statuses"), list):
        raise MalformedBody("the body names neither messages nor statuses")
    read: list[Event] = []
    for entry in rows(call, "messages"):
        read += _message(_cleaned(entry), latest=latest)
    return [*read, *(_status(_cleaned(entry), latest=latest) for entry in rows(call, "statuses"))]


def external_id(visitor: str, message: str) -> str:
    """Our name of a visitor's message: theirs is unique with them alone."""
    return f"{visitor}:{message}"


def own_id(external: str) -> str:
    """The message as its writer named it."""
    return external.rpartition(":")[2]


def _cleaned(entry: JsonValue) -> JsonValue:
    try:
        return clean(entry)
    except TooDeep:
        return None


def _message(entry: JsonValue, *, latest: datetime) -> list[Event]:
    who, given = objekt(entry, "visitor"), words(entry, "id") or ""
    visitor = words(who, "id") or ""
    if not _VISITOR.fullmatch(visitor) or not _MESSAGE.fullmatch(given):
        return [Unparsable("a message without a usable id, or of a visitor without one", entry)]
    sender = Sender((Identity(IdentityKind.VISITOR, visitor),), cut(words(who, "name") or "", NAME) or None)
    kind, text, content = _said(entry)
    if not text.strip():
        return [Unparsable("a message without text", entry)]
    message = MessageReceived(
        external_id=external_id(visitor, given),
        sender=sender,
        kind=kind,
        sent_at=moment(entry, "at", latest=latest),
        text=text,
        reply_to=_id(entry, "reply_to"),
        content=content,
    )
    return [*_known_as(sender, words(who, "phone") or "", message.sent_at), message]


def _said(entry: JsonValue) -> tuple[Kind, str, JsonObject]:
    pressed = objekt(entry, "button")
    if pressed:
        title = cut(words(pressed, "title") or "", TEXT)
        return Kind.BUTTON_REPLY, title, {"id": words(pressed, "id") or "", "title": title}
    return Kind.TEXT, cut(words(entry, "text") or "", TEXT), {}


def _known_as(sender: Sender, phone: str, at: datetime | None) -> list[Event]:
    """A number that comes with a visitor: whoever holds the API key says that both are one person."""
    try:
        number = to_e164(phone) if phone else ""
    except BadPhone:
        return []
    if not number:
        return []
    new = Sender((Identity(IdentityKind.PHONE, number),))
    return [IdentityChanged(f"{sender.lane}:phone:{number}", sender, new, at)]


def _status(entry: JsonValue, *, latest: datetime) -> Event:
    message = _id(entry, "message_id")
    if message is None:
        return Unparsable("a status without a message_id", entry)
    state = _STATES.get(words(entry, "status") or "", Delivery.UNKNOWN_WORD)
    return StatusReceived(message, state, moment(entry, "at", latest=latest), our_id=_ours(message))


def _id(entry: JsonValue, key: str) -> str | None:
    found = words(entry, key) or ""
    return found if 0 < len(found) <= 300 else None


def _ours(message: str) -> UUID | None:
    try:
        return UUID(message)
    except ValueError:
        return None
