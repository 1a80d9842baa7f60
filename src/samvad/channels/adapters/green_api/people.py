"""Chats of WhatsApp as Green API names them: who they are, and how messages in them are told apart."""

import re

from samvad.channels.adapters import whatsapp
from samvad.channels.adapters.reading import ident, words
from samvad.channels.errors import RecipientUnreachable
from samvad.channels.types import Identity, IdentityKind, JsonObject, JsonValue, Sender
from samvad.kernel.phone import wa_id_to_phone
from samvad.kernel.text import display_name

_PERSON, _HIDDEN = "c.us", "lid"
_ASIDE = {
    "g.us": "group message",
    "broadcast": "status or broadcast",
    "newsletter": "channel of a newsletter",
}
_MOST_NAME = 1000
_LETTER = re.compile(r"[^\W\d_]")


def external_id(chat: str, message: str) -> str:
    """Green's ids are unique within their chat only."""
    return f"{chat}_{message}"


def within_chat(external: str) -> str:
    """Green's own id in one of ours."""
    chat, _, message = external.partition("_")
    return message if "@" in chat else external


def aside(chat: str) -> str | None:
    """Why what happens in this chat concerns no customer; None: it does."""
    return _ASIDE.get(chat.rpartition("@")[2])


def identities(chat: str) -> list[Identity]:
    """Of a person's chat; none where it is no person's."""
    name, _, server = chat.rpartition("@")
    if server == _HIDDEN:
        return [Identity(IdentityKind.LID, name)] if name else []
    found = whatsapp.address(name) if server == _PERSON else None
    return [] if found is None else [found, *_phone(found)]


def _phone(found: Identity) -> list[Identity]:
    phone = wa_id_to_phone(found.value) if found.kind is IdentityKind.WA_ID else None
    return [Identity(IdentityKind.PHONE, phone)] if phone else []


def customer(chat: str, who: JsonObject, *, incoming: bool) -> Sender | None:
    """Who wrote in a chat, or to whom we wrote. A hidden chat may come with the number all the same."""
    found = {one.kind: one for one in identities(chat)}
    if incoming:
        named = [ident(who, "sender") or "", f"{words(who, 'senderPhoneNumber') or ''}@{_PERSON}"]
        for one in (one for other in named for one in identities(other)):
            found.setdefault(one.kind, one)
    keys = ("senderName", "senderContactName", "chatName") if incoming else ("chatName",)
    return Sender(tuple(found.values()), name=_name(who, *keys)) if found else None


def _name(who: JsonValue, *keys: str) -> str | None:
    """The first with a letter in it: where nobody gave a name, the number stands there."""
    shown = (display_name((words(who, key) or "")[:_MOST_NAME]) for key in keys)
    return next((name for name in shown if _LETTER.search(name)), None)


def chat_of(to: tuple[Identity, ...]) -> str:
    """The chat to write to. Raises RecipientUnreachable."""
    found = {identity.kind: identity.value for identity in to}
    phone = found.get(IdentityKind.WA_ID) or found.get(IdentityKind.PHONE)
    if phone:
        return f"{phone.removeprefix('+')}@{_PERSON}"
    if hidden := found.get(IdentityKind.LID):
        return f"{hidden}@{_HIDDEN}"
    raise RecipientUnreachable("the contact has neither a phone number nor a WhatsApp LID")
