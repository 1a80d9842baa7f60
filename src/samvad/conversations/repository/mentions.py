"""SQL of mentions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.platform.db import ReadScope, Scope


async def add(
    scope: Scope, conversation: UUID, message: UUID, members: Sequence[UUID], *, at: datetime
) -> None:
    """Whoever mentions themselves has seen it."""
    await scope.db.execute(
        """INSERT INTO mentions (tenant_id, message_id, member_id, conversation_id, at, seen_at)
           SELECT $1, $2, m, $3, $5::timestamptz, CASE WHEN m = $6::uuid THEN $5::timestamptz END
           FROM unnest($4::uuid[]) m
           ON CONFLICT DO NOTHING""",
        scope.tenant,
        message,
        conversation,
        members,
        at,
        scope.actor.member,
    )


async def see(scope: Scope, conversation: UUID, member: UUID, *, at: datetime) -> bool:
    """Whether there was something new."""
    seen = await scope.db.fetch(
        """UPDATE mentions SET seen_at = $4
           WHERE tenant_id = $1 AND conversation_id = $2 AND member_id = $3 AND seen_at IS NULL
           RETURNING true""",
        scope.tenant,
        conversation,
        member,
        at,
    )
    return bool(seen)


async def conversations(scope: ReadScope, member: UUID, *, most: int) -> list[UUID]:
    """In which the member is mentioned, those of the newest mentions."""
    rows = await scope.db.fetch(
        """SELECT conversation_id FROM mentions WHERE tenant_id = $1 AND member_id = $2
           GROUP BY conversation_id ORDER BY max(at) DESC LIMIT $3""",
        scope.tenant,
        member,
        most,
    )
    return [row["conversation_id"] for row in rows]


async def count_unseen(scope: ReadScope, member: UUID, *, most: int) -> int:
    """Conversations with a mention that the member has not seen, counted up to `most`."""
    counted: int = await scope.db.fetchval(
        """SELECT count(*) FROM (SELECT DISTINCT conversation_id FROM mentions
             WHERE tenant_id = $1 AND member_id = $2 AND seen_at IS NULL LIMIT $3) m""",
        scope.tenant,
        member,
        most,
    )
    return counted


async def follow(scope: Scope, conversations: Sequence[UUID]) -> None:
    """After messages went from one of these to another: a mention is where its note is."""
    await scope.db.execute(
        """UPDATE mentions t SET conversation_id = m.conversation_id FROM messages m
           WHERE t.tenant_id = $1 AND t.conversation_id = ANY($2) AND m.tenant_id = $1
             AND m.id = t.message_id AND m.conversation_id <> t.conversation_id""",
        scope.tenant,
        conversations,
    )
