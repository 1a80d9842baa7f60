"""Messages from before a number was connected: into the timeline, without anything that follows from one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.service import windows
from samvad.channels.types import Delivery, PastMessage
from samvad.contacts.service import Contended
from samvad.conversations import rules
from samvad.conversations.repository import conversations, messages
from samvad.conversations.service import files
from samvad.conversations.service.announce import announce
from samvad.conversations.types import Author, Conversation, MessageStatus, NewMessage, Source, State
from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.kernel.ids import ChannelId, ContactId, MessageId, new_id
from samvad.platform.db import Scope

IDLE, IDLE_WORD = timedelta(hours=24), "idle"  # as the life of a conversation has it

_STATUSES: Mapping[Delivery, MessageStatus] = {
    Delivery.DELIVERED: MessageStatus.DELIVERED,
    Delivery.READ: MessageStatus.READ,
    Delivery.PLAYED: MessageStatus.READ,
    Delivery.FAILED: MessageStatus.FAILED,
}


@dataclass(frozen=True, slots=True)
class PastEntry:
    channel: ChannelId
    contact: ContactId
    event: PastMessage
    correlation: str


async def keep(scope: Scope, entries: Sequence[PastEntry], *, at: datetime) -> list[bool]:
    """Whether each was new. A conversation that begins with them waits for nobody: it is resolved once its
    newest message is a day old. Raises Contended."""
    keys = [(entry.channel, entry.contact) for entry in entries]
    locked = await conversations.lock_or_create(scope, keys, at=at)
    if len(locked) < len(set(keys)):
        raise Contended
    created = [talk for talk in locked.values() if talk.created]
    if created:
        await windows.open_conversations(scope, [talk.id for talk in created])
    rows = [_row(entry, locked[key]) for entry, key in zip(entries, keys, strict=True)]
    new = await messages.insert(scope, rows)
    await files.expect(scope, [row for row in rows if row.id in new], at=at)
    newest: dict[UUID, NewMessage] = {}
    for row in sorted((row for row in rows if row.id in new), key=lambda row: row.sort_at):
        newest[row.conversation] = row
    by_id: dict[UUID, Conversation] = {talk.id: talk for talk in locked.values()}
    begun = await _begin(scope, [(by_id[id_], row) for id_, row in newest.items()], at=at)
    await conversations.save(scope, [by_id[id_] for id_ in newest], at=at)
    await announce(scope, at=at, conversations=newest.keys() - begun, new_conversations=begun)
    return [row.id in new for row in rows]


async def _begin(
    scope: Scope, shown: Sequence[tuple[Conversation, NewMessage]], *, at: datetime
) -> set[UUID]:
    """What each shows; those that begin with it."""
    begun: dict[UUID, datetime] = {}
    for talk, row in shown:
        if talk.created:
            talk.last_message_at = row.sort_at
            begun[talk.id] = row.sort_at
            if row.sort_at + IDLE <= at:
                talk.state, talk.resolved_by = State.RESOLVED, IDLE_WORD
        if talk.preview is None or row.sort_at >= talk.last_message_at:
            talk.last_message_at = max(talk.last_message_at, row.sort_at)
            talk.preview = rules.preview(
                text=row.text, author=row.author, kind=row.kind, direction=row.direction
            )
        talk.last_sort_at = max(talk.last_sort_at, row.sort_at)
    awake = [
        NewTimer(TimerKind.IDLE, id_, last + IDLE, at) for id_, last in begun.items() if last + IDLE > at
    ]
    await jobs.arm(scope, awake)
    return set(begun)


def _row(entry: PastEntry, talk: Conversation) -> NewMessage:
    event = entry.event
    status = MessageStatus.RECEIVED
    if event.outward:
        status = _STATUSES.get(event.state or Delivery.SENT, MessageStatus.SENT)
    return NewMessage(
        id=MessageId(new_id()),
        conversation=talk.id,
        channel=entry.channel,
        direction="out" if event.outward else "in",
        author=Author.AGENT if event.outward else Author.CUSTOMER,
        kind=event.kind,
        text=event.text,
        status=status,
        sort_at=event.sent_at,
        created_at=event.sent_at,
        source=Source.AGENT if event.outward else None,
        external_id=event.external_id,
        content=dict(event.content) or None,
        media=files.described(event.media),
        reply_to=event.reply_to,
        sent_at=event.sent_at,
        correlation=entry.correlation,
    )
