"""A search over 100,000 passages of one tenant, alone and among others, how near it comes to looking at
everything, and a search over the few passages of one among a thousand tenants."""

import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import numpy as np

from benchmarks.figures import Figure, percentile
from benchmarks.places import repeat
from samvad.kernel.ids import TenantId, new_id
from samvad.knowledge.rules.postings import packed
from samvad.knowledge.service.search import EMBED, EXHAUSTIVE, Call, Limits, Search
from samvad.platform.compute.client import Compute
from samvad.platform.compute.codec import Value
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.db.connection import Connection
from samvad.platform.db.database import APP, SYSTEM_ROLE
from samvad.platform.migrations.migrate import migrate
from samvad.platform.migrations.versions.v0006_packed_postings import HALF
from samvad.platform.postgres.testing import scratch_cluster

_VOCABULARY, _TERMS, _ASKED, _SOURCE = 20_000, 60, 6, 100
_DRAW = random.Random(11)
_SHAPES = np.random.default_rng(11)
_CENTRES = _SHAPES.standard_normal((500, 384)).astype(np.float32)
_AT = datetime(2026, 1, 1, tzinfo=UTC)


async def run(*, quick: bool) -> list[Figure]:
    large, middle, tenants = (600, 200, (1, 2, 3)) if quick else (100_000, 20_000, (1, 100, 1_000))
    questions = 10 if quick else 300
    figures: list[Figure] = []
    async with _store() as (superuser, database):
        one = await _fill(superuser, large)
        small: list[TenantId] = []
        for count in tenants:
            small += [await _fill(superuser, _SOURCE) for _ in range(count - 1 - len(small))]
            of = f"{large:,} passages, one of {count:,} tenants"
            figures += await _stage(superuser, database, one, of, questions=questions, quick=quick)
        crowd = [await _asked(database, small, questions) for _ in repeat(quick=quick)]
        await superuser.execute("DROP INDEX knowledge_vectors_nearest")  # this size does without
        half = await _fill(superuser, middle)
        await superuser.execute("VACUUM ANALYZE")
        exact = [await _asked(database, [half], questions) for _ in repeat(quick=quick)]
    return [
        *figures,
        Figure(f"retrieval: p50, {middle:,} passages", "ms", [percentile(t, 0.5) for t in exact]),
        Figure(f"retrieval: p95, {middle:,} passages", "ms", [_p95(t) for t in exact], at_most=30),
        Figure(
            f"retrieval: p95, {_SOURCE} passages, one of {tenants[-1]:,} tenants",
            "ms",
            list(map(_p95, crowd)),
        ),
        Figure("retrieval: p95 of embedding a question", "ms", [_p95(await _embedding(questions))]),
    ]


async def _stage(
    superuser: Connection, database: Database, tenant: TenantId, of: str, *, questions: int, quick: bool
) -> list[Figure]:
    """The large library while others share the store; the index is made when everything is in."""
    began = time.perf_counter()
    await superuser.execute(f"DROP INDEX IF EXISTS knowledge_vectors_nearest; {HALF}")
    built = time.perf_counter() - began
    await superuser.execute("VACUUM ANALYZE")
    asked = [await _asked(database, [tenant], questions) for _ in repeat(quick=quick)]
    same = await _agreement(database, tenant, questions // 5)
    return [
        Figure(f"retrieval: p50, {of}", "ms", [percentile(t, 0.5) for t in asked]),
        Figure(f"retrieval: p95, {of}", "ms", [_p95(t) for t in asked], at_most=30),
        Figure(f"retrieval: first found as exhaustively, {of}", "share", [same[0]]),
        Figure(f"retrieval: first five found as exhaustively, {of}", "share", [same[1]], at_least=0.9),
        Figure(f"retrieval: building the vector index, {of}", "s", [built]),
    ]


@asynccontextmanager
async def _store() -> AsyncIterator[tuple[Connection, Database]]:
    """The vector index is made when everything is in, as it would be after a restore."""
    keyring = Keyring("only for benchmarks " * 3)
    passwords = {role: keyring.password_for(role) for role in (APP, SYSTEM_ROLE)}
    async with scratch_cluster() as cluster:
        url = cluster.dsn(await cluster.create())
        await migrate(url, passwords)
        superuser = await asyncpg.connect(url)
        await superuser.execute("DROP INDEX knowledge_vectors_nearest; SET maintenance_work_mem = '512MB'")
        await superuser.execute("CREATE TEMP TABLE drawn (source uuid, edition uuid, at int, vector real[])")
        async with Database(url, passwords) as database:
            yield superuser, database
        await superuser.close()


async def _fill(superuser: Connection, passages: int) -> TenantId:
    """Sources of a hundred passages each, of sixty terms drawn as words are, and one window each."""
    tenant = TenantId(new_id())
    await superuser.execute(
        """INSERT INTO tenants (id, slug, name, time_zone, country, currency, language, business_hours,
             created_at, updated_at)
           VALUES ($1, $1::uuid::text, 'x', 'UTC', 'IN', 'INR', 'en', '{}', $2, $2)""",
        tenant, _AT,
    )  # fmt: skip
    for _ in range(passages // _SOURCE):
        await _source(superuser, tenant)
    await superuser.execute(
        """INSERT INTO knowledge_terms SELECT tenant_id, term, sum(cardinality(held))
           FROM knowledge_postings WHERE tenant_id = $1 GROUP BY tenant_id, term""",
        tenant,
    )
    await superuser.execute("INSERT INTO knowledge_totals VALUES ($1, $2, $2)", tenant, passages)
    return tenant


async def _source(superuser: Connection, tenant: UUID) -> None:
    source, edition = new_id(), new_id()
    await superuser.execute(
        """INSERT INTO knowledge_sources (tenant_id, id, name, state, size, checksum, edition, passages,
             windows, created_at, updated_at) VALUES ($1, $2, 'f', 'completed', 1, '', $3, $4, $4, $5, $5)""",
        tenant, source, edition, _SOURCE, _AT,
    )  # fmt: skip
    held: defaultdict[str, dict[int, float]] = defaultdict(dict)
    rows = []
    for at in range(_SOURCE):
        terms = [_word() for _ in range(_TERMS)]
        for term in set(terms):
            held[term][at] = _DRAW.uniform(0.5, 1.8)
        rows.append((tenant, source, edition, at, new_id(), "text", " ".join(terms), "", None, "[]"))
    await superuser.copy_records_to_table("knowledge_passages", records=rows)
    postings = [
        (tenant, term, source, edition, block, ones)
        for term, weights in held.items()
        for block, ones in packed(weights).items()
    ]
    await superuser.copy_records_to_table("knowledge_postings", records=postings)
    drawn = [(source, edition, at, vector) for at, vector in enumerate(_vectors(_SOURCE))]
    await superuser.copy_records_to_table("drawn", records=drawn)
    await superuser.execute(
        """INSERT INTO knowledge_vectors SELECT $1, source, edition, at, 0, vector::halfvec FROM drawn""",
        tenant,
    )
    await superuser.execute("TRUNCATE drawn")


def _word() -> str:
    """Zipf's law: the thousandth word comes a thousand times more seldom than the first."""
    return f"w{int(_VOCABULARY ** _DRAW.random())}"


def _vectors(count: int) -> Iterator[list[float]]:
    """Unit vectors around five hundred subjects."""
    chosen = _CENTRES[_SHAPES.integers(0, len(_CENTRES), count)]
    made = chosen + 0.7 * _SHAPES.standard_normal((count, 384)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return iter(made.tolist())


async def _asked(database: Database, tenants: Sequence[TenantId], questions: int) -> list[float]:
    """Milliseconds of each search; the embedding is measured apart."""
    finder, times = Search(database, _vector), []
    for _ in range(questions):
        question = _question()
        began = time.perf_counter()
        found = await finder.search(question, tenant=_DRAW.choice(tenants))
        times.append((time.perf_counter() - began) * 1000)
        assert found
    return times


async def _agreement(database: Database, tenant: TenantId, questions: int) -> tuple[float, float]:
    """The shares of the first, and of the first five, that looking at everything finds too."""
    first, five = 0, 0
    for _ in range(questions):
        question, (vector,) = _question(), _vectors(1)
        finders = [Search(database, _telling(vector), limits) for limits in (Limits(), EXHAUSTIVE)]

        answers = [await finder.search(question, tenant=tenant) for finder in finders]
        quick, full = ([found.passage.id for found in answer] for answer in answers)
        first += quick[0] == full[0]
        five += len({*quick} & {*full})
    return first / questions, five / (5 * questions)


def _question() -> str:
    return " ".join(_word() for _ in range(_ASKED))


async def _vector(function: str, *arguments: Value, timeout: float = 30) -> Value:
    return [next(_vectors(1))]


def _telling(vector: list[float]) -> Call:
    async def told(function: str, *arguments: Value, timeout: float = 30) -> Value:
        return [vector]

    return told


async def _embedding(questions: int) -> list[float]:
    times = []
    async with Compute() as compute:
        await compute.call(EMBED, ["the first loads the model"])
        for number in range(questions):
            began = time.perf_counter()
            await compute.call(EMBED, [f"how much is a delivery of {number} litres on Sunday?"])
            times.append((time.perf_counter() - began) * 1000)
    return times


def _p95(times: Sequence[float]) -> float:
    return percentile(times, 0.95)
