"""The outbound queue: enqueue, the gate's claim, outcomes. A row lives until its outcome is known."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.types import ExpiredMessage, Purpose, QueuedMessage, RefusedMessage
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.db import Scope, SystemScope

_ENQUEUE = """
INSERT INTO outbound (tenant_id, id, channel_id, conversation_id, contact_id, seq, priority, purpose,
  starts_reply, epoch, message, state, run_at, queued_at, correlation)
SELECT $1, q.id, q.channel_id, q.conversation_id, q.contact_id, q.seq, q.priority, q.purpose,
  q.starts_reply, q.epoch, q.message, 'queued', $12, $12, q.correlation
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::smallint[], $8::text[],
    $9::boolean[], $10::bigint[], $11::jsonb[], $13::text[])
  AS q (id, channel_id, conversation_id, contact_id, seq, priority, purpose, starts_reply, epoch, message,
    correlation)
ON CONFLICT (tenant_id, id) DO NOTHING
"""


async def enqueue(scope: Scope, rows: Sequence[QueuedMessage], *, at: datetime) -> None:
    await scope.db.execute(
        _ENQUEUE,
        scope.tenant,
        [r.message.id for r in rows],
        [r.channel for r in rows],
        [r.conversation for r in rows],
        [r.contact for r in rows],
        [r.seq for r in rows],
        [r.priority for r in rows],
        [r.purpose for r in rows],
        [r.starts_reply for r in rows],
        [r.epoch for r in rows],
        [r.message for r in rows],
        at,
        [r.correlation for r in rows],
    )


async def forget(scope: Scope, ids: Sequence[UUID]) -> None:
    """The outcome is written on the message: the row has done its work."""
    await scope.db.execute("DELETE FROM outbound WHERE tenant_id = $1 AND id = ANY($2)", scope.tenant, ids)


async def settle(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    """Forgets them too, but for one under way: its sender does. Conversations of which people were told and
    that have no such row any more."""
    rows = await scope.db.fetch(
        """WITH gone AS (DELETE FROM outbound WHERE tenant_id = $1 AND id = ANY($2) AND state <> 'sending'
             RETURNING id, conversation_id, told_at)
           SELECT DISTINCT g.conversation_id FROM gone g WHERE g.told_at IS NOT NULL AND NOT EXISTS (
             SELECT FROM outbound o WHERE o.tenant_id = $1 AND o.conversation_id = g.conversation_id
               AND o.told_at IS NOT NULL AND o.id <> ALL($2))""",
        scope.tenant,
        ids,
    )
    return {row["conversation_id"] for row in rows}


_REQUEUE = """
UPDATE outbound o SET state = 'queued', run_at = q.run_at, lease_until = NULL, lease_owner = NULL,
  attempts = o.attempts - (NOT q.counted)::int
FROM unnest($2::uuid[], $3::timestamptz[], $4::boolean[]) AS q (id, run_at, counted)
WHERE o.tenant_id = $1 AND o.id = ANY($2) AND o.id = q.id AND o.state <> 'queued'
"""


async def requeue(
    scope: Scope, ids: Sequence[UUID], run_at: Sequence[datetime], counted: Sequence[bool]
) -> None:
    """Surely not sent: waits in its place for another try; one that is not `counted` costs it none."""
    await scope.db.execute(_REQUEUE, scope.tenant, ids, run_at, counted)


async def mark_unknown(scope: Scope, ids: Sequence[UUID], *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE outbound SET state = 'unknown', unknown_at = $3, lease_until = NULL, lease_owner = NULL
           WHERE tenant_id = $1 AND id = ANY($2) AND state = 'sending'""",
        scope.tenant,
        ids,
        at,
    )


async def take_expired(
    scope: SystemScope, *, now: datetime, owner: UUID, lease_until: datetime
) -> list[ExpiredMessage]:
    """Rows whose sender died after the call may have begun, leased to `owner` until their outcome is
    written: row and message become unknown in one transaction, whoever dies meanwhile."""
    rows = await scope.db.fetch(
        """UPDATE outbound SET lease_until = $2, lease_owner = $3
           WHERE ctid = ANY(ARRAY(SELECT ctid FROM outbound WHERE state IN ('sending', 'refused')
             AND lease_until < $1 AND state = 'sending' LIMIT 500 FOR UPDATE SKIP LOCKED))
           RETURNING tenant_id, id, channel_id, conversation_id""",
        now,
        lease_until,
        owner,
    )
    return [
        ExpiredMessage(TenantId(r["tenant_id"]), r["id"], ChannelId(r["channel_id"]), r["conversation_id"])
        for r in rows
    ]


async def orphaned_refusals(scope: SystemScope, *, now: datetime) -> list[RefusedMessage]:
    """Refused rows whose sender died before it wrote the reason on the message."""
    rows = await scope.db.fetch(
        """SELECT tenant_id, id, channel_id, conversation_id, reason, purpose FROM outbound
           WHERE state IN ('sending', 'refused') AND lease_until < $1 AND state = 'refused' LIMIT 500""",
        now,
    )
    return [
        RefusedMessage(
            TenantId(r["tenant_id"]),
            r["id"],
            ChannelId(r["channel_id"]),
            r["conversation_id"],
            r["reason"],
            Purpose(r["purpose"]),
        )
        for r in rows
    ]


async def pull_back(scope: SystemScope, *, now: datetime, beyond: datetime) -> int:
    """Rows that a clock which was ahead queued, or leased, until after `beyond`: how many."""
    done = await scope.db.execute(
        """UPDATE outbound SET lease_until = least(lease_until, $1),
             run_at = CASE WHEN queued_at > $2 THEN $1 ELSE run_at END, queued_at = least(queued_at, $1)
           WHERE queued_at > $2 OR (state IN ('sending', 'refused') AND lease_until > $2)""",
        now,
        beyond,
    )
    return int(done.split()[-1])


async def renew(scope: SystemScope, *, owner: UUID, until: datetime) -> None:
    """A row whose outcome is being written needs no lease; waiting for it could deadlock."""
    await scope.db.execute(
        """UPDATE outbound SET lease_until = $2
           WHERE ctid = ANY(ARRAY(SELECT ctid FROM outbound WHERE state IN ('sending', 'refused')
             AND lease_owner = $1 AND state = 'sending' FOR UPDATE SKIP LOCKED))""",
        owner,
        until,
    )


async def withdraw_automatic(scope: Scope, conversation: UUID) -> list[UUID]:
    """Takes back what is still queued; a row that the gate holds at this moment is waited for."""
    rows = await scope.db.fetch(
        """DELETE FROM outbound WHERE tenant_id = $1 AND conversation_id = $2 AND state = 'queued'
             AND purpose <> 'agent' RETURNING id""",
        scope.tenant,
        conversation,
    )
    return [row["id"] for row in rows]


async def withdraw(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    """Those of them that were still queued and will not leave."""
    rows = await scope.db.fetch(
        "DELETE FROM outbound WHERE tenant_id = $1 AND id = ANY($2) AND state = 'queued' RETURNING id",
        scope.tenant,
        ids,
    )
    return {row["id"] for row in rows}


async def refused(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    statement = "SELECT id FROM outbound WHERE tenant_id = $1 AND id = ANY($2) AND state = 'refused'"
    rows = await scope.db.fetch(statement, scope.tenant, ids)
    return {row["id"] for row in rows}


async def withdraw_replies(scope: Scope, conversations: Sequence[UUID]) -> list[UUID]:
    """Takes back what automation still wants to say there; consent confirmations stay."""
    rows = await scope.db.fetch(
        """DELETE FROM outbound WHERE tenant_id = $1 AND conversation_id = ANY($2) AND state = 'queued'
             AND purpose IN ('reply', 'handoff') RETURNING id""",
        scope.tenant,
        conversations,
    )
    return [row["id"] for row in rows]


async def in_flight(scope: Scope, conversation: UUID) -> list[UUID]:
    """Automatic messages whose provider call may already be under way, or have been.

    One that is still queued was put back after `withdraw_automatic` looked; one that is unknown may belong
    to a sender that sleeps.
    """
    rows = await scope.db.fetch(
        """SELECT id FROM outbound WHERE tenant_id = $1 AND conversation_id = $2
             AND state IN ('sending', 'queued', 'unknown') AND purpose <> 'agent' ORDER BY seq""",
        scope.tenant,
        conversation,
    )
    return [row["id"] for row in rows]


async def unfinished(scope: Scope, conversations: Sequence[UUID]) -> set[UUID]:
    """Conversations of which a send is under way or unknown."""
    rows = await scope.db.fetch(
        """SELECT DISTINCT conversation_id FROM outbound
           WHERE tenant_id = $1 AND conversation_id = ANY($2) AND state IN ('sending', 'unknown')""",
        scope.tenant,
        conversations,
    )
    return {row["conversation_id"] for row in rows}


async def interrupted(scope: Scope, *, most: int) -> list[tuple[UUID, UUID, ChannelId, bool]]:
    """(id, conversation, channel, whether its call may have begun) of what waits or is under way, locked."""
    rows = await scope.db.fetch(
        """SELECT id, conversation_id, channel_id, state = 'sending' AS begun FROM outbound
           WHERE tenant_id = $1 AND state IN ('queued', 'sending') ORDER BY id LIMIT $2 FOR UPDATE""",
        scope.tenant,
        most,
    )
    return [(r["id"], r["conversation_id"], ChannelId(r["channel_id"]), r["begun"]) for r in rows]


async def present(scope: Scope, ids: Sequence[UUID]) -> set[UUID]:
    rows = await scope.db.fetch(
        "SELECT id FROM outbound WHERE tenant_id = $1 AND id = ANY($2)", scope.tenant, ids
    )
    return {row["id"] for row in rows}


async def unknown_since(scope: SystemScope, *, before: datetime) -> list[TenantId]:
    rows = await scope.db.fetch(
        """SELECT DISTINCT tenant_id FROM outbound
           WHERE state = 'unknown' AND unknown_at < $1 AND told_at IS NULL""",
        before,
    )
    return [TenantId(row["tenant_id"]) for row in rows]


async def tell_unknown(scope: Scope, *, before: datetime, at: datetime) -> set[UUID]:
    rows = await scope.db.fetch(
        """UPDATE outbound SET told_at = $3
           WHERE tenant_id = $1 AND state = 'unknown' AND unknown_at < $2 AND told_at IS NULL
           RETURNING conversation_id""",
        scope.tenant,
        before,
        at,
    )
    return {row["conversation_id"] for row in rows}


async def lock_states(scope: Scope, conversations: Sequence[UUID]) -> set[str]:
    rows = await scope.db.fetch(
        """SELECT state FROM outbound WHERE tenant_id = $1 AND conversation_id = ANY($2)
           ORDER BY id FOR UPDATE""",
        scope.tenant,
        conversations,
    )
    return {row["state"] for row in rows}


async def give(scope: Scope, conversations: Sequence[UUID], *, to: UUID) -> None:
    await scope.db.execute(
        "UPDATE outbound SET contact_id = $3 WHERE tenant_id = $1 AND conversation_id = ANY($2)",
        scope.tenant,
        conversations,
        to,
    )


async def move(scope: Scope, source: UUID, target: UUID, *, contact: UUID, after: int, epoch: int) -> int:
    rows = await scope.db.fetch(
        """UPDATE outbound o SET conversation_id = $3, contact_id = $4, seq = $5 + p.place, epoch = $6
           FROM (SELECT id, row_number() OVER (ORDER BY seq) AS place FROM outbound
                 WHERE tenant_id = $1 AND conversation_id = $2) p
           WHERE o.tenant_id = $1 AND o.id = p.id RETURNING 1""",
        scope.tenant,
        source,
        target,
        contact,
        after,
        epoch,
    )
    return len(rows)


async def move_some(scope: Scope, ids: Sequence[UUID], target: UUID) -> None:
    await scope.db.execute(
        """UPDATE outbound o SET conversation_id = $3, contact_id = c.contact_id
           FROM conversations c
           WHERE o.tenant_id = $1 AND o.id = ANY($2) AND c.tenant_id = $1 AND c.id = $3""",
        scope.tenant,
        ids,
        target,
    )
