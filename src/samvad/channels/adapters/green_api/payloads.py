"""Which method sends a message, and with which body; made without I/O."""

from collections.abc import Callable, Mapping
from typing import Any

from samvad.channels.adapters.by_link import file_name
from samvad.channels.adapters.green_api import limits
from samvad.channels.adapters.green_api.people import chat_of, within_chat
from samvad.channels.adapters.outgoing import content_of, text_of
from samvad.channels.errors import Rejected
from samvad.channels.types import (
    Audio,
    Buttons,
    Captioned,
    Contacts,
    Document,
    Image,
    JsonObject,
    JsonValue,
    Kind,
    Location,
    MediaLink,
    Outbound,
    Video,
)

Call = tuple[str, JsonObject]  # the method of Green's API and its body


def message(outbound: Outbound) -> Call:
    """Raises Rejected or RecipientUnreachable: no call would help."""
    if outbound.kind not in KINDS:
        raise Rejected(f"a message of kind {outbound.kind.value} cannot be sent here")
    method, said = _said(outbound)
    body: JsonObject = {"chatId": chat_of(outbound.to), **said}
    if outbound.reply_to and method != _WITHOUT_QUOTES:
        body["quotedMessageId"] = within_chat(outbound.reply_to)
    return method, body


def _said(outbound: Outbound) -> Call:
    if outbound.kind is Kind.TEXT:
        return "sendMessage", {"message": text_of(outbound, most=limits.TEXT)}
    return _WRITERS[outbound.kind](content_of(outbound, limits.faults))


def _media(content: MediaLink) -> Call:
    body: JsonObject = {"urlFile": content.link, "fileName": file_name(content)}
    if isinstance(content, Captioned) and content.caption:
        body["caption"] = content.caption
    return "sendFileByUrl", body


def _location(content: Location) -> Call:
    body: JsonObject = {"latitude": content.latitude, "longitude": content.longitude}
    if content.name:
        body["nameLocation"] = content.name
    if content.address:
        body["address"] = content.address
    return "sendLocation", body


def _contact(content: Contacts) -> Call:
    (card,) = content.contacts
    name = card.name
    parts = {
        "firstName": name.first_name or name.formatted_name,
        "middleName": name.middle_name,
        "lastName": name.last_name,
        "company": card.org.company,
    }
    contact: JsonObject = {"phoneContact": int(limits.phone(content))}
    return "sendContact", {"contact": contact | {key: part for key, part in parts.items() if part}}


_WITHOUT_QUOTES = "sendInteractiveButtonsReply"


def _buttons(content: Buttons) -> Call:
    made: list[JsonValue] = [{"buttonId": one.id, "buttonText": one.title} for one in content.buttons]
    body: JsonObject = {"body": content.body, "buttons": made}
    if content.header:
        body["header"] = content.header
    if content.footer:
        body["footer"] = content.footer
    return _WITHOUT_QUOTES, body


_WRITERS: Mapping[Kind, Callable[[Any], Call]] = {
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contact,
    Kind.BUTTONS: _buttons,
    **dict.fromkeys((record.kind for record in (Image, Video, Document, Audio)), _media),
}

KINDS = frozenset(_WRITERS) | {Kind.TEXT}
