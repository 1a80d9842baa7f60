"""The last stages: call a person where automation must be silent, else make a reply due."""

from collections.abc import Sequence
from datetime import timedelta

from samvad.channels.types import MessageReceived
from samvad.conversations.service import records
from samvad.conversations.types import Conversation, Mode, State
from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.kernel.identity import IdentityKind
from samvad.platform.db import Scope
from samvad.workflows.inbound.types import NOT_MINE, Batch, Context, Outcome, passed, stop

SILENCE = timedelta(minutes=30)
IDLE = timedelta(hours=24)


async def call_people(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    answers, changed = [], {}
    for context in contexts:
        reason = _silent_because(batch, context)
        if reason and context.appended:
            conversation = context.appended.conversation
            if reason != "own_number":
                _call(conversation, reason)
            changed[conversation.id] = conversation
        answers.append(stop(reason) if reason else NOT_MINE)
    await records.save(scope, list(changed.values()), at=batch.at)
    await _watch_silence(scope, batch, [c for c in changed.values() if c.mode is Mode.HUMAN])
    return answers


def _silent_because(batch: Batch, context: Context) -> str | None:
    if context.appended is None or context.contact is None:
        return None
    if _own_number(batch, context):
        return "own_number"
    if context.appended.conversation.mode is Mode.HUMAN:
        return "human_mode"
    return "opted_out" if context.contact.opted_out else None


def _own_number(batch: Batch, context: Context) -> bool:
    if not isinstance(context.event, MessageReceived):
        return False
    kinds = (IdentityKind.WA_ID, IdentityKind.PHONE)
    return any(
        i.value.lstrip("+") in batch.own_numbers for i in context.event.sender.identities if i.kind in kinds
    )


def _call(conversation: Conversation, reason: str) -> None:
    conversation.state = State.OPEN
    conversation.call_person(conversation.needs_person_reason or reason)


async def _watch_silence(scope: Scope, batch: Batch, waiting: Sequence[Conversation]) -> None:
    """Armed by the first unanswered message; later ones do not push it back."""
    due = batch.at + SILENCE
    await jobs.arm(scope, [NewTimer(TimerKind.SILENCE, c.id, due, batch.at, latest=due) for c in waiting])


async def arm(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    """`reply_quiet_ms` after the newest message, at most `reply_cap_ms` after the first of the burst."""
    timers: dict[tuple[str, object], NewTimer] = {}
    for context in contexts:
        if context.appended is None:
            continue
        settings = context.channel.settings
        quiet, cap = (timedelta(milliseconds=ms) for ms in (settings.reply_quiet_ms, settings.reply_cap_ms))
        key = context.appended.conversation.id
        timers[TimerKind.REPLY, key] = NewTimer(
            TimerKind.REPLY, key, batch.at + quiet, batch.at, latest=batch.at + cap
        )
        timers[TimerKind.IDLE, key] = NewTimer(TimerKind.IDLE, key, batch.at + IDLE, batch.at)
        if quiet and settings.mark_read != "never" and isinstance(context.event, MessageReceived):
            batch.typing.append((context.channel.id, context.event.external_id))
    await jobs.arm(scope, list(timers.values()))
    return [passed("due") if c.appended else NOT_MINE for c in contexts]
