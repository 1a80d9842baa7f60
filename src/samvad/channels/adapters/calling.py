"""What calls of any provider's API have in common: ends without an answer, and answers as JSON."""

from collections.abc import Callable, Mapping

from samvad.channels.adapters.reading import TooDeep, clean, decode
from samvad.channels.errors import (
    ChannelBlocked,
    CredentialsRejected,
    MalformedBody,
    NumberThrottled,
    OutcomeUnknown,
    Rejected,
    SendError,
    Transient,
)
from samvad.channels.types import JsonObject
from samvad.platform.http import ConnectFailed, HttpError, ResponseTooLarge, TargetRefused

_MAX_RETRY_AFTER = 3600.0

_BY_STATUS: Mapping[int, type[SendError]] = {
    401: CredentialsRejected,
    403: CredentialsRejected,
    404: ChannelBlocked,  # without the provider's own words: not its address
    405: ChannelBlocked,
    408: Transient,
    425: Transient,
    429: NumberThrottled,
}


def unanswered(failure: HttpError, *, of_status: Callable[[int], SendError]) -> SendError:
    """What a call without a usable answer amounts to; `of_status` judges one that was only too long."""
    match failure:
        case TargetRefused():
            return ChannelBlocked(f"{failure.detail}; SAMVAD_HTTP__ALLOW_HOSTS may allow it")
        case ConnectFailed():
            return Transient(failure.detail)
        case ResponseTooLarge():
            return of_status(failure.status)
        case _:
            return OutcomeUnknown(failure.detail)


def refused(status: int, *, spoken: bool) -> type[SendError]:
    """What an answer other than an acceptance amounts to; `spoken`: it holds an error of the provider's own.

    A complete 500, 502 or 503 is a refusal; a 504, or a 2xx that we cannot read, may come from something in
    between after the message was taken.
    """
    if status in _BY_STATUS and not (spoken and status in (404, 405)):
        return _BY_STATUS[status]
    if 200 <= status < 300 or status == 504:
        return OutcomeUnknown
    if status >= 500:
        return Transient
    return ChannelBlocked if 300 <= status < 400 else Rejected


def failure(
    kind: type[SendError], *, status: int, said: str, code: int | None = None, retry_after: str = ""
) -> SendError:
    """A refusal with the provider's words; `retry_after`: the header, which counts for a whole number."""
    detail = f"HTTP {status}: {said[:500]}" if said else f"HTTP {status} without an explanation"
    if issubclass(kind, NumberThrottled):
        return kind(detail, provider_code=code, retry_after=seconds(retry_after))
    return kind(detail, provider_code=code)


def answered(body: bytes) -> JsonObject:
    """The answer's object; {} when it is none, which is never an acceptance."""
    try:
        answer = clean(decode(body))
    except (MalformedBody, TooDeep):
        return {}
    return answer if isinstance(answer, dict) else {}


def seconds(retry_after: str) -> float:
    """Seconds that a provider asks to wait, at most an hour; a date or nonsense counts as none."""
    if not (retry_after.isascii() and retry_after.isdigit()):
        return 0
    return min(float(retry_after[:9]), _MAX_RETRY_AFTER)
