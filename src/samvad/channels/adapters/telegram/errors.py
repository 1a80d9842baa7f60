"""Telegram's refusals, sorted by what we do about them: the HTTP status, and for 400 the words of it."""

from collections.abc import Mapping

from samvad.channels.adapters.calling import failure, refused
from samvad.channels.adapters.reading import number, objekt, words
from samvad.channels.errors import (
    CredentialsRejected,
    NumberThrottled,
    OutcomeUnknown,
    RecipientUnreachable,
    Rejected,
    SendError,
    Transient,
)
from samvad.channels.types import JsonObject

_SAID: Mapping[int, type[SendError]] = {
    401: CredentialsRejected,
    403: RecipientUnreachable,  # blocked by the user, deactivated, never started by them
    404: CredentialsRejected,  # a token of no bot is a path that is not there
    409: Transient,  # somebody else asks for updates, or a webhook takes them
    413: Rejected,
    429: NumberThrottled,
}
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "chat_id_invalid")


def of_answer(status: int, answer: JsonObject, *, retry_after: str = "") -> SendError:
    """What an answer other than an acceptance amounts to.

    Telegram has no key that would make a repetition harmless, and tells nothing later: whatever is not
    surely a refusal (5xx too) is unknown.
    """
    said = answer.get("ok") is False
    code = number(answer, "error_code") if said else None
    description = words(answer, "description") or ""
    kind = _kind(code if code is not None else status, description if said else None)
    asked = words(objekt(answer, "parameters"), "retry_after") or retry_after
    return failure(kind, status=status, said=description, code=code, retry_after=asked)


def _kind(code: int, said: str | None) -> type[SendError]:
    if said is not None and code in _SAID:
        return _SAID[code]
    if code >= 500:
        return OutcomeUnknown
    found = (said or "").lower()
    if any(word in found for word in _NOBODY):
        return RecipientUnreachable
    return refused(code, spoken=said is not None)
