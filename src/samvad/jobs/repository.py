"""SQL of timers: an upsert to arm, a claim with SKIP LOCKED, a release that respects a re-arming."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.jobs.types import DueTimer, NewTimer, TimerKind
from samvad.kernel.ids import TenantId
from samvad.platform.db import ReadScope, SystemScope

_ARM = """
INSERT INTO timers (tenant_id, kind, key, run_at, first_at, latest_at, gen, payload)
SELECT $1, t.kind, t.key, t.run_at, t.armed_at, t.latest, 1, t.payload
FROM unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::jsonb[])
  AS t (kind, key, run_at, armed_at, latest, payload)
ORDER BY t.kind, t.key
ON CONFLICT (tenant_id, kind, key) DO UPDATE SET
  run_at = least(excluded.run_at, timers.latest_at), gen = timers.gen + 1, payload = excluded.payload
"""

_CLAIM = """
UPDATE timers SET lease_until = $3, lease_owner = $4
WHERE ctid = ANY(ARRAY(
  SELECT ctid FROM timers
  WHERE kind = $1 AND run_at <= $2 AND (lease_until IS NULL OR lease_until < $2)
  ORDER BY run_at LIMIT $5 FOR UPDATE SKIP LOCKED))
RETURNING tenant_id, kind, key, gen, attempts, restarts, run_at, first_at, payload
"""

_DONE = """
DELETE FROM timers t USING unnest($2::text[], $3::uuid[], $4::bigint[]) AS d (kind, key, gen)
WHERE t.tenant_id = $1 AND t.kind = d.kind AND t.key = d.key AND t.gen = d.gen AND t.lease_owner = $5
"""

_REARMED = """
UPDATE timers t SET lease_until = NULL, lease_owner = NULL, attempts = 0, restarts = 0,
  first_at = $5::timestamptz,
  latest_at = $5::timestamptz + (t.latest_at - t.first_at)
FROM unnest($2::text[], $3::uuid[]) AS d (kind, key)
WHERE t.tenant_id = $1 AND t.kind = d.kind AND t.key = d.key AND t.lease_owner = $4
"""

_LATER = """
UPDATE timers SET lease_until = NULL, lease_owner = NULL, attempts = attempts + 1, run_at = $5
WHERE tenant_id = $1 AND kind = $2 AND key = $3 AND lease_owner = $4
"""

_AGAIN = """
UPDATE timers SET lease_until = NULL, lease_owner = NULL, attempts = 0, restarts = 0, first_at = $7,
  run_at = CASE WHEN gen = $5 THEN $6 ELSE run_at END, latest_at = CASE WHEN gen <> $5 THEN latest_at END
WHERE tenant_id = $1 AND kind = $2 AND key = $3 AND lease_owner = $4
"""

# Earlier, and how much of that is to be given back; never more is given back than was taken.
_SHIFT = """
WITH moved AS (
  SELECT t.ctid AS place, t.payload, greatest($4::bigint, -coalesce((t.payload ->> 'ahead')::bigint, 0)) AS by
  FROM timers t WHERE t.tenant_id = $1 AND t.kind = ANY($2) AND t.key = ANY($3) FOR UPDATE)
UPDATE timers t SET run_at = t.run_at - make_interval(secs => m.by),
  payload = t.payload || jsonb_build_object('ahead', coalesce((m.payload ->> 'ahead')::bigint, 0) + m.by)
FROM moved m WHERE t.tenant_id = $1 AND t.ctid = m.place RETURNING t.kind, t.key, m.by
"""

_POSTPONE = """
UPDATE timers SET lease_until = NULL, lease_owner = NULL, run_at = CASE WHEN gen = $5 THEN $6 ELSE run_at END
WHERE tenant_id = $1 AND kind = $2 AND key = $3 AND lease_owner = $4
"""

_RENEW = """
UPDATE timers SET lease_until = $2 WHERE lease_owner = $1 AND lease_until IS NOT NULL AND key = ANY($3)
"""


class Timers:
    def __init__(self, scope: ReadScope) -> None:
        self._scope = scope

    async def arm(self, timers: Sequence[NewTimer]) -> None:
        await self._scope.db.execute(
            _ARM,
            self._scope.tenant,
            [t.kind for t in timers],
            [t.key for t in timers],
            [t.run_at for t in timers],
            [t.armed_at for t in timers],
            [t.latest for t in timers],
            [t.payload for t in timers],
        )

    async def disarm(self, kind: TimerKind, keys: Sequence[UUID]) -> None:
        await self._scope.db.execute(
            "DELETE FROM timers WHERE tenant_id = $1 AND kind = $2 AND key = ANY($3)",
            self._scope.tenant,
            kind,
            keys,
        )

    async def shift(
        self, kinds: Sequence[TimerKind], keys: Sequence[UUID], *, by: int
    ) -> list[tuple[TimerKind, UUID, int]]:
        rows = await self._scope.db.fetch(_SHIFT, self._scope.tenant, kinds, keys, by)
        return [(TimerKind(row["kind"]), row["key"], row["by"]) for row in rows]

    async def done(self, timers: Sequence[DueTimer], *, owner: UUID, now: datetime) -> None:
        """Gone, unless armed again meanwhile: then free for the next claim."""
        kinds, keys = [t.kind for t in timers], [t.key for t in timers]
        gens = [t.gen for t in timers]
        deleted = await self._scope.db.execute(_DONE, self._scope.tenant, kinds, keys, gens, owner)
        if deleted != f"DELETE {len(timers)}":
            await self._scope.db.execute(_REARMED, self._scope.tenant, kinds, keys, owner, now)

    async def again(self, timer: DueTimer, *, owner: UUID, run_at: datetime, now: datetime) -> None:
        await self._scope.db.execute(
            _AGAIN, self._scope.tenant, timer.kind, timer.key, owner, timer.gen, run_at, now
        )

    async def held(self, timer: DueTimer, *, owner: UUID) -> bool:
        found = await self._scope.db.fetchval(
            """SELECT 1 FROM timers WHERE tenant_id = $1 AND kind = $2 AND key = $3 AND lease_owner = $4
               FOR UPDATE""",
            self._scope.tenant, timer.kind, timer.key, owner,
        )  # fmt: skip
        return found is not None

    async def restart(self, timers: Sequence[DueTimer], *, owner: UUID) -> None:
        await self._scope.db.execute(
            """UPDATE timers t SET lease_until = NULL, lease_owner = NULL, restarts = t.restarts + 1
               FROM unnest($2::text[], $3::uuid[]) AS d (kind, key)
               WHERE t.tenant_id = $1 AND t.kind = d.kind AND t.key = d.key AND t.lease_owner = $4""",
            self._scope.tenant,
            [t.kind for t in timers],
            [t.key for t in timers],
            owner,
        )

    async def postpone(self, timer: DueTimer, *, owner: UUID, run_at: datetime) -> None:
        await self._scope.db.execute(
            _POSTPONE, self._scope.tenant, timer.kind, timer.key, owner, timer.gen, run_at
        )

    async def later(self, timer: DueTimer, *, owner: UUID, run_at: datetime) -> None:
        await self._scope.db.execute(_LATER, self._scope.tenant, timer.kind, timer.key, owner, run_at)


async def claim(
    scope: SystemScope, kind: TimerKind, *, now: datetime, lease_until: datetime, owner: UUID, most: int
) -> list[DueTimer]:
    rows = await scope.db.fetch(_CLAIM, kind, now, lease_until, owner, most)
    return [
        DueTimer(
            tenant=TenantId(row["tenant_id"]),
            kind=TimerKind(row["kind"]),
            key=row["key"],
            gen=row["gen"],
            attempts=row["attempts"],
            restarts=row["restarts"],
            run_at=row["run_at"],
            first_at=row["first_at"],
            payload=row["payload"],
        )
        for row in rows
    ]


async def renew(scope: SystemScope, keys: Sequence[UUID], *, owner: UUID, lease_until: datetime) -> None:
    await scope.db.execute(_RENEW, owner, lease_until, keys)


async def pull_back(scope: SystemScope, kind: TimerKind, *, now: datetime, beyond: datetime) -> int:
    done = await scope.db.execute(
        """UPDATE timers SET lease_until = NULL, lease_owner = NULL,
             run_at = CASE WHEN kind = $3 THEN least(run_at, $1) ELSE run_at END
           WHERE lease_until > $2 OR (kind = $3 AND run_at > $2)""",
        now,
        beyond,
        kind,
    )
    return int(done.split()[-1])


async def next_due(scope: SystemScope, kind: TimerKind) -> datetime | None:
    due: datetime | None = await scope.db.fetchval(
        "SELECT min(run_at) FROM timers WHERE kind = $1 AND lease_until IS NULL", kind
    )
    return due
