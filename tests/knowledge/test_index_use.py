"""Searches use their indexes under row-level security, and are right for one tenant among many."""

import math
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import asyncpg
import pytest

from samvad.kernel.ids import TenantId, new_id
from samvad.knowledge.repository import search, statements
from samvad.knowledge.repository.search import Index
from samvad.knowledge.types import Near, Place
from samvad.platform.db import Database, ReadScope
from samvad.platform.migrations.tables import tenant_table
from samvad.platform.migrations.versions.v0005_knowledge import VECTORS
from samvad.platform.migrations.versions.v0006_packed_postings import HALF
from samvad.platform.postgres.testing import Scratch
from tests.conftest import make_tenant
from tests.knowledge.conftest import Room

BIG = {"knowledge_postings", "knowledge_terms", "knowledge_vectors", "knowledge_passages"}
TENANTS, SOURCES, PASSAGES = 40, 5, 50
_FILL = """
WITH s AS (
  INSERT INTO knowledge_sources (tenant_id, id, name, state, size, checksum, edition, passages, windows,
    created_at, updated_at)
  SELECT $1, uuidv7(), 'f' || n, 'completed', 1, '', uuidv7(), $3, $3, now(), now()
  FROM generate_series(1, $2::int) n RETURNING id, edition),
p AS (
  INSERT INTO knowledge_passages (tenant_id, source_id, edition, position, id, kind, text, heading, fields)
  SELECT $1, s.id, s.edition, n, uuidv7(), 'text', 'words', '', '[]'
  FROM s, generate_series(0, $3::int - 1) n),
m AS MATERIALIZED (
  SELECT n, (SELECT array_agg(sin(n * i + $4::int)::real / 14) FROM generate_series(1, 384) i)::halfvec made
  FROM generate_series(0, $3::int - 1) n),
v AS (
  INSERT INTO knowledge_vectors (tenant_id, source_id, edition, position, part, embedding)
  SELECT $1, s.id, s.edition, m.n, 0, m.made FROM s, m),
t AS (
  INSERT INTO knowledge_postings (tenant_id, term, source_id, edition, block, held)
  SELECT $1, 't' || w, s.id, s.edition, 0, ARRAY[w % $3::int << 16 | 30000]
  FROM s, generate_series(1, 200) w)
INSERT INTO knowledge_terms (tenant_id, term, holding)
SELECT $1, 't' || w, $2::int FROM generate_series(1, 200) w
"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Tenants with the same words and much the same vectors."""

    database: Database
    tenants: Sequence[TenantId]


@pytest.fixture(scope="module")
async def crowd(cluster: Scratch, template: str, passwords: dict[str, str]) -> AsyncIterator[Crowd]:
    """Filled once: no test writes there."""
    async with (
        cluster.database(template=template) as name,
        Database(cluster.dsn(name), passwords) as database,
    ):
        tenants = [await make_tenant(database, slug=f"t{n}") for n in range(TENANTS)]
        superuser = await asyncpg.connect(cluster.dsn(name))
        try:
            await superuser.execute(
                "DROP INDEX knowledge_vectors_nearest"
            )  # over all at once it is made sooner
            for number, tenant in enumerate(tenants):
                await superuser.execute(_FILL, tenant, SOURCES, PASSAGES, number)
            await superuser.execute("INSERT INTO knowledge_totals SELECT id, 250, 250 FROM tenants")
            await superuser.execute(HALF)
            await superuser.execute("ANALYZE")
        finally:
            await superuser.close()
        yield Crowd(database, tenants)


async def scanned(scope: ReadScope, query: str, *values: object) -> set[str]:
    """The large tables that a plan reads from end to end."""
    rows = await scope.db.fetch(f"EXPLAIN {query}", *values)
    plan = "\n".join(row[0] for row in rows)
    return set(re.findall(r"Seq Scan on (\w+)", plan)) & BIG


def vector_of(number: int, position: int) -> list[float]:
    return [math.sin(position * i + number) / 14 for i in range(1, 385)]


async def test_no_search_reads_a_whole_table(crowd: Crowd) -> None:
    async with crowd.database.reading(crowd.tenants[7]) as scope:
        places = await Index(scope, vectors=True).by_words({"t1": 1.0}, 20)
        columns = search._columns(places)
        vector = vector_of(7, 3)
        exact, measures = (make(vectors=True) for make in (statements.exact, statements.measures))
        tenant, terms = scope.tenant, ["t1", "t2"]
        plans = {
            "counts": await scanned(scope, statements.COUNTS, tenant, terms),
            "words": await scanned(scope, statements.BY_WORDS, tenant, terms, None, [1.0, 2.0], 100),
            "exact": await scanned(scope, exact, tenant, vector, 400, 100, None),
            "nearest": await scanned(scope, statements.NEAREST, tenant, vector, 150, 100),
            "weights": await scanned(scope, statements.WEIGHTS, tenant, terms, *columns[2:]),
            "measures": await scanned(scope, measures, tenant, vector, *columns, [True] * len(columns[0])),
            "passages": await scanned(scope, statements.PASSAGES, tenant, *columns),
        }
    assert not {name: tables for name, tables in plans.items() if tables}


async def test_words_of_candidates_are_looked_up_by_term(crowd: Crowd) -> None:
    """Of no source are all terms read."""
    async with crowd.database.reading(crowd.tenants[7]) as scope:
        index = Index(scope, vectors=True)
        await index.prepare(looked_at=100)
        columns = search._columns(await index.by_words({"t1": 1.0}, 20))
        plan = await scope.db.fetch(f"EXPLAIN {statements.WEIGHTS}", scope.tenant, ["t1", "t2"], *columns[2:])
    used = re.findall(r"using (knowledge_postings\w+)", "\n".join(row[0] for row in plan))
    assert used == ["knowledge_postings_pkey"]


async def test_each_of_many_tenants_finds_its_own(crowd: Crowd) -> None:
    for number in (0, 7, TENANTS - 1):
        async with crowd.database.reading(crowd.tenants[number]) as scope:
            index = Index(scope, vectors=True)
            own = {row["id"] for row in await scope.db.fetch("SELECT id FROM knowledge_sources")}
            assert len(own) == SOURCES
            exact = await index.exact(vector_of(number, 3), 100, windows=400)
            near = await index.nearest(vector_of(number, 3), 100, windows=400)
        assert {place.source for place in [*exact, *near]} <= own
        assert {place.position for place in [*exact][:SOURCES]} == {
            3
        }  # the same words in each of its sources
        assert set(near) == set(exact) or len(near) < 50  # then all are looked at after all


async def test_without_the_extension_the_same_is_found(
    room: Room, tenant: TenantId, database_url: str
) -> None:
    superuser = await asyncpg.connect(database_url)
    try:
        await superuser.execute("DROP TABLE knowledge_vectors")
        await superuser.execute(f"SET ROLE samvad_owner; {VECTORS.format(type='real[]')}")
        for statement in tenant_table("knowledge_vectors"):
            await superuser.execute(statement)
    finally:
        await superuser.close()
    await room.added(tenant, "hours.txt", "We are open on Sunday until noon.")
    await room.added(tenant, "pets.txt", "Dogs must wait outside.")
    (found, *_) = await room.finder.search("may I bring my puppy in", tenant=tenant)
    assert found.passage.text == "Dogs must wait outside."


async def test_a_place_of_another_tenant_gives_nothing(crowd: Crowd) -> None:
    async with crowd.database.reading(crowd.tenants[0]) as scope:
        theirs = await Index(scope, vectors=True).by_words({"t1": 1.0}, 5)
    async with crowd.database.reading(crowd.tenants[1]) as scope:
        index = Index(scope, vectors=True)
        assert await index.passages(theirs) == {}
        nowhere = Place(new_id(), new_id(), 0)
        assert await index.weights([*theirs, nowhere], ["t1"]) == [{}] * (len(theirs) + 1)
        assert await index.measures([*theirs, nowhere], Near(vector_of(0, 1), {})) == {}
