"""A worker killed at any commit of an indexing loses nothing and leaves nothing behind."""

import signal
from datetime import timedelta

import pytest

from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import TenantId
from samvad.knowledge.types import SourceState
from samvad.platform.crashpoints import Moment, Point
from tests.crash.killing import killed
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


@pytest.mark.parametrize("place", PLACES)
async def test_the_next_worker_finishes(room: Room, tenant: TenantId, database_url: str, place: str) -> None:
    source = await room.add(tenant, "hours.txt", "We are open on Sunday until noon.")
    assert await killed("tests.crash.indexer", database_url, place) == -signal.SIGKILL
    room.clock.advance(timedelta(minutes=3))
    await room.index()
    assert (await room.get(tenant, source)).state is SourceState.COMPLETED
    assert await room.found(tenant, "open on sunday") == ["We are open on Sunday until noon."]
    rows = await room.rows(tenant)
    assert (rows["passages"], rows["vectors"], rows["terms"]) == (1, 1, rows["postings"])


@pytest.mark.parametrize("place", BROKEN)
async def test_a_failure_is_said_once(room: Room, tenant: TenantId, database_url: str, place: str) -> None:
    source = await room.add(tenant, "hours.pdf", b"%PDF-1.7 broken")
    assert await killed("tests.crash.indexer", database_url, place) == -signal.SIGKILL
    room.clock.advance(timedelta(minutes=3))
    await room.index()
    assert (await room.get(tenant, source)).state is SourceState.FAILED
