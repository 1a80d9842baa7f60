"""What indexing writes: an edition grows unseen in small transactions and takes its place in one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.knowledge.rules.postings import packed
from samvad.knowledge.types import NewPassage, Outcome, Vector
from samvad.platform.db import Scope

_OF = "tenant_id = $1 AND source_id = $2"
_PARTS = ("knowledge_vectors", "knowledge_postings", "knowledge_passages")

_COUNT = """
INSERT INTO knowledge_terms (tenant_id, term, holding)
SELECT $1, p.term, sum(cardinality(p.held)) FROM knowledge_postings p
WHERE p.tenant_id = $1 AND p.source_id = $2 AND p.edition = $3 GROUP BY p.term
ON CONFLICT (tenant_id, term) DO UPDATE SET holding = knowledge_terms.holding + excluded.holding
"""

_UNCOUNT = """
UPDATE knowledge_terms t SET holding = t.holding - p.held
FROM (SELECT term, sum(cardinality(held)) AS held FROM knowledge_postings
      WHERE tenant_id = $1 AND source_id = $2 AND edition = $3 GROUP BY term) p
WHERE t.tenant_id = $1 AND t.term = p.term
"""

_FORGET = """
DELETE FROM knowledge_terms t USING knowledge_postings p
WHERE p.tenant_id = $1 AND p.source_id = $2 AND p.edition = $3
  AND t.tenant_id = $1 AND t.term = p.term AND t.holding <= 0
"""

_TOTAL = """
UPDATE knowledge_totals SET passages = passages + $2, windows = windows + $3 WHERE tenant_id = $1
"""


class Editions:
    def __init__(self, scope: Scope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant

    async def drop_unfinished(self, source: UUID) -> None:
        """What an interrupted or replaced indexing left behind."""
        for table in _PARTS:
            await self._db.execute(
                f"""DELETE FROM {table} WHERE {_OF} AND edition IS DISTINCT FROM
                    (SELECT edition FROM knowledge_sources WHERE tenant_id = $1 AND id = $2)""",
                self._tenant, source,
            )  # fmt: skip

    async def add_passages(
        self, source: UUID, edition: UUID, passages: Sequence[tuple[int, NewPassage]]
    ) -> None:
        await self._db.executemany(
            """INSERT INTO knowledge_passages (tenant_id, source_id, edition, position, id, kind, text,
                 heading, page, fields) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
            [
                (self._tenant, source, edition, at, p.id, p.kind.value, p.text, p.heading, p.page, p.fields)
                for at, p in passages
            ],
        )

    async def add_vectors(
        self, source: UUID, edition: UUID, vectors: Sequence[tuple[int, int, Vector]], *, typed: bool
    ) -> None:
        """(position, part, vector) each; `typed` where the database has pgvector's type."""
        kind = "halfvec" if typed else "real[]"
        await self._db.executemany(
            f"""INSERT INTO knowledge_vectors (tenant_id, source_id, edition, position, part, embedding)
                VALUES ($1, $2, $3, $4, $5, $6::real[]::{kind})""",
            [(self._tenant, source, edition, at, part, vector) for at, part, vector in vectors],
        )

    async def add_postings(
        self, source: UUID, edition: UUID, postings: Mapping[str, Mapping[int, float]]
    ) -> None:
        """By term: positions with weights."""
        await self._db.executemany(
            """INSERT INTO knowledge_postings (tenant_id, term, source_id, edition, block, held)
               VALUES ($1, $2, $3, $4, $5, $6)""",
            [
                (self._tenant, term, source, edition, block, held)
                for term, weights in postings.items()
                for block, held in packed(weights).items()
            ],
        )

    async def take_turn(self) -> None:
        """Whoever changes this tenant's counts waits for us."""
        await self._db.execute(
            """INSERT INTO knowledge_totals (tenant_id, passages, windows) VALUES ($1, 0, 0)
               ON CONFLICT (tenant_id) DO UPDATE SET passages = knowledge_totals.passages""",
            self._tenant,
        )

    async def publish(self, source: UUID, outcome: Outcome, *, at: datetime) -> None:
        """From here on searches see it, and no longer the one before."""
        await self.withdraw(source)
        await self._db.execute(
            """UPDATE knowledge_sources SET state = 'completed', error = NULL, edition = $3, kind = $4,
                 passages = $5, windows = $6, hidden = $7, superseded = $8, updated_at = $9
               WHERE tenant_id = $1 AND id = $2""",
            self._tenant, source, outcome.edition, outcome.kind, outcome.passages, outcome.windows,
            outcome.hidden, outcome.superseded, at,
        )  # fmt: skip
        await self.count(source)
        await self.drop_unfinished(source)

    async def count(self, source: UUID) -> None:
        """Puts the present edition into the counts."""
        row = await self._present(source)
        if row:
            await self._db.execute(_COUNT, self._tenant, source, row["edition"])
            await self._db.execute(_TOTAL, self._tenant, row["passages"], row["windows"])

    async def _present(self, source: UUID) -> asyncpg.Record | None:
        return await self._db.fetchrow(
            """SELECT edition, passages, windows FROM knowledge_sources
               WHERE tenant_id = $1 AND id = $2 AND edition IS NOT NULL""",
            self._tenant, source,
        )  # fmt: skip

    async def withdraw(self, source: UUID) -> None:
        """Takes the present edition out of the counts."""
        row = await self._present(source)
        if row is None:
            return
        await self._db.execute(_UNCOUNT, self._tenant, source, row["edition"])
        await self._db.execute(_FORGET, self._tenant, source, row["edition"])
        await self._db.execute(_TOTAL, self._tenant, -row["passages"], -row["windows"])
