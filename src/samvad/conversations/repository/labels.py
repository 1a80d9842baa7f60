"""SQL of labels, and of who bears them."""

from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.conversations.types.labels import Colour, Label
from samvad.platform.db import ReadScope, Scope


def _label(row: asyncpg.Record) -> Label:
    return Label(row["id"], row["name"], Colour(row["colour"]))


async def of_tenant(scope: ReadScope) -> list[Label]:
    rows = await scope.db.fetch(
        "SELECT id, name, colour FROM labels WHERE tenant_id = $1 ORDER BY lower(name), id", scope.tenant
    )
    return [_label(row) for row in rows]


async def keep(scope: Scope, label: UUID) -> Label | None:
    """It, and nobody changes or deletes it before this transaction ends."""
    row = await scope.db.fetchrow(
        "SELECT id, name, colour FROM labels WHERE tenant_id = $1 AND id = $2 FOR SHARE", scope.tenant, label
    )
    return _label(row) if row else None


async def add(scope: Scope, label: Label, *, at: datetime) -> bool:
    """Not where one has the name already, in whatever case."""
    added = await scope.db.fetchval(
        """INSERT INTO labels (tenant_id, id, name, colour, created_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING RETURNING true""",
        scope.tenant,
        label.id,
        label.name,
        label.colour,
        at,
    )
    return bool(added)


async def named(scope: Scope, name: str) -> UUID | None:
    found: UUID | None = await scope.db.fetchval(
        "SELECT id FROM labels WHERE tenant_id = $1 AND lower(name) = lower($2)", scope.tenant, name
    )
    return found


async def change(scope: Scope, label: Label) -> bool:
    row = await scope.db.fetchrow(
        "UPDATE labels SET name = $3, colour = $4 WHERE tenant_id = $1 AND id = $2 RETURNING id",
        scope.tenant,
        label.id,
        label.name,
        label.colour,
    )
    return row is not None


async def remove(scope: Scope, label: UUID) -> str | None:
    """The name that it had; its conversations lose it with it."""
    name: str | None = await scope.db.fetchval(
        "DELETE FROM labels WHERE tenant_id = $1 AND id = $2 RETURNING name", scope.tenant, label
    )
    return name


async def put_on(scope: Scope, conversation: UUID, label: UUID, *, at: datetime) -> bool:
    """Whether it was new there."""
    added = await scope.db.fetchval(
        """INSERT INTO conversation_labels (tenant_id, conversation_id, label_id, at)
           VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING true""",
        scope.tenant,
        conversation,
        label,
        at,
    )
    return bool(added)


async def take_off(scope: Scope, conversation: UUID, label: UUID) -> bool:
    """Whether it was there."""
    removed = await scope.db.fetchval(
        """DELETE FROM conversation_labels
           WHERE tenant_id = $1 AND conversation_id = $2 AND label_id = $3 RETURNING true""",
        scope.tenant,
        conversation,
        label,
    )
    return bool(removed)


async def give(scope: Scope, source: UUID, target: UUID) -> None:
    """What one conversation bears the other bears too."""
    await scope.db.execute(
        """INSERT INTO conversation_labels (tenant_id, conversation_id, label_id, at)
           SELECT $1, $3, w.label_id, w.at FROM conversation_labels w
           WHERE w.tenant_id = $1 AND w.conversation_id = $2 ON CONFLICT DO NOTHING""",
        scope.tenant,
        source,
        target,
    )
