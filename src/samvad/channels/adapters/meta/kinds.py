"""What a message says, by its type: one small function a type, and one table."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from samvad.channels.adapters.reading import (
    TooDeep,
    clean,
    decode_any,
    ident,
    objekt,
    rows,
    without,
    words,
)
from samvad.channels.adapters.said import Said
from samvad.channels.errors import MalformedBody
from samvad.channels.types import JsonObject, JsonValue, Kind, Media
from samvad.kernel.text import display_name

_CONTEXT = ("forwarded", "frequently_forwarded", "referred_product")
_ASIDE = ("referral", "origin")  # beside the type's own object: the ad that led here, say


def read(message: JsonObject) -> Said:
    """What `message` says; a type that we do not know, or that lacks its own object, is UNSUPPORTED."""
    word = words(message, "type") or ""
    said = _READERS[word](message) if word in _READERS else None
    if said is None:
        said = _unsupported(message)
    return replace(said, content={**said.content, **_aside(message)})


def _aside(message: JsonObject) -> JsonObject:
    context = objekt(message, "context")
    found: JsonObject = {key: context[key] for key in _CONTEXT if context.get(key)}
    return found | {key: message[key] for key in _ASIDE if message.get(key)}


def _unsupported(message: JsonObject) -> Said:
    named = ident(objekt(message, "unsupported"), "type") or words(message, "type") or ""
    own = message.get(words(message, "type") or "")
    content: JsonObject = {"type": named[:64]}
    return Said(Kind.UNSUPPORTED, content=content if own is None else {**content, "body": own})


def _text(message: JsonObject) -> Said | None:
    body = words(objekt(message, "text"), "body")
    return None if body is None else Said(Kind.TEXT, text=body)


def _media(message: JsonObject, *, kind: Kind) -> Said | None:
    own = objekt(message, words(message, "type") or "")
    if not own:
        return None
    media = Media(
        id=ident(own, "id"),
        mime_type=ident(own, "mime_type"),
        sha256=ident(own, "sha256"),
        filename=display_name(ident(own, "filename") or "") or None,  # bidi characters disguise endings
        url=words(own, "url"),
    )
    if kind is Kind.AUDIO and own.get("voice") is True:
        kind = Kind.VOICE
    content = without(own, "id", "mime_type", "sha256", "filename", "url", "caption", "voice")
    return Said(kind, text=words(own, "caption") or "", media=media, content=content)


def _location(message: JsonObject) -> Said | None:
    own = objekt(message, "location")
    named = [found for key in ("name", "address") if (found := words(own, key))]
    return Said(Kind.LOCATION, text=", ".join(named), content=own) if own else None


def _contacts(message: JsonObject) -> Said | None:
    cards = rows(message, "contacts")
    named = [found for card in cards if (found := words(objekt(card, "name"), "formatted_name"))]
    return Said(Kind.CONTACTS, text=", ".join(named), content={"contacts": cards}) if cards else None


def _interactive(message: JsonObject) -> Said | None:
    own = objekt(message, "interactive")
    word = words(own, "type") or ""
    part = objekt(own, word)
    return _INTERACTIVE[word](part) if word in _INTERACTIVE and part else None


def _choice(part: JsonObject, *, kind: Kind) -> Said:
    return Said(kind, text=words(part, "title") or "", content=without(part, "title"))


def _form(part: JsonObject) -> Said:
    """An answered form; its fields come as JSON inside a text, which need not be an object."""
    content = without(part, "body", "response_json")
    content["response"] = _inner_json(part.get("response_json"))
    return Said(Kind.FORM_REPLY, text=words(part, "body") or "", content=content)


def _inner_json(value: JsonValue) -> JsonValue:
    if not isinstance(value, str):
        return value
    try:
        return clean(decode_any(value.encode("utf-8", "replace")))
    except (MalformedBody, TooDeep):
        return value


def _call_permission(part: JsonObject) -> Said:
    return Said(Kind.CALL_PERMISSION, text=words(part, "response") or "", content=part)


def _quick_reply(message: JsonObject) -> Said | None:
    own = objekt(message, "button")
    text = words(own, "text") or words(own, "payload") or ""
    return Said(Kind.QUICK_REPLY, text=text, content=without(own, "text")) if own else None


def _reaction(message: JsonObject) -> Said | None:
    own = objekt(message, "reaction")
    emoji = words(own, "emoji") or ""
    content: JsonObject = {} if emoji else {"removed": True}
    return Said(Kind.REACTION, text=emoji, target=ident(own, "message_id"), content=content) if own else None


def _order(message: JsonObject) -> Said | None:
    own = objekt(message, "order")
    return Said(Kind.ORDER, text=words(own, "text") or "", content=without(own, "text")) if own else None


def _system(message: JsonObject) -> Said | None:
    own = objekt(message, "system")
    return Said(Kind.SYSTEM, text=words(own, "body") or "", content=without(own, "body")) if own else None


def _welcome(_: JsonObject) -> Said:
    """The customer opened the chat for the first time and wrote nothing yet."""
    return Said(Kind.SYSTEM, content={"type": "request_welcome"})


def _edit(message: JsonObject) -> Said | None:
    own = objekt(message, "edit")
    inner = objekt(own, "message")
    if not own:
        return None
    said = read(without(inner, "edit")) if inner else Said(Kind.UNSUPPORTED)
    content: JsonObject = {**said.content, "kind": said.kind.value}
    target = ident(own, "original_message_id")
    return Said(Kind.EDIT, text=said.text, media=said.media, target=target, content=content)


def _revoke(message: JsonObject) -> Said | None:
    own = objekt(message, "revoke")
    return Said(Kind.REVOKE, target=ident(own, "original_message_id")) if own else None


_READERS: Mapping[str, Callable[[JsonObject], Said | None]] = {
    "text": _text,
    "image": partial(_media, kind=Kind.IMAGE),
    "video": partial(_media, kind=Kind.VIDEO),
    "audio": partial(_media, kind=Kind.AUDIO),
    "voice": partial(_media, kind=Kind.VOICE),
    "document": partial(_media, kind=Kind.DOCUMENT),
    "sticker": partial(_media, kind=Kind.STICKER),
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _quick_reply,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "request_welcome": _welcome,
    "edit": _edit,
    "revoke": _revoke,
}

_INTERACTIVE: Mapping[str, Callable[[JsonObject], Said]] = {
    "button_reply": partial(_choice, kind=Kind.BUTTON_REPLY),
    "list_reply": partial(_choice, kind=Kind.LIST_REPLY),
    "nfm_reply": _form,
    "call_permission_reply": _call_permission,
}
