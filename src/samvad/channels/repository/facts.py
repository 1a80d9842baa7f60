"""What the gate joins: facts of a conversation, a contact, a number and a tenant."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.types import Arrived
from samvad.channels.types.numbers import UNTIL_ACCEPTED
from samvad.platform.db import ReadScope, Scope, SystemScope


async def open_conversations(scope: Scope, conversations: Sequence[UUID]) -> None:
    await scope.db.execute(
        """INSERT INTO send_facts (tenant_id, conversation_id, mode, epoch)
           SELECT $1, c, 'ai', 0 FROM unnest($2::uuid[]) AS c ON CONFLICT DO NOTHING""",
        scope.tenant,
        conversations,
    )


async def widen_windows(scope: Scope, conversations: Sequence[UUID], until: Sequence[datetime]) -> None:
    await scope.db.execute(
        """UPDATE send_facts s SET window_until = greatest(s.window_until, w.until)
           FROM unnest($2::uuid[], $3::timestamptz[]) AS w (id, until)
           WHERE s.tenant_id = $1 AND s.conversation_id = ANY($2) AND s.conversation_id = w.id""",
        scope.tenant,
        conversations,
        until,
    )


async def narrow_windows(scope: Scope, conversations: Sequence[UUID], *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE send_facts SET window_until = least(window_until, $3)
           WHERE tenant_id = $1 AND conversation_id = ANY($2)""",
        scope.tenant,
        conversations,
        at,
    )


async def shift_windows(scope: Scope, conversations: Sequence[UUID], *, by: timedelta) -> None:
    await scope.db.execute(
        """UPDATE send_facts SET window_until = window_until - $3::interval
           WHERE tenant_id = $1 AND conversation_id = ANY($2)""",
        scope.tenant,
        conversations,
        by,
    )


async def join_windows(scope: Scope, source: UUID, target: UUID) -> None:
    await scope.db.execute(
        """UPDATE send_facts t SET window_until = greatest(t.window_until, s.window_until)
           FROM send_facts s WHERE t.tenant_id = $1 AND t.conversation_id = $3
             AND s.tenant_id = $1 AND s.conversation_id = $2""",
        scope.tenant,
        source,
        target,
    )


async def set_mode(scope: Scope, conversation: UUID, *, mode: str, epoch: int) -> None:
    await scope.db.execute(
        "UPDATE send_facts SET mode = $3, epoch = $4 WHERE tenant_id = $1 AND conversation_id = $2",
        scope.tenant,
        conversation,
        mode,
        epoch,
    )


async def set_opted_out(scope: Scope, contact: UUID, opted_out: bool) -> None:
    await scope.db.execute(
        """INSERT INTO contact_send_facts (tenant_id, contact_id, opted_out) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id, contact_id) DO UPDATE SET opted_out = excluded.opted_out""",
        scope.tenant,
        contact,
        opted_out,
    )


async def set_marketing_stopped(scope: Scope, contact: UUID, stopped: bool) -> None:
    await scope.db.execute(
        """INSERT INTO contact_send_facts (tenant_id, contact_id, marketing_stopped) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id, contact_id) DO UPDATE SET
             marketing_stopped = excluded.marketing_stopped""",
        scope.tenant,
        contact,
        stopped,
    )


async def refuses_marketing(scope: ReadScope, contact: UUID) -> bool:
    found = await scope.db.fetchval(
        """SELECT opted_out OR marketing_stopped FROM contact_send_facts
           WHERE tenant_id = $1 AND contact_id = $2""",
        scope.tenant,
        contact,
    )
    return bool(found)


async def rest_from_marketing(scope: Scope, contact: UUID, *, until: datetime) -> None:
    await scope.db.execute(
        """INSERT INTO contact_send_facts (tenant_id, contact_id, marketing_rests_until) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id, contact_id) DO UPDATE SET marketing_rests_until =
             greatest(contact_send_facts.marketing_rests_until, excluded.marketing_rests_until)""",
        scope.tenant,
        contact,
        until,
    )


async def carry_rest(scope: Scope, *, whose: UUID, to: UUID) -> None:
    await scope.db.execute(
        """INSERT INTO contact_send_facts (tenant_id, contact_id, marketing_rests_until)
           SELECT $1, $3, marketing_rests_until FROM contact_send_facts
           WHERE tenant_id = $1 AND contact_id = $2 AND marketing_rests_until IS NOT NULL
           ON CONFLICT (tenant_id, contact_id) DO UPDATE SET marketing_rests_until =
             greatest(contact_send_facts.marketing_rests_until, excluded.marketing_rests_until)""",
        scope.tenant,
        whose,
        to,
    )


async def open_channel(
    scope: Scope,
    channel: UUID,
    *,
    has_window: bool,
    per_second: float,
    status: str,
    at: datetime,
    account: str = "",
) -> None:
    await scope.db.execute(
        """INSERT INTO channel_send_facts
             (tenant_id, channel_id, has_window, per_second, tokens, refilled_at, status, version, account,
              bulk_rests_until)
           VALUES ($1, $2, $3, $4, 1, $5, $6, 1, $7, (SELECT max(f.bulk_rests_until)
             FROM channel_send_facts f WHERE f.tenant_id = $1 AND f.bulk_rests_until >= $8))""",
        scope.tenant,
        channel,
        has_window,
        per_second,
        at,
        status,
        account,
        UNTIL_ACCEPTED,
    )


async def change_channel(scope: Scope, channel: UUID, *, per_second: float, account: str) -> None:
    """New settings or credentials: the version tells every cache."""
    await scope.db.execute(
        """UPDATE channel_send_facts SET per_second = $3, account = $4, version = version + 1
           WHERE tenant_id = $1 AND channel_id = $2""",
        scope.tenant,
        channel,
        per_second,
        account,
    )


async def set_status(scope: Scope, channel: UUID, *, status: str, reason: str) -> bool:
    """Whether this changed anything."""
    done = await scope.db.execute(
        """UPDATE channel_send_facts SET status = $3, status_reason = $4, version = version + 1
           WHERE tenant_id = $1 AND channel_id = $2 AND (status, status_reason) <> ($3, $4)""",
        scope.tenant,
        channel,
        status,
        reason,
    )
    return done.endswith(" 1")


async def pause(scope: Scope, channel: UUID, *, until: datetime) -> None:
    """The whole number waits: its queue stays, tokens start from nothing."""
    await scope.db.execute(
        """UPDATE channel_send_facts SET paused_until = greatest(paused_until, $3), tokens = 0
           WHERE tenant_id = $1 AND channel_id = $2""",
        scope.tenant,
        channel,
        until,
    )


async def rest_bulk(scope: Scope, channel: UUID, *, until: datetime) -> None:
    await scope.db.execute(
        """UPDATE channel_send_facts SET bulk_rests_until = greatest(bulk_rests_until, $3)
           WHERE tenant_id = $1 AND channel_id = $2""",
        scope.tenant,
        channel,
        until,
    )


async def hold_bulk(scope: Scope) -> list[UUID]:
    """Of every number, until `accept_bulk`, also of those that are connected meanwhile; which were held."""
    rows = await scope.db.fetch(
        "UPDATE channel_send_facts SET bulk_rests_until = $2 WHERE tenant_id = $1 RETURNING channel_id",
        scope.tenant,
        UNTIL_ACCEPTED,
    )
    return [row["channel_id"] for row in rows]


async def accept_bulk(scope: Scope) -> list[UUID]:
    """The numbers that were held."""
    rows = await scope.db.fetch(
        """UPDATE channel_send_facts SET bulk_rests_until = NULL
           WHERE tenant_id = $1 AND bulk_rests_until >= $2 RETURNING channel_id""",
        scope.tenant,
        UNTIL_ACCEPTED,
    )
    return [row["channel_id"] for row in rows]


async def note_failure(
    scope: Scope, channel: UUID, *, at: datetime, most: int, shortest: timedelta, longest: timedelta
) -> None:
    """One more in a row; with `most` the provider is down, and tried when it has been down as long again."""
    await scope.db.execute(
        """UPDATE channel_send_facts SET failures = failures + 1,
             down_since = CASE WHEN failures + 1 >= $4 THEN coalesce(down_since, $3) END,
             probe_at = CASE WHEN failures + 1 >= $4 THEN
               $3 + least(greatest($3 - coalesce(down_since, $3), $5), $6) END
           WHERE tenant_id = $1 AND channel_id = $2""",
        scope.tenant,
        channel,
        at,
        most,
        shortest,
        longest,
    )


async def note_answers(scope: Scope, channels: Sequence[UUID]) -> None:
    await scope.db.execute(
        """UPDATE channel_send_facts SET failures = 0, down_since = NULL, probe_at = NULL
           WHERE tenant_id = $1 AND channel_id = ANY($2) AND failures > 0""",
        scope.tenant,
        channels,
    )


# The rate of what comes fades by e every two seconds, so that any number of processes may add to it; after
# 200 s nothing is left, and more would be below PostgreSQL's smallest number, which is an error. The rows are
# locked in one order: several of these statements at once do not wait for each other in a circle.
_ARRIVED = """
WITH came AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::timestamptz[])
    AS a (tenant_id, channel_id, messages, at)
), locked AS (
  SELECT f.tenant_id, f.channel_id FROM channel_send_facts f JOIN came USING (tenant_id, channel_id)
  ORDER BY f.tenant_id, f.channel_id FOR UPDATE OF f
)
UPDATE channel_send_facts f SET
  last_event_at = greatest(f.last_event_at, a.at), incoming_at = greatest(f.incoming_at, a.at),
  incoming = a.messages / 2
    + f.incoming * exp(-least(200, greatest(0, extract(epoch FROM a.at - f.incoming_at))) / 2)
FROM came a JOIN locked USING (tenant_id, channel_id)
WHERE f.tenant_id = a.tenant_id AND f.channel_id = a.channel_id
"""


async def arrived(scope: SystemScope, numbers: Sequence[Arrived]) -> None:
    """When each last brought something, and how many messages a second come."""
    await scope.db.execute(
        _ARRIVED,
        [n.tenant for n in numbers],
        [n.channel for n in numbers],
        [n.messages for n in numbers],
        [n.at for n in numbers],
    )


async def windows(scope: ReadScope, conversations: Sequence[UUID]) -> dict[UUID, datetime | None]:
    rows = await scope.db.fetch(
        """SELECT conversation_id, window_until FROM send_facts
           WHERE tenant_id = $1 AND conversation_id = ANY($2)""",
        scope.tenant,
        conversations,
    )
    return {row["conversation_id"]: row["window_until"] for row in rows}
