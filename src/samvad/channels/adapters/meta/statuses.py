"""What became of a message that we sent."""

from collections.abc import Mapping
from datetime import datetime

from samvad.channels.adapters.meta import errors as verdicts
from samvad.channels.adapters.meta.messages import errors
from samvad.channels.adapters.meta.people import Contacts, sender
from samvad.channels.adapters.reading import ident, moment, words
from samvad.channels.types import (
    Delivery,
    Event,
    Ignored,
    JsonObject,
    JsonValue,
    ProviderError,
    StatusReceived,
    Unparsable,
)
from samvad.kernel.ids import parse_id

_STATES: Mapping[str, Delivery] = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "played": Delivery.PLAYED,
    "failed": Delivery.FAILED,
}
_KEPT = ("conversation", "pricing", "type")


def status(item: JsonValue, contacts: Contacts, *, latest: datetime) -> Event:
    """An entry of `statuses[]`; a word that we do not know is kept and has no effect."""
    if not isinstance(item, dict):
        return Unparsable("the status is not an object", item)
    external_id = ident(item, "id")
    if external_id is None:
        return Unparsable("the status has no usable id", item)
    word = words(item, "status") or ""
    if word == "deleted" or words(item, "recipient_type") == "group":
        return Ignored("status of a deleted message" if word == "deleted" else "group status", item)
    state = _STATES.get(word, Delivery.UNKNOWN_WORD)
    reasons = errors(item)
    return StatusReceived(
        external_id=external_id,
        state=state,
        at=moment(item, "timestamp", latest=latest),
        our_id=parse_id(words(item, "biz_opaque_callback_data") or ""),
        recipient=sender(item, contacts, wa_key="recipient_id", user_key="recipient_user_id"),
        errors=reasons,
        content=_content(item, word, state),
        failure=_failure(state, reasons),
    )


def _content(item: JsonObject, word: str, state: Delivery) -> JsonObject:
    kept: JsonObject = {key: item[key] for key in _KEPT if item.get(key)}
    return {**kept, "status": word} if state is Delivery.UNKNOWN_WORD else kept


def _failure(state: Delivery, reasons: tuple[ProviderError, ...]) -> str | None:
    if state is not Delivery.FAILED:
        return None
    return verdicts.of_status(reasons[0].code if reasons else 0).code
