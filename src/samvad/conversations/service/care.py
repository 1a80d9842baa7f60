"""Who looks after a conversation, and whether it is open, asleep or done."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.conversations import rules
from samvad.conversations.repository import conversations
from samvad.conversations.service import mode as modes
from samvad.conversations.service.agents import lock_one
from samvad.conversations.service.announce import announce, mode_event
from samvad.conversations.types import ACTIVE, Conversation, Mode, State
from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import MemberId
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent
from samvad.tenancy.errors import NoSuchMember
from samvad.tenancy.rules import PERMISSIONS
from samvad.tenancy.service import alerts, members
from samvad.tenancy.types import Permission

WOKE_UP = "woke_up"


async def assign(scope: Scope, conversation: UUID, member: UUID | None, *, at: datetime) -> None:
    """To a member who may answer, or to nobody. Raises NotFound, Invalid."""
    if member:
        await _check_may_answer(scope, MemberId(member))
    locked = await lock_one(scope, conversation)
    if locked.assignee == member:
        return
    locked.assignee = member
    await conversations.save(scope, [locked], at=at)
    await announce(scope, at=at, conversations=[locked.id])


async def _check_may_answer(scope: Scope, member: MemberId) -> None:
    try:
        found = await members.get_member(scope, member)
    except NoSuchMember:
        raise Invalid(errors=[FieldError("assignee_id", "there is no such member")]) from None
    if found.disabled_at or Permission.INBOX_WRITE not in PERMISSIONS[found.role]:
        raise Invalid(errors=[FieldError("assignee_id", "this member cannot answer customers")])


async def set_state(
    scope: Scope,
    conversation: UUID,
    state: State,
    *,
    until: datetime | None = None,
    undo: bool = False,
    at: datetime,
) -> None:
    """Resolving gives the conversation back to the assistant; `until` is when a snoozed one wakes; with
    `undo` the call for a person that resolving or snoozing ended stands again, with its alerts.

    Raises NotFound, Invalid.
    """
    rules.check_snooze(state, until, now=at)
    locked = await lock_one(scope, conversation)
    asked, before = locked.needs_person_reason, locked.state
    extra: list[NewEvent] = []
    lines: Sequence[UUID] = ()
    anew = before in ACTIVE
    if state is State.RESOLVED and locked.mode is Mode.HUMAN:
        lines = (await modes.switch(scope, locked, Mode.AI, reason="resolved", at=at)).lines
        extra.append(mode_event(locked, by=scope.actor.label, reason="resolved"))
        anew = False  # the switch has laid them aside
    if state is State.RESOLVED and locked.state is not State.RESOLVED:
        locked.resolved_by = scope.actor.label
    locked.state, locked.snoozed_until = state, until
    if state in (State.RESOLVED, State.SNOOZED):
        locked.laid_aside = asked or (None if before in ACTIVE else locked.laid_aside)
        locked.needs_person_reason = None
        await alerts.lay_aside(scope, str(locked.id), now=at, anew=anew)
    elif undo:
        locked.needs_person_reason = asked or locked.laid_aside
        locked.laid_aside = None
        await alerts.take_up(scope, str(locked.id))
    if until:
        await jobs.arm(scope, [NewTimer(TimerKind.SNOOZE, locked.id, until, at)])
    await conversations.save(scope, [locked], at=at)
    await announce(scope, at=at, created=lines, conversations=[locked.id], extra=extra)


def wake(conversation: Conversation, *, at: datetime) -> None:
    """Its time has come: a person is called. One that was woken before, or put off again, stays as it is."""
    until = conversation.snoozed_until
    if conversation.state is State.SNOOZED and until and until <= at:
        conversation.state, conversation.snoozed_until = State.OPEN, None
        conversation.call_person(WOKE_UP)
