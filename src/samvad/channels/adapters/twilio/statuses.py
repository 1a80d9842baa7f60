"""What became of a message that we sent. Twilio names no time, keeps no order, and may tell a thing twice."""

from collections.abc import Mapping
from datetime import datetime

from samvad.channels.adapters.twilio import errors, people
from samvad.channels.adapters.twilio.parameters import Parameters, one, rest, whole
from samvad.channels.types import Delivery, JsonObject, ProviderError, StatusReceived
from samvad.kernel.ids import parse_id

INBOUND = ("received", "receiving")  # said of a customer's message

_STATES: Mapping[str, Delivery] = {
    # Twilio has it, which is all that SENT claims of an accepted call too: after a timeout it is the proof.
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), Delivery.SENT),
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    **dict.fromkeys(("undelivered", "failed", "canceled"), Delivery.FAILED),
}
_TOLD = frozenset({
    "MessageSid", "SmsMessageSid", "SmsSid", "AccountSid", "From", "To", "MessageStatus", "SmsStatus",
    "ErrorCode", "ErrorMessage", "ChannelStatusMessage",
})  # fmt: skip


def word(parameters: Parameters) -> str:
    return one(parameters, "MessageStatus", "SmsStatus").lower()


def status(parameters: Parameters, sid: str, *, named: str, at: datetime | None) -> StatusReceived:
    """`named`: the id in the callback's URL, ours when it can be one; `at`: known of what is listed alone."""
    said = word(parameters)
    state = _STATES.get(said, Delivery.UNKNOWN_WORD)
    code = whole(parameters, "ErrorCode")
    return StatusReceived(
        external_id=sid,
        state=state,
        at=at,
        our_id=parse_id(named),
        recipient=people.sender(parameters, "To"),
        errors=_errors(parameters, code),
        content=_content(parameters, said, state),
        failure=errors.of_status(code).code if state is Delivery.FAILED else None,
    )


def _errors(parameters: Parameters, code: int) -> tuple[ProviderError, ...]:
    title, details = one(parameters, "ErrorMessage"), one(parameters, "ChannelStatusMessage")
    return (ProviderError(code, title, details),) if code or title or details else ()


def _content(parameters: Parameters, said: str, state: Delivery) -> JsonObject:
    left = rest(parameters, _TOLD)
    content: JsonObject = {"parameters": left} if left else {}
    return {**content, "status": said} if state is Delivery.UNKNOWN_WORD else content
