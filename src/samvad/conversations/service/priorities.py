"""How urgent a conversation is, as the team says."""

from datetime import datetime
from uuid import UUID

from samvad.channels.types import Kind
from samvad.conversations.repository import conversations, messages, priorities
from samvad.conversations.service import outgoing
from samvad.conversations.service.agents import lock_one
from samvad.conversations.service.announce import announce
from samvad.conversations.types import Author, Conversation, MessageStatus, NewMessage
from samvad.conversations.types.priorities import Priority
from samvad.kernel.ids import MessageId, new_id
from samvad.platform.db import Scope


async def set_priority(scope: Scope, conversation: UUID, priority: Priority, *, at: datetime) -> None:
    """A line in the thread says who changed it. Raises NotFound."""
    locked = await lock_one(scope, conversation)
    was = await priorities.of(scope, locked.id)
    if was is priority:
        return
    await priorities.change(scope, locked.id, priority)
    line = _line(scope, locked, priority, was, at=at)
    await messages.insert(scope, [line])
    await conversations.save(scope, [locked], at=at)
    await announce(scope, at=at, created=[line.id], conversations=[locked.id])


def _line(scope: Scope, locked: Conversation, now: Priority, was: Priority, *, at: datetime) -> NewMessage:
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
        member=scope.actor.member,
        content={"event": "priority", "priority": now.value, "was": was.value, "by": scope.actor.label},
    )
