"""Files of messages in parts, and their state beside the provider's description of them."""

from uuid import UUID

from samvad.conversations.types.files import MessageFile
from samvad.kernel.json import JsonObject
from samvad.platform.db import ReadScope, Scope


class Files:
    def __init__(self, scope: ReadScope) -> None:
        self._db, self._tenant = scope.db, scope.tenant

    async def of(self, message: UUID) -> MessageFile | None:
        """None: there is no such message, or it has no file."""
        row = await self._db.fetchrow(
            """SELECT channel_id, created_at, media FROM messages
               WHERE tenant_id = $1 AND id = $2 AND media IS NOT NULL""",
            self._tenant,
            message,
        )
        return MessageFile(message, row["channel_id"], row["created_at"], row["media"]) if row else None

    async def part(self, message: UUID, part: int) -> bytes | None:
        """None after the last one."""
        content: bytes | None = await self._db.fetchval(
            "SELECT content FROM message_files WHERE tenant_id = $1 AND message_id = $2 AND part = $3",
            self._tenant,
            message,
            part,
        )
        return content

    async def here(self, message: UUID) -> tuple[int, int]:
        """How many parts there are, and their bytes."""
        row = await self._db.fetchrow(
            """SELECT count(*) AS parts, coalesce(sum(octet_length(content)), 0)::bigint AS bytes
               FROM message_files WHERE tenant_id = $1 AND message_id = $2""",
            self._tenant,
            message,
        )
        return (row["parts"], row["bytes"]) if row else (0, 0)

    async def whole(self, message: UUID) -> bytes:
        rows = await self._db.fetch(
            "SELECT content FROM message_files WHERE tenant_id = $1 AND message_id = $2 ORDER BY part",
            self._tenant,
            message,
        )
        return b"".join(row["content"] for row in rows)


async def drop(scope: Scope, message: UUID) -> None:
    await scope.db.execute(
        "DELETE FROM message_files WHERE tenant_id = $1 AND message_id = $2", scope.tenant, message
    )


async def add_part(scope: Scope, message: UUID, part: int, content: bytes) -> None:
    await scope.db.execute(
        "INSERT INTO message_files (tenant_id, message_id, part, content) VALUES ($1, $2, $3, $4)",
        scope.tenant,
        message,
        part,
        content,
    )


async def remove_older(scope: Scope, *, before: UUID, facts: JsonObject, most: int) -> int:
    """Of messages with ids before this one, but for those that may still leave: how many files went."""
    rows = await scope.db.fetch(
        """WITH old AS (
             SELECT DISTINCT f.message_id AS id FROM message_files f
             JOIN messages m ON m.tenant_id = $1 AND m.id = f.message_id
             WHERE f.tenant_id = $1 AND f.message_id < $2 AND m.media ->> 'state' = 'stored'
               AND m.status IN ('received', 'sent', 'delivered', 'read', 'skipped')
             ORDER BY 1 LIMIT $4
           ), told AS (
             UPDATE messages m SET media = m.media || $3::jsonb FROM old
             WHERE m.tenant_id = $1 AND m.id = old.id
           ), gone AS (
             DELETE FROM message_files f USING old WHERE f.tenant_id = $1 AND f.message_id = old.id
           )
           SELECT id FROM old""",
        scope.tenant,
        before,
        facts,
        most,
    )
    return len(rows)


async def note(scope: Scope, message: UUID, facts: JsonObject) -> None:
    """`facts` beside the provider's description, in place of earlier ones."""
    await scope.db.execute(
        "UPDATE messages SET media = media || $3::jsonb WHERE tenant_id = $1 AND id = $2",
        scope.tenant,
        message,
        facts,
    )
