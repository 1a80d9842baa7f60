"""The scenarios of a tenant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.platform.db import ReadScope, Scope

_COLUMNS = "id, name, source, updated_at"


@dataclass(frozen=True, slots=True)
class Saved:
    """`source` is the text as it was written."""

    id: UUID
    name: str
    source: str
    updated_at: datetime


async def every(scope: ReadScope, *, most: int) -> Sequence[Saved]:
    """By name."""
    rows = await scope.db.fetch(
        f"SELECT {_COLUMNS} FROM scenarios WHERE tenant_id = $1 ORDER BY lower(name), id LIMIT $2",
        scope.tenant, most,
    )  # fmt: skip
    return [Saved(*row.values()) for row in rows]


async def count(scope: ReadScope) -> int:
    found: int = await scope.db.fetchval("SELECT count(*) FROM scenarios WHERE tenant_id = $1", scope.tenant)
    return found


async def insert(scope: Scope, saved: Saved) -> None:
    await scope.db.execute(
        """INSERT INTO scenarios (tenant_id, id, name, source, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $5)""",
        scope.tenant, saved.id, saved.name, saved.source, saved.updated_at,
    )  # fmt: skip


async def update(scope: Scope, saved: Saved) -> bool:
    """False: it is not there."""
    done = await scope.db.execute(
        "UPDATE scenarios SET name = $3, source = $4, updated_at = $5 WHERE tenant_id = $1 AND id = $2",
        scope.tenant, saved.id, saved.name, saved.source, saved.updated_at,
    )  # fmt: skip
    return done == "UPDATE 1"


async def delete(scope: Scope, id: UUID) -> bool:
    """False: it is not there."""
    done = await scope.db.execute("DELETE FROM scenarios WHERE tenant_id = $1 AND id = $2", scope.tenant, id)
    return done == "DELETE 1"
