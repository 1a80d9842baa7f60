"""What a message says: a small function a kind, tried in order; the first that finds its own speaks."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from samvad.channels.adapters.said import Said
from samvad.channels.adapters.twilio.parameters import Parameters, ident, one, whole
from samvad.channels.adapters.twilio.people import by_whatsapp
from samvad.channels.types import JsonObject, Kind, Media

MOST_FILES = 20  # a message of WhatsApp holds one, an MMS ten

_KINDS: Mapping[str, Kind] = {
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "audio": Kind.AUDIO,
    "voice": Kind.VOICE,
    "document": Kind.DOCUMENT,
    "sticker": Kind.STICKER,
}
_VOICE = "audio/ogg"  # what phones record; a song comes as mp3 or the like
_STICKER = "image/webp"  # WhatsApp sends nothing else in this form


def read(parameters: Parameters) -> Sequence[Said]:
    """At least one; more where several files came with one message: text stays with the first."""
    return next(found for reader in _READERS if (found := reader(parameters)))


def _sms(parameters: Parameters) -> list[Said]:
    """Shown to a person, never answered by itself: our answer would leave by WhatsApp."""
    if by_whatsapp(parameters):
        return []
    return [Said(Kind.UNSUPPORTED, text=one(parameters, "Body"), content={"type": "sms"})]


def _location(parameters: Parameters) -> list[Said]:
    place = [_degrees(one(parameters, name), most) for name, most in (("Latitude", 90), ("Longitude", 180))]
    if None in place:
        return []
    named = {key: found for key in ("Label", "Address") if (found := one(parameters, key))}
    content: JsonObject = {"latitude": place[0], "longitude": place[1]}
    if "Label" in named:
        content["name"] = named["Label"]
    if "Address" in named:
        content["address"] = named["Address"]
    text = ", ".join(named.values()) or one(parameters, "Body")
    return [Said(Kind.LOCATION, text=text, content=content)]


def _degrees(text: str, most: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None


def _list_reply(parameters: Parameters) -> list[Said]:
    title = one(parameters, "ListTitle")
    if not title and not one(parameters, "ListId"):
        return []
    content = _named(parameters, id="ListId", description="ListDescription")
    return [Said(Kind.LIST_REPLY, text=title or one(parameters, "Body"), content=content)]


def _button_reply(parameters: Parameters) -> list[Said]:
    """Of a template or of a message alike: nothing here tells them apart."""
    title = one(parameters, "ButtonText")
    if not title and not one(parameters, "ButtonPayload"):
        return []
    text = title or one(parameters, "Body", "ButtonPayload")
    return [Said(Kind.BUTTON_REPLY, text=text, content=_named(parameters, id="ButtonPayload"))]


def _named(parameters: Parameters, **names: str) -> JsonObject:
    return {key: found for key, name in names.items() if (found := one(parameters, name))}


def _files(parameters: Parameters) -> list[Said]:
    said = [Said(_kind(parameters, media), media=media) for media in _media(parameters)]
    if not said:
        return []
    text = one(parameters, "Body")
    return [Said(said[0].kind, text=text, media=said[0].media), *said[1:]]


def _media(parameters: Parameters) -> Iterator[Media]:
    for at in range(MOST_FILES):
        url = one(parameters, f"MediaUrl{at}")
        kind = ident(parameters, f"MediaContentType{at}")
        if url or kind:
            yield Media(id=_sid(url), mime_type=kind, url=url or None)


def _sid(url: str) -> str | None:
    """The file's id, with which its URL ends."""
    try:
        last = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return None
    return last if last.startswith("ME") and len(last) <= 64 else None


def _kind(parameters: Parameters, media: Media) -> Kind:
    mime = (media.mime_type or "").partition(";")[0].strip().lower()
    if mime == _STICKER:
        return Kind.STICKER
    if mime == _VOICE:
        return Kind.VOICE
    family = mime.partition("/")[0]
    named = one(parameters, "MessageType").lower()
    return _KINDS.get(family) or _KINDS.get(named, Kind.DOCUMENT)


def _text(parameters: Parameters) -> list[Said]:
    body = one(parameters, "Body")
    plain = one(parameters, "MessageType").lower() in ("", "text") and not whole(parameters, "NumMedia")
    return [Said(Kind.TEXT, text=body)] if body.strip() or plain else []


def _unsupported(parameters: Parameters) -> list[Said]:
    named = ident(parameters, "MessageType") or "media"
    return [Said(Kind.UNSUPPORTED, content={"type": named[:64]})]


_READERS: Sequence[Callable[[Parameters], list[Said]]] = (
    _sms, _location, _list_reply, _button_reply, _files, _text, _unsupported,
)  # fmt: skip
