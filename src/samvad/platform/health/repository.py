"""All SQL of health: does the database answer, which version, what waits, which alerts are open."""

from dataclasses import dataclass
from datetime import datetime

from samvad.platform.db.scope import SystemScope
from samvad.platform.health.types import Queue

MOST = 10_000  # beyond it a queue is just long: counting on would cost more than it tells

_DUE = {
    Queue.LANES: f"""
        SELECT ready_at AS due_at FROM inbound_lanes WHERE ready_at <= $1 ORDER BY ready_at LIMIT {MOST}""",
    # the index leads by kind, so kinds are hopped over one by one
    Queue.TIMERS: f"""
        WITH RECURSIVE kinds AS (
          SELECT min(kind) AS kind FROM timers
          UNION ALL
          SELECT (SELECT min(kind) FROM timers WHERE kind > kinds.kind)
          FROM kinds WHERE kinds.kind IS NOT NULL)
        SELECT due.run_at AS due_at FROM kinds CROSS JOIN LATERAL (
          SELECT run_at FROM timers WHERE kind = kinds.kind AND run_at <= $1
          ORDER BY run_at LIMIT {MOST}) AS due""",
    Queue.OUTBOUND: f"""
        SELECT run_at AS due_at FROM outbound WHERE state = 'queued' AND run_at <= $1 LIMIT {MOST}""",
}


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many rows are due (counted up to MOST) and how long the oldest of them has waited."""

    waiting: int
    oldest_seconds: float


async def read_queue(scope: SystemScope, queue: Queue, *, now: datetime) -> QueueState:
    row = await scope.db.fetchrow(
        f"SELECT count(*) AS waiting, min(due_at) AS oldest FROM ({_DUE[queue]}) AS due",
        now,
    )
    if row is None or row["oldest"] is None:
        return QueueState(0, 0.0)
    return QueueState(row["waiting"], (now - row["oldest"]).total_seconds())


async def open_alerts(scope: SystemScope) -> dict[str, int]:
    """Of all tenants, by name."""
    rows = await scope.db.fetch(
        "SELECT name, count(*) AS count FROM alerts WHERE resolved_at IS NULL GROUP BY name"
    )
    return {row["name"]: row["count"] for row in rows}


async def server(scope: SystemScope) -> tuple[int, str]:
    """PostgreSQL's version as a number (180004) and as it shows itself."""
    number = await scope.db.fetchval("SELECT current_setting('server_version_num')::int")
    shown = await scope.db.fetchval("SELECT current_setting('server_version')")
    return number, shown.split()[0]


async def unsecured(scope: SystemScope) -> list[str]:
    """Tables on which row-level security is not forced."""
    rows = await scope.db.fetch(
        """SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')
             AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
             AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname"""
    )
    return [row["relname"] for row in rows]


async def answers(scope: SystemScope) -> None:
    await scope.db.execute("SELECT 1")


async def version(scope: SystemScope) -> str | None:
    """The migration that the database stands at."""
    found: str | None = await scope.db.fetchval("SELECT version_num FROM alembic_version")
    return found
