"""Chats of WhatsApp as Baileys names them: who they are, and how messages in them are told apart."""

import hashlib
import re
from collections.abc import Sequence
from uuid import UUID

from samvad.channels.adapters.reading import ident, words
from samvad.channels.errors import RecipientUnreachable
from samvad.channels.types import Identity, IdentityKind, JsonObject, JsonValue, Sender
from samvad.kernel.phone import wa_id_to_phone
from samvad.kernel.text import display_name

_PERSON, _HIDDEN = "s.whatsapp.net", "lid"
_SERVERS = {_PERSON: _PERSON, "c.us": _PERSON, "hosted": _PERSON, _HIDDEN: _HIDDEN, "hosted.lid": _HIDDEN}
_ASIDE = {
    "g.us": "group message",
    "broadcast": "status or broadcast",
    "newsletter": "channel of a newsletter",
    "bot": "a bot of WhatsApp's own",
}
_WHATSAPP = f"0@{_PERSON}"
_DEVICE = re.compile(r"[:_]\d+$")  # which of a person's devices it was
_MOST_NAME = 1000
_LETTER = re.compile(r"[^\W\d_]")
_OURSELVES = "Você"  # what the gateway calls whoever is linked


def external_id(chat: str, message: str) -> str:
    """Ids are made by the sender's own phone: unique within their chat."""
    return f"{chat}_{message}"


def parts(external: str) -> tuple[str, str]:
    """(chat, the gateway's own id) of one of ours; without a chat in it the chat is empty."""
    chat, _, message = external.partition("_")
    return (chat, message) if "@" in chat else ("", external)


def within_chat(external: str) -> str:
    return parts(external)[1]


def jid(text: str) -> str:
    """Without its device, one spelling a server; "" where it is nobody's chat."""
    name, _, server = text.rpartition("@")
    name, server = _DEVICE.sub("", name), _SERVERS.get(server, "")
    known = name.isascii() and name.isdigit() and 5 <= len(name) <= 20 and int(name) > 0
    return f"{name}@{server}" if server and known else ""


def aside(chat: str) -> str | None:
    """Why what happens in this chat concerns no customer; None: it does."""
    return "WhatsApp itself" if chat == _WHATSAPP else _ASIDE.get(chat.rpartition("@")[2])


def chats(key: JsonObject) -> Sequence[str]:
    """The names of the chat that a message's key gives, the one with the number first. The names of the
    sender are those of the chat while it is not us who sent."""
    names = ["remoteJid", "remoteJidAlt"]
    if key.get("fromMe") is not True:
        names += ["senderPn", "senderLid"]
    found = dict.fromkeys(one for name in names if (one := jid(ident(key, name) or "")))
    return sorted(found, key=lambda one: one.endswith(f"@{_HIDDEN}"))


def identities(chat: str) -> list[Identity]:
    name, _, server = chat.rpartition("@")
    if server == _HIDDEN:
        return [Identity(IdentityKind.LID, name)]
    phone = wa_id_to_phone(name) if server == _PERSON else None
    return [Identity(IdentityKind.WA_ID, name), Identity(IdentityKind.PHONE, phone)] if phone else []


def person(key: JsonObject, *, name: str | None = None) -> Sender | None:
    """Whose chat it is, by number and hidden name as far as the key tells."""
    found = {one.kind: one for chat in chats(key) for one in identities(chat)}
    return Sender(tuple(found.values()), name=name) if found else None


def pushed(node: JsonValue) -> str | None:
    """The name that somebody gave themselves; where nobody did, a number stands there."""
    shown = display_name((words(node, "pushName") or "")[:_MOST_NAME])
    return shown if _LETTER.search(shown) and shown != _OURSELVES else None


def chat_of(to: Sequence[Identity]) -> str:
    """The chat to write to. Raises RecipientUnreachable."""
    found = {identity.kind: identity.value for identity in to}
    phone = found.get(IdentityKind.WA_ID) or found.get(IdentityKind.PHONE)
    if phone:
        return f"{phone.removeprefix('+')}@{_PERSON}"
    if hidden := found.get(IdentityKind.LID):
        return f"{hidden}@{_HIDDEN}"
    raise RecipientUnreachable("the contact has neither a phone number nor a WhatsApp LID")


def number(chat: str) -> str:
    """As the gateway's calls want it: digits, which it may correct for some countries, or the hidden name."""
    name, _, server = chat.rpartition("@")
    return chat if server == _HIDDEN else name


def message_id(ours: UUID) -> str:
    """The id that a message of ours gets where the gateway lets us choose it: as Baileys makes them."""
    return "3EB0" + hashlib.sha256(ours.bytes).hexdigest()[:18].upper()
