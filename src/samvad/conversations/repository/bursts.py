"""What a reply is decided on: the conversation, the person, and the messages not yet answered."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from samvad.channels.types import Kind
from samvad.conversations.types import Burst, BurstMessage, Mode, Said, TraceStage
from samvad.kernel.ids import ChannelId, ContactId, ConversationId, MessageId
from samvad.platform.db import ReadScope

MOST = 50

_BURSTS = """
SELECT c.id, c.channel_id, c.contact_id, c.mode, c.epoch, c.inbound_seq, c.answered_seq,
  p.opted_out_at IS NOT NULL AS opted_out, m.id AS message_id, m.external_id, m.kind, m.text, m.seq,
  m.sent_at, m.created_at, m.trace, m.correlation
FROM conversations c
JOIN contacts p ON p.tenant_id = $1 AND p.id = c.contact_id
LEFT JOIN LATERAL (
  SELECT * FROM messages m
  WHERE m.tenant_id = $1 AND m.conversation_id = c.id
  ORDER BY m.sort_at DESC, m.id DESC LIMIT $3
) m ON m.direction = 'in' AND m.seq > c.answered_seq
WHERE c.tenant_id = $1 AND c.id = ANY($2)
ORDER BY c.id, m.sort_at, m.id
"""


_BEFORE = """
SELECT direction = 'in' AS incoming, text, trace FROM messages
WHERE tenant_id = $1 AND conversation_id = $2 AND author <> 'system' AND NOT private
  AND (sort_at, id) < (SELECT sort_at, id FROM messages WHERE tenant_id = $1 AND id = $3)
ORDER BY sort_at DESC, id DESC LIMIT $4
"""


async def said_before(scope: ReadScope, conversation: UUID, message: UUID, *, most: int) -> list[Said]:
    """What both sides had seen before a message, the newest first."""
    rows = await scope.db.fetch(_BEFORE, scope.tenant, conversation, message, most)
    return [Said(row["incoming"], row["text"], tuple(TraceStage(**s) for s in row["trace"])) for row in rows]


async def unanswered(scope: ReadScope, conversations: Sequence[UUID]) -> list[Burst]:
    """One a conversation, its messages in timeline order; none when everything is answered."""
    rows = await scope.db.fetch(_BURSTS, scope.tenant, conversations, MOST)
    grouped: dict[UUID, list[asyncpg.Record]] = {}
    for row in rows:
        grouped.setdefault(row["id"], []).append(row)
    return [_burst(of_one) for of_one in grouped.values()]


def _burst(rows: Sequence[asyncpg.Record]) -> Burst:
    first = rows[0]
    return Burst(
        conversation=ConversationId(first["id"]),
        channel=ChannelId(first["channel_id"]),
        contact=ContactId(first["contact_id"]),
        mode=Mode(first["mode"]),
        epoch=first["epoch"],
        inbound_seq=first["inbound_seq"],
        opted_out=first["opted_out"],
        messages=tuple(_message(row) for row in rows if row["message_id"] is not None),
    )


def _message(row: asyncpg.Record) -> BurstMessage:
    return BurstMessage(
        id=MessageId(row["message_id"]),
        external_id=row["external_id"],
        kind=Kind(row["kind"]),
        text=row["text"],
        sent_at=row["sent_at"],
        arrived_at=row["created_at"],
        trace=tuple(TraceStage(**stage) for stage in row["trace"]),
        correlation=row["correlation"],
    )
