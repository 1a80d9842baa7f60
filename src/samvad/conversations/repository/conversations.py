"""Conversation rows: locked in id order, changed in memory, written back in one statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import asyncpg

from samvad.conversations.types import Conversation, Mode, State
from samvad.conversations.types.inbox import BLANK
from samvad.kernel.ids import ChannelId, ContactId, ConversationId, new_id
from samvad.platform import events
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent

Key = tuple[ChannelId, ContactId]

_COLUMNS = """c.id, c.channel_id, c.contact_id, c.mode, c.epoch, c.status, c.unread, c.inbound_seq,
  c.answered_seq, c.out_seq, c.last_sort_at, c.last_message_at, c.last_inbound_at,
  c.last_inbound_external_id, c.needs_person_reason, c.human_since, c.human_word_at, c.preview,
  c.assignee_id, c.snoozed_until, c.resolved_by, c.summary, c.laid_aside"""

_LOCK = f"""
SELECT {_COLUMNS} FROM conversations c
JOIN unnest($2::uuid[], $3::uuid[]) AS k (channel_id, contact_id)
  ON c.channel_id = k.channel_id AND c.contact_id = k.contact_id
WHERE c.tenant_id = $1 AND c.merged_into IS NULL ORDER BY c.id FOR UPDATE OF c
"""

_CREATE = """
INSERT INTO conversations (tenant_id, id, channel_id, contact_id, mode, epoch, status,
  last_message_at, last_sort_at, created_at, updated_at)
SELECT $1, k.id, k.channel_id, k.contact_id, 'ai', 0, 'pending', $5, $6, $5, $5
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS k (id, channel_id, contact_id)
JOIN contacts p ON p.tenant_id = $1 AND p.id = k.contact_id AND p.merged_into IS NULL
ORDER BY k.id FOR KEY SHARE OF p ON CONFLICT (tenant_id, channel_id, contact_id) DO NOTHING RETURNING id
"""

_SAVE = """
UPDATE conversations c SET mode = n.mode, epoch = n.epoch, status = n.status, unread = n.unread,
  inbound_seq = n.inbound_seq, answered_seq = n.answered_seq, out_seq = n.out_seq,
  last_sort_at = n.last_sort_at, last_message_at = n.last_message_at,
  last_inbound_at = n.last_inbound_at, last_inbound_external_id = n.last_inbound_external_id,
  needs_person_reason = n.needs_person_reason, human_since = n.human_since,
  human_word_at = n.human_word_at, preview = n.preview, assignee_id = n.assignee_id,
  snoozed_until = n.snoozed_until, resolved_by = n.resolved_by,
  summary = n.summary, laid_aside = n.laid_aside, updated_at = $24
FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::int[], $7::bigint[], $8::bigint[],
    $9::bigint[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[],
    $15::timestamptz[], $16::timestamptz[], $17::jsonb[], $18::uuid[], $19::timestamptz[], $20::text[],
    $21::jsonb[], $22::text[])
  AS n (id, mode, epoch, status, unread, inbound_seq, answered_seq, out_seq, last_sort_at,
    last_message_at, last_inbound_at, last_inbound_external_id, needs_person_reason, human_since,
    human_word_at, preview, assignee_id, snoozed_until, resolved_by, summary, laid_aside)
WHERE c.tenant_id = $1 AND c.id = ANY($23) AND c.id = n.id
"""


def _conversation(row: asyncpg.Record) -> Conversation:
    return Conversation(
        id=ConversationId(row["id"]),
        channel=ChannelId(row["channel_id"]),
        contact=ContactId(row["contact_id"]),
        mode=Mode(row["mode"]),
        epoch=row["epoch"],
        state=State(row["status"]),
        unread=row["unread"],
        inbound_seq=row["inbound_seq"],
        answered_seq=row["answered_seq"],
        out_seq=row["out_seq"],
        last_sort_at=row["last_sort_at"],
        last_message_at=row["last_message_at"],
        last_inbound_at=row["last_inbound_at"],
        last_inbound_external_id=row["last_inbound_external_id"],
        needs_person_reason=row["needs_person_reason"],
        human_since=row["human_since"],
        human_word_at=row["human_word_at"],
        preview=row["preview"],
        assignee=row["assignee_id"],
        snoozed_until=row["snoozed_until"],
        resolved_by=row["resolved_by"],
        summary=row["summary"],
        laid_aside=row["laid_aside"],
        was=State(row["status"]),
    )


async def lock_or_create(scope: Scope, keys: Sequence[Key], *, at: datetime) -> dict[Key, Conversation]:
    """The conversation of each (channel, contact), locked; `created` says which are new; without those whose
    contact became part of another just now."""
    found = await _lock(scope, keys)
    missing = [key for key in dict.fromkeys(keys) if key not in found]
    if missing:
        rows = await scope.db.fetch(
            _CREATE,
            scope.tenant,
            [new_id() for _ in missing],
            [channel for channel, _ in missing],
            [contact for _, contact in missing],
            at,
            BLANK,
        )
        created = {row["id"] for row in rows}
        for key, conversation in (await _lock(scope, missing)).items():
            conversation.created = conversation.id in created
            found[key] = conversation
    return found


async def _lock(scope: Scope, keys: Sequence[Key]) -> dict[Key, Conversation]:
    rows = await scope.db.fetch(_LOCK, scope.tenant, [c for c, _ in keys], [c for _, c in keys])
    return {(ChannelId(r["channel_id"]), ContactId(r["contact_id"])): _conversation(r) for r in rows}


async def lock(
    scope: Scope, ids: Sequence[UUID], *, known: Mapping[UUID, Conversation] = MappingProxyType({})
) -> dict[UUID, Conversation]:
    """`known`: those that this transaction has locked already, for there is one object a row: of two the one
    that is saved last would take back what the other changed."""
    rows = await scope.db.fetch(
        f"""SELECT {_COLUMNS} FROM conversations c WHERE c.tenant_id = $1 AND c.id = ANY($2)
              AND c.merged_into IS NULL ORDER BY c.id FOR UPDATE""",
        scope.tenant,
        ids,
    )
    return {row["id"]: known.get(row["id"]) or _conversation(row) for row in rows}


async def save(scope: Scope, changed: Sequence[Conversation], *, at: datetime) -> None:
    """With an event for each that stands elsewhere now, whoever moved it there."""
    await scope.db.execute(
        _SAVE,
        scope.tenant,
        [c.id for c in changed],
        [c.mode for c in changed],
        [c.epoch for c in changed],
        [c.state for c in changed],
        [c.unread for c in changed],
        [c.inbound_seq for c in changed],
        [c.answered_seq for c in changed],
        [c.out_seq for c in changed],
        [c.last_sort_at for c in changed],
        [c.last_message_at for c in changed],
        [c.last_inbound_at for c in changed],
        [c.last_inbound_external_id for c in changed],
        [c.needs_person_reason for c in changed],
        [c.human_since for c in changed],
        [c.human_word_at for c in changed],
        [c.preview for c in changed],
        [c.assignee for c in changed],
        [c.snoozed_until for c in changed],
        [c.resolved_by if c.state is State.RESOLVED else None for c in changed],
        [c.summary for c in changed],
        [c.laid_aside for c in changed],
        [c.id for c in changed],
        at,
    )
    await events.append(scope, [_state_event(c) for c in changed if c.state is not c.was], at=at)
    for one in changed:
        one.was = one.state


def _state_event(conversation: Conversation) -> NewEvent:
    resolved = conversation.state is State.RESOLVED
    return NewEvent(
        "conversation.state",
        {
            "conversation_id": str(conversation.id),
            "status": conversation.state.value,
            "was": conversation.was.value if conversation.was else None,
            "resolved_by": conversation.resolved_by if resolved else None,
        },
    )


async def of_contact(scope: Scope, contact: UUID) -> list[UUID]:
    rows = await scope.db.fetch(
        """SELECT id FROM conversations
           WHERE tenant_id = $1 AND contact_id = $2 AND merged_into IS NULL""",
        scope.tenant,
        contact,
    )
    return [row["id"] for row in rows]


async def of_channel(scope: Scope, channel: UUID) -> list[UUID]:
    """The newest first."""
    rows = await scope.db.fetch(
        """SELECT id FROM conversations WHERE tenant_id = $1 AND channel_id = $2 AND merged_into IS NULL
           ORDER BY last_message_at DESC, id DESC""",
        scope.tenant,
        channel,
    )
    return [row["id"] for row in rows]


async def shift_snoozes(scope: Scope, asleep: Sequence[tuple[UUID, timedelta]]) -> None:
    """They wake that much sooner."""
    await scope.db.executemany(
        """UPDATE conversations SET snoozed_until = snoozed_until - $3::interval
           WHERE tenant_id = $1 AND id = $2""",
        [(scope.tenant, conversation, by) for conversation, by in asleep],
    )


async def contacts_of(scope: Scope, messages: Sequence[UUID]) -> dict[UUID, ContactId]:
    """The person to whom each of these messages belongs."""
    rows = await scope.db.fetch(
        """SELECT m.id, c.contact_id FROM messages m
           JOIN conversations c ON c.tenant_id = $1 AND c.id = m.conversation_id
           WHERE m.tenant_id = $1 AND m.id = ANY($2) ORDER BY m.id""",
        scope.tenant,
        messages,
    )
    return {row["id"]: ContactId(row["contact_id"]) for row in rows}


async def persons_of(scope: Scope, messages: Sequence[UUID]) -> dict[UUID, tuple[ContactId, str]]:
    """The person to whom each of these messages belongs, and the account of its channel."""
    rows = await scope.db.fetch(
        """SELECT m.id, c.contact_id, n.account FROM messages m
           JOIN conversations c ON c.tenant_id = $1 AND c.id = m.conversation_id
           JOIN channels n ON n.tenant_id = $1 AND n.id = m.channel_id
           WHERE m.tenant_id = $1 AND m.id = ANY($2)""",
        scope.tenant,
        messages,
    )
    return {row["id"]: (ContactId(row["contact_id"]), row["account"]) for row in rows}


async def record_mode_change(
    scope: Scope, conversation: Conversation, *, reason: str, hint: str, at: datetime
) -> None:
    await scope.db.execute(
        """INSERT INTO mode_changes (tenant_id, id, conversation_id, mode, epoch, actor, reason, hint, at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        scope.tenant,
        new_id(),
        conversation.id,
        conversation.mode,
        conversation.epoch,
        scope.actor.label,
        reason,
        hint,
        at,
    )
