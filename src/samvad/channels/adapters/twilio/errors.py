"""Twilio's error codes, sorted by what we do about them (twilio.com/docs/api/errors)."""

from collections.abc import Mapping

from samvad.channels.adapters.calling import failure, refused
from samvad.channels.adapters.reading import number, words
from samvad.channels.errors import (
    ChannelBlocked,
    CredentialsRejected,
    NumberThrottled,
    RecipientOptedOut,
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

NOT_THERE = 20404  # asked with the account itself: no such account for this token

_CODES: Mapping[type[SendError], tuple[int, ...]] = {
    CredentialsRejected: (
        *(20003, 20006, 20008, 20101, NOT_THERE),
        63001,
    ),
    ChannelBlocked: (
        *(10001, 20005, 20010, 30002, 90010),  # account suspended or closed
        *(21210, 21212, 21603, 21606, 21607, 21659, 21660, 21661),  # the sender
        *(21701, 21702, 21703, 21704, 21705),  # its messaging service
        21609,  # our own public URL is none that Twilio can call
        *(63002, 63007, 63008, 63020, 63022, 63051, 63112),
    ),
    NumberThrottled: (14107, 20429, 21611, 30022, 63017, 63018),
    SpamLimited: (63026, 63038),
    Transient: (20500, 20503, 30001, 30008, 63009, 63010, 63012),
    WindowClosed: (63016,),
    TryTomorrow: (63032, 63049),
    RecipientOptedOut: (21610, 63014, 63033),
    RecipientUnreachable: (
        *(21211, 21214, 21217, 21219, 21265, 21266, 21608, 21612, 21614, 21635),
        *(30003, 30005, 30006),
        *(63003, 63015, 63024, 63031),
    ),
    Rejected: (
        *(21408, 21602, 21604, 21605, 21617, 21619, 21620, 21623, 21654),
        *(63005, 63006, 63013, 63019, 63021, 63025, 63029, 63030, 63034),
    ),
    TemplateMissing: (21655, 63027, 92006),
    TemplateRejected: (21656, 63028, 92007),
    TemplateStopped: (63040, 63041, 63042),
}
_BY_CODE: Mapping[int, type[SendError]] = {code: kind for kind, codes in _CODES.items() for code in codes}


def of_status(code: int) -> type[SendError]:
    """What a failed status amounts to; a code that we do not know, or none, stops no channel."""
    return _BY_CODE.get(code, Rejected)


def of_answer(status: int, answer: JsonObject, *, retry_after: str = "") -> SendError:
    """What an HTTP answer other than an acceptance amounts to."""
    code = number(answer, "code")
    said = words(answer, "message") or words(answer, "detail") or ""
    kind = _BY_CODE.get(code or 0) or refused(status, spoken=code is not None)
    return failure(kind, status=status, said=said, code=code, retry_after=retry_after)
