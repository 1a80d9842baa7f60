"""What `messageData` says, by its `typeMessage`: one small function a type, and one table."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from samvad.channels.adapters import cards
from samvad.channels.adapters.reading import ident, number, objekt, rows, without, words
from samvad.channels.adapters.said import Said
from samvad.channels.types import JsonObject, JsonValue, Kind, Media
from samvad.kernel.text import display_name

_LOST = re.compile(r"\{\{(SWE\d{3})\}\}")  # what stands in place of a message that could not be decrypted
_OFTEN = 5  # forwards from which WhatsApp says "forwarded many times"
_HEAVY = ("jpegThumbnail",)


def read(data: JsonObject, *, sent: bool) -> Said:
    """What it says; a type that we do not know, or that lacks its own object, is UNSUPPORTED. `sent`: by the
    business, where a message with buttons is one of its own."""
    word = words(data, "typeMessage") or ""
    said = _READERS[word](data) if word in _READERS else None
    if said is None or (said.kind is Kind.BUTTONS and not sent):
        text = said.text if said else ""
        content: JsonObject = {"type": word[:64], "body": without(data, "typeMessage")}
        return Said(Kind.UNSUPPORTED, text=text, content=content)
    return said


def quoted(data: JsonObject) -> str | None:
    """Green's id of the message that this one is about."""
    return ident(objekt(data, "quotedMessage"), "stanzaId") or ident(
        objekt(data, "extendedTextMessageData"), "stanzaId"
    )


def _text(data: JsonObject) -> Said | None:
    return _plain(words(objekt(data, "textMessageData"), "textMessage"), {})


def _extended(data: JsonObject) -> Said | None:
    own = objekt(data, "extendedTextMessageData")
    return _plain(words(own, "text"), _forwarded(own))


def _plain(text: str | None, content: JsonObject) -> Said | None:
    if text is None:
        return None
    lost = _LOST.fullmatch(text.strip())
    return (
        Said(Kind.UNSUPPORTED, content={"type": lost[1]})
        if lost
        else Said(Kind.TEXT, text=text, content=content)
    )


def _forwarded(own: JsonObject) -> JsonObject:
    often = (number(own, "forwardingScore") or 0) >= _OFTEN
    found: JsonObject = {"forwarded": True} if own.get("isForwarded") is True else {}
    return found | ({"frequently_forwarded": True} if often else {})


def _media(data: JsonObject, *, kind: Kind) -> Said | None:
    own = objekt(data, "fileMessageData")
    if not own:
        return None
    media = Media(
        id=None,
        mime_type=ident(own, "mimeType"),
        filename=display_name(ident(own, "fileName") or "") or None,
        url=words(own, "downloadUrl"),
    )
    if kind is Kind.AUDIO and (media.mime_type or "").startswith("audio/ogg"):
        kind = Kind.VOICE  # what WhatsApp records itself
    content: JsonObject = {**_forwarded(own), **({"animated": True} if own.get("isAnimated") is True else {})}
    return Said(kind, text=words(own, "caption") or "", media=media, content=content)


def _location(data: JsonObject) -> Said | None:
    own = objekt(data, "locationMessageData")
    if not own:
        return None
    content = {"latitude": own.get("latitude"), "longitude": own.get("longitude")}
    name, address = words(own, "nameLocation"), words(own, "address")
    content |= {key: found for key, found in (("name", name), ("address", address)) if found}
    return Said(Kind.LOCATION, text=", ".join(part for part in (name, address) if part), content=content)


def _contact(data: JsonObject) -> Said | None:
    own = objekt(data, "contactMessageData")
    return _cards([own]) if own else None


def _contacts(data: JsonObject) -> Said | None:
    found = (rows(node, "contacts") for node in (data, objekt(data, "messageData"),
                                                 objekt(data, "contactsArrayMessageData")))  # fmt: skip
    return _cards(next((one for one in found if one), []))


def _cards(given: list[JsonValue]) -> Said | None:
    read_ = [cards.read(one) for one in given if isinstance(one, dict)]
    named = (words(objekt(card, "name"), "formatted_name") for card in read_)
    shown = ", ".join(name for name in named if name)
    return Said(Kind.CONTACTS, text=shown, content={"contacts": [*read_]}) if read_ else None


def _reaction(data: JsonObject) -> Said | None:
    target, emoji = quoted(data), words(objekt(data, "extendedTextMessageData"), "text") or ""
    content: JsonObject = {} if emoji else {"removed": True}
    return Said(Kind.REACTION, text=emoji, target=target, content=content) if target else None


def _edited(data: JsonObject) -> Said | None:
    own = objekt(data, "editedMessageData")
    target, text = ident(own, "stanzaId"), words(own, "textMessage") or words(own, "caption") or ""
    return Said(Kind.EDIT, text=text, target=target, content={"kind": "text"}) if target else None


def _deleted(data: JsonObject) -> Said | None:
    target = ident(objekt(data, "deletedMessageData"), "stanzaId")
    return Said(Kind.REVOKE, target=target) if target else None


def _button(data: JsonObject) -> Said | None:
    own = objekt(data, "buttonsResponseMessage")
    text, id_ = words(own, "selectedButtonText") or "", words(own, "selectedButtonId")
    return Said(Kind.BUTTON_REPLY, text=text, content={"id": id_}) if own else None


def _template_button(data: JsonObject) -> Said | None:
    """Also what a press on one of `interactiveButtons` comes back as."""
    own = objekt(data, "templateButtonReplyMessage")
    text, id_ = words(own, "selectedDisplayText") or "", words(own, "selectedId")
    content: JsonObject = {"id": id_, "index": words(own, "selectedIndex")}
    return Said(Kind.BUTTON_REPLY, text=text, content=content) if own else None


def _list_reply(data: JsonObject) -> Said | None:
    own = objekt(data, "listResponseMessage")
    row = own.get("singleSelectReply")
    id_ = words(row, "selectedRowId") if isinstance(row, dict) else words(own, "singleSelectReply")
    return Said(Kind.LIST_REPLY, text=words(own, "title") or "", content={"id": id_}) if own else None


def _vote(data: JsonObject) -> Said | None:
    """Each names all options and who of the chat chose them; without a choice a vote was taken back."""
    own = objekt(data, "pollMessageData")
    chosen = [words(vote, "optionName") or "" for vote in rows(own, "votes") if rows(vote, "optionVoters")]
    content: JsonObject = {"poll": words(own, "name"), "chosen": [*chosen]}
    kind = Kind.LIST_REPLY if chosen else Kind.SYSTEM
    return Said(kind, text=", ".join(chosen), content=content) if own else None


def _buttons(data: JsonObject, *, key: str) -> Said | None:
    """A message that offers something to press."""
    own = objekt(data, key)
    text = words(own, "contentText") or words(own, "body") or ""
    return Said(Kind.BUTTONS, text=text, content=without(own, *_HEAVY)) if own else None


_READERS: Mapping[str, Callable[[JsonObject], Said | None]] = {
    "textMessage": _text,
    "extendedTextMessage": _extended,
    "quotedMessage": _extended,
    "imageMessage": partial(_media, kind=Kind.IMAGE),
    "videoMessage": partial(_media, kind=Kind.VIDEO),
    "audioMessage": partial(_media, kind=Kind.AUDIO),
    "documentMessage": partial(_media, kind=Kind.DOCUMENT),
    "stickerMessage": partial(_media, kind=Kind.STICKER),
    "locationMessage": _location,
    "contactMessage": _contact,
    "contactsArrayMessage": _contacts,
    "reactionMessage": _reaction,
    "editedMessage": _edited,
    "deletedMessage": _deleted,
    "buttonsResponseMessage": _button,
    "templateButtonsReplyMessage": _template_button,
    "templateButtonReplyMessage": _template_button,  # as some releases spell it
    "listResponseMessage": _list_reply,
    "pollUpdateMessage": _vote,
    "interactiveButtons": partial(_buttons, key="interactiveButtons"),
    "interactiveButtonsReply": partial(_buttons, key="interactiveButtonsReply"),
    "templateMessage": partial(_buttons, key="templateMessage"),
    "buttonsMessage": partial(_buttons, key="buttonsMessage"),
    "listMessage": partial(_buttons, key="listMessage"),
}
