"""Deliveries, inbound items and their lanes: one statement to store, a claim, a fenced release."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.types import ClaimedLane, InboundItem, StoredDelivery, StoredItem
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.db import ReadScope, Scope, SystemScope

# Lanes are locked in key order (ORDER BY), so that door and release cannot deadlock.
_STORE = """
WITH delivered AS (
  INSERT INTO deliveries (tenant_id, id, channel_id, door, received_at, headers, body, verdict, items, note)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::jsonb[],
    $7::bytea[], $8::text[], $9::int[], $10::text[])
  ON CONFLICT DO NOTHING
), stored AS (
  INSERT INTO inbound_items (tenant_id, id, channel_id, lane, delivery_id, event, sent_at, arrived_at)
  SELECT * FROM unnest($11::uuid[], $12::uuid[], $13::uuid[], $14::text[], $15::uuid[], $16::jsonb[],
    $17::timestamptz[], $18::timestamptz[])
  ON CONFLICT DO NOTHING
)
INSERT INTO inbound_lanes (tenant_id, channel_id, lane, ready_at, gen)
SELECT i.tenant_id, i.channel_id, i.lane, min(i.arrived_at), 1
FROM unnest($11::uuid[], $13::uuid[], $14::text[], $18::timestamptz[])
  AS i (tenant_id, channel_id, lane, arrived_at)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (tenant_id, channel_id, lane) DO UPDATE SET
  gen = inbound_lanes.gen + 1, ready_at = least(inbound_lanes.ready_at, excluded.ready_at)
"""

_CLAIM = """
UPDATE inbound_lanes SET lease_until = $2, lease_owner = $3
WHERE ctid = ANY(ARRAY(
  SELECT ctid FROM inbound_lanes
  WHERE ready_at <= $1 AND (lease_until IS NULL OR lease_until < $1)
  ORDER BY ready_at LIMIT $4 FOR UPDATE SKIP LOCKED))
RETURNING tenant_id, channel_id, lane, gen, attempts
"""

_ITEMS = """
SELECT i.id, i.channel_id, i.lane, i.delivery_id, i.event, i.sent_at, i.arrived_at, i.attempts
FROM inbound_items i
JOIN unnest($2::uuid[], $3::text[]) AS l (channel_id, lane)
  ON i.channel_id = l.channel_id AND i.lane = l.lane
WHERE i.tenant_id = $1
ORDER BY i.sent_at, i.arrived_at, i.id LIMIT $4
"""

# Fenced: only lanes whose lease is still ours count; the caller compares the count and rolls back.
# By key, not by ctid: the door may renew a lane while we wait for its lock, and a ctid read after that
# names a version that this statement's snapshot does not see.
_RELEASE = """
WITH mine AS (
  SELECT l.channel_id, l.lane, l.gen = c.gen AND NOT c.more AS drained FROM inbound_lanes l
  JOIN unnest($2::uuid[], $3::text[], $4::bigint[], $5::boolean[]) AS c (channel_id, lane, gen, more)
    ON l.channel_id = c.channel_id AND l.lane = c.lane
  WHERE l.tenant_id = $1 AND l.lease_owner = $6
  ORDER BY l.channel_id, l.lane FOR UPDATE OF l
), gone AS (
  DELETE FROM inbound_lanes l USING mine m
  WHERE l.tenant_id = $1 AND l.channel_id = m.channel_id AND l.lane = m.lane AND m.drained RETURNING 1
), kept AS (
  UPDATE inbound_lanes l SET lease_until = NULL, lease_owner = NULL, ready_at = $7 FROM mine m
  WHERE l.tenant_id = $1 AND l.channel_id = m.channel_id AND l.lane = m.lane AND NOT m.drained RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM kept)
"""


async def store(
    scope: SystemScope, deliveries: Sequence[StoredDelivery], items: Sequence[StoredItem]
) -> None:
    """Everything of one micro-batch in one statement, which is one transaction."""
    await scope.db.execute(
        _STORE,
        [d.tenant for d in deliveries],
        [d.id for d in deliveries],
        [d.channel for d in deliveries],
        [d.door for d in deliveries],
        [d.received_at for d in deliveries],
        [d.headers for d in deliveries],
        [d.body for d in deliveries],
        [d.verdict for d in deliveries],
        [d.items for d in deliveries],
        [d.note for d in deliveries],
        [i.tenant for i in items],
        [i.id for i in items],
        [i.channel for i in items],
        [i.lane for i in items],
        [i.delivery for i in items],
        [i.event for i in items],
        [i.sent_at for i in items],
        [i.arrived_at for i in items],
    )


async def claim(
    scope: SystemScope, *, now: datetime, lease_until: datetime, owner: UUID, most: int
) -> list[ClaimedLane]:
    rows = await scope.db.fetch(_CLAIM, now, lease_until, owner, most)
    return [
        ClaimedLane(
            tenant=TenantId(row["tenant_id"]),
            channel=ChannelId(row["channel_id"]),
            lane=row["lane"],
            gen=row["gen"],
            attempts=row["attempts"],
        )
        for row in rows
    ]


async def renew(scope: SystemScope, *, owner: UUID, until: datetime) -> None:
    await scope.db.execute(
        "UPDATE inbound_lanes SET lease_until = $2 WHERE lease_owner = $1 AND lease_until IS NOT NULL",
        owner,
        until,
    )


async def pull_back(scope: SystemScope, *, now: datetime, beyond: datetime) -> int:
    """Lanes that a clock which was ahead made ready, or leased, until after `beyond`: how many."""
    done = await scope.db.execute(
        """UPDATE inbound_lanes SET ready_at = least(ready_at, $1), lease_until = NULL, lease_owner = NULL
           WHERE ready_at > $2 OR lease_until > $2""",
        now,
        beyond,
    )
    return int(done.split()[-1])


async def items(scope: Scope, lanes: Sequence[ClaimedLane], *, most: int) -> list[InboundItem]:
    """What waits in these lanes, by (provider's time, arrival)."""
    rows = await scope.db.fetch(
        _ITEMS, scope.tenant, [x.channel for x in lanes], [x.lane for x in lanes], most
    )
    return [_item(row) for row in rows]


def _item(row: asyncpg.Record) -> InboundItem:
    return InboundItem(
        id=row["id"],
        channel=ChannelId(row["channel_id"]),
        lane=row["lane"],
        delivery=row["delivery_id"],
        event=row["event"],
        sent_at=row["sent_at"],
        arrived_at=row["arrived_at"],
        attempts=row["attempts"],
    )


async def forget(scope: Scope, ids: Sequence[UUID]) -> None:
    await scope.db.execute(
        "DELETE FROM inbound_items WHERE tenant_id = $1 AND id = ANY($2)", scope.tenant, ids
    )


async def release(
    scope: Scope,
    lanes: Sequence[ClaimedLane],
    *,
    unfinished: frozenset[tuple[UUID, str]],
    owner: UUID,
    ready_at: datetime,
) -> int:
    """How many of the lanes were still ours; those with new or `unfinished` items stay, due at `ready_at`."""
    released: int = await scope.db.fetchval(
        _RELEASE,
        scope.tenant,
        [x.channel for x in lanes],
        [x.lane for x in lanes],
        [x.gen for x in lanes],
        [(x.channel, x.lane) in unfinished for x in lanes],
        owner,
        ready_at,
    )
    return released


async def count_attempt(scope: Scope, item: UUID) -> None:
    await scope.db.execute(
        "UPDATE inbound_items SET attempts = attempts + 1 WHERE tenant_id = $1 AND id = $2",
        scope.tenant,
        item,
    )


async def waiting(scope: ReadScope, deliveries: Sequence[UUID]) -> dict[UUID, int]:
    """How many items of each are not worked off yet."""
    rows = await scope.db.fetch(
        """SELECT delivery_id, count(*) AS items FROM inbound_items
           WHERE tenant_id = $1 AND delivery_id = ANY($2) GROUP BY 1""",
        scope.tenant,
        deliveries,
    )
    return {row["delivery_id"]: row["items"] for row in rows}


async def mark_duplicates(scope: Scope, counts: Mapping[UUID, int]) -> None:
    """So many items of each had come before; of which it was all of them says so."""
    await scope.db.execute(
        """UPDATE deliveries d SET duplicates = d.duplicates + c.count, verdict = CASE
             WHEN d.verdict = 'accepted' AND d.duplicates + c.count >= d.items THEN 'duplicate'
             ELSE d.verdict END
           FROM unnest($2::uuid[], $3::int[]) AS c (id, count)
           WHERE d.tenant_id = $1 AND d.id = c.id""",
        scope.tenant,
        list(counts),
        list(counts.values()),
    )


async def mark_failed(scope: Scope, delivery: UUID, note: str) -> None:
    """An item was given up: its delivery shows it, the raw bytes stay for a redrive."""
    await scope.db.execute(
        "UPDATE deliveries SET verdict = 'failed', note = $3 WHERE tenant_id = $1 AND id = $2",
        scope.tenant,
        delivery,
        note,
    )
