"""One message as the gateway hands it over: from a customer, from the phone, or one of ours."""

import hashlib
from dataclasses import replace
from datetime import datetime

from samvad.channels.adapters.evolution import kinds, people
from samvad.channels.adapters.reading import ident, moment, objekt, words
from samvad.channels.adapters.said import Said
from samvad.channels.types import (
    EchoReceived,
    Event,
    Ignored,
    JsonObject,
    Kind,
    MessageReceived,
    Unparsable,
)

_EDIT, _REVOKE = ("MESSAGE_EDIT", "14"), ("REVOKE", "0")


def message(given: JsonObject, *, latest: datetime) -> Event:
    """Times after `latest` cannot be right."""
    key, inner = objekt(given, "key"), kinds.opened(objekt(given, "message"))
    chat, own = ident(key, "remoteJid"), ident(key, "id")
    if chat is None or own is None:
        return Unparsable("the message has no chat or no id", given)
    if why := people.aside(chat):
        return Ignored(why)
    if protocol := objekt(inner, "protocolMessage"):
        return _protocol(key, protocol, at=moment(given, "messageTimestamp", latest=latest))
    if why := kinds.silent(inner):
        return Ignored(why, {"stub": words(given, "messageStubType")})
    about = kinds.context(inner, given)
    said = kinds.read(inner, sent=key.get("fromMe") is True)
    content = said.content | kinds.forwarded(about) | kinds.advertised(about)
    if said.media is not None:
        said = replace(said, media=replace(said.media, id=own))
    quoted = _answered(inner) or ident(about, "stanzaId")
    at = moment(given, "messageTimestamp", latest=latest)
    return _event(key, replace(said, content=content), own=own, quoted=quoted, at=at, by=given)


def edited(key: JsonObject, inner: JsonObject, *, at: datetime | None) -> Event:
    """New words of an older message, which `key` names: the change has no id of its own."""
    found = kinds.read(kinds.opened(inner), sent=True)
    target = ident(key, "id")
    if target is None or not found.text:
        return Ignored("an edit without words")
    digest = hashlib.sha256(found.text.encode("utf-8", "replace")).hexdigest()[:16]
    said = Said(Kind.EDIT, text=found.text, target=target, content={"kind": found.kind.value})
    return _event(key, said, own=f"{target}:edit:{digest}", quoted=None, at=at, by={})


def revoked(key: JsonObject, *, at: datetime | None = None) -> Event:
    target = ident(key, "id")
    if target is None:
        return Unparsable("the deletion names no message", key)
    if why := people.aside(ident(key, "remoteJid") or ""):
        return Ignored(f"deletion: {why}")
    said = Said(Kind.REVOKE, target=target)
    return _event(key, said, own=f"{target}:revoked", quoted=None, at=at, by={})


def _protocol(key: JsonObject, protocol: JsonObject, *, at: datetime | None) -> Event:
    """What WhatsApp says by a message of its own kind. The chat is that of the message around it: the key
    within is the sender's view, in which we are the chat."""
    word, changed = words(protocol, "type") or "0", {**key, "id": ident(objekt(protocol, "key"), "id")}
    if word in _EDIT:
        return edited(changed, objekt(protocol, "editedMessage"), at=at)
    return revoked(changed, at=at) if word in _REVOKE else Ignored(f"protocol message {word[:40]}")


def _answered(inner: JsonObject) -> str | None:
    """The poll that a vote is for: its own words for what others call a quote."""
    return ident(objekt(objekt(inner, "pollUpdateMessage"), "pollCreationMessageKey"), "id")


def _event(
    key: JsonObject, said: Said, *, own: str, quoted: str | None, at: datetime | None, by: JsonObject
) -> Event:
    ours = key.get("fromMe") is True
    named, who = people.chats(key), people.person(key, name=None if ours else people.pushed(by))
    if who is None:
        return Unparsable("the chat is nobody's that we know", key)
    chat = named[0]
    reply_to = people.external_id(chat, quoted) if quoted and said.target is None else None
    target = people.external_id(chat, said.target) if said.target else None
    external = people.external_id(chat, own)
    if not ours:
        return MessageReceived(
            external_id=external, sender=who, kind=said.kind, sent_at=at, text=said.text,
            media=said.media, reply_to=reply_to, target=target, content=said.content,
        )  # fmt: skip
    return EchoReceived(
        external_id=external, recipient=who, kind=said.kind, sent_at=at, text=said.text,
        media=said.media, reply_to=reply_to, target=target, content=said.content,
        bare_id=own, about_bare=said.target or (quoted if reply_to else None),
    )  # fmt: skip
