"""The journal of raw deliveries: looked at, and driven through the pipeline again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.types import JournalFilter, JournalLine, StoredDelivery, Verdict
from samvad.platform.db import ReadScope, SystemScope

_COLUMNS = """tenant_id, id, channel_id, door, received_at, headers, body, verdict, items, note"""
_LINE = "id, channel_id, received_at, verdict, items, octet_length(body) AS size, note, redriven_at"


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

    async def newest(self, wanted: JournalFilter, *, before: UUID | None, limit: int) -> list[JournalLine]:
        rows = await self._scope.db.fetch(
            f"""SELECT {_LINE} FROM deliveries
                WHERE tenant_id = $1 AND ($2::text IS NULL OR verdict = $2)
                  AND ($3::uuid IS NULL OR channel_id = $3)
                  AND ($4::timestamptz IS NULL OR received_at >= $4)
                  AND ($5::timestamptz IS NULL OR received_at < $5)
                  AND ($6::uuid IS NULL OR id < $6)
                ORDER BY id DESC LIMIT $7""",
            self._scope.tenant,
            wanted.verdict,
            wanted.channel,
            wanted.since,
            wanted.until,
            before,
            limit,
        )
        return [_line(row) for row in rows]

    async def get(self, delivery: UUID) -> tuple[JournalLine, StoredDelivery] | None:
        row = await self._scope.db.fetchrow(
            f"""SELECT {_COLUMNS}, octet_length(body) AS size, redriven_at FROM deliveries
                WHERE tenant_id = $1 AND id = $2""",
            self._scope.tenant,
            delivery,
        )
        return (_line(row), _delivery(row)) if row else None


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
    )


async def mark_redriven(scope: SystemScope, delivery: StoredDelivery, *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE deliveries SET redriven_at = $3, verdict = 'accepted'
           WHERE tenant_id = $1 AND id = $2""",
        delivery.tenant,
        delivery.id,
        at,
    )
