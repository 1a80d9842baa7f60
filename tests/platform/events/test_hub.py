"""The hub without HTTP: events held back by others, queues that overflow, tenants nobody watches."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import orjson
import pytest

from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.events.cursor import Place
from samvad.platform.events.hub import Frame, Hub, Subscription
from samvad.platform.wakeups import Topic, Wakeups
from tests.conftest import make_tenant
from tests.platform.events.test_stream import write

PATIENCE = 20.0
NEVER = 600.0


@pytest.fixture
async def wakeups(database: Database) -> AsyncIterator[Wakeups]:
    async with Wakeups(database.connect_settings()) as opened:
        yield opened


@asynccontextmanager
async def listening(hub: Hub, tenant: TenantId) -> AsyncIterator[AsyncGenerator[str, None]]:
    with hub.subscribed(tenant) as subscription:
        stream = hub.stream(subscription, None)
        assert orjson.loads(await anext(stream))["type"] == "ready"
        yield stream
        await stream.aclose()


async def name(stream: AsyncGenerator[str, None]) -> str:
    heard = orjson.loads(await asyncio.wait_for(anext(stream), PATIENCE))
    return str(heard["data"]["name"])


async def test_an_event_held_back_by_a_stranger_comes_without_another_poke(
    database: Database, tenant: TenantId, wakeups: Wakeups
) -> None:
    """The stranger's transaction ends after the poke and says nothing; no poll would help here."""
    async with Hub(database, wakeups, poll_seconds=NEVER) as hub, listening(hub, tenant) as stream:
        async with database.system() as stranger:
            await stranger.db.execute("SELECT pg_current_xact_id()")
            await write(database, tenant, "held back")
            wakeups.poke(Topic.EVENTS)
            await asyncio.sleep(0.1)
        assert await name(stream) == "held back"


async def test_one_reading_serves_all_tenants(database: Database, tenant: TenantId, wakeups: Wakeups) -> None:
    other = await make_tenant(database, slug="other")
    async with (
        Hub(database, wakeups, poll_seconds=NEVER) as hub,
        listening(hub, tenant) as ours,
        listening(hub, other) as theirs,
    ):
        await write(database, tenant, *(str(number) for number in range(450)))
        await write(database, other, "theirs")
        wakeups.poke(Topic.EVENTS)
        assert [await name(ours) for _ in range(450)] == [str(number) for number in range(450)]
        assert await name(theirs) == "theirs"


def test_after_an_overflow_nothing_follows(tenant_id: TenantId) -> None:
    full = Subscription(tenant_id, limit=2)
    for xid in range(1, 4):
        full.offer(Frame(str(xid), Place(xid, tenant_id)))
    assert full.overflowed.is_set()
    assert full._frames.get_nowait().text == "1"
    full.offer(Frame("a hole before this", Place(9, tenant_id)))
    assert full._frames.qsize() == 1


def test_what_may_be_lost_leaves_room_for_what_may_not(tenant_id: TenantId) -> None:
    half = Subscription(tenant_id, limit=4)
    for _ in range(10):
        half.offer_lightly(Frame("presence"))
    half.offer(Frame("event", Place(1, tenant_id)))
    assert not half.overflowed.is_set()
    assert half._frames.qsize() == 3


@pytest.fixture
def tenant_id() -> TenantId:
    return TenantId(UUID(int=7))
