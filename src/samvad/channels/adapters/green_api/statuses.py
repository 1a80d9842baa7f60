"""What became of a message, in Green's words, and what they ask for."""

from collections.abc import Mapping
from datetime import datetime

from samvad.channels.adapters.green_api.people import aside, customer, external_id
from samvad.channels.adapters.reading import ident, moment, words
from samvad.channels.errors import RecipientUnreachable, Rejected, SendError, SpamLimited, WindowClosed
from samvad.channels.types import (
    Delivery,
    Event,
    Ignored,
    JsonObject,
    ProviderError,
    StatusReceived,
    Unparsable,
)

_STATES: Mapping[str, tuple[Delivery, type[SendError] | None]] = {
    "sent": (Delivery.SENT, None),
    "delivered": (Delivery.DELIVERED, None),
    "read": (Delivery.READ, None),
    "failed": (Delivery.FAILED, Rejected),
    "noAccount": (Delivery.FAILED, RecipientUnreachable),
    "notInGroup": (Delivery.FAILED, RecipientUnreachable),
    "noActiveSession": (Delivery.FAILED, WindowClosed),
    # Green keeps the message for 24 hours and sends it when the account may again: not failed, but slow down.
    "yellowCard": (Delivery.UNKNOWN_WORD, SpamLimited),
    "suspended": (Delivery.UNKNOWN_WORD, SpamLimited),
}


def status(body: JsonObject, *, latest: datetime) -> Event:
    """An `outgoingMessageStatus`; a word that we do not know is kept and has no effect."""
    chat, message = ident(body, "chatId"), ident(body, "idMessage")
    if chat is None or message is None:
        return Unparsable("the status names no message", body)
    if why := aside(chat):
        return Ignored(f"status: {why}", body)
    word = words(body, "status") or ""
    state, failure = _STATES.get(word, (Delivery.UNKNOWN_WORD, None))
    said = words(body, "description") or ""
    return StatusReceived(
        external_id=external_id(chat, message),
        state=state,
        at=moment(body, "timestamp", latest=latest),
        recipient=customer(chat, {}, incoming=False),
        errors=(ProviderError(0, title=said or word),) if said or failure else (),
        content={"status": word} if state is Delivery.UNKNOWN_WORD else {},
        failure=failure.code if failure else None,
        bare_id=message,
    )
