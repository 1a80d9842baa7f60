"""Message rows: appended once per provider id, moved forward by statuses, read by timeline."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import orjson

from samvad.channels.types import Kind
from samvad.conversations.repository import finding
from samvad.conversations.types import Author, MemberView, Message, MessageStatus, NewMessage, TraceStage
from samvad.kernel.ids import ConversationId, MessageId
from samvad.platform.db import ReadScope, Scope

# Of an id that is made of a chat and the provider's own: its chat may have another name tomorrow.
BARE = "substring({id} FROM '@[a-z.]+_(.+)$')"

_INSERT = f"""
INSERT INTO messages (tenant_id, id, conversation_id, channel_id, external_id, client_id, direction,
  author, member_id, source, kind, private, text, content, media, status, reply_to, target, seq, late,
  sort_at, sent_at, trace, correlation, created_at, reason, search, citations, bare_id)
SELECT $1, m.id, m.conversation_id, m.channel_id, m.external_id, m.client_id, m.direction, m.author,
  m.member_id, m.source, m.kind, m.private, m.text, m.content, m.media, m.status, m.reply_to, m.target,
  m.seq, m.late, m.sort_at, m.sent_at, m.trace::jsonb, m.correlation, m.created_at, m.reason,
  array_to_tsvector(string_to_array(m.words, ' ')), m.citations::jsonb, {BARE.format(id="m.external_id")}
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
  $8::text[], $9::uuid[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::jsonb[],
  $15::jsonb[], $16::text[], $17::text[], $18::text[], $19::bigint[], $20::boolean[],
  $21::timestamptz[], $22::timestamptz[], $23::text[], $24::text[], $25::timestamptz[], $26::text[],
  $27::text[], $28::text[])
  AS m (id, conversation_id, channel_id, external_id, client_id, direction, author, member_id, source, kind,
    private, text, content, media, status, reply_to, target, seq, late, sort_at, sent_at, trace,
    correlation, created_at, reason, words, citations)
ON CONFLICT DO NOTHING RETURNING id
"""

# The driver row knows more than the message while a send is under way.
_STATUS = """CASE WHEN m.status = 'queued' AND o.state IN ('sending', 'unknown')
  THEN o.state ELSE m.status END AS status"""
JOIN = """LEFT JOIN outbound o ON o.tenant_id = $1 AND o.id = m.id AND m.status = 'queued'
  LEFT JOIN members w ON w.tenant_id = $1 AND w.id = m.member_id"""

COLUMNS = f"""m.id, m.conversation_id, m.external_id, m.client_id, m.direction, m.author, m.source,
  m.kind, m.text, {_STATUS}, m.reason, m.detail, m.reply_to, m.target, m.private, m.content, m.media,
  m.citations, m.member_id, coalesce(nullif(w.name, ''), w.email) AS member_name, m.sort_at, m.created_at"""


def message_of(row: asyncpg.Record) -> Message:
    return Message(
        id=MessageId(row["id"]),
        conversation=ConversationId(row["conversation_id"]),
        external_id=row["external_id"],
        client_id=row["client_id"],
        direction=row["direction"],
        author=Author(row["author"]),
        source=row["source"],
        kind=row["kind"],
        text=row["text"],
        status=MessageStatus(row["status"]),
        reason=row["reason"],
        detail=row["detail"],
        reply_to=row["reply_to"],
        target=row["target"],
        private=row["private"],
        content=row["content"],
        media=row["media"],
        citations=row["citations"] or [],
        member=MemberView(row["member_id"], row["member_name"]) if row["member_name"] else None,
        sort_at=row["sort_at"],
        created_at=row["created_at"],
    )


def stages_json(stages: Sequence[TraceStage]) -> str:
    """As text: asyncpg takes a list in a list for an array of two dimensions."""
    return orjson.dumps(list(stages)).decode()


async def insert(scope: Scope, rows: Sequence[NewMessage]) -> set[UUID]:
    """Ids of those that were new; a known provider or client id changes nothing."""
    inserted = await scope.db.fetch(
        _INSERT,
        scope.tenant,
        [m.id for m in rows],
        [m.conversation for m in rows],
        [m.channel for m in rows],
        [m.external_id for m in rows],
        [m.client_id for m in rows],
        [m.direction for m in rows],
        [m.author for m in rows],
        [m.member for m in rows],
        [m.source for m in rows],
        [m.kind for m in rows],
        [m.private for m in rows],
        [m.text for m in rows],
        [m.content for m in rows],
        [m.media for m in rows],
        [m.status for m in rows],
        [m.reply_to for m in rows],
        [m.target for m in rows],
        [m.seq for m in rows],
        [m.late for m in rows],
        [m.sort_at for m in rows],
        [m.sent_at for m in rows],
        [stages_json(m.trace) for m in rows],
        [m.correlation for m in rows],
        [m.created_at for m in rows],
        [m.reason for m in rows],
        [" ".join(finding.lexemes(scope.tenant, m.text)) for m in rows],
        [orjson.dumps(list(m.citations)).decode() if m.citations else None for m in rows],
    )
    return {row["id"] for row in inserted}


async def known_external(scope: ReadScope, channel: UUID, external: Sequence[str]) -> dict[str, UUID]:
    rows = await scope.db.fetch(
        """SELECT external_id, id FROM messages
           WHERE tenant_id = $1 AND channel_id = $2 AND external_id = ANY($3)""",
        scope.tenant,
        channel,
        external,
    )
    return {row["external_id"]: row["id"] for row in rows}


async def forms(scope: ReadScope, ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], str]:
    """(conversation, our id) -> the provider's id, of forms that we sent."""
    rows = await scope.db.fetch(
        """SELECT conversation_id, id, external_id FROM messages
           WHERE tenant_id = $1 AND id = ANY($2) AND direction = 'out'
             AND kind IN ('flow', 'template') AND external_id IS NOT NULL""",
        scope.tenant,
        ids,
    )
    return {(row["conversation_id"], row["id"]): row["external_id"] for row in rows}


class Messages:
    def __init__(self, scope: ReadScope) -> None:
        self._scope = scope

    async def some(self, ids: Sequence[UUID]) -> list[Message]:
        rows = await self._scope.db.fetch(
            f"""SELECT {COLUMNS} FROM messages m {JOIN} WHERE m.tenant_id = $1 AND m.id = ANY($2)
                ORDER BY m.sort_at, m.id""",
            self._scope.tenant,
            ids,
        )
        return [message_of(row) for row in rows]

    async def by_client(self, conversation: UUID, client_id: str) -> Message | None:
        row = await self._scope.db.fetchrow(
            f"""SELECT {COLUMNS} FROM messages m {JOIN}
                WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.client_id = $3""",
            self._scope.tenant,
            conversation,
            client_id,
        )
        return message_of(row) if row else None

    async def newest(
        self, conversation: UUID, *, before: tuple[datetime, UUID] | None, limit: int
    ) -> list[Message]:
        at, last = before or (None, None)
        rows = await self._scope.db.fetch(
            f"""SELECT {COLUMNS} FROM messages m {JOIN}
                WHERE m.tenant_id = $1 AND m.conversation_id = $2
                  AND ($3::timestamptz IS NULL OR (m.sort_at, m.id) < ($3, $4::uuid))
                ORDER BY m.sort_at DESC, m.id DESC LIMIT $5""",
            self._scope.tenant,
            conversation,
            at,
            last,
            limit,
        )
        return [message_of(row) for row in rows]

    async def trace(self, message: UUID) -> list[TraceStage] | None:
        stages = await self._scope.db.fetchval(
            "SELECT trace FROM messages WHERE tenant_id = $1 AND id = $2", self._scope.tenant, message
        )
        return None if stages is None else [TraceStage(**stage) for stage in stages]


async def skip(scope: Scope, ids: Sequence[UUID], *, reason: str) -> None:
    await scope.db.execute(
        """UPDATE messages SET status = 'skipped', reason = $3,
             trace = trace || jsonb_build_array(
               jsonb_build_object('name', 'gate', 'verdict', $3::text, 'ms', 0, 'detail', NULL))
           WHERE tenant_id = $1 AND id = ANY($2) AND status = 'queued'""",
        scope.tenant,
        ids,
        reason,
    )


async def recipients(scope: Scope, conversations: Sequence[UUID]) -> list[tuple[UUID, str, str]]:
    """(conversation, kind, value) of addresses, the oldest first; an adapter takes those it knows.

    An account's own name for a person (a BSUID, a LID, a visitor) is an address with that account alone.
    """
    rows = await scope.db.fetch(
        """SELECT c.id, i.kind, i.value FROM conversations c
           JOIN channels n ON n.tenant_id = $1 AND n.id = c.channel_id
           JOIN identities i ON i.tenant_id = $1 AND i.contact_id = c.contact_id
             AND i.scope IN ('', n.account)
           WHERE c.tenant_id = $1 AND c.id = ANY($2) AND i.kind <> 'username'
           ORDER BY i.created_at, i.kind""",
        scope.tenant,
        conversations,
    )
    return [(row["id"], row["kind"], row["value"]) for row in rows]


async def unknown_with_text(scope: Scope, conversation: UUID, kind: Kind, text: str) -> UUID | None:
    """The oldest send of unknown outcome that says exactly this; without words nothing is proved."""
    found: UUID | None = await scope.db.fetchval(
        """SELECT m.id FROM outbound o JOIN messages m ON m.tenant_id = o.tenant_id AND m.id = o.id
           WHERE o.tenant_id = $1 AND o.conversation_id = $2 AND o.state = 'unknown' AND m.text = $3
             AND m.text <> '' AND m.kind = $4 AND m.tenant_id = $1 AND m.external_id IS NULL
           ORDER BY o.seq LIMIT 1""",
        scope.tenant,
        conversation,
        text,
        kind,
    )
    return found


async def append_traces(scope: Scope, traces: Sequence[tuple[UUID, Sequence[TraceStage]]]) -> None:
    ids = [message for message, _ in traces]
    await scope.db.execute(
        """UPDATE messages m SET trace = m.trace || t.stages::jsonb
           FROM unnest($2::uuid[], $3::text[]) AS t (id, stages)
           WHERE m.tenant_id = $1 AND m.id = ANY($2) AND m.id = t.id""",
        scope.tenant,
        ids,
        [stages_json(stages) for _, stages in traces],
    )
