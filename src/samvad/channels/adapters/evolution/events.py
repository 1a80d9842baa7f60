"""A call of the gateway: its items, by the name of its event. Only `data` is read: beside it stand a key of
the gateway's and the address that it calls."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from samvad.channels.adapters.evolution import messages, states, statuses
from samvad.channels.adapters.evolution.people import aside, chats, external_id, jid, person
from samvad.channels.adapters.reading import (
    TooDeep,
    clean,
    decode,
    ident,
    moment,
    number,
    objekt,
    rows,
    words,
)
from samvad.channels.errors import MalformedBody
from samvad.channels.types import (
    AccountNotice,
    Event,
    Ignored,
    Item,
    JsonObject,
    JsonValue,
    Kind,
    LinkState,
    MessageReceived,
    StatusReceived,
    Unparsable,
)
from samvad.kernel.text import storable

TEST, LISTED = "samvad.test", "samvad.listed"
_LINK = "instance_state"
_TOPICS: Mapping[LinkState, str] = {
    LinkState.LOGGED_OUT: "instance_logged_out",
    LinkState.REPLACED: "instance_replaced",
    LinkState.BANNED: "instance_blocked",
    LinkState.RESTRICTED: "instance_suspended",
    LinkState.BROKEN: "instance_broken",
}
ALARMS = tuple(_TOPICS.values())
_MOST = 10_000

Reader = Callable[[JsonObject, datetime], Event]


def parse(body: bytes, *, latest: datetime) -> Sequence[Item]:
    """It names no number that is known beyond its own gateway: whoever's URL it came to. Times after
    `latest` cannot be right. Raises MalformedBody."""
    found = decode(body)
    if not isinstance(found.get("event"), str):
        raise MalformedBody("the body is not an event of Evolution API")
    name = (words(found, "event") or "").lower().replace("_", ".")
    reader = _READERS.get(name)
    if reader is None:
        why = f"unknown event {storable(name[:64])}"
        return [Item("", "", Ignored(name) if name in _WITHOUT_EFFECT else Unparsable(why))]
    events = [event for entry in _entries(found.get("data")) for event in _read(entry, reader, name, latest)]
    return [Item("", "", event) for event in events]


def _entries(data: JsonValue) -> Sequence[JsonValue]:
    """One, several, or several within an object, by release."""
    given = rows(data, "messages") or data
    entries = given if isinstance(given, list) else [given]
    if len(entries) > _MOST:
        raise MalformedBody("no gateway tells so much at once")
    return entries or [{}]


def _read(entry: JsonValue, reader: Reader, name: str, latest: datetime) -> Sequence[Event]:
    try:
        cleaned = clean(entry)
    except TooDeep:
        return [Unparsable("the event is nested too deep")]
    if not isinstance(cleaned, dict):
        return [Unparsable(f"{name} without an object")]
    event = reader(cleaned, latest)
    return [event, *_noted(cleaned, event, latest)] if name == LISTED else [event]


def _noted(record: JsonObject, event: Event, latest: datetime) -> Sequence[StatusReceived]:
    """What the gateway noted of a message of ours, where it was asked for its list."""
    furthest = statuses.furthest(words(one, "status") or "" for one in rows(record, "MessageUpdate"))
    key = objekt(record, "key")
    if furthest is None or key.get("fromMe") is not True or isinstance(event, Ignored | Unparsable):
        return []
    word = next(name for name, state in statuses.STATES.items() if state is furthest)
    found = statuses.status(key, word, at=None)
    return [found] if isinstance(found, StatusReceived) else []


def _said(given: JsonObject, latest: datetime) -> Event:
    return messages.message(given, latest=latest)


def _updated(given: JsonObject, latest: datetime) -> Event:
    """A step of a message of ours, or new words of somebody's."""
    key = objekt(given, "key") or {
        "id": ident(given, "keyId") or ident(given, "id"),
        "remoteJid": ident(given, "remoteJid"),
        "remoteJidAlt": ident(given, "remoteJidAlt"),
        "fromMe": given.get("fromMe"),
    }
    changed = objekt(objekt(objekt(given, "message"), "editedMessage"), "message") or objekt(
        objekt(objekt(objekt(given, "update"), "message"), "editedMessage"), "message"
    )
    word = statuses.word_of(given)
    if changed:
        why = aside(ident(key, "remoteJid") or "")
        return Ignored(f"edit: {why}") if why else messages.edited(key, changed, at=None)
    if word == "DELETED":
        return messages.revoked(key)
    if word == "EDITED" or rows(given, "pollUpdates"):
        return Ignored("a change that is told by itself")
    return statuses.status(key, word, at=moment(given, "messageTimestamp", latest=latest))


def _deleted(given: JsonObject, _: datetime) -> Event:
    return messages.revoked(objekt(given, "key") or given)


def _edited(given: JsonObject, latest: datetime) -> Event:
    """The key is the sender's view: with a customer's edit it names us, and so nobody. The same change comes
    as `messages.update` with its chat."""
    if not chats(objekt(given, "key")) or objekt(given, "key").get("fromMe") is not False:
        return Ignored("an edit that does not say in which chat")
    millis = words(given, "timestampMs") or ""
    at = moment({"at": millis[:-3]}, "at", latest=latest)
    return messages.edited(objekt(given, "key"), objekt(given, "editedMessage"), at=at)


def _connection(given: JsonObject, _: datetime) -> Event:
    word = words(given, "state") or words(given, "status") or ""
    code = number(given, "statusReason") or number(given, "disconnectionReasonCode")
    content: JsonObject = {"state": word, "code": code}
    if word == "connecting":
        return Ignored("the gateway is connecting to WhatsApp", content)
    if word == "refused":
        return Ignored("nobody scanned the code in time", content)
    state = states.state_of("open" if word == "open" else "close", code, linked=True)
    if state is LinkState.OPEN:
        said = "The phone is linked, and the gateway connected"
        return AccountNotice(_LINK, content, said=said, alarms=False, ends=ALARMS)
    if state not in _TOPICS:
        return Ignored(f"the connection was lost ({code or 'without a code'})", content)
    return AccountNotice(_TOPICS[state], content, said=states.said_of(state))


def _ended(_: JsonObject, __: datetime) -> Event:
    state = LinkState.LOGGED_OUT
    return AccountNotice(_TOPICS[state], {}, said=states.said_of(state))


def _call(given: JsonObject, latest: datetime) -> Event:
    """Ringing, missed and declined come one after the other under one id: shown once."""
    chat, own = jid(words(given, "from") or ""), ident(given, "id")
    who = person({"remoteJid": chat})
    if not chat or own is None or who is None:
        return Ignored("call")
    return MessageReceived(
        external_id=external_id(chat, own),
        sender=who,
        kind=Kind.SYSTEM,
        sent_at=moment(given, "date", latest=latest),
        content={"type": "call", "status": words(given, "status")},
    )


def _qr(_: JsonObject, __: datetime) -> Event:
    """Whoever scans it links a phone: nothing of it is kept."""
    return Ignored("a code to scan, which is not kept")


def _test(given: JsonObject, _: datetime) -> Event:
    return Ignored("self-test", {"nonce": words(given, "nonce")})


_READERS: Mapping[str, Reader] = {
    "messages.upsert": _said,
    "send.message": _said,
    LISTED: _said,
    "messages.update": _updated,
    "messages.delete": _deleted,
    "messages.edited": _edited,
    "connection.update": _connection,
    "status.instance": _connection,
    "logout.instance": _ended,
    "remove.instance": _ended,
    "instance.delete": _ended,
    "call": _call,
    "qrcode.updated": _qr,
    TEST: _test,
}
_WITHOUT_EFFECT = frozenset(
    {
        "application.startup", "instance.create", "messages.set", "messaging.history.set",
        "messaging-history.set", "send.message.update", "contacts.set", "contacts.upsert",
        "contacts.update", "presence.update", "chats.set", "chats.upsert", "chats.update", "chats.delete",
        "groups.upsert", "group.update", "groups.update", "group.participants.update",
        "group-participants.update", "labels.edit", "labels.association", "typebot.start",
        "typebot.change.status", "new.jwt.token", "errors",
    }
)  # fmt: skip
