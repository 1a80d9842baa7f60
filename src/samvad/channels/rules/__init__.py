"""Decisions as tables: what is owed a reply, how far a message got, what a failed send asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
    TemplateMissing,
    TemplateRejected,
    TemplateStopped,
    Transient,
    TryTomorrow,
    WindowClosed,
)
from samvad.channels.types import Delivery, Kind

TIMELINE_ONLY = frozenset({Kind.REACTION, Kind.EDIT, Kind.REVOKE, Kind.SYSTEM, Kind.STICKER})
ONLY_SENT = frozenset({  # never by customers
    Kind.BUTTONS, Kind.LIST, Kind.CTA_URL, Kind.LOCATION_REQUEST, Kind.TEMPLATE, Kind.FLOW,
})  # fmt: skip
TRIGGERS = frozenset(Kind) - TIMELINE_ONLY - ONLY_SENT  # owed a reply

MEDIA_WITHOUT_TEXT = frozenset({
    Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.VOICE, Kind.DOCUMENT,
})  # fmt: skip
_FOR_A_PERSON = frozenset({
    Kind.LOCATION, Kind.CONTACTS, Kind.ORDER, Kind.FORM_REPLY, Kind.CALL_PERMISSION, Kind.UNSUPPORTED,
})  # fmt: skip


def needs_eyes(kind: Kind, text: str) -> bool:
    """Whether only a person can answer it: media without words, or a kind whose words are not a question."""
    return kind in _FOR_A_PERSON or (kind in MEDIA_WITHOUT_TEXT and not text.strip())


_PROGRESS = (
    Delivery.SENT,
    Delivery.FAILED,  # above SENT, below DELIVERED: final only if nothing higher ever comes
    Delivery.DELIVERED,
    Delivery.READ,
    Delivery.PLAYED,
)
_RANK: Mapping[Delivery, int] = {state: rank for rank, state in enumerate(_PROGRESS)}


def advance(current: Delivery | None, event: Delivery) -> Delivery | None:
    """How far a message is after `event`: forward only, so neither order nor repetition of events matters.

    None: no status yet. A word that we do not know changes nothing.
    """
    if event not in _RANK:
        return current
    return event if current is None or _RANK[event] > _RANK[current] else current


_LONGEST_POLL_WAIT = 300.0


def poll_wait(failures: int, *, pause: float, jitter: float) -> float:
    """Seconds until a channel is asked again after one more failure than `failures` in a row: 2, 4, 8 ...
    up to five minutes, plus up to a quarter by `jitter` from [0, 1)."""
    return max(pause, min(2.0 ** min(failures + 1, 10), _LONGEST_POLL_WAIT) * (1 + jitter / 4))


class Outcome(StrEnum):
    RETRY = "retry"  # surely not sent: back into the queue
    FAIL = "fail"
    UNKNOWN = "unknown"  # settled by evidence only


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits of `first`, `first * factor`, ... seconds, plus up to a quarter; `attempts` calls in all."""

    first: float
    factor: float
    attempts: int

    def wait(self, attempts: int, *, jitter: float) -> float | None:
        """Seconds until the next call after `attempts` calls, with `jitter` from [0, 1); None: no more."""
        if attempts >= self.attempts:
            return None
        return self.first * self.factor ** (max(attempts, 1) - 1) * (1 + jitter / 4)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a failed send asks for. Without `backoff`, RETRY means: as soon as the channel may send again."""

    outcome: Outcome
    backoff: Backoff | None = None
    stop_channel: bool = False
    provider_down: bool = False  # as it looks when it is
    pause_number: float = 0  # seconds, at least; the provider may ask for more
    rest_bulk: float = 0  # seconds in which the number sends answers alone
    opt_out: bool = False
    marketing_rest: float = 0  # seconds in which this person gets no other marketing
    alert: bool = False
    resync: bool = False  # templates are not as we know them: ask for them again
    resend: Backoff | None = None  # of a `failed` status: surely not delivered, worth another attempt


_PATIENT = Backoff(first=2, factor=2, attempts=3)
_THROTTLED = Backoff(first=2, factor=2, attempts=10)
_PAIR = Backoff(first=4, factor=4, attempts=5)
_HOURS = Backoff(first=3600, factor=2, attempts=3)
_RESEND = Backoff(first=4, factor=4, attempts=4)

_REACTIONS: Mapping[type[SendError], Reaction] = {
    OutcomeUnknown: Reaction(Outcome.UNKNOWN, provider_down=True),
    Transient: Reaction(Outcome.RETRY, _PATIENT, provider_down=True),
    NumberThrottled: Reaction(Outcome.RETRY, _THROTTLED, pause_number=2, resend=_RESEND),
    RecipientThrottled: Reaction(Outcome.RETRY, _PAIR, resend=_RESEND),
    SpamLimited: Reaction(Outcome.RETRY, _HOURS, rest_bulk=3600, alert=True),
    CredentialsRejected: Reaction(Outcome.RETRY, stop_channel=True, alert=True),
    ChannelBlocked: Reaction(Outcome.RETRY, stop_channel=True, alert=True),
    WindowClosed: Reaction(Outcome.FAIL),
    RecipientOptedOut: Reaction(Outcome.FAIL, opt_out=True),
    RecipientUnreachable: Reaction(Outcome.FAIL),
    TryTomorrow: Reaction(Outcome.FAIL, marketing_rest=86_400),  # a reply of tomorrow answers nothing
    Rejected: Reaction(Outcome.FAIL, alert=True),
    TemplateRejected: Reaction(Outcome.FAIL, alert=True, resync=True),
    TemplateMissing: Reaction(Outcome.FAIL, alert=True, resync=True),
    TemplateStopped: Reaction(Outcome.FAIL, alert=True, resync=True),
    SendError: Reaction(Outcome.FAIL, alert=True),
}

REACTIONS: Mapping[str, Reaction] = {failure.code: reaction for failure, reaction in _REACTIONS.items()}


def reaction(failure: str) -> Reaction:
    """What the failure with this code asks for, from a send or from a `failed` status."""
    return REACTIONS.get(failure, REACTIONS[SendError.code])
