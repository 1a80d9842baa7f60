"""What each kind of content is for Telegram: a method of its own, and that method's parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from samvad.channels.adapters.outgoing import content_of, text_of
from samvad.channels.adapters.telegram import limits, wording
from samvad.channels.adapters.telegram.ids import Place
from samvad.channels.errors import RecipientUnreachable, Rejected
from samvad.channels.types import (
    Buttons,
    Captioned,
    Contacts,
    CtaUrl,
    Identity,
    IdentityKind,
    JsonObject,
    JsonValue,
    Kind,
    ListMessage,
    Location,
    LocationRequest,
    MediaLink,
    Outbound,
    Reaction,
)


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the Bot API."""

    method: str
    body: JsonObject


def call(outbound: Outbound) -> Call:
    """What sends `outbound`. Raises Rejected or RecipientUnreachable: no call would help."""
    if outbound.kind not in KINDS:
        raise Rejected(f"a message of kind {outbound.kind.value} cannot be sent here")
    chat: JsonObject = {"chat_id": int(_chat(outbound.to))}
    if outbound.kind is Kind.TEXT:
        said = Call("sendMessage", {"text": text_of(outbound, most=limits.TEXT)})
    else:
        content = content_of(outbound, limits.faults)
        if isinstance(content, Reaction):
            return Call("setMessageReaction", chat | _reaction(content, target(outbound)))
        said = _WRITERS[outbound.kind](content)
    return Call(said.method, {**chat, **said.body, **_quote(outbound)})


def file_parameter(kind: Kind) -> str:
    """Where the method of this kind wants the file. Raises Rejected."""
    if kind not in _MEDIA:
        raise Rejected(f"a message of kind {kind.value} has no file")
    return _MEDIA[kind][1]


def target(outbound: Outbound) -> Place:
    """The message that a reaction is for. Raises Rejected."""
    found = Place.of(outbound.target or "")
    if found is None:
        raise Rejected("the reaction names no message of this chat")
    return found


def _chat(to: tuple[Identity, ...]) -> str:
    """Private chats carry the person's number."""
    found = next((i.value for i in to if i.kind is IdentityKind.TELEGRAM), "")
    if not (found.isascii() and found.isdigit()):
        raise RecipientUnreachable("the contact has no Telegram number: they must write to the bot first")
    return found


def _quote(outbound: Outbound) -> JsonObject:
    """Sent all the same when the quoted message is gone."""
    quoted = Place.of(outbound.reply_to or "")
    if quoted is None:
        return {}
    return {"reply_parameters": {"message_id": int(quoted.message), "allow_sending_without_reply": True}}


def _reaction(content: Reaction, place: Place) -> JsonObject:
    chosen: list[JsonValue] = [{"type": "emoji", "emoji": limits.emoji(content)}] if content.emoji else []
    return {"message_id": int(place.message), "reaction": chosen}


def _location(content: Location) -> Call:
    where: JsonObject = {"latitude": content.latitude, "longitude": content.longitude}
    if not content.name:
        return Call("sendLocation", where)
    address = content.address or f"{content.latitude:.5f}, {content.longitude:.5f}"  # it may not be empty
    return Call("sendVenue", {**where, "title": content.name, "address": address})


def _contacts(content: Contacts) -> Call:
    card = content.contacts[0]
    body: JsonObject = {
        "phone_number": card.phones[0].phone,
        "first_name": card.name.first_name or card.name.formatted_name,
    }
    if card.name.first_name and card.name.last_name:
        body["last_name"] = card.name.last_name
    return Call("sendContact", body)


def _media(content: MediaLink) -> Call:
    method, parameter = _MEDIA[content.kind]
    body: JsonObject = {parameter: content.link}
    if isinstance(content, Captioned) and content.caption:
        body["caption"] = content.caption
    return Call(method, body)


def _buttons(content: Buttons) -> Call:
    return _keyboard(wording.of(content), [_button(button.title, button.id) for button in content.buttons])


def _list(content: ListMessage) -> Call:
    chosen = [_button(row.title, row.id) for section in content.sections for row in section.rows]
    return _keyboard(wording.of(content), chosen)


def _cta_url(content: CtaUrl) -> Call:
    return _keyboard(wording.of(content), [{"text": content.display_text, "url": content.url}])


def _location_request(content: LocationRequest) -> Call:
    """A button in place of the keyboard; a picture alone, which needs no language."""
    button: JsonObject = {"text": "📍", "request_location": True}
    markup: JsonObject = {"keyboard": [[button]], "one_time_keyboard": True, "resize_keyboard": True}
    return Call("sendMessage", {"text": content.body, "reply_markup": markup})


def _button(title: str, data: str) -> JsonObject:
    return {"text": title, "callback_data": data}


def _keyboard(text: str, buttons: list[JsonObject]) -> Call:
    """One button a line, so that none is cut."""
    lines: list[JsonValue] = [[button] for button in buttons]
    return Call("sendMessage", {"text": text, "reply_markup": {"inline_keyboard": lines}})


_MEDIA: Mapping[Kind, tuple[str, str]] = {
    Kind.IMAGE: ("sendPhoto", "photo"),
    Kind.VIDEO: ("sendVideo", "video"),
    Kind.DOCUMENT: ("sendDocument", "document"),
    Kind.AUDIO: ("sendAudio", "audio"),
    Kind.STICKER: ("sendSticker", "sticker"),
}
_WRITERS: Mapping[Kind, Callable[[Any], Call]] = {
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
    Kind.BUTTONS: _buttons,
    Kind.LIST: _list,
    Kind.CTA_URL: _cta_url,
    Kind.LOCATION_REQUEST: _location_request,
    **dict.fromkeys(_MEDIA, _media),
}
KINDS = frozenset(_WRITERS) | {Kind.TEXT, Kind.REACTION}
