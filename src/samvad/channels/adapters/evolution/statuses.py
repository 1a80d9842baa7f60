"""What became of a message, in Baileys' words."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from samvad.channels.adapters.evolution.people import aside, chats, external_id, person
from samvad.channels.adapters.reading import ident, words
from samvad.channels.errors import Rejected
from samvad.channels.rules import advance
from samvad.channels.types import (
    Delivery,
    Event,
    Ignored,
    JsonObject,
    ProviderError,
    StatusReceived,
    Unparsable,
)

STATES: Mapping[str, Delivery] = {
    "ERROR": Delivery.FAILED,
    "SERVER_ACK": Delivery.SENT,
    "DELIVERY_ACK": Delivery.DELIVERED,
    "READ": Delivery.READ,
    "PLAYED": Delivery.PLAYED,
}
_NUMBERED = ("ERROR", "PENDING", "SERVER_ACK", "DELIVERY_ACK", "READ", "PLAYED")
PENDING = "PENDING"


def word_of(given: JsonObject) -> str:
    """Some releases spell it, some count it, some put it one step deeper."""
    update = given.get("update")
    deeper = words(update, "status") if isinstance(update, dict) else None
    found = words(given, "status") or deeper or ""
    return _NUMBERED[int(found)] if found.isascii() and found.isdigit() and int(found) < 6 else found


def status(key: JsonObject, word: str, *, at: datetime | None) -> Event:
    """Of a message of ours; a word that we do not know is kept and has no effect."""
    message = ident(key, "id")
    if message is None:
        return Unparsable("the status names no message", key)
    chat = ident(key, "remoteJid") or ""
    if why := aside(chat):
        return Ignored(f"status: {why}")
    if key.get("fromMe") is not True:
        return Ignored("status of a message that came in")
    if word == PENDING:
        return Ignored("status: it is on its way")
    state = STATES.get(word, Delivery.UNKNOWN_WORD)
    failed = state is Delivery.FAILED
    named = chats(key)
    return StatusReceived(
        external_id=external_id(named[0], message) if named else message,
        state=state,
        at=at,
        recipient=person(key),
        errors=(ProviderError(0, title="WhatsApp did not take the message"),) if failed else (),
        content={"status": word} if state is Delivery.UNKNOWN_WORD else {},
        failure=Rejected.code if failed else None,
        bare_id=message,
    )


def furthest(given: Iterable[str]) -> Delivery | None:
    """Of all that the gateway noted of a message, how far it got."""
    found: Delivery | None = None
    for word in given:
        if word in STATES:
            found = advance(found, STATES[word])
    return found
