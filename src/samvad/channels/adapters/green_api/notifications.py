"""A notification: exactly one item, by its `typeWebhook`, whether it was fetched or came as a call."""

from collections.abc import Callable, Mapping
from datetime import datetime

from samvad.channels.adapters.green_api import kinds, people, states
from samvad.channels.adapters.green_api.statuses import status
from samvad.channels.adapters.reading import TooDeep, clean, decode, decode_any, ident, moment, objekt, words
from samvad.channels.adapters.said import Said
from samvad.channels.errors import MalformedBody
from samvad.channels.types import (
    AccountNotice,
    EchoReceived,
    Event,
    Ignored,
    Item,
    JsonObject,
    Kind,
    MessageReceived,
    Unparsable,
)
from samvad.kernel.text import storable

TEST = "samvadSelfTest"
STATE = "stateInstanceChanged"
_STATE = "instance_state"
_STARTING = "starting"
_ALARMING: Mapping[str, str] = {
    "notAuthorized": "instance_logged_out",
    "blocked": "instance_blocked",
    "sleepMode": "instance_asleep",
    "yellowCard": "instance_yellow_card",
    "suspended": "instance_suspended",
}


def receipt(told: bytes) -> str | None:
    """What settles a fetched one; None: nothing was fetched. Raises MalformedBody."""
    return ident(decode_any(told), "receiptId")


def state(told: bytes) -> str:
    """The state of the instance, where a fetched one is about that."""
    body = objekt(decode_any(told), "body")
    return words(body, "stateInstance") or "" if body.get("typeWebhook") == STATE else ""


def _open(body: bytes) -> JsonObject:
    """What was fetched is wrapped, what is called is not."""
    found = decode(body)
    return objekt(found, "body") if "receiptId" in found else found


def address(body: bytes) -> str:
    """The instance that it names. Raises MalformedBody."""
    found = _open(body)
    if not isinstance(found.get("typeWebhook"), str):
        raise MalformedBody("the body is not a notification of Green API")
    return storable(ident(objekt(found, "instanceData"), "idInstance") or "")


def parse(body: bytes, *, latest: datetime) -> Item:
    """Times after `latest` cannot be right. Raises MalformedBody."""
    named = address(body)
    try:
        cleaned = clean(_open(body))
    except TooDeep:
        return Item(named, "", Unparsable("the notification is nested too deep"))
    return Item(named, "", _read(cleaned if isinstance(cleaned, dict) else {}, latest))


def _read(body: JsonObject, latest: datetime) -> Event:
    word = words(body, "typeWebhook") or ""
    reader = _READERS.get(word)
    return reader(body, latest) if reader else Unparsable(f"unknown notification {word[:64]}", body)


def _said(body: JsonObject, latest: datetime, *, incoming: bool) -> Event:
    who, data = objekt(body, "senderData"), objekt(body, "messageData")
    chat, message = ident(who, "chatId"), ident(body, "idMessage")
    if chat is None or message is None or not data:
        return Unparsable("the message has no chat, no id or no content", body)
    if why := people.aside(chat):
        return Ignored(why, body)
    person = people.customer(chat, who, incoming=incoming)
    if person is None:
        return Unparsable("the chat is nobody's that we know", body)
    said = kinds.read(data, sent=not incoming)
    external, at = people.external_id(chat, message), moment(body, "timestamp", latest=latest)
    reply_to, target = _about(chat, data, said)
    if incoming:
        return MessageReceived(
            external_id=external, sender=person, kind=said.kind, sent_at=at, text=said.text,
            media=said.media, reply_to=reply_to, target=target, content=said.content,
        )  # fmt: skip
    return EchoReceived(
        external_id=external, recipient=person, kind=said.kind, sent_at=at, text=said.text,
        media=said.media, reply_to=reply_to, target=target, content=said.content,
        bare_id=message, about_bare=people.within_chat(about) if (about := target or reply_to) else None,
    )  # fmt: skip


def _about(chat: str, data: JsonObject, said: Said) -> tuple[str | None, str | None]:
    """(what it quotes, what it changes), as external ids: both are of the same chat."""
    if said.target is not None:
        return None, people.external_id(chat, said.target)
    word = words(data, "typeMessage") or ""
    quoted = kinds.quoted(data) or next(
        (found for key in (word, "templateButtonReplyMessage", "pollMessageData")
         if (found := ident(objekt(data, key), "stanzaId"))), None,
    )  # fmt: skip
    return (people.external_id(chat, quoted) if quoted else None), None


def _incoming(body: JsonObject, latest: datetime) -> Event:
    return _said(body, latest, incoming=True)


def _outgoing(body: JsonObject, latest: datetime) -> Event:
    """From the phone, or by the API: what we sent ourselves is known by its id."""
    return _said(body, latest, incoming=False)


def _status(body: JsonObject, latest: datetime) -> Event:
    return status(body, latest=latest)


def _state(body: JsonObject, _: datetime) -> Event:
    word = words(body, "stateInstance") or ""
    if word == _STARTING:
        return Ignored(f"the instance is {word}", body)
    if word == states.AUTHORIZED:
        over = (*_ALARMING.values(), _STATE)
        return AccountNotice(_STATE, body, said="The instance may send again", alarms=False, ends=over)
    refusal = states.failure(word)
    told = refusal.detail if refusal else f"Green API says that the instance is {word!r}"
    return AccountNotice(_ALARMING.get(word, _STATE), body, said=told)


def _quota(body: JsonObject, _: datetime) -> Event:
    told = words(objekt(body, "quotaData"), "method") or ""
    most = f" ({told})" if told else ""
    return AccountNotice("quota_exceeded", body, said=f"The plan at Green API is used up{most}")


def _call(body: JsonObject, latest: datetime) -> Event:
    """Ringing, missed and declined come one after the other under one id: shown once."""
    chat, message = ident(body, "from"), ident(body, "idMessage")
    person = people.customer(chat, {}, incoming=False) if chat else None
    if chat is None or message is None or person is None:
        return Ignored("call", body)
    return MessageReceived(
        external_id=people.external_id(chat, message),
        sender=person,
        kind=Kind.SYSTEM,
        sent_at=moment(body, "timestamp", latest=latest),
        content={"type": "call", "status": words(body, "status")},
    )


def _without_effect(body: JsonObject, _: datetime) -> Event:
    return Ignored(words(body, "typeWebhook") or "", body)


_READERS: Mapping[str, Callable[[JsonObject, datetime], Event]] = {
    "incomingMessageReceived": _incoming,
    "outgoingMessageReceived": _outgoing,
    "outgoingAPIMessageReceived": _outgoing,
    "outgoingMessageStatus": _status,
    STATE: _state,
    "quotaExceeded": _quota,
    "incomingCall": _call,
    **dict.fromkeys(
        ("statusInstanceChanged", "deviceInfo", "outgoingCall", "incomingBlock", "outgoingBlock", TEST),
        _without_effect,
    ),
}
