"""What the watch over all numbers looks at: bad deliveries, queues that stand still, numbers gone quiet."""

from datetime import datetime

import asyncpg

from samvad.channels.types.watch import Quiet, Stuck, Unread
from samvad.kernel.ids import TenantId
from samvad.platform.db import SystemScope

_UNREAD = """
SELECT tenant_id, channel_id, verdict, count(*) AS count FROM deliveries
WHERE verdict IN ('unparsable', 'unrouted', 'failed') AND verdict <> 'accepted'
  AND channel_id IS NOT NULL AND received_at > $1
GROUP BY tenant_id, channel_id, verdict
"""
# what is kept for a stopped or paused number, or as its provider is down, is not late: its own alert says why
_OUTBOUND = """
SELECT o.tenant_id, o.channel_id, count(*) AS count, $2::timestamptz - min(o.run_at) AS waited FROM outbound o
JOIN channel_send_facts f ON f.tenant_id = o.tenant_id AND f.channel_id = o.channel_id
WHERE o.state = 'queued' AND o.run_at < $1 AND f.status = 'active'
  AND (f.paused_until IS NULL OR f.paused_until < $1) AND f.down_since IS NULL
  AND (f.bulk_rests_until IS NULL OR f.bulk_rests_until < $1 OR
    (o.priority = 0 AND o.message ->> 'kind' IS DISTINCT FROM 'template'))
GROUP BY o.tenant_id, o.channel_id
"""
_INBOUND = """
SELECT tenant_id, channel_id, count(*) AS count, $2::timestamptz - min(arrived_at) AS waited
FROM inbound_items WHERE arrived_at < $1 GROUP BY tenant_id, channel_id
"""
_UNKNOWN = """
SELECT tenant_id, channel_id, count(*) AS count, $2::timestamptz - min(unknown_at) AS waited FROM outbound
WHERE state = 'unknown' AND unknown_at < $1 GROUP BY tenant_id, channel_id
"""
_DOWN = """
SELECT f.tenant_id, f.channel_id, count(*) AS count, $2::timestamptz - f.down_since AS waited
FROM channel_send_facts f JOIN outbound o ON o.tenant_id = f.tenant_id AND o.channel_id = f.channel_id
WHERE f.down_since < $1 AND f.status = 'active' AND o.state = 'queued'
GROUP BY f.tenant_id, f.channel_id, f.down_since
"""
# An hour of grace: the last event is noted when it is worked off, a delivery when it comes.
_QUIET = """
SELECT f.tenant_id, f.channel_id, $2::timestamptz - f.last_event_at AS silence, ARRAY(
  SELECT n FROM generate_series(0, $3::int - 1) n WHERE EXISTS (
    SELECT 1 FROM deliveries d WHERE d.tenant_id = f.tenant_id AND d.channel_id = f.channel_id
      AND d.received_at > f.last_event_at + interval '1 hour' - (n + 1) * interval '1 day'
      AND d.received_at <= f.last_event_at + interval '1 hour' - n * interval '1 day')
  ORDER BY n) AS days
FROM channel_send_facts f WHERE f.status = 'active' AND f.last_event_at < $1
"""


async def unread(scope: SystemScope, *, since: datetime) -> list[Unread]:
    rows = await scope.db.fetch(_UNREAD, since)
    return [Unread(TenantId(r["tenant_id"]), r["channel_id"], r["verdict"], r["count"]) for r in rows]


async def outbound(scope: SystemScope, *, before: datetime, now: datetime) -> list[Stuck]:
    return [_stuck(row) for row in await scope.db.fetch(_OUTBOUND, before, now)]


async def inbound(scope: SystemScope, *, before: datetime, now: datetime) -> list[Stuck]:
    return [_stuck(row) for row in await scope.db.fetch(_INBOUND, before, now)]


async def unknown(scope: SystemScope, *, before: datetime, now: datetime) -> list[Stuck]:
    return [_stuck(row) for row in await scope.db.fetch(_UNKNOWN, before, now)]


async def down(scope: SystemScope, *, before: datetime, now: datetime) -> list[Stuck]:
    return [_stuck(row) for row in await scope.db.fetch(_DOWN, before, now)]


async def quiet(scope: SystemScope, *, before: datetime, now: datetime, days: int) -> list[Quiet]:
    rows = await scope.db.fetch(_QUIET, before, now, days)
    return [Quiet(TenantId(r["tenant_id"]), r["channel_id"], r["silence"], tuple(r["days"])) for r in rows]


def _stuck(row: asyncpg.Record) -> Stuck:
    return Stuck(TenantId(row["tenant_id"]), row["channel_id"], row["count"], row["waited"])
