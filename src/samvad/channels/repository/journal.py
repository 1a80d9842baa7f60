"""The journal of raw deliveries: looked at, and driven through the pipeline again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.types import JournalFilter, JournalLine, StoredDelivery, Verdict
from samvad.platform.db import ReadScope, SystemScope

_COLUMNS = """tenant_id, id, channel_id, door, received_at, headers, body, verdict, items, note"""
_LINE = """d.id, d.channel_id, d.received_at, d.verdict, d.items, octet_length(d.body) AS size, d.note,
  d.redriven_at, d.duplicates"""


_NEWEST = """
SELECT {columns} FROM deliveries d WHERE d.tenant_id = $1 {conditions}
ORDER BY d.received_at DESC, d.id DESC LIMIT $2
"""
# The index leads by number: the newest of each, then the newest of those.
_NEWEST_OF_ALL = """
SELECT {columns} FROM channels n CROSS JOIN LATERAL (
  SELECT * FROM deliveries d WHERE d.tenant_id = $1 AND d.channel_id = n.id {conditions}
  ORDER BY d.received_at DESC, d.id DESC LIMIT $2) d
WHERE n.tenant_id = $1 ORDER BY d.received_at DESC, d.id DESC LIMIT $2
"""


def _delivery(row: asyncpg.Record) -> StoredDelivery:
    return StoredDelivery(
        tenant=row["tenant_id"],
        id=row["id"],
        channel=row["channel_id"],
        door=row["door"],
        received_at=row["received_at"],
        headers=row["headers"],
        body=row["body"],
        verdict=Verdict(row["verdict"]),
        items=row["items"],
        note=row["note"],
    )


async def newest(
    scope: SystemScope, *, tenant: UUID, verdict: Verdict | None, most: int
) -> list[StoredDelivery]:
    rows = await scope.db.fetch(
        f"""SELECT {_COLUMNS} FROM deliveries WHERE tenant_id = $1 AND ($2::text IS NULL OR verdict = $2)
            ORDER BY id DESC LIMIT $3""",
        tenant,
        verdict,
        most,
    )
    return [_delivery(row) for row in rows]


async def some(scope: SystemScope, ids: Sequence[UUID]) -> list[StoredDelivery]:
    rows = await scope.db.fetch(f"SELECT {_COLUMNS} FROM deliveries WHERE id = ANY($1)", ids)
    return [_delivery(row) for row in rows]


class Lines:
    """What a tenant may see of its own journal."""

    def __init__(self, scope: ReadScope) -> None:
        self._scope = scope

    async def newest(
        self, wanted: JournalFilter, *, before: tuple[datetime, UUID] | None, limit: int
    ) -> list[JournalLine]:
        values: list[object] = [self._scope.tenant, limit]
        conditions = _conditions(wanted, values, before)
        narrow = wanted.channel or wanted.verdict not in (None, Verdict.ACCEPTED)
        query = _NEWEST if narrow else _NEWEST_OF_ALL
        rows = await self._scope.db.fetch(query.format(columns=_LINE, conditions=conditions), *values)
        return [_line(row) for row in rows]

    async def oldest(
        self, wanted: JournalFilter, *, after: tuple[datetime, UUID] | None, limit: int
    ) -> list[tuple[datetime, UUID]]:
        """In the order in which they came; of one verdict that is not `accepted`."""
        values: list[object] = [self._scope.tenant, limit]
        conditions = _conditions(wanted, values, after, later=True)
        rows = await self._scope.db.fetch(
            f"""SELECT d.received_at, d.id FROM deliveries d WHERE d.tenant_id = $1 {conditions}
                ORDER BY d.received_at, d.id LIMIT $2""",
            *values,
        )
        return [(row["received_at"], row["id"]) for row in rows]

    async def get(self, delivery: UUID) -> tuple[JournalLine, StoredDelivery] | None:
        row = await self._scope.db.fetchrow(
            f"""SELECT {_COLUMNS}, octet_length(body) AS size, redriven_at, duplicates FROM deliveries
                WHERE tenant_id = $1 AND id = $2""",
            self._scope.tenant,
            delivery,
        )
        return (_line(row), _delivery(row)) if row else None


def _conditions(
    wanted: JournalFilter, values: list[object], last: tuple[datetime, UUID] | None, *, later: bool = False
) -> str:
    """As SQL; appends to `values` what its parameters stand for. Those before `last`, or `later` ones.
    Verdicts are spelled out, so that the planner sees which partial index holds them."""

    def given(value: object) -> str:
        values.append(value)
        return f"${len(values)}"

    said = [f"d.verdict = '{wanted.verdict.value}'"] if wanted.verdict else []
    if wanted.channel:
        said.append(f"d.channel_id = {given(wanted.channel)}")
    if wanted.since:
        said.append(f"d.received_at >= {given(wanted.since)}")
    if wanted.until:
        said.append(f"d.received_at < {given(wanted.until)}")
    if last:
        side = ">" if later else "<"
        said.append(f"(d.received_at, d.id) {side} ({given(last[0])}, {given(last[1])}::uuid)")
    return "".join(f" AND {condition}" for condition in said)


def _line(row: asyncpg.Record) -> JournalLine:
    return JournalLine(
        id=row["id"],
        channel=row["channel_id"],
        received_at=row["received_at"],
        verdict=Verdict(row["verdict"]),
        items=row["items"],
        size=row["size"],
        note=row["note"],
        redriven_at=row["redriven_at"],
        duplicates=row["duplicates"],
    )


async def mark_redriven(scope: SystemScope, delivery: StoredDelivery, *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE deliveries SET redriven_at = $3, verdict = 'accepted', duplicates = 0
           WHERE tenant_id = $1 AND id = $2""",
        delivery.tenant,
        delivery.id,
        at,
    )


# Number by number along the index, and those that name nobody.
_PURGE = """
WITH RECURSIVE numbers AS (
  (SELECT tenant_id, channel_id FROM deliveries WHERE channel_id IS NOT NULL
   ORDER BY tenant_id, channel_id LIMIT 1)
  UNION ALL
  SELECT n.tenant_id, n.channel_id FROM numbers h CROSS JOIN LATERAL (
    SELECT d.tenant_id, d.channel_id FROM deliveries d
    WHERE d.channel_id IS NOT NULL AND (d.tenant_id, d.channel_id) > (h.tenant_id, h.channel_id)
    ORDER BY d.tenant_id, d.channel_id LIMIT 1) n
)
DELETE FROM deliveries WHERE ctid = ANY(ARRAY(
  SELECT o.ctid FROM numbers n CROSS JOIN LATERAL (
    SELECT d.ctid FROM deliveries d
    WHERE d.tenant_id = n.tenant_id AND d.channel_id = n.channel_id AND d.received_at < $1 LIMIT $2) o
  UNION ALL
  SELECT d.ctid FROM deliveries d
  WHERE d.tenant_id = $3 AND d.channel_id IS NULL AND d.received_at < $1
  LIMIT $2))
"""


async def purge(scope: SystemScope, *, before: datetime, limit: int, nobody: UUID) -> int:
    """Deletes the raw deliveries that came before then, at most `limit`: how many it were."""
    done = await scope.db.execute(_PURGE, before, limit, nobody)
    return int(done.split()[-1])
