"""Automatic replies that met a closed window: their parts, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.conversations.types import MessageStatus, TraceStage
from samvad.kernel.json import JsonObject
from samvad.platform.db import Scope

SENT_AS_TEMPLATE = "sent_as_template"
SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an automatic reply. `queue`: what the sender's row says of it, if there still is one;
    `since`: whether somebody took the conversation over, or gave it back, after it was made."""

    id: UUID
    conversation: UUID
    text: str
    status: MessageStatus
    reason: str | None
    source: str | None
    correlation: str
    created_at: datetime
    trace: Sequence[TraceStage]
    citations: Sequence[JsonObject]
    queue: str | None
    since: bool


async def parts(scope: Scope, ids: Sequence[UUID]) -> list[Part]:
    """All parts of the replies that these messages belong to, in order."""
    rows = await scope.db.fetch(
        """SELECT DISTINCT ON (m.sort_at, m.id) m.id, m.conversation_id, m.text, m.status, m.reason, m.source,
             m.correlation, m.created_at, m.trace, m.citations, o.state AS queue, EXISTS (
               SELECT FROM mode_changes c WHERE c.tenant_id = $1 AND c.conversation_id = m.conversation_id
                 AND c.at > m.created_at) AS since
           FROM messages f
           JOIN messages m ON m.tenant_id = $1 AND m.channel_id = f.channel_id AND m.created_at = f.created_at
             AND m.conversation_id = f.conversation_id AND m.correlation = f.correlation
             AND m.direction = 'out' AND m.author = 'assistant' AND m.kind = 'text'
           LEFT JOIN outbound o ON o.tenant_id = $1 AND o.id = m.id
           WHERE f.tenant_id = $1 AND f.id = ANY($2) ORDER BY m.sort_at, m.id""",
        scope.tenant,
        ids,
    )
    return [
        Part(
            id=row["id"],
            conversation=row["conversation_id"],
            text=row["text"],
            status=MessageStatus(row["status"]),
            reason=row["reason"],
            source=row["source"],
            correlation=row["correlation"],
            created_at=row["created_at"],
            trace=[TraceStage(**stage) for stage in row["trace"]],
            citations=row["citations"] or [],
            queue=row["queue"],
            since=row["since"],
        )
        for row in rows
    ]


async def settle(
    scope: Scope, ids: Sequence[UUID], *, status: MessageStatus, reason: str, detail: str
) -> None:
    """What stands in for them is on its way, or why nothing does."""
    await scope.db.execute(
        """UPDATE messages SET status = $3, reason = $4, detail = $5, trace = trace || $6::jsonb
           WHERE tenant_id = $1 AND id = ANY($2)""",
        scope.tenant,
        ids,
        status,
        reason,
        detail,
        [TraceStage("window", reason, 0, detail or None)],
    )


async def held(scope: Scope, conversation: UUID) -> bool:
    """Whether anything is held there."""
    found = await scope.db.fetchval(
        """SELECT EXISTS (SELECT FROM messages
             WHERE tenant_id = $1 AND conversation_id = $2 AND trouble = 'held')""",
        scope.tenant,
        conversation,
    )
    return bool(found)


async def supersede(scope: Scope, conversations: Sequence[UUID]) -> list[UUID]:
    """Automatic messages that a closed window holds there become past: something newer answers."""
    rows = await scope.db.fetch(
        """UPDATE messages SET status = 'skipped', reason = $3
           WHERE tenant_id = $1 AND conversation_id = ANY($2) AND trouble = 'held' AND author = 'assistant'
             AND reason = 'window_closed' RETURNING id""",
        scope.tenant,
        conversations,
        SUPERSEDED,
    )
    return [row["id"] for row in rows]
