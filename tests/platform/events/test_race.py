"""Readers against many writers whose commits come in any order: nothing lost, nothing twice."""

import asyncio
import random
from contextlib import suppress
from itertools import count

from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.events import NewEvent, append, read
from tests.platform.events.test_stream import AT, now

WRITERS, ROUNDS = 8, 40


async def write_slowly(
    database: Database, tenant: TenantId, rand: random.Random, ids: "count[int]"
) -> set[int]:
    """Transactions of one to three events that end, some by a rollback, after a random while."""
    committed: set[int] = set()
    for _ in range(ROUNDS):
        numbers = [next(ids) for _ in range(rand.randint(1, 3))]
        abandoned = rand.random() < 0.1
        with suppress(ZeroDivisionError):
            async with database.unit_of_work(tenant) as scope:
                for number in numbers:
                    await append(scope, [NewEvent("n", {"number": number})], at=AT)
                    await asyncio.sleep(rand.choice([0, 0, 0.001, 0.02]))
                1 / (not abandoned)
            committed.update(numbers)
    return committed


async def follow(
    database: Database, tenant: TenantId, cursor: str, over: asyncio.Event, limit: int
) -> list[int]:
    """Every number that a client with this page size is told, until all is written and read."""
    seen: list[int] = []
    while True:
        last_round = over.is_set()
        async with database.reading(tenant) as scope:
            page = await read(scope, cursor, limit=limit)
        assert not page.reset
        seen += [int(str(event.data["number"])) for event in page.events]
        cursor = page.cursor
        if last_round and len(page.events) < limit:
            return seen
        await asyncio.sleep(0)


async def test_readers_lose_nothing_and_see_nothing_twice(database: Database, tenant: TenantId) -> None:
    start, over, ids = await now(database, tenant), asyncio.Event(), count()
    readers = [asyncio.create_task(follow(database, tenant, start, over, limit)) for limit in (1, 3, 200)]
    written = await asyncio.gather(
        *(write_slowly(database, tenant, random.Random(seed), ids) for seed in range(WRITERS))
    )
    over.set()
    committed = set().union(*written)
    for seen in await asyncio.gather(*readers):
        assert len(seen) == len(set(seen))
        assert set(seen) == committed
    told = [await reader for reader in readers]
    assert told[0] == told[1] == told[2]
