"""What a message of Baileys says: wrappers taken off, then one small function a type, and one table."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import orjson

from samvad.channels.adapters import cards
from samvad.channels.adapters.reading import ident, number, objekt, rows, without, words
from samvad.channels.adapters.said import Said
from samvad.channels.types import JsonObject, JsonValue, Kind, Media
from samvad.kernel.text import display_name

_WRAPPERS = ("ephemeralMessage", "viewOnceMessage", "viewOnceMessageV2", "viewOnceMessageV2Extension",
             "documentWithCaptionMessage", "deviceSentMessage", "lottieStickerMessage",
             "associatedChildMessage", "botInvokeMessage", "editedMessage")  # fmt: skip
_ONCE = "viewOnceMessage"
_MOST_WRAPPERS = 5
_BESIDE = frozenset({"messageContextInfo", "senderKeyDistributionMessage", "base64", "mediaUrl",
                     "speechToText"})  # fmt: skip
_SILENT: Mapping[str, str] = {
    "albumMessage": "the cover of several pictures, which come by themselves",
    "pinInChatMessage": "a message was pinned",
    "keepInChatMessage": "a message was kept",
    "encReactionMessage": "a reaction that the gateway could not read",
    "secretEncryptedMessage": "a change of a message that the gateway could not read",
    "placeholderMessage": "a message that is to be seen on the phone alone",
}
_HEAVY = ("jpegThumbnail", "mediaKey", "fileEncSha256", "directPath", "url", "streamingSidecar",
          "scansSidecar", "midQualityFileSha256", "contextInfo")  # fmt: skip
_OFTEN = 5  # forwards from which WhatsApp says "forwarded many times"


def opened(message: JsonObject) -> JsonObject:
    """Without what it is wrapped in; what is to be seen once says so."""
    for _ in range(_MOST_WRAPPERS):
        name = next((one for one in _WRAPPERS if objekt(objekt(message, one), "message")), None)
        if name is None:
            break
        inner = objekt(objekt(message, name), "message")
        message = {**inner, **({"viewOnce": True} if name.startswith(_ONCE) else {})}
    return message


def silent(message: JsonObject) -> str | None:
    """Why it says nothing to anybody; None: it says something."""
    names = [name for name in message if name not in _BESIDE and name != "viewOnce"]
    if not names:
        return "a message without content"
    return _SILENT.get(names[0]) if len(names) == 1 else None


def read(message: JsonObject, *, sent: bool) -> Said:
    """Of an opened message. A type that we do not know, or that lacks its own object, is UNSUPPORTED.
    `sent`: by the business, where a message with buttons is one of its own."""
    word = next((name for name in _READERS if name in message), "")
    said = _READERS[word](message) if word else None
    if said is None or (said.kind is Kind.BUTTONS and not sent):
        name = word or next((one for one in message if one not in _BESIDE), "")
        body = without(objekt(message, name), *_HEAVY)
        return Said(
            Kind.UNSUPPORTED, text=said.text if said else "", content={"type": name[:64], "body": body}
        )
    return replace(said, content={**said.content, "view_once": True}) if message.get("viewOnce") else said


def context(message: JsonObject, beside: JsonObject) -> JsonObject:
    """What it quotes and where it comes from: within the type's own object, or beside the message."""
    own = (objekt(node, "contextInfo") for node in message.values() if isinstance(node, dict))
    return next((found for found in own if found), objekt(beside, "contextInfo"))


def forwarded(about: JsonObject) -> JsonObject:
    often = (number(about, "forwardingScore") or 0) >= _OFTEN
    found: JsonObject = {"forwarded": True} if about.get("isForwarded") is True else {}
    return found | ({"frequently_forwarded": True} if often else {})


def advertised(about: JsonObject) -> JsonObject:
    """The advertisement that led here, in Meta's words."""
    ad = objekt(about, "externalAdReply")
    pairs = {
        "source_url": words(ad, "sourceUrl"),
        "source_id": words(ad, "sourceId"),
        "source_type": words(ad, "sourceType"),
        "headline": words(ad, "title"),
        "body": words(ad, "body"),
        "ctwa_clid": words(ad, "ctwaClid"),
    }
    found = {name: value for name, value in pairs.items() if value}
    return {"referral": {**found}} if "source_id" in found or "ctwa_clid" in found else {}


def hashed(node: JsonValue) -> str | None:
    """Bytes in any of the spellings of JSON that Baileys has for them, as base64."""
    if isinstance(node, str):
        return node[:128] or None
    if not isinstance(node, dict):
        return None
    given = node["data"] if isinstance(node.get("data"), list) else [node.get(str(at)) for at in range(32)]
    values = given if isinstance(given, list) else []
    if not all(isinstance(one, int) and 0 <= one < 256 for one in values) or len(values) != 32:
        return None
    return base64.b64encode(bytes(one for one in values if isinstance(one, int))).decode()


def _text(message: JsonObject) -> Said | None:
    text = words(message, "conversation")
    return None if text is None else Said(Kind.TEXT, text=text)


def _extended(message: JsonObject) -> Said | None:
    text = words(objekt(message, "extendedTextMessage"), "text")
    return None if text is None else Said(Kind.TEXT, text=text)


def _media(message: JsonObject, *, key: str, kind: Kind) -> Said | None:
    own = objekt(message, key)
    if not own:
        return None
    name = display_name(ident(own, "fileName") or ident(own, "title") or "") or None
    media = Media(
        id=None,  # the message's own, which the caller knows
        mime_type=ident(own, "mimetype"),
        sha256=hashed(own.get("fileSha256")),
        filename=name if kind is Kind.DOCUMENT else None,
    )
    if kind is Kind.AUDIO and own.get("ptt") is True:
        kind = Kind.VOICE
    content: JsonObject = {"animated": True} if own.get("isAnimated") is True else {}
    return Said(kind, text=words(own, "caption") or "", media=media, content=content)


def _place(message: JsonObject, *, key: str) -> Said | None:
    own = objekt(message, key)
    if not own:
        return None
    content: JsonObject = {
        "latitude": own.get("degreesLatitude"),
        "longitude": own.get("degreesLongitude"),
    }
    name, address = words(own, "name"), words(own, "address")
    content |= {name_: found for name_, found in (("name", name), ("address", address)) if found}
    if key == "liveLocationMessage":
        content["live"] = True
    shown = ", ".join(part for part in (name, address) if part)
    return Said(Kind.LOCATION, text=shown or words(own, "caption") or "", content=content)


def _contact(message: JsonObject) -> Said | None:
    own = objekt(message, "contactMessage")
    return _cards([own]) if own else None


def _contacts(message: JsonObject) -> Said | None:
    return _cards(rows(objekt(message, "contactsArrayMessage"), "contacts"))


def _cards(given: list[JsonValue]) -> Said | None:
    found = [cards.read(one) for one in given if isinstance(one, dict)]
    named = (words(objekt(card, "name"), "formatted_name") for card in found)
    shown = ", ".join(name for name in named if name)
    return Said(Kind.CONTACTS, text=shown, content={"contacts": [*found]}) if found else None


def _reaction(message: JsonObject) -> Said | None:
    own = objekt(message, "reactionMessage")
    target, emoji = ident(objekt(own, "key"), "id"), words(own, "text") or ""
    content: JsonObject = {} if emoji else {"removed": True}
    return Said(Kind.REACTION, text=emoji, target=target, content=content) if target else None


def _poll(message: JsonObject, *, key: str) -> Said | None:
    """Shown as what it is: nobody can vote from here."""
    own = objekt(message, key)
    offered = [words(one, "optionName") or "" for one in rows(own, "options")]
    content: JsonObject = {"type": "poll", "poll": words(own, "name"), "options": [*offered]}
    return Said(Kind.UNSUPPORTED, text=words(own, "name") or "", content=content) if own else None


def _vote(message: JsonObject) -> Said | None:
    """Names of what was chosen, where the gateway could read them; without a choice a vote was taken back."""
    vote = objekt(objekt(message, "pollUpdateMessage"), "vote")
    if not isinstance(vote.get("selectedOptions"), list):
        return None
    chosen = [one for one in rows(vote, "selectedOptions") if isinstance(one, str)]
    kind = Kind.LIST_REPLY if chosen else Kind.SYSTEM
    return Said(kind, text=", ".join(chosen), content={"chosen": [*chosen]})


def _button(message: JsonObject, *, key: str, id_: str, text: str) -> Said | None:
    own = objekt(message, key)
    content: JsonObject = {"id": words(own, id_)}
    return Said(Kind.BUTTON_REPLY, text=words(own, text) or "", content=content) if own else None


def _list_reply(message: JsonObject) -> Said | None:
    own = objekt(message, "listResponseMessage")
    content: JsonObject = {"id": words(objekt(own, "singleSelectReply"), "selectedRowId")}
    if description := words(own, "description"):
        content["description"] = description
    return Said(Kind.LIST_REPLY, text=words(own, "title") or "", content=content) if own else None


def _interactive_reply(message: JsonObject) -> Said | None:
    """A press on a native button or list: its id stands in JSON within the JSON."""
    own = objekt(message, "interactiveResponseMessage")
    flow = objekt(own, "nativeFlowResponseMessage")
    if not own:
        return None
    content: JsonObject = {"id": words(_parsed(words(flow, "paramsJson") or ""), "id")}
    return Said(Kind.BUTTON_REPLY, text=words(objekt(own, "body"), "text") or "", content=content)


def _parsed(text: str) -> JsonValue:
    try:
        found: JsonValue = orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        return None
    return found


def _buttons(message: JsonObject, *, key: str) -> Said | None:
    """A message that offers something to press."""
    own = objekt(message, key)
    deeper = objekt(own, "hydratedTemplate")
    found = (words(own, "contentText"), words(own, "description"), words(objekt(own, "body"), "text"),
             words(deeper, "hydratedContentText"), words(own, "title"))  # fmt: skip
    text = next((one for one in found if one), "")
    return Said(Kind.BUTTONS, text=text, content=without(own, *_HEAVY)) if own else None


def _call(message: JsonObject) -> Said | None:
    return Said(Kind.SYSTEM, content={"type": "call"}) if "callLogMesssage" in message else None


_READERS: Mapping[str, Callable[[JsonObject], Said | None]] = {
    "conversation": _text,
    "extendedTextMessage": _extended,
    "imageMessage": partial(_media, key="imageMessage", kind=Kind.IMAGE),
    "videoMessage": partial(_media, key="videoMessage", kind=Kind.VIDEO),
    "ptvMessage": partial(_media, key="ptvMessage", kind=Kind.VIDEO),
    "audioMessage": partial(_media, key="audioMessage", kind=Kind.AUDIO),
    "documentMessage": partial(_media, key="documentMessage", kind=Kind.DOCUMENT),
    "stickerMessage": partial(_media, key="stickerMessage", kind=Kind.STICKER),
    "locationMessage": partial(_place, key="locationMessage"),
    "liveLocationMessage": partial(_place, key="liveLocationMessage"),
    "contactMessage": _contact,
    "contactsArrayMessage": _contacts,
    "reactionMessage": _reaction,
    "pollCreationMessage": partial(_poll, key="pollCreationMessage"),
    "pollCreationMessageV2": partial(_poll, key="pollCreationMessageV2"),
    "pollCreationMessageV3": partial(_poll, key="pollCreationMessageV3"),
    "pollUpdateMessage": _vote,
    "buttonsResponseMessage": partial(
        _button, key="buttonsResponseMessage", id_="selectedButtonId", text="selectedDisplayText"
    ),
    "templateButtonReplyMessage": partial(
        _button, key="templateButtonReplyMessage", id_="selectedId", text="selectedDisplayText"
    ),
    "listResponseMessage": _list_reply,
    "interactiveResponseMessage": _interactive_reply,
    "buttonsMessage": partial(_buttons, key="buttonsMessage"),
    "listMessage": partial(_buttons, key="listMessage"),
    "templateMessage": partial(_buttons, key="templateMessage"),
    "interactiveMessage": partial(_buttons, key="interactiveMessage"),
    "callLogMesssage": _call,  # as Baileys spells it
}
