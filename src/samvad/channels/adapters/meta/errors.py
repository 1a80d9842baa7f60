"""Meta's error codes, sorted by what we do about them (its error reference; pywa knows 108 codes)."""

from collections.abc import Mapping

from samvad.channels.adapters.calling import seconds
from samvad.channels.adapters.reading import number, objekt, words
from samvad.channels.errors import (
    ChannelBlocked,
    CredentialsRejected,
    NumberThrottled,
    OutcomeUnknown,
    RecipientOptedOut,
    RecipientThrottled,
    RecipientUnreachable,
    Rejected,
    SendError,
    SpamLimited,
    Transient,
    TryTomorrow,
    WindowClosed,
)
from samvad.channels.types import JsonObject

_NO_SUCH_OBJECT = (100, 33)  # code and subcode: the number is not there, or the token may not see it

_CODES: Mapping[type[SendError], tuple[int, ...]] = {
    CredentialsRejected: (0, 3, 10, 190, *range(200, 300), 131005),
    NumberThrottled: (4, 80007, 130429),
    RecipientThrottled: (131056,),
    SpamLimited: (131048, 131064),
    Transient: (1, 2, 131000, 131016, 131057),
    WindowClosed: (131047,),
    TryTomorrow: (130472, 131049),
    RecipientOptedOut: (131050,),
    RecipientUnreachable: (131021, 131026, 131030),
    Rejected: (
        *(100, 131008, 131009, 131051, 131062),
        *(131052, 131053),  # media
        *(132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069),  # templates
    ),
    ChannelBlocked: (368, 130497, 131031, 131037, 131042, 131045, 133010, 133016),
}
_BY_CODE: Mapping[int, type[SendError]] = {code: kind for kind, codes in _CODES.items() for code in codes}

_BY_STATUS: Mapping[int, type[SendError]] = {
    401: CredentialsRejected,
    403: CredentialsRejected,
    404: ChannelBlocked,  # without Meta's own words: not its address
    405: ChannelBlocked,
    408: Transient,
    425: Transient,
    429: NumberThrottled,
}


def of_status(code: int) -> type[SendError]:
    """What a `failed` status amounts to; 0 stands for no code here, so it stops no channel."""
    return _BY_CODE.get(code, Rejected) if code else Rejected


def of_answer(status: int, answer: JsonObject, *, retry_after: str = "") -> SendError:
    """What an HTTP answer other than an acceptance amounts to.

    A complete 500, 502 or 503 is a refusal (the provider's own word on retrying it); a 504, or a 2xx that
    we cannot read, may come from something in between after the message was taken.
    """
    error = objekt(answer, "error")
    code = number(error, "code")
    kind = _kind(status, code, number(error, "error_subcode"))
    detail = _detail(status, error)
    if issubclass(kind, NumberThrottled):
        return kind(detail, provider_code=code, retry_after=seconds(retry_after))
    return kind(detail, provider_code=code)


def _kind(status: int, code: int | None, subcode: int | None) -> type[SendError]:
    if (code, subcode) == _NO_SUCH_OBJECT:
        return CredentialsRejected
    if code is not None and code in _BY_CODE:
        return _BY_CODE[code]
    if status in _BY_STATUS and (code is None or status not in (404, 405)):
        return _BY_STATUS[status]
    if 200 <= status < 300 or status == 504:
        return OutcomeUnknown
    if status >= 500:
        return Transient
    return ChannelBlocked if 300 <= status < 400 else Rejected


def _detail(status: int, error: JsonObject) -> str:
    said = words(objekt(error, "error_data"), "details") or words(error, "message") or ""
    return f"HTTP {status}: {said[:500]}" if said else f"HTTP {status} without an explanation"
