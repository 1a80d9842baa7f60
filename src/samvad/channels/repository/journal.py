"""The journal of raw deliveries: looked at, and driven through the pipeline again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.types import StoredDelivery, Verdict
from samvad.platform.db import SystemScope

_COLUMNS = """tenant_id, id, channel_id, door, received_at, headers, body, verdict, items, note"""


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


async def mark_redriven(scope: SystemScope, delivery: StoredDelivery, *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE deliveries SET redriven_at = $3, verdict = 'accepted'
           WHERE tenant_id = $1 AND id = $2""",
        delivery.tenant,
        delivery.id,
        at,
    )
