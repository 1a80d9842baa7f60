"""Messages that a provider took and then refused, on their way to another attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.conversations.types import TraceStage
from samvad.platform.db import Scope

# Of a send of unknown outcome the status itself tells which attempt it was.
_COUNTS = """(m.status = 'sent' AND m.external_id = a.external_id
  OR m.status = 'unknown' AND m.external_id IS NULL AND a.external_id <> ALL(m.resent_ids))"""


@dataclass(frozen=True, slots=True)
class Refused:
    """`resent`: attempts before this one; `since`: whether somebody took the conversation over, or gave it
    back, after the message was made; `first`: the stage that made it."""

    id: UUID
    conversation: UUID
    channel: UUID
    automatic: bool
    created_at: datetime
    resent: int
    since: bool
    first: str


async def conversations_of(scope: Scope, attempts: Mapping[UUID, str]) -> list[UUID]:
    """Of the messages whose attempt under this provider's id is the one that counts."""
    rows = await scope.db.fetch(
        f"""SELECT DISTINCT m.conversation_id FROM unnest($2::uuid[], $3::text[]) AS a (id, external_id)
            JOIN messages m ON m.id = a.id
            WHERE m.tenant_id = $1 AND m.direction = 'out' AND {_COUNTS}""",
        scope.tenant,
        [*attempts],
        [*attempts.values()],
    )
    return [row["conversation_id"] for row in rows]


async def refused(scope: Scope, attempts: Mapping[UUID, str]) -> list[Refused]:
    """The same messages, locked, in their order. The caller holds their conversations."""
    rows = await scope.db.fetch(
        f"""SELECT m.id, m.conversation_id, m.channel_id, m.author <> 'agent' AS automatic, m.created_at,
             cardinality(m.resent_ids) AS resent, m.trace -> 0 ->> 'name' AS first, EXISTS (
               SELECT FROM mode_changes c WHERE c.tenant_id = $1 AND c.conversation_id = m.conversation_id
                 AND c.at > m.created_at) AS since
           FROM unnest($2::uuid[], $3::text[]) AS a (id, external_id)
           JOIN messages m ON m.id = a.id
           WHERE m.tenant_id = $1 AND m.direction = 'out' AND {_COUNTS}
           ORDER BY m.sort_at, m.id FOR UPDATE OF m""",
        scope.tenant,
        [*attempts],
        [*attempts.values()],
    )
    return [
        Refused(
            row["id"],
            row["conversation_id"],
            row["channel_id"],
            row["automatic"],
            row["created_at"],
            row["resent"],
            row["since"],
            row["first"] or "",
        )
        for row in rows
    ]


async def over(scope: Scope, attempts: Sequence[tuple[UUID, str]]) -> set[UUID]:
    """Those of these messages whose attempt under this id was made again."""
    rows = await scope.db.fetch(
        """SELECT m.id FROM unnest($2::uuid[], $3::text[]) AS a (id, external_id)
           JOIN messages m ON m.id = a.id AND a.external_id = ANY(m.resent_ids) WHERE m.tenant_id = $1""",
        scope.tenant,
        [message for message, _ in attempts],
        [external_id for _, external_id in attempts],
    )
    return {row["id"] for row in rows}


async def earlier(scope: Scope, conversations: Sequence[UUID]) -> set[str]:
    """The provider's ids of all attempts that were made again in these conversations."""
    rows = await scope.db.fetch(
        """SELECT unnest(resent_ids) AS id FROM messages
           WHERE tenant_id = $1 AND conversation_id = ANY($2) AND resent_ids <> '{}'""",
        scope.tenant,
        conversations,
    )
    return {row["id"] for row in rows}


async def begin_anew(scope: Scope, message: UUID, attempt: str, trace: Sequence[TraceStage]) -> None:
    """The attempt of this id is over: what is told of it from now on counts only if it did arrive."""
    await scope.db.execute(
        """UPDATE messages SET status = 'queued', reason = NULL, detail = '', provider_code = NULL,
             sent_at = NULL, failed_at = NULL, resent_ids = array_append(resent_ids, $3),
             external_id = NULL, bare_id = NULL, trace = trace || $4::jsonb
           WHERE tenant_id = $1 AND id = $2""",
        scope.tenant,
        message,
        attempt,
        list(trace),
    )
