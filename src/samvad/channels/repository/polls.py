"""Channels that are asked for news: when next, from where on, and who is at it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.types import DuePoll
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.db import Scope, SystemScope
from samvad.platform.wakeups import Topic, notify

# By key, not by ctid: a channel may be changed while this runs.
_CLAIM = """
WITH due AS (
  SELECT p.tenant_id, p.channel_id, f.version
  FROM channel_polls p
  JOIN channel_send_facts f ON f.tenant_id = p.tenant_id AND f.channel_id = p.channel_id
  WHERE p.next_at <= $1 AND (p.lease_until IS NULL OR p.lease_until < $1) AND f.status = 'active'
  ORDER BY p.next_at LIMIT $4 FOR UPDATE OF p SKIP LOCKED
)
UPDATE channel_polls p SET lease_until = $2, lease_owner = $3, gen = p.gen + 1 FROM due d
WHERE p.tenant_id = d.tenant_id AND p.channel_id = d.channel_id
RETURNING p.tenant_id, p.channel_id, p.pause, p.cursor, p.failures, p.gen, d.version
"""


async def arm(scope: Scope, channel: UUID, *, pause: float, at: datetime) -> None:
    """Asked from now on, or anew: whoever is at it with the old settings has lost its lease."""
    await scope.db.execute(
        """INSERT INTO channel_polls (tenant_id, channel_id, pause, next_at, cursor, failures, gen)
           VALUES ($1, $2, $3, $4, '', 0, 1)
           ON CONFLICT (tenant_id, channel_id) DO UPDATE SET pause = excluded.pause,
             next_at = excluded.next_at, failures = 0, gen = channel_polls.gen + 1,
             lease_until = NULL, lease_owner = NULL""",
        scope.tenant,
        channel,
        pause,
        at,
    )
    await notify(scope.db, [Topic.POLLS])


async def disarm(scope: Scope, channel: UUID) -> None:
    await scope.db.execute(
        "DELETE FROM channel_polls WHERE tenant_id = $1 AND channel_id = $2", scope.tenant, channel
    )


async def wake(scope: Scope, channel: UUID) -> None:
    """A channel that runs again is asked at once, however long its pause after failures was to be."""
    await scope.db.execute(
        """UPDATE channel_polls SET next_at = to_timestamp(0), failures = 0
           WHERE tenant_id = $1 AND channel_id = $2""",
        scope.tenant,
        channel,
    )
    await notify(scope.db, [Topic.POLLS])


async def hasten(scope: Scope, channels: Sequence[UUID], *, by: datetime) -> None:
    """They are asked by then at the latest, but for those that fail and wait."""
    await scope.db.execute(
        """UPDATE channel_polls SET next_at = $3
           WHERE tenant_id = $1 AND channel_id = ANY($2) AND next_at > $3 AND failures = 0""",
        scope.tenant,
        channels,
        by,
    )


async def claim(
    scope: SystemScope, *, now: datetime, lease_until: datetime, owner: UUID, most: int
) -> list[DuePoll]:
    """Due channels of any tenant that run and that nobody alive is asking."""
    rows = await scope.db.fetch(_CLAIM, now, lease_until, owner, most)
    return [
        DuePoll(
            tenant=TenantId(row["tenant_id"]),
            channel=ChannelId(row["channel_id"]),
            version=row["version"],
            pause=row["pause"],
            cursor=row["cursor"],
            failures=row["failures"],
            gen=row["gen"],
        )
        for row in rows
    ]


async def renew(scope: SystemScope, channels: Sequence[UUID], *, owner: UUID, until: datetime) -> None:
    await scope.db.execute(
        "UPDATE channel_polls SET lease_until = $3 WHERE lease_owner = $1 AND channel_id = ANY($2)",
        owner,
        channels,
        until,
    )


async def advance(scope: SystemScope, due: DuePoll, *, cursor: str) -> bool:
    """Whether the channel is still ours; then what lies before `cursor` is behind us."""
    done = await scope.db.execute(
        "UPDATE channel_polls SET cursor = $4 WHERE tenant_id = $1 AND channel_id = $2 AND gen = $3",
        due.tenant,
        due.channel,
        due.gen,
        cursor,
    )
    return done.endswith(" 1")


async def release(scope: SystemScope | Scope, due: DuePoll, *, next_at: datetime, failures: int) -> bool:
    """Whether it was still ours."""
    done = await scope.db.execute(
        """UPDATE channel_polls SET lease_until = NULL, lease_owner = NULL, next_at = $4, failures = $5
           WHERE tenant_id = $1 AND channel_id = $2 AND gen = $3""",
        due.tenant,
        due.channel,
        due.gen,
        next_at,
        failures,
    )
    return done.endswith(" 1")


async def let_go(scope: SystemScope, *, owner: UUID) -> None:
    """All leases of a worker that ends in order."""
    await scope.db.execute(
        "UPDATE channel_polls SET lease_until = NULL, lease_owner = NULL WHERE lease_owner = $1", owner
    )
