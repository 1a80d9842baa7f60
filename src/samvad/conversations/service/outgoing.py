"""Messages of ours into the timeline and, in the same transaction, into the sender's queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.service import outbox
from samvad.channels.types import Identity, Kind, Outbound, Purpose, QueuedMessage
from samvad.conversations import rules
from samvad.conversations.repository import messages, standing
from samvad.conversations.types import (
    Conversation,
    Draft,
    Message,
    MessageStatus,
    NewMessage,
)
from samvad.kernel.ids import MessageId, new_id
from samvad.platform.db import Scope

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of one draft: rows of the timeline, and the same for the sender's queue."""

    rows: Sequence[NewMessage]
    queue: Sequence[QueuedMessage]


def compose(
    conversation: Conversation, draft: Draft, *, to: Sequence[Identity], at: datetime, correlation: str
) -> Composed:
    """Takes the next places of a locked conversation, which the caller saves."""
    rows, queue = [], []
    for number, text in enumerate(draft.texts):
        row = _part(conversation, draft, text, at, correlation)
        show(conversation, row)
        rows.append(row)
        queue.append(queued(conversation, row, draft.purpose, to, starts_reply=number == 0))
    return Composed(rows, queue)


async def put(scope: Scope, drafts: Sequence[Composed], *, at: datetime) -> list[MessageId]:
    """Queues drafts of any conversations, the parts of each in order."""
    rows = [row for draft in drafts for row in draft.rows]
    if rows:
        await messages.insert(scope, rows)
        await outbox.enqueue(scope, [row for draft in drafts for row in draft.queue], at=at)
    return [row.id for row in rows]


async def say(
    scope: Scope,
    conversation: Conversation,
    draft: Draft,
    *,
    to: Sequence[Identity],
    at: datetime,
    correlation: str,
) -> list[MessageId]:
    """Queues a draft's parts in order. The caller holds the conversation's lock and saves it."""
    return await put(scope, [compose(conversation, draft, to=to, at=at, correlation=correlation)], at=at)


def next_sort(conversation: Conversation, at: datetime) -> datetime:
    """After everything that the timeline holds, whatever the clocks say."""
    conversation.last_sort_at = max(at, conversation.last_sort_at + _TICK)
    return conversation.last_sort_at


def show(conversation: Conversation, row: NewMessage) -> None:
    """The inbox previews it."""
    conversation.last_message_at = max(conversation.last_message_at, row.sort_at)
    conversation.preview = rules.preview(
        text=row.text, author=row.author, kind=row.kind, direction=row.direction
    )


def _part(conversation: Conversation, draft: Draft, text: str, at: datetime, correlation: str) -> NewMessage:
    return NewMessage(
        id=MessageId(new_id()),
        conversation=conversation.id,
        channel=conversation.channel,
        direction="out",
        author=draft.author,
        kind=Kind.TEXT,
        text=text,
        status=MessageStatus.QUEUED,
        sort_at=next_sort(conversation, at),
        created_at=at,
        source=draft.source,
        reply_to=draft.reply_to,
        trace=draft.trace,
        correlation=correlation,
        citations=draft.citations,
    )


def queued(
    conversation: Conversation,
    row: NewMessage,
    purpose: Purpose,
    to: Sequence[Identity],
    *,
    starts_reply: bool = False,
) -> QueuedMessage:
    """The sender's row, at the next place of its conversation."""
    conversation.out_seq += 1
    return QueuedMessage(
        channel=conversation.channel,
        conversation=conversation.id,
        contact=conversation.contact,
        seq=conversation.out_seq,
        purpose=purpose,
        epoch=conversation.epoch,
        starts_reply=starts_reply,
        message=outbound(row, to),
        correlation=row.correlation,
    )


def outbound(message: NewMessage | Message, to: Sequence[Identity]) -> Outbound:
    """What the sender is given of a message, the first time and every other."""
    return Outbound(
        id=message.id,
        to=tuple(to),
        kind=Kind(message.kind),
        text=message.text,
        reply_to=message.reply_to,
        target=message.target,
        content=message.content or {},
        file=message.media is not None,
    )


async def supersede(scope: Scope, conversations: Sequence[UUID]) -> list[UUID]:
    """An answer is on its way there: what a closed window holds of automatic ones is not meant any more."""
    return await standing.supersede(scope, conversations) if conversations else []


async def skip(scope: Scope, ids: Sequence[UUID], *, reason: str) -> None:
    """Withdrawn before the sender saw them."""
    if ids:
        await messages.skip(scope, ids, reason=reason)
