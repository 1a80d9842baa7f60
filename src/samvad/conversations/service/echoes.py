"""Messages that the business sent from its phone or another client: an agent's words, and a takeover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.channels.service import outbox, windows
from samvad.channels.types import EchoReceived
from samvad.contacts.service import Contended
from samvad.conversations import rules
from samvad.conversations.repository import conversations, messages, progress
from samvad.conversations.repository.progress import Step
from samvad.conversations.service import files, outgoing, unknowns
from samvad.conversations.service import mode as modes
from samvad.conversations.service.announce import announce, mode_event
from samvad.conversations.types import (
    Author,
    Conversation,
    MessageStatus,
    Mode,
    NewMessage,
    Source,
    TraceStage,
)
from samvad.kernel.ids import ChannelId, ContactId, MessageId, new_id
from samvad.platform.db import Scope
from samvad.tenancy.service import alerts

PHONE = "business_phone"  # who took over, and why


@dataclass(frozen=True, slots=True)
class EchoEntry:
    channel: ChannelId
    contact: ContactId
    event: EchoReceived
    sent_at: datetime
    arrived_at: datetime
    patient: bool  # whether it may wait for a send whose answer is still out
    correlation: str


async def take_echo(
    scope: Scope, entry: EchoEntry, *, at: datetime, known: Conversation | None = None
) -> bool:
    """False: one of our own sends is not settled yet and this may be its echo; come again soon.

    `known` is its conversation when this transaction has locked it already: there is one object a row.
    """
    if await messages.known_external(scope, entry.channel, [entry.event.external_id]):
        return True  # our own send, or a repeated echo
    bare = entry.event.bare_id
    if bare and await progress.of_bare(scope, [(entry.channel, bare)]):
        return True  # our own send, its chat under another name
    locked = known or await _lock(scope, entry, at)
    if await _settles(scope, locked, entry, at):
        return True
    if entry.patient and await outbox.unfinished(scope, [locked.id]):
        return False
    row = _row(locked, entry)
    if not await messages.insert(scope, [row]):
        return True
    extra = []
    await files.expect(scope, [row], at=at)
    made: list[UUID] = [row.id]
    skipped: Sequence[UUID] = ()
    if locked.mode is Mode.AI:
        change = await modes.switch(scope, locked, Mode.HUMAN, reason=PHONE, at=at, by=PHONE)
        skipped = change.skipped
        made.extend(change.lines)
        extra.append(mode_event(locked, by=PHONE, reason=PHONE))
    outgoing.show(locked, row)
    locked.human_word_at, locked.unread, locked.needs_person_reason = at, 0, None
    await alerts.end_about(scope, str(locked.id), now=at)
    locked.answered_seq = locked.inbound_seq
    await conversations.save(scope, [locked], at=at)
    await announce(scope, at=at, created=made, updated=skipped, conversations=[locked.id], extra=extra)
    return True


async def _lock(scope: Scope, entry: EchoEntry, at: datetime) -> Conversation:
    key = (entry.channel, entry.contact)
    locked = (await conversations.lock_or_create(scope, [key], at=at)).get(key)
    if locked is None:
        raise Contended
    if locked.created:
        await windows.open_conversations(scope, [locked.id])
    return locked


async def _settles(scope: Scope, locked: Conversation, entry: EchoEntry, at: datetime) -> bool:
    """An echo with the very words of a send whose outcome is unknown proves that it was sent."""
    target = await messages.unknown_with_text(scope, locked.id, entry.event.kind, entry.event.text)
    if target is None:
        return False
    proof = TraceStage("provider", "echo", 0, {"external_id": entry.event.external_id})
    step = Step(target, MessageStatus.SENT, at, external_id=entry.event.external_id, trace=(proof,))
    moved = await progress.apply_statuses(scope, [step])
    await unknowns.settle(scope, [target], at=at)
    await announce(scope, at=at, moved=moved)
    return True


def _row(locked: Conversation, entry: EchoEntry) -> NewMessage:
    event = entry.event
    places = (locked.last_sort_at, locked.last_inbound_at)
    sort_at = rules.place_in_timeline(entry.sent_at, after=places)
    locked.last_sort_at = max(locked.last_sort_at, sort_at)
    return NewMessage(
        id=MessageId(new_id()),
        conversation=locked.id,
        channel=entry.channel,
        direction="out",
        author=Author.AGENT,
        kind=event.kind,
        text=event.text,
        status=MessageStatus.SENT,
        sort_at=sort_at,
        created_at=entry.arrived_at,
        source=Source.AGENT,
        external_id=event.external_id,
        content=dict(event.content) or None,
        media=files.described(event.media),
        reply_to=event.reply_to,
        target=event.target,
        sent_at=entry.sent_at,
        correlation=entry.correlation,
    )
