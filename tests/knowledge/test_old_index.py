"""What version 5 indexed is found after the upgrade as before, and is as it was after a downgrade."""

import asyncpg

from samvad.kernel.clock import FrozenClock
from samvad.knowledge.repository.search import Index
from samvad.knowledge.rules.postings import weight
from samvad.platform.db import Database
from samvad.platform.migrations.migrate import migrate
from samvad.platform.postgres.testing import Scratch
from tests.conftest import make_tenant

_SOURCE = """
INSERT INTO knowledge_sources (tenant_id, id, name, state, size, checksum, edition, passages, windows,
  created_at, updated_at) VALUES ($1, uuidv7(), 'f', 'completed', 1, '', uuidv7(), 200, 200, now(), now())
"""
_PASSAGES = """
INSERT INTO knowledge_passages (tenant_id, source_id, edition, position, id, kind, text, heading, fields)
SELECT $1, id, edition, n, uuidv7(), 'text', 'x', '', '[]' FROM knowledge_sources, generate_series(0, 199) n
"""
_VECTORS = """
INSERT INTO knowledge_vectors SELECT $1, id, edition, n, 0,
  (SELECT array_agg(sin(n * i)::real / 14) FROM generate_series(1, 384) i)::vector
FROM knowledge_sources, generate_series(0, 199) n
"""
_POSTINGS = """
INSERT INTO knowledge_postings
SELECT $1, 'milk', id, edition, ARRAY[3, 127, 128, 199], ARRAY[0.5, 1.9, 1, 0.25]
FROM knowledge_sources
"""
_HELD = "SELECT positions, weights FROM knowledge_postings"


async def test_what_version_5_indexed_is_still_found(
    cluster: Scratch, passwords: dict[str, str], clock: FrozenClock
) -> None:
    async with cluster.database() as name:
        url = cluster.dsn(name)
        await migrate(url, passwords)
        async with Database(url, passwords) as database:
            tenant = await make_tenant(database, slug="old")
        await migrate(url, passwords, to="0005")
        superuser = await asyncpg.connect(url)
        for statement in (_SOURCE, _PASSAGES, _VECTORS, _POSTINGS):
            await superuser.execute(statement, *([tenant] if "$1" in statement else []))
        before = await superuser.fetchrow(_HELD)
        await migrate(url, passwords)
        async with Database(url, passwords) as database, database.reading(tenant) as scope:
            index = Index(scope, vectors=True)
            places = await index.by_words({"milk": 1.0}, 10)
            found = await index.weights(places, ["milk"])
            near = await index.nearest([0.0] * 383 + [1.0], 10, windows=20)
        assert [place.position for place in places] == [127, 128, 3, 199]
        weighed = [round(found[n]["milk"], 3) for n in range(4)]
        assert weighed == [1.9, 1.0, 0.5, 0.25]
        assert len(near) == 10
        await migrate(url, passwords, to="0005")
        after = await superuser.fetchrow(_HELD)
        await superuser.close()
    assert before and after and after["positions"] == before["positions"]
    assert all(abs(a - b) <= weight(1) for a, b in zip(after["weights"], before["weights"], strict=True))
