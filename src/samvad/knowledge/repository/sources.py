"""Sources and the bytes that were uploaded for them."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.knowledge.types import NewSource, Source, SourceState
from samvad.platform.db import ReadScope, Scope

_COLUMNS = """id, name, state, error, kind, size, checksum, version, edition, passages, hidden, superseded,
  created_at, updated_at"""
_THERE = "tenant_id = $1 AND removed_at IS NULL"


def _source(row: asyncpg.Record) -> Source:
    return Source(**{**dict(row), "state": SourceState(row["state"])})


class Sources:
    """Newest first."""

    def __init__(self, scope: ReadScope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant

    async def get(self, id: UUID) -> Source | None:
        row = await self._db.fetchrow(
            f"SELECT {_COLUMNS} FROM knowledge_sources WHERE {_THERE} AND id = $2", self._tenant, id
        )
        return _source(row) if row else None

    async def page(self, after: tuple[datetime, UUID] | None, limit: int) -> list[Source]:
        at, last = after or (None, None)
        rows = await self._db.fetch(
            f"""SELECT {_COLUMNS} FROM knowledge_sources WHERE {_THERE}
                AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
                ORDER BY created_at DESC, id DESC LIMIT $4""",
            self._tenant, at, last, limit,
        )  # fmt: skip
        return [_source(row) for row in rows]

    async def count(self) -> int:
        found: int = await self._db.fetchval(
            f"SELECT count(*) FROM knowledge_sources WHERE {_THERE}", self._tenant
        )
        return found

    async def any_unread(self, *, since: datetime) -> bool:
        """Among those added since."""
        found: bool = await self._db.fetchval(
            f"""SELECT EXISTS (SELECT 1 FROM knowledge_sources WHERE {_THERE} AND created_at >= $2
                AND edition IS NULL AND state IN ('pending', 'processing'))""",
            self._tenant, since,
        )  # fmt: skip
        return found

    async def file(self, id: UUID) -> AsyncIterator[bytes]:
        """Part by part."""
        part = 0
        while True:
            content: bytes | None = await self._db.fetchval(
                "SELECT content FROM knowledge_files WHERE tenant_id = $1 AND source_id = $2 AND part = $3",
                self._tenant, id, part,
            )  # fmt: skip
            if content is None:
                return
            yield content
            part += 1


class SourceWriter:
    def __init__(self, scope: Scope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant

    async def lock(self, id: UUID) -> Source | None:
        row = await self._db.fetchrow(
            f"SELECT {_COLUMNS} FROM knowledge_sources WHERE {_THERE} AND id = $2 FOR UPDATE",
            self._tenant, id,
        )  # fmt: skip
        return _source(row) if row else None

    async def add(self, source: NewSource, *, at: datetime) -> None:
        await self._db.execute(
            """INSERT INTO knowledge_sources (tenant_id, id, name, state, size, checksum, created_at,
                 updated_at) VALUES ($1, $2, $3, 'pending', $4, $5, $6, $6)""",
            self._tenant, source.id, source.name, source.size, source.checksum, at,
        )  # fmt: skip

    async def replace(self, source: NewSource, *, at: datetime) -> None:
        """Another file under the same id; searches see the old one until the new one is indexed."""
        await self._db.execute(
            """UPDATE knowledge_sources SET name = $3, size = $4, checksum = $5, state = 'pending',
                 error = NULL, version = version + 1, updated_at = $6
               WHERE tenant_id = $1 AND id = $2""",
            self._tenant, source.id, source.name, source.size, source.checksum, at,
        )  # fmt: skip
        await self._db.execute(
            "DELETE FROM knowledge_files WHERE tenant_id = $1 AND source_id = $2", self._tenant, source.id
        )

    async def add_part(self, id: UUID, part: int, content: bytes) -> None:
        await self._db.execute(
            "INSERT INTO knowledge_files (tenant_id, source_id, part, content) VALUES ($1, $2, $3, $4)",
            self._tenant, id, part, content,
        )  # fmt: skip

    async def again(self, id: UUID, *, at: datetime) -> None:
        await self._db.execute(
            """UPDATE knowledge_sources SET state = 'pending', error = NULL, version = version + 1,
                 updated_at = $3 WHERE tenant_id = $1 AND id = $2""",
            self._tenant, id, at,
        )  # fmt: skip

    async def mark(self, id: UUID, state: SourceState, *, at: datetime, error: str | None = None) -> None:
        await self._db.execute(
            """UPDATE knowledge_sources SET state = $3, error = $4, updated_at = $5
               WHERE tenant_id = $1 AND id = $2""",
            self._tenant, id, state.value, error, at,
        )  # fmt: skip

    async def hide(self, id: UUID, *, at: datetime) -> None:
        """From here on nothing finds it: a search takes no passage that is not of a source's edition."""
        await self._db.execute(
            """UPDATE knowledge_sources SET removed_at = $3, kept_edition = edition, edition = NULL
               WHERE tenant_id = $1 AND id = $2""",
            self._tenant, id, at,
        )  # fmt: skip

    async def hidden(self, ids: Collection[UUID]) -> frozenset[UUID]:
        rows = await self._db.fetch(
            """SELECT id, removed_at FROM knowledge_sources WHERE tenant_id = $1 AND id = ANY($2)
               ORDER BY id FOR SHARE""",
            self._tenant, list(ids),
        )  # fmt: skip
        return frozenset(row["id"] for row in rows if row["removed_at"])

    async def show(self, id: UUID) -> Source | None:
        """What was hidden as it was, locked; None where there is no such thing any more."""
        row = await self._db.fetchrow(
            f"""UPDATE knowledge_sources SET removed_at = NULL, edition = kept_edition, kept_edition = NULL
                WHERE tenant_id = $1 AND id = $2 AND removed_at IS NOT NULL RETURNING {_COLUMNS}""",
            self._tenant, id,
        )  # fmt: skip
        return _source(row) if row else None

    async def purge(self, id: UUID, *, hidden_before: datetime) -> None:
        """With its file, passages, postings and vectors."""
        await self._db.execute(
            "DELETE FROM knowledge_sources WHERE tenant_id = $1 AND id = $2 AND removed_at <= $3",
            self._tenant, id, hidden_before,
        )  # fmt: skip
