"""SQL of canned replies."""

from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.conversations.types.canned import CannedDetails, CannedReply
from samvad.platform.db import ReadScope, Scope


def _reply(row: asyncpg.Record) -> CannedReply:
    return CannedReply(row["id"], CannedDetails(row["shortcut"], row["name"], row["text"]))


async def of_tenant(scope: ReadScope) -> list[CannedReply]:
    rows = await scope.db.fetch(
        """SELECT id, shortcut, name, text FROM canned_replies WHERE tenant_id = $1
           ORDER BY lower(shortcut), id""",
        scope.tenant,
    )
    return [_reply(row) for row in rows]


async def count(scope: ReadScope) -> int:
    counted: int = await scope.db.fetchval(
        "SELECT count(*) FROM canned_replies WHERE tenant_id = $1", scope.tenant
    )
    return counted


async def lock(scope: Scope, reply: UUID) -> CannedReply | None:
    """It, and nobody changes or deletes it before this transaction ends."""
    row = await scope.db.fetchrow(
        "SELECT id, shortcut, name, text FROM canned_replies WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
        scope.tenant,
        reply,
    )
    return _reply(row) if row else None


async def add(scope: Scope, reply: CannedReply, *, at: datetime) -> bool:
    """Not where one has the shortcut already, in whatever case."""
    added = await scope.db.fetchval(
        """INSERT INTO canned_replies (tenant_id, id, shortcut, name, text, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING RETURNING true""",
        scope.tenant,
        reply.id,
        reply.details.shortcut,
        reply.details.name,
        reply.details.text,
        at,
    )
    return bool(added)


async def called(scope: Scope, shortcut: str) -> UUID | None:
    found: UUID | None = await scope.db.fetchval(
        "SELECT id FROM canned_replies WHERE tenant_id = $1 AND lower(shortcut) = lower($2)",
        scope.tenant,
        shortcut,
    )
    return found


async def change(scope: Scope, reply: CannedReply, *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE canned_replies SET shortcut = $3, name = $4, text = $5, updated_at = $6
           WHERE tenant_id = $1 AND id = $2""",
        scope.tenant,
        reply.id,
        reply.details.shortcut,
        reply.details.name,
        reply.details.text,
        at,
    )


async def remove(scope: Scope, reply: UUID) -> None:
    await scope.db.execute("DELETE FROM canned_replies WHERE tenant_id = $1 AND id = $2", scope.tenant, reply)
