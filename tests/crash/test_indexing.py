"""A worker killed at any commit of an indexing loses nothing and leaves nothing behind."""

import asyncio
import os
import signal
import sys
from datetime import timedelta

import asyncpg
import pytest

from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import TenantId
from samvad.knowledge.types import SourceState
from samvad.platform.crashpoints import VARIABLE, Moment, Point
from tests.conftest import SECRET
from tests.knowledge.conftest import Room, room

__all__ = ["room"]

PLACES = [
    *(f"{point}:{moment}" for point in (Point.INDEX_CLAIM, Point.INDEX_BEGIN) for moment in Moment),
    *(f"{Point.INDEX_STORE}:{moment}:{time}" for moment in Moment for time in (1, 2)),
    *(f"{Point.INDEX_PUBLISH}:{moment}" for moment in Moment),
]
BROKEN = [f"{Point.INDEX_FAIL}:{moment}" for moment in Moment]


@pytest.fixture
def clock() -> FrozenClock:
    """The killed process and its successor agree about the time."""
    return FrozenClock(SystemClock().now())


async def killed(url: str, place: str) -> int:
    """Its exit code, once PostgreSQL has let go of its locks: a claim skips locked rows."""
    looking = await asyncpg.connect(url)
    try:
        before = await backends(looking)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.crash.indexer", url, SECRET, env={**os.environ, VARIABLE: place}
        )
        code = await process.wait()
        while await backends(looking) - before:  # noqa: ASYNC110 - the server gives no event
            await asyncio.sleep(0.01)
        return code
    finally:
        await looking.close()


async def backends(looking: asyncpg.Connection) -> set[int]:
    """Of the pools. The room's own listener may connect at any time, and locks nothing."""
    found = await looking.fetch(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND application_name <> 'samvad_wakeups'"
    )
    return {row["pid"] for row in found}


@pytest.mark.parametrize("place", PLACES)
async def test_the_next_worker_finishes(room: Room, tenant: TenantId, database_url: str, place: str) -> None:
    source = await room.add(tenant, "hours.txt", "We are open on Sunday until noon.")
    assert await killed(database_url, place) == -signal.SIGKILL
    room.clock.advance(timedelta(minutes=3))
    await room.index()
    assert (await room.get(tenant, source)).state is SourceState.COMPLETED
    assert await room.found(tenant, "open on sunday") == ["We are open on Sunday until noon."]
    rows = await room.rows(tenant)
    assert (rows["passages"], rows["vectors"], rows["terms"]) == (1, 1, rows["postings"])


@pytest.mark.parametrize("place", BROKEN)
async def test_a_failure_is_said_once(room: Room, tenant: TenantId, database_url: str, place: str) -> None:
    source = await room.add(tenant, "hours.pdf", b"%PDF-1.7 broken")
    assert await killed(database_url, place) == -signal.SIGKILL
    room.clock.advance(timedelta(minutes=3))
    await room.index()
    assert (await room.get(tenant, source)).state is SourceState.FAILED
