"""Customers' messages into the timeline: once per provider id, in their place, windows widened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.service import windows
from samvad.channels.types import Kind, MessageReceived
from samvad.contacts.service import Contended
from samvad.conversations import rules
from samvad.conversations.repository import conversations, messages, progress
from samvad.conversations.service import files
from samvad.conversations.types import (
    Appended,
    Author,
    Conversation,
    InboundEntry,
    MessageStatus,
    NewMessage,
    State,
)
from samvad.kernel.ids import MessageId, new_id
from samvad.kernel.json import JsonObject
from samvad.platform.db import Scope

WINDOW = timedelta(hours=24)


async def append_inbound(scope: Scope, entries: Sequence[InboundEntry], *, at: datetime) -> list[Appended]:
    """One answer an entry, in order. Conversations stay locked until the transaction ends. Raises Contended
    when a contact became part of another just now."""
    keys = [(entry.channel, entry.contact) for entry in entries]
    locked = await conversations.lock_or_create(scope, keys, at=at)
    if len(locked) < len(set(keys)):
        raise Contended
    opened = [c.id for c in locked.values() if c.created]
    if opened:
        await windows.open_conversations(scope, opened)
    rows = [_row(entry, locked[key]) for entry, key in zip(entries, keys, strict=True)]
    rows = await _quoting_forms(scope, rows)
    new = await messages.insert(scope, rows)
    await files.expect(scope, [row for row in rows if row.id in new], at=at)
    answers = []
    for entry, key, row in zip(entries, keys, rows, strict=True):
        conversation = locked[key]
        fresh = row.id in new
        if fresh:
            _take_in(conversation, entry, row)
        triggers = fresh and row.seq is not None
        answers.append(Appended(conversation, row.id, not fresh, row.late, triggers))
    answers = await _change_targets(scope, entries, answers)
    touched = {a.conversation.id: a.conversation for a in answers if not a.duplicate}
    await _write_back(scope, list(touched.values()), at)
    return answers


def _row(entry: InboundEntry, conversation: Conversation) -> NewMessage:
    """Also moves the conversation's counters, so that the next entry sees them."""
    event = entry.event
    late = rules.is_late(entry.sent_at, last_inbound=conversation.last_inbound_at)
    places = (conversation.last_sort_at, conversation.last_inbound_at)
    sort_at = rules.place_in_timeline(entry.sent_at, after=places)
    conversation.last_sort_at = max(conversation.last_sort_at, sort_at)
    pending = conversation.inbound_seq > conversation.answered_seq  # then it joins that thought
    owed = rules.triggers_reply(event.kind) and (not late or pending)
    if owed:
        conversation.inbound_seq += 1
    return NewMessage(
        id=MessageId(new_id()),
        conversation=conversation.id,
        channel=entry.channel,
        direction="in",
        author=Author.CUSTOMER,
        kind=event.kind,
        text=event.text,
        status=MessageStatus.RECEIVED,
        sort_at=sort_at,
        created_at=entry.arrived_at,
        external_id=event.external_id,
        content=dict(event.content) or None,
        media=files.described(event.media),
        reply_to=event.reply_to,
        target=event.target,
        seq=conversation.inbound_seq if owed else None,
        late=late,
        sent_at=entry.sent_at,
        correlation=entry.correlation,
    )


async def _quoting_forms(scope: Scope, rows: list[NewMessage]) -> list[NewMessage]:
    """An answered form that quotes nothing carries the id of our message that held the form."""
    tokens = {row.id: token for row in rows if (token := rules.form_token(row))}
    if not tokens:
        return rows
    known = await messages.forms(scope, list(tokens.values()))
    answered = {row.id: known.get((row.conversation, tokens[row.id])) for row in rows if row.id in tokens}
    return [replace(row, reply_to=found) if (found := answered.get(row.id)) else row for row in rows]


def _take_in(conversation: Conversation, entry: InboundEntry, row: NewMessage) -> None:
    conversation.last_inbound_at = max(conversation.last_inbound_at or row.sort_at, row.sort_at)
    if not row.late:
        conversation.last_inbound_external_id = entry.event.external_id
    if not rules.counts_as_news(entry.event.kind):
        return
    conversation.unread += 1
    if conversation.state in (State.RESOLVED, State.SNOOZED):
        conversation.state = State.PENDING
    if row.sort_at >= conversation.last_message_at or conversation.preview is None:
        conversation.last_message_at = max(conversation.last_message_at, row.sort_at)
        conversation.preview = _preview(row.text, row.kind)


async def _change_targets(
    scope: Scope, entries: Sequence[InboundEntry], answers: Sequence[Appended]
) -> list[Appended]:
    told = []
    for entry, answer in zip(entries, answers, strict=True):
        old = None if answer.duplicate else await _change_target(scope, entry, answer)
        if old:
            _show_change(answer.conversation, entry.event, old)
        told.append(replace(answer, changed=old.id) if old else answer)
    return told


async def _change_target(scope: Scope, entry: InboundEntry, answer: Appended) -> progress.Changed | None:
    kind = entry.event.kind
    if entry.event.target is None:
        return None
    target = progress.Target(entry.channel, entry.event.target, answer.conversation.id)
    if kind is Kind.EDIT:
        old = await progress.edit(scope, target, text=entry.event.text)
        if old:
            await progress.unfind(scope, answer.message)  # the words stand in the message itself
        return old
    return await progress.revoke(scope, target) if kind is Kind.REVOKE else None


def _show_change(conversation: Conversation, event: MessageReceived, old: progress.Changed) -> None:
    """In the list too, while its words stand there."""
    if conversation.preview != _preview(old.text, Kind(old.kind)):
        return
    edited = event.kind is Kind.EDIT
    conversation.preview = _preview(event.text if edited else "", Kind(old.kind) if edited else Kind.REVOKE)


def _preview(text: str, kind: Kind) -> JsonObject:
    return rules.preview(text=text, author=Author.CUSTOMER, kind=kind, direction="in")


async def _write_back(scope: Scope, changed: Sequence[Conversation], at: datetime) -> None:
    if not changed:
        return
    await conversations.save(scope, changed, at=at)
    inbound: dict[UUID, datetime] = {
        c.id: c.last_inbound_at.replace(microsecond=0) for c in changed if c.last_inbound_at
    }
    await windows.widen(scope, list(inbound), [second + WINDOW for second in inbound.values()])
