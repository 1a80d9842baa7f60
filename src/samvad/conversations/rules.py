"""Pure decisions on timelines: where a message sorts, what the inbox previews, what a gate verdict means."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.rules import TIMELINE_ONLY, TRIGGERS
from samvad.channels.types import Kind, SendResult
from samvad.conversations.types import Author, MessageStatus, NewMessage, State
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.json import JsonObject
from samvad.kernel.text import cut
from samvad.kernel.words import words

PREVIEW = 140
HINT_HOLDS = timedelta(days=7)  # what was said of an order a month ago misleads
STALE = timedelta(minutes=15)  # older on arrival: to a person, never answered by a machine
MADE_BY_CONSENT = "consent"  # first stage in the trace of a confirmation
LONGEST_SNOOZE = timedelta(days=366)
NO_NEWS = sorted(TIMELINE_ONLY - {Kind.STICKER})
_TICK = timedelta(microseconds=1)

_PIECES = re.compile(r"\S+|\s+")
_BEFORE, _AFTER = 8, 32  # pieces shown around a hit

_HELD = frozenset(
    {
        "suspended",
        "window_closed",
        "quota_spent",
        "budget_spent",
        "portfolio_limit",
        "marketing_rests",
        "loop_guard",
        "restored",
    }
)
_STATUS: Mapping[SendResult, MessageStatus] = {
    SendResult.SENT: MessageStatus.SENT,
    SendResult.RETRY: MessageStatus.QUEUED,
    SendResult.FAILED: MessageStatus.FAILED,
    SendResult.UNKNOWN: MessageStatus.UNKNOWN,
}


def place_in_timeline(sent_at: datetime, *, after: Sequence[datetime | None]) -> datetime:
    """The sort key of a message: the provider's time, whose resolution is a second.

    Within a second arrival decides: `after` are the places of the last message and of the customer's last,
    which differ when a reply of a later second came between two messages of one second.
    """
    second = sent_at.replace(microsecond=0)
    return max([sent_at, *(last + _TICK for last in after if last and last.replace(microsecond=0) == second)])


def is_late(sort_at: datetime, *, last_inbound: datetime | None) -> bool:
    """Older than a customer's message that was taken in before."""
    return last_inbound is not None and sort_at < last_inbound.replace(microsecond=0)


def triggers_reply(kind: Kind) -> bool:
    return kind in TRIGGERS


def form_token(message: NewMessage) -> UUID | None:
    """Which message of ours a form that came back stood in, where the form says so and it quotes nothing."""
    response = (message.content or {}).get("response")
    if message.kind is not Kind.FORM_REPLY or message.reply_to or not isinstance(response, Mapping):
        return None
    try:
        return UUID(str(response.get("flow_token")))
    except ValueError:
        return None


def counts_as_news(kind: Kind) -> bool:
    """Whether it raises the unread count and moves the conversation up."""
    return kind not in NO_NEWS


def preview(*, text: str, author: Author, kind: Kind, direction: str) -> JsonObject:
    return {"text": cut(text, PREVIEW), "author": author.value, "kind": kind.value, "direction": direction}


def check_snooze(state: State, until: datetime | None, *, now: datetime) -> None:
    """A snooze ends at a time to come, and nothing else has one. Raises Invalid."""
    if state is not State.SNOOZED:
        fault = "only a snoozed conversation wakes up" if until else None
    elif until is None or not now < until <= now + LONGEST_SNOOZE:
        fault = "give a time within the next year"
    else:
        fault = None
    if fault:
        raise Invalid(errors=[FieldError("until", fault)])


def snippet(text: str, asked: Sequence[str]) -> list[JsonObject]:
    """The line around the first of these words, as parts: `hit` says which are the words themselves."""
    pieces = [(piece, _is_hit(piece, asked)) for piece in _PIECES.findall(text)]
    first = next((at for at, (_, hit) in enumerate(pieces) if hit), 0)
    start = max(first - _BEFORE, 0)
    shown = [(cut(piece, PREVIEW), hit) for piece, hit in pieces[start : first + _AFTER]]
    before = [("… ", False)] if start else []
    after = [("…", False)] if first + _AFTER < len(pieces) else []
    return [{"text": piece, "hit": hit} for piece, hit in [*before, *shown, *after]]


def _is_hit(piece: str, asked: Sequence[str]) -> bool:
    *whole, last = asked
    return any(word in whole or word.startswith(last) for word in words(piece))


def status_after(result: SendResult, reason: str) -> MessageStatus:
    """A refusal is `held` when a person can still release it, `skipped` when its moment is over."""
    if result is SendResult.REFUSED:
        return MessageStatus.HELD if reason in _HELD else MessageStatus.SKIPPED
    if result is SendResult.FAILED and reason == "window_closed":
        return MessageStatus.HELD  # the window closed on its way: a person may send a template in its place
    return _STATUS[result]
