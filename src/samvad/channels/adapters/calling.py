"""What calls of any provider's API have in common: ends without an answer, and answers as JSON."""

from collections.abc import Callable

from samvad.channels.adapters.reading import TooDeep, clean, decode
from samvad.channels.errors import ChannelBlocked, MalformedBody, OutcomeUnknown, SendError, Transient
from samvad.channels.types import JsonObject
from samvad.platform.http import ConnectFailed, HttpError, ResponseTooLarge, TargetRefused

_MAX_RETRY_AFTER = 3600.0


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
