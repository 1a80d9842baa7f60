"""What a message says, by the field that it carries: one small function a field, and one table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from samvad.channels.adapters.reading import ident, objekt, rows, without, words
from samvad.channels.adapters.said import Said
from samvad.channels.types import JsonObject, Kind, Media
from samvad.kernel.text import display_name

_FILE = ("file_id", "file_unique_id", "mime_type", "file_name", "thumbnail", "thumb", "cover", "photo")
_MOVING = ("animation", "video_note", "live_photo")
_START = re.compile(r"/start(?:\s+(\S{1,64}))?")
_FRAME = frozenset({
    "message_id", "message_thread_id", "from", "sender_chat", "chat", "date", "edit_date", "forward_origin",
    "is_topic_message", "is_automatic_forward", "reply_to_message", "external_reply", "quote",
    "reply_to_story", "via_bot", "has_protected_content", "is_from_offline", "media_group_id",
    "author_signature", "entities", "caption", "caption_entities", "link_preview_options", "effect_id",
    "show_caption_above_media", "has_media_spoiler", "reply_markup", "forward_from", "forward_date",
    "forward_from_chat", "forward_sender_name", "sender_boost_count",
})  # fmt: skip


def read(message: JsonObject) -> Said:
    """What `message` says; a field that we do not know is UNSUPPORTED: a person looks."""
    said = next((made for key, reader in _READERS.items() if (made := _try(reader, message, key))), None)
    if said is None:
        said = Said(Kind.UNSUPPORTED, content={"type": _named(message)})
    return replace(said, content={**said.content, **_aside(message)})


def _try(reader: Callable[[JsonObject, str], Said | None], message: JsonObject, key: str) -> Said | None:
    return reader(message, key) if key in message else None


def _named(message: JsonObject) -> str:
    """The field that it is about, as far as can be told."""
    return next((key[:64] for key in message if key not in _FRAME), "")


def _aside(message: JsonObject) -> JsonObject:
    aside: JsonObject = {}
    if "forward_origin" in message or "forward_date" in message:
        aside["forwarded"] = True
    if album := ident(message, "media_group_id"):
        aside["album"] = album
    return aside


def _text(message: JsonObject, key: str) -> Said | None:
    text = words(message, key)
    if text is None:
        return None
    if started := _START.fullmatch(text.strip()):  # what the button of a new chat sends
        return Said(Kind.OPENED, content={"start": started[1]} if started[1] else {})
    return Said(Kind.TEXT, text=text)


def _photo(message: JsonObject, key: str) -> Said | None:
    """One picture in several sizes, the largest last."""
    sizes = [size for size in rows(message, key) if ident(size, "file_id")]
    if not sizes:
        return None
    media = Media(id=ident(sizes[-1], "file_id"), mime_type="image/jpeg")
    return Said(Kind.IMAGE, text=words(message, "caption") or "", media=media)


def _media(message: JsonObject, key: str, *, kind: Kind, mime_type: str | None = None) -> Said | None:
    own = objekt(message, key)
    if not own:
        return None
    media = Media(
        id=ident(own, "file_id"),
        mime_type=ident(own, "mime_type") or mime_type,
        filename=display_name(ident(own, "file_name") or "") or None,  # bidi characters disguise endings
    )
    content = without(own, *_FILE) | ({"type": key} if key in _MOVING else {})
    return Said(kind, text=words(message, "caption") or "", media=media, content=content)


def _sticker(message: JsonObject, key: str) -> Said | None:
    own = objekt(message, key)
    if not own:
        return None
    moving = own.get("is_animated") is True
    mime_type = "application/x-tgsticker" if moving else "image/webp"
    if own.get("is_video") is True:
        mime_type = "video/webm"
    kept: JsonObject = {name: own[name] for name in ("emoji", "set_name") if own.get(name)}
    media = Media(id=ident(own, "file_id"), mime_type=mime_type)
    return Said(Kind.STICKER, media=media, content=kept)


def _location(message: JsonObject, key: str) -> Said | None:
    own = objekt(message, key)
    return Said(Kind.LOCATION, content=own) if own else None


def _venue(message: JsonObject, key: str) -> Said | None:
    own = objekt(message, key)
    place = objekt(own, "location")
    if not place:
        return None
    named = {"name": words(own, "title") or "", "address": words(own, "address") or ""}
    content: JsonObject = {**place, **{name: value for name, value in named.items() if value}}
    return Said(Kind.LOCATION, text=", ".join(filter(None, named.values())), content=content)


def _contact(message: JsonObject, key: str) -> Said | None:
    own = objekt(message, key)
    if not own:
        return None
    parts = {"first_name": words(own, "first_name") or "", "last_name": words(own, "last_name") or ""}
    full = display_name(" ".join(filter(None, parts.values())))
    name: JsonObject = {"formatted_name": full, **{part: value for part, value in parts.items() if value}}
    card: JsonObject = {"name": name, "phones": [{"phone": words(own, "phone_number") or ""}]}
    if user := ident(own, "user_id"):
        card["user_id"] = user
    return Said(Kind.CONTACTS, text=full, content={"contacts": [card]})


def _form(message: JsonObject, key: str) -> Said | None:
    own = objekt(message, key)
    if not own:
        return None
    return Said(Kind.FORM_REPLY, text=words(own, "button_text") or "", content={"response": own.get("data")})


def _service(_: JsonObject, key: str) -> Said:
    return Said(Kind.SYSTEM, content={"type": key})


_SERVICE = ("pinned_message", "message_auto_delete_timer_changed", "chat_background_set",
            "write_access_allowed", "connected_website", "boost_added")  # fmt: skip

# In this order: an animation is a document too, a venue a location.
_READERS: Mapping[str, Callable[[JsonObject, str], Said | None]] = {
    "text": _text,
    "photo": _photo,
    "animation": partial(_media, kind=Kind.VIDEO, mime_type="video/mp4"),
    "video": partial(_media, kind=Kind.VIDEO, mime_type="video/mp4"),
    "video_note": partial(_media, kind=Kind.VIDEO, mime_type="video/mp4"),
    "live_photo": partial(_media, kind=Kind.VIDEO, mime_type="video/mp4"),
    "voice": partial(_media, kind=Kind.VOICE, mime_type="audio/ogg"),
    "audio": partial(_media, kind=Kind.AUDIO),
    "document": partial(_media, kind=Kind.DOCUMENT),
    "sticker": _sticker,
    "venue": _venue,
    "location": _location,
    "contact": _contact,
    "web_app_data": _form,
    **dict.fromkeys(_SERVICE, _service),
}
