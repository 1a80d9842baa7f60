"""Sends whose answer is not there: under way, or lost, to be looked for at the provider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.codec import outbound_from_json
from samvad.channels.types import Sought
from samvad.platform.db import ReadScope

# Of a conversation all or none: where one is under way, or nobody has looked at it for long enough, it may be
# the one that the provider lists.
_SENDS = """
WITH talks AS (
  SELECT conversation_id FROM outbound
  WHERE tenant_id = $1 AND channel_id = $2 AND state = 'unknown' AND unknown_at > $3 AND unknown_at <= $4
    AND (unknown_at > $6
      OR extract(epoch FROM $7::timestamptz - unknown_at)::bigint % $8::bigint < $9::bigint)
  GROUP BY conversation_id ORDER BY min(unknown_at) LIMIT $5)
SELECT o.id, o.conversation_id, o.message, greatest(o.queued_at, o.run_at) AS since, o.unknown_at
FROM talks t JOIN outbound o ON o.tenant_id = $1 AND o.conversation_id = t.conversation_id
WHERE o.tenant_id = $1 AND o.state = 'unknown' AND NOT EXISTS (
  SELECT FROM outbound n WHERE n.tenant_id = $1 AND n.conversation_id = t.conversation_id
    AND (n.state = 'sending' OR (n.state = 'unknown' AND n.unknown_at > $4)))
ORDER BY o.conversation_id, o.seq
"""


@dataclass(frozen=True, slots=True)
class UnknownSend:
    id: UUID
    sought: Sought


@dataclass(frozen=True, slots=True)
class Ages:
    """Up to `often` a send is looked for at each visit, which come every `visit`; up to `given_up` once in
    `seldom`."""

    now: datetime
    given_up: timedelta
    often: timedelta
    seldom: timedelta
    visit: timedelta


async def sends(
    scope: ReadScope, channel: UUID, *, ages: Ages, before: datetime, most: int
) -> list[UnknownSend]:
    """Of the `most` conversations with the oldest that became unknown until then, in their order."""
    now = ages.now
    rows = await scope.db.fetch(
        _SENDS, scope.tenant, channel, now - ages.given_up, before, most, now - ages.often, now,
        round(ages.seldom.total_seconds()), round(ages.visit.total_seconds()),
    )  # fmt: skip
    return [
        UnknownSend(
            row["id"],
            Sought(
                conversation=row["conversation_id"],
                message=outbound_from_json(row["message"]),
                since=row["since"],
                until=row["unknown_at"],
            ),
        )
        for row in rows
    ]


async def under_way(scope: ReadScope, ids: Sequence[UUID]) -> set[UUID]:
    rows = await scope.db.fetch(
        "SELECT id FROM outbound WHERE tenant_id = $1 AND id = ANY($2) AND state = 'sending'",
        scope.tenant,
        ids,
    )
    return {row["id"] for row in rows}
