"""What a search reads: counts, the best of each arm, both measures of each candidate, its text."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import asyncpg

from samvad.knowledge.repository import statements
from samvad.knowledge.rules.postings import is_at, weight
from samvad.knowledge.types import Counts, Measures, Near, Passage, PassageKind, Place
from samvad.platform.db import ReadScope


async def has_vectors(scope: ReadScope) -> bool:
    """Whether this database stores vectors as pgvector's type."""
    found: str = await scope.db.fetchval(
        """SELECT format_type(atttypid, NULL) FROM pg_attribute
           WHERE attrelid = 'knowledge_vectors'::regclass AND attname = 'embedding'"""
    )
    return found == "halfvec"


class Index:
    """One tenant's index; `sources` narrows every search to these."""

    def __init__(self, scope: ReadScope, *, vectors: bool, sources: Sequence[UUID] | None = None) -> None:
        self._db = scope.db
        self._tenant = scope.tenant
        self._vectors = vectors
        self._sources = sources

    @property
    def has_nearest(self) -> bool:
        """Whether `nearest` can be asked: there is such an index, and it need not look for few sources."""
        return self._vectors and self._sources is None

    async def counts(self, terms: Sequence[str]) -> Counts:
        rows = await self._db.fetch(statements.COUNTS, self._tenant, terms)
        holding = {row["term"]: row["holding"] for row in rows if row["term"] is not None}
        if not rows:
            return Counts(0, 0, 0, {})
        return Counts(rows[0]["passages"], rows[0]["windows"], rows[0]["stored"], holding)

    async def prepare(self, *, looked_at: int) -> None:
        """For the rest of the transaction each statement is planned for its values: one plan for all of
        them converts the question's vector anew for every row, and takes any tenant for a small one.

        `nearest` looks at `looked_at` windows, and as often at more until enough are this tenant's. Their
        order does not matter to us; pgvector's strict one would leave out what is found late.
        """
        nearest = f"SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL hnsw.ef_search = {looked_at}"
        await self._db.execute(
            f"SET LOCAL plan_cache_mode = force_custom_plan; {nearest if self._vectors else ''}"
        )

    async def by_words(self, rarity: Mapping[str, float], most: int) -> list[Place]:
        rows = await self._db.fetch(
            statements.BY_WORDS, self._tenant, list(rarity), self._sources, list(rarity.values()), most
        )
        return [_place(row) for row in rows]

    async def exact(self, vector: Sequence[float], most: int, *, windows: int) -> dict[Place, float]:
        """The passages of the nearest `windows` windows of all, nearest first, each with its cosine."""
        query = statements.exact(vectors=self._vectors)
        rows = await self._db.fetch(query, self._tenant, vector, windows, most, self._sources)
        return {_place(row): row["score"] for row in rows}

    async def nearest(self, vector: Sequence[float], most: int, *, windows: int) -> dict[Place, float]:
        """The same by the index: nearly so, and fewer when it gives up looking."""
        rows = await self._db.fetch(statements.NEAREST, self._tenant, vector, windows, most)
        return {_place(row): row["score"] for row in rows}

    async def weights(self, places: Sequence[Place], terms: Sequence[str]) -> list[dict[str, float]]:
        """Of each place, the weight of every term that it holds."""
        _, _, editions, positions = _columns(places)
        found: list[dict[str, float]] = [{} for _ in places]
        for row in await self._db.fetch(statements.WEIGHTS, self._tenant, terms, editions, positions):
            one: int | None = row["one"]
            if one is not None and is_at(one, places[row["n"]].position):
                found[row["n"]][row["term"]] = weight(one)
        return found

    async def measures(self, places: Sequence[Place], near: Near | None) -> dict[int, Measures]:
        """By the number in `places`; what is not there is left out."""
        query = statements.measures(vectors=self._vectors)
        known = near.cosines if near else {}
        lacking = [near is not None and place not in known for place in places]
        vector = near.vector if near else None
        found: dict[int, Measures] = {}
        for row in await self._db.fetch(query, self._tenant, vector, *_columns(places), lacking):
            cosine = known.get(places[row["n"]], row["cosine"] or 0.0) if near else None
            found[row["n"]] = Measures(cosine, row["faq"], row["superseded"])
        return found

    async def passages(self, places: Sequence[Place]) -> dict[int, Passage]:
        rows = await self._db.fetch(statements.PASSAGES, self._tenant, *_columns(places))
        return {row["n"]: passage(row) for row in rows}


def passage(row: asyncpg.Record) -> Passage:
    return Passage(
        id=row["id"], source=row["name"], source_id=row["source_id"], position=row["position"],
        kind=PassageKind(row["kind"]), text=row["text"], heading=row["heading"], page=row["page"],
        fields=tuple((name, value) for name, value in row["fields"]), superseded=row["superseded"],
    )  # fmt: skip


def _place(row: asyncpg.Record) -> Place:
    return Place(row["source_id"], row["edition"], row["position"])


def _columns(places: Sequence[Place]) -> tuple[list[int], list[UUID], list[UUID], list[int]]:
    return (
        list(range(len(places))), [p.source for p in places], [p.edition for p in places],
        [p.position for p in places],
    )  # fmt: skip
