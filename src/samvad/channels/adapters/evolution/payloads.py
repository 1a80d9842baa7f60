"""Which call sends a message, and with which body; made without I/O."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from samvad.channels.adapters.by_link import file_name
from samvad.channels.adapters.evolution import limits
from samvad.channels.adapters.evolution.people import chat_of, message_id, number, parts
from samvad.channels.adapters.file_types import ANY, FILMS, PICTURES, SOUND
from samvad.channels.adapters.outgoing import content_of, text_of
from samvad.channels.errors import Rejected
from samvad.channels.types import (
    Audio,
    Captioned,
    ContactCard,
    Contacts,
    Document,
    FileRule,
    Image,
    JsonObject,
    JsonValue,
    Kind,
    Location,
    MediaLink,
    Outbound,
    OutgoingFile,
    Reaction,
    Sticker,
    Video,
)

Call = tuple[str, JsonObject]  # the path, of the instance, and its body

UPLOAD_SECONDS = 120.0
_MOST = 64 << 20  # base64 makes a third more of it; the gateway takes 136 MB
# Shown as typing before a message leaves: no two wait alike, and one that is tried again waits as before.
_FIRST_MS, _SPREAD_MS = 400, 1800
_MEDIA = "/message/sendMedia/"
RULES = (
    FileRule(Kind.IMAGE, PICTURES, _MOST),
    FileRule(Kind.VIDEO, FILMS, _MOST),
    FileRule(Kind.AUDIO, SOUND, _MOST),
    FileRule(Kind.DOCUMENT, ANY, _MOST),
)


def message(outbound: Outbound) -> Call:
    """Raises Rejected or RecipientUnreachable: no call would help."""
    if outbound.kind not in KINDS:
        raise Rejected(f"a message of kind {outbound.kind.value} cannot be sent here")
    if outbound.kind is Kind.REACTION:
        return _reaction(outbound)
    path, said = _said(outbound)
    return path, _addressed(outbound, said)


def file(outbound: Outbound, given: OutgoingFile) -> Call:
    """The same for a file that we hand over. Raises Rejected or RecipientUnreachable."""
    if outbound.kind not in {rule.kind for rule in RULES}:
        raise Rejected(f"a message of kind {outbound.kind.value} has no file")
    _, said = _WRITERS[outbound.kind](content_of(outbound, limits.faults))
    name = given.name.replace("\r", " ").replace("\n", " ")
    said |= {"media": b64encode(given.content).decode(), "fileName": name, "mimetype": given.mime_type}
    return _MEDIA, _addressed(outbound, said)


def _addressed(outbound: Outbound, said: JsonObject) -> JsonObject:
    body: JsonObject = {"number": number(chat_of(outbound.to)), **said}
    body["delay"] = _FIRST_MS + int.from_bytes(outbound.id.bytes[-2:]) % _SPREAD_MS
    body["messageId"] = message_id(outbound.id)  # gateways that do not know the word choose one themselves
    if outbound.reply_to:
        body["quoted"] = {"key": {"id": parts(outbound.reply_to)[1]}}
    return body


def _said(outbound: Outbound) -> Call:
    if outbound.kind is Kind.TEXT:
        return "/message/sendText/", {"text": text_of(outbound, most=limits.TEXT)}
    return _WRITERS[outbound.kind](content_of(outbound, limits.faults))


def _reaction(outbound: Outbound) -> Call:
    """To a message of the customer's, or of ours where its id says so: the key is all that there is."""
    content = content_of(outbound, limits.faults)
    to, (chat, target) = chat_of(outbound.to), parts(outbound.target or "")
    if not target or not isinstance(content, Reaction):
        raise Rejected("the reaction names no message")
    key: JsonObject = {"remoteJid": chat or to, "fromMe": False, "id": target}
    return "/message/sendReaction/", {"key": key, "reaction": content.emoji}


def _media(content: MediaLink) -> Call:
    body: JsonObject = {"mediatype": content.kind.value, "media": content.link}
    if name := file_name(content):
        body["fileName"] = name
    if isinstance(content, Captioned) and content.caption:
        body["caption"] = content.caption
    return _MEDIA, body


def _sticker(content: Sticker) -> Call:
    return "/message/sendSticker/", {"sticker": content.link}


def _location(content: Location) -> Call:
    return "/message/sendLocation/", {
        "latitude": content.latitude,
        "longitude": content.longitude,
        "name": content.name,
        "address": content.address,
    }


def _contacts(content: Contacts) -> Call:
    made: list[JsonValue] = [_card(one) for one in content.contacts]
    return "/message/sendContact/", {"contact": made}


def _card(card: ContactCard) -> JsonObject:
    digits, written = limits.phone(card)
    found: JsonObject = {"fullName": card.name.formatted_name, "wuid": digits}
    found["phoneNumber"] = written if len(written) >= 10 else f"+{digits}"
    more = {
        "organization": card.org.company,
        "email": card.emails[0].email if card.emails else "",
        "url": card.urls[0].url if card.urls else "",
    }
    return found | {name: value for name, value in more.items() if value}


_WRITERS: Mapping[Kind, Callable[[Any], Call]] = {
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
    Kind.STICKER: _sticker,
    **dict.fromkeys((record.kind for record in (Image, Video, Document, Audio)), _media),
}

KINDS = frozenset(_WRITERS) | {Kind.TEXT, Kind.REACTION}
