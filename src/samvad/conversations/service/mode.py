"""Who answers: the assistant or a person. Taking over wins every race."""

from datetime import datetime
from uuid import UUID

from samvad.channels.service import outbox, windows
from samvad.channels.types import Kind
from samvad.conversations.repository import conversations, messages
from samvad.conversations.service import hints, outgoing
from samvad.conversations.service.announce import announce, mode_event
from samvad.conversations.types import (
    Author,
    Conversation,
    MessageStatus,
    Mode,
    ModeChange,
    NewMessage,
    State,
)
from samvad.conversations.types.summaries import Summary
from samvad.jobs import service as jobs
from samvad.jobs.types import TimerKind
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.kernel.ids import MemberId, MessageId, new_id
from samvad.kernel.json import JsonObject
from samvad.platform.crashpoints import Point
from samvad.platform.db import Scope
from samvad.tenancy.service import alerts

TAKEN_OVER = "taken_over"
POINT = Point.MODE_CHANGE  # of the transaction around set_mode


async def set_mode(
    scope: Scope,
    conversation: UUID,
    mode: Mode,
    *,
    reason: str,
    at: datetime,
    undo: bool = False,
    hint: str | None = None,
) -> ModeChange:
    """Locks the conversation, bumps its epoch, withdraws what automation queued. `undo`: it was given back by
    mistake, so the call for a person that this ended stands again, with its alerts. `hint`: what the
    assistant should know; it may come after the switch.

    After the commit no automatic call begins whose id is not in `in_flight`. Raises NotFound, Invalid,
    NotYourSwitch.
    """
    if hint and mode is Mode.HUMAN:
        raise Invalid(errors=[FieldError("hint", "only the assistant takes a hint")])
    locked = (await conversations.lock(scope, [conversation])).get(conversation)
    if locked is None:
        raise NotFound
    if locked.mode is mode:
        if hint is not None:
            await hints.change(scope, locked, hint, at=at)
        return ModeChange(mode, locked.epoch, changed=False)
    change = await switch(scope, locked, mode, reason=reason, at=at, hint=hint or "")
    if undo and mode is Mode.HUMAN:
        locked.needs_person_reason = locked.needs_person_reason or locked.laid_aside
        locked.laid_aside = None
        await alerts.take_up(scope, str(locked.id))
    await conversations.save(scope, [locked], at=at)
    await announce(
        scope,
        at=at,
        created=change.lines,
        updated=change.skipped,
        conversations=[locked.id],
        extra=[mode_event(locked, by=scope.actor.label, reason=reason)],
    )
    return change


async def switch(
    scope: Scope,
    locked: Conversation,
    mode: Mode,
    *,
    reason: str,
    at: datetime,
    by: str | None = None,
    summary: Summary | None = None,
    hint: str = "",
) -> ModeChange:
    """The same on a locked conversation that the caller saves and announces; `by` defaults to the actor. The
    `summary`, or the `hint`, stands with the line that tells of it."""
    locked.mode = mode
    locked.epoch += 1
    if mode is Mode.HUMAN:
        locked.human_since, locked.human_word_at = at, None
        locked.state = State.OPEN
        if scope.actor.member:
            locked.assignee = locked.assignee or scope.actor.member
    else:
        locked.laid_aside = locked.needs_person_reason
        locked.human_since = locked.human_word_at = locked.needs_person_reason = None
        await alerts.lay_aside(scope, str(locked.id), now=at)
        locked.state = State.PENDING
        locked.answered_seq = locked.inbound_seq  # what a person left unanswered is theirs
    skipped = await outbox.withdraw_automatic(scope, locked.id)  # rows before facts, as the gate locks them
    await windows.set_mode(scope, locked.id, mode=mode, epoch=locked.epoch)
    await outgoing.skip(scope, skipped, reason=TAKEN_OVER)
    if mode is Mode.HUMAN:
        await jobs.disarm(scope, TimerKind.REPLY, [locked.id])
    else:
        await jobs.disarm(scope, TimerKind.SILENCE, [locked.id])
    in_flight = await outbox.in_flight(scope, locked.id)
    await conversations.record_mode_change(scope, locked, reason=reason, hint=hint, at=at)
    told: JsonObject = {
        "by": by or scope.actor.label,
        "reason": reason,
        **({"summary": summary.as_json()} if summary else {}),
        **({"hint": hint} if hint else {}),
    }
    line = _line(locked, told, member=scope.actor.member, at=at)
    await messages.insert(scope, [line])
    return ModeChange(mode, locked.epoch, True, [line.id], in_flight, skipped)


def _line(locked: Conversation, told: JsonObject, *, member: MemberId | None, at: datetime) -> NewMessage:
    """For the team's eyes: it is never queued, and neither previewed nor counted."""
    return NewMessage(
        id=MessageId(new_id()),
        conversation=locked.id,
        channel=locked.channel,
        direction="out",
        author=Author.SYSTEM,
        kind=Kind.SYSTEM,
        text="",
        status=MessageStatus.SENT,
        sort_at=outgoing.next_sort(locked, at),
        created_at=at,
        member=member,
        content={"event": "mode", "mode": locked.mode.value, **told},
    )
