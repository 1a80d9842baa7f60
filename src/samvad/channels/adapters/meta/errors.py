"""Meta's error codes, sorted by what we do about them (its error reference; pywa knows 108 codes)."""

from collections.abc import Mapping

from samvad.channels.adapters.calling import failure, refused
from samvad.channels.adapters.reading import number, objekt, words
from samvad.channels.errors import (
    ChannelBlocked,
    CredentialsRejected,
    NumberThrottled,
    RecipientOptedOut,
    RecipientThrottled,
    RecipientUnreachable,
    Rejected,
    SendError,
    SpamLimited,
    TemplateMissing,
    TemplateRejected,
    TemplateStopped,
    Transient,
    TryTomorrow,
    WindowClosed,
)
from samvad.channels.types import JsonObject

_NO_SUCH_TEMPLATE = (100, 2593002)
_NO_SUCH_OBJECT = (100, 33)  # code and subcode: the number is not there, or the token may not see it

_CODES: Mapping[type[SendError], tuple[int, ...]] = {
    CredentialsRejected: (0, 3, 10, 190, *range(200, 300), 131005),
    NumberThrottled: (4, 17, 32, 341, 613, 80007, 80008, 130429),
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
    ),
    TemplateRejected: (132000, 132005, 132007, 132008, 132012, 132018),
    TemplateMissing: (132001,),
    TemplateStopped: (132015, 132016, 132068, 132069),
    ChannelBlocked: (368, 130497, 131031, 131037, 131042, 131044, 131045, 133010, 133016),
}
_BY_CODE: Mapping[int, type[SendError]] = {code: kind for kind, codes in _CODES.items() for code in codes}


def of_status(code: int) -> type[SendError]:
    """What a `failed` status amounts to; 0 stands for no code here, so it stops no channel."""
    return _BY_CODE.get(code, Rejected) if code else Rejected


def of_answer(status: int, answer: JsonObject, *, retry_after: str = "") -> SendError:
    """What an HTTP answer other than an acceptance amounts to."""
    error = objekt(answer, "error")
    code = number(error, "code")
    kind = _kind(status, code, number(error, "error_subcode"))
    details = words(objekt(error, "error_data"), "details") or words(error, "error_user_msg")
    said = details or words(error, "message") or ""
    return failure(kind, status=status, said=said, code=code, retry_after=retry_after)


def _kind(status: int, code: int | None, subcode: int | None) -> type[SendError]:
    if (code, subcode) == _NO_SUCH_OBJECT:
        return CredentialsRejected
    if (code, subcode) == _NO_SUCH_TEMPLATE:
        return TemplateMissing
    if code is not None and code in _BY_CODE:
        return _BY_CODE[code]
    return refused(status, spoken=code is not None)
