"""The gate: which numbers have work, which rows may leave now, and the last look before a call."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.codec import outbound_from_json
from samvad.channels.types import ClaimedMessage, DueChannel, GateLimits, Priority, Purpose, RefusedMessage
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.db import SystemScope

# What opens a conversation, or goes to many: it rests where the provider found that there was too much of it.
_BULK = "({row}.priority > 0 OR {row}.message ->> 'kind' IS NOT DISTINCT FROM 'template')"

# Every channel that has something queued, by skipping through the index from channel to channel.
# A number that runs at its limit waits for 8 ms of tokens, so that the gate lets several through at once.
# What customers send uses up a limit that counts both ways, but for a tenth of it.
_RATE = """greatest(f.per_second * 0.1, f.per_second * 0.98
    - f.incoming
      * exp(-least(200, greatest(0, extract(epoch FROM {now}::timestamptz - f.incoming_at))) / 2))"""
_CHANNELS_DUE = f"""
WITH RECURSIVE heads AS (
  (SELECT tenant_id, channel_id FROM outbound WHERE state = 'queued'
   ORDER BY tenant_id, channel_id LIMIT 1)
  UNION ALL
  SELECT n.tenant_id, n.channel_id FROM heads h CROSS JOIN LATERAL (
    SELECT o.tenant_id, o.channel_id FROM outbound o
    WHERE o.state = 'queued' AND (o.tenant_id, o.channel_id) > (h.tenant_id, h.channel_id)
    ORDER BY o.tenant_id, o.channel_id LIMIT 1) n
)
SELECT h.tenant_id, h.channel_id, f.version, first.priority, f.failures > 0 AS troubled, f.down_since,
  greatest(0, (greatest(1, f.per_second * 0.008) - f.tokens) / ({_RATE.format(now="$1")})
    - greatest(0, extract(epoch FROM $1 - f.refilled_at)))::float8 AS wait
FROM heads h
JOIN channel_send_facts f ON f.tenant_id = h.tenant_id AND f.channel_id = h.channel_id
CROSS JOIN LATERAL (
  SELECT o.priority FROM outbound o
  WHERE o.tenant_id = h.tenant_id AND o.channel_id = h.channel_id AND o.state = 'queued' AND o.run_at <= $1
    AND NOT (f.bulk_rests_until IS NOT NULL AND f.bulk_rests_until > $1 AND {_BULK.format(row="o")})
  ORDER BY o.priority, o.run_at, o.id LIMIT 1) first
WHERE f.status = 'active' AND (f.paused_until IS NULL OR f.paused_until <= $1)
  AND (f.probe_at IS NULL OR f.probe_at <= $1)
"""

# THE GATE: the only statement that turns a row into `sending`.
# bucket    locks the number's tokens; a stopped or paused number yields nothing, one whose provider is down
#           one row a try, and the next when that one has failed or its lease is over
# due       the oldest unfinished row of each conversation, locked; `unknown` blocks for 10 s only;
#           what somebody waits for does not stand behind bulk, nor behind what rests
# first     templates to people who did not write within 24 hours, of a number without windows anything to
#           who never wrote, and to whom no number of the account wrote: they use up its daily limit, whose
#           room is locked
# judged    the facts that forbid it, first match wins; NULL lets it pass
# sending   allowed rows, before any provider call; refused rows keep their reason and take no token
_GATE = f"""
WITH bucket AS (
  SELECT greatest(0, least(b.burst, f.tokens + b.rate *
      greatest(0, extract(epoch FROM $3::timestamptz - f.refilled_at))))::float8 AS available, f.has_window,
    f.account, f.down_since IS NOT NULL AS down,
    f.bulk_rests_until IS NOT NULL AND f.bulk_rests_until > $3 AS bulk_rests
  FROM channel_send_facts f
  CROSS JOIN LATERAL (SELECT {_RATE.format(now="$3")} AS rate,
    greatest(1, floor(f.per_second * 0.015)) AS burst) b
  WHERE f.tenant_id = $1 AND f.channel_id = $2 AND f.status = 'active'
    AND (f.paused_until IS NULL OR f.paused_until <= $3) AND (f.probe_at IS NULL OR f.probe_at <= $3)
  FOR UPDATE OF f
), due AS (
  SELECT o.id, o.conversation_id, o.contact_id, o.priority, o.run_at, o.purpose, o.epoch, o.starts_reply,
    coalesce(o.message ->> 'kind', 'text') = 'template' AS template,
    o.message ->> 'kind' = 'template' AND o.message -> 'content' ->> 'category' = 'marketing' AS marketing
  FROM outbound o
  WHERE o.tenant_id = $1 AND o.channel_id = $2 AND o.state = 'queued' AND o.run_at <= $3
    AND o.priority <= $10
    AND NOT ((SELECT bulk_rests FROM bucket) AND {_BULK.format(row="o")})
    AND NOT EXISTS (
      SELECT 1 FROM outbound p
      WHERE p.tenant_id = $1 AND p.conversation_id = o.conversation_id AND p.seq < o.seq
        AND p.priority <= o.priority
        AND NOT ((SELECT bulk_rests FROM bucket) AND p.state = 'queued' AND {_BULK.format(row="p")})
        AND (p.state IN ('queued', 'sending') OR (p.state = 'unknown' AND p.unknown_at > $3 - $7::interval)))
  ORDER BY o.priority, o.run_at, o.id
  LIMIT coalesce((SELECT least(CASE WHEN down THEN 1 ELSE $6::int END, floor(available)::int)
    FROM bucket), 0)
  FOR UPDATE OF o SKIP LOCKED
), first AS (
  SELECT d.id, row_number() OVER (ORDER BY d.priority, d.run_at, d.id) AS place
  FROM due d CROSS JOIN bucket b
  JOIN send_facts s ON s.tenant_id = $1 AND s.conversation_id = d.conversation_id
  WHERE b.account <> '' AND CASE WHEN b.has_window
      THEN d.template AND coalesce(s.window_until, '-infinity') < $3 ELSE s.window_until IS NULL END
    AND NOT EXISTS (
    SELECT 1 FROM account_recipients r WHERE r.tenant_id = $1 AND r.account = b.account
      AND r.contact_id = d.contact_id AND r.at > $3 - interval '24 hours')
), daily AS (
  SELECT l.room FROM account_limits l
  WHERE l.tenant_id = $1 AND l.account = (SELECT account FROM bucket) AND EXISTS (SELECT 1 FROM first)
  FOR UPDATE
), judged AS (
  SELECT d.id, d.conversation_id, d.contact_id, f.id IS NOT NULL AS first,
    d.starts_reply AND d.purpose <> 'agent' AS counts, CASE
    WHEN t.suspended THEN 'suspended'
    WHEN c.blocked THEN 'blocked'
    WHEN d.purpose <> 'agent' AND d.epoch <> s.epoch THEN 'taken_over'
    WHEN d.purpose = 'reply' AND s.mode <> 'ai' THEN 'taken_over'
    WHEN d.purpose IN ('reply', 'handoff') AND c.opted_out THEN 'opted_out'
    WHEN (d.marketing OR d.purpose = 'bulk') AND (c.opted_out OR c.marketing_stopped) THEN 'opted_out'
    WHEN b.has_window AND NOT d.template AND coalesce(s.window_until, '-infinity') < $3 THEN 'window_closed'
    WHEN t.quota_spent THEN 'quota_spent'
    WHEN d.purpose = 'reply' AND t.budget_spent THEN 'budget_spent'
    WHEN d.marketing AND c.marketing_rests_until > $3 THEN 'marketing_rests'
    WHEN f.place > l.room THEN 'portfolio_limit'
    WHEN d.purpose = 'reply' AND d.starts_reply AND cardinality(s.recent_replies) >= $8::int
      AND s.recent_replies[cardinality(s.recent_replies) - $8::int + 1] > $3 - $9::interval THEN 'loop_guard'
    END AS refusal
  FROM due d CROSS JOIN bucket b
  JOIN send_facts s ON s.tenant_id = $1 AND s.conversation_id = d.conversation_id
  JOIN tenant_send_facts t ON t.tenant_id = $1
  LEFT JOIN contact_send_facts c ON c.tenant_id = $1 AND c.contact_id = d.contact_id
  LEFT JOIN first f ON f.id = d.id LEFT JOIN daily l ON true
), met AS (
  INSERT INTO account_recipients (tenant_id, account, contact_id, at)
  SELECT DISTINCT $1::uuid, b.account, j.contact_id, $3::timestamptz FROM judged j CROSS JOIN bucket b
  WHERE j.first AND j.refusal IS NULL
  ON CONFLICT (tenant_id, account, contact_id) DO UPDATE SET at = excluded.at
), less AS (
  UPDATE account_limits l SET room = l.room - (SELECT count(*) FROM judged WHERE first AND refusal IS NULL)
  WHERE l.tenant_id = $1 AND l.account = (SELECT account FROM bucket) AND EXISTS (SELECT 1 FROM daily)
), spent AS (
  UPDATE channel_send_facts f SET refilled_at = greatest(f.refilled_at, $3),
    tokens = (SELECT available FROM bucket) - (SELECT count(*) FROM judged WHERE refusal IS NULL),
    probe_at = CASE WHEN f.down_since IS NOT NULL AND EXISTS (SELECT 1 FROM judged WHERE refusal IS NULL)
      THEN $4 ELSE f.probe_at END
  WHERE f.tenant_id = $1 AND f.channel_id = $2 AND EXISTS (SELECT 1 FROM bucket)
), counted AS (
  UPDATE send_facts s SET recent_replies =
    (s.recent_replies || $3)[greatest(1, cardinality(s.recent_replies) + 2 - $8::int):]
  WHERE s.tenant_id = $1
    AND s.conversation_id = ANY(ARRAY(SELECT conversation_id FROM judged WHERE refusal IS NULL AND counts))
), sending AS (
  UPDATE outbound o SET state = 'sending', attempts = o.attempts + 1, lease_until = $4, lease_owner = $5
  WHERE o.tenant_id = $1 AND o.id = ANY(ARRAY(SELECT id FROM judged WHERE refusal IS NULL))
  RETURNING o.id, o.conversation_id, o.purpose, o.epoch, o.attempts, o.message, o.correlation,
    o.priority, o.run_at, o.queued_at, NULL::text AS refusal
), refused AS (
  UPDATE outbound o SET state = 'refused', lease_until = $4, lease_owner = $5,
    reason = (SELECT j.refusal FROM judged j WHERE j.id = o.id)
  WHERE o.tenant_id = $1 AND o.id = ANY(ARRAY(SELECT id FROM judged WHERE refusal IS NOT NULL))
  RETURNING o.id, o.conversation_id, o.purpose, o.epoch, o.attempts, o.message, o.correlation,
    o.priority, o.run_at, o.queued_at, o.reason AS refusal
)
SELECT * FROM sending UNION ALL SELECT * FROM refused ORDER BY priority, run_at, id
"""

_FACTS_NOW = """
SELECT q.id, s.epoch, s.mode, coalesce(c.opted_out OR c.blocked OR (c.marketing_stopped AND
  (o.purpose = 'bulk' OR o.message ->> 'kind' = 'template'
    AND o.message -> 'content' ->> 'category' = 'marketing')), false) AS closed
FROM unnest($1::uuid[], $2::uuid[]) AS q (tenant_id, id)
JOIN outbound o ON o.tenant_id = q.tenant_id AND o.id = q.id AND o.state = 'sending'
JOIN send_facts s ON s.tenant_id = o.tenant_id AND s.conversation_id = o.conversation_id
LEFT JOIN contact_send_facts c ON c.tenant_id = o.tenant_id AND c.contact_id = o.contact_id
"""


async def channels_due(scope: SystemScope, *, now: datetime) -> list[DueChannel]:
    """All numbers that have a due row and are neither stopped nor paused, nor between two tries of a
    provider that is down."""
    rows = await scope.db.fetch(_CHANNELS_DUE, now)
    return [
        DueChannel(
            TenantId(r["tenant_id"]),
            ChannelId(r["channel_id"]),
            r["version"],
            r["wait"],
            Priority(r["priority"]),
            troubled=r["troubled"],
            down_since=r["down_since"],
        )
        for r in rows
    ]


async def pass_gate(
    scope: SystemScope,
    tenant: TenantId,
    channel: ChannelId,
    *,
    now: datetime,
    lease_until: datetime,
    owner: UUID,
    most: int,
    least_urgent: Priority,
    limits: GateLimits,
) -> list[ClaimedMessage | RefusedMessage]:
    rows = await scope.db.fetch(
        _GATE,
        tenant,
        channel,
        now,
        lease_until,
        owner,
        most,
        limits.unknown_blocks,
        limits.loop_replies,
        limits.loop_window,
        least_urgent,
    )
    return [_judged(row, tenant, channel) for row in rows]


def _judged(row: asyncpg.Record, tenant: TenantId, channel: ChannelId) -> ClaimedMessage | RefusedMessage:
    if row["refusal"]:
        return RefusedMessage(
            tenant, row["id"], channel, row["conversation_id"], row["refusal"], Purpose(row["purpose"])
        )
    return ClaimedMessage(
        tenant=tenant,
        id=row["id"],
        channel=channel,
        conversation=row["conversation_id"],
        purpose=Purpose(row["purpose"]),
        epoch=row["epoch"],
        attempts=row["attempts"],
        message=outbound_from_json(row["message"]),
        correlation=row["correlation"],
        priority=Priority(row["priority"]),
        queued_at=row["queued_at"],
    )


async def facts_now(scope: SystemScope, rows: Sequence[ClaimedMessage]) -> dict[UUID, tuple[int, str, bool]]:
    """id -> (epoch, mode, closed) as of this moment, for rows that still say `sending`."""
    found = await scope.db.fetch(_FACTS_NOW, [r.tenant for r in rows], [r.id for r in rows])
    return {row["id"]: (row["epoch"], row["mode"], row["closed"]) for row in found}
