"""What came for a number is remembered, and uses up a limit that counts both ways."""

import asyncio
from datetime import timedelta

import pytest

from samvad.channels.repository import facts, gate
from samvad.channels.service.arrivals import Arrivals
from samvad.channels.types import Arrived
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId, new_id
from samvad.platform.db import Database
from tests.door.stage import Shop
from tests.support import meta
from tests.support.waiting import eventually

SECOND = timedelta(seconds=1)


@pytest.fixture
async def number(database: Database, clock: FrozenClock, tenant: TenantId) -> ChannelId:
    channel = ChannelId(new_id())
    async with database.unit_of_work(tenant) as scope:
        await facts.open_channel(
            scope, channel, has_window=True, per_second=20, status="active", at=clock.now()
        )
    return channel


async def rate(database: Database, channel: ChannelId) -> float:
    async with database.system() as scope:
        found: float = await scope.db.fetchval(
            "SELECT incoming FROM channel_send_facts WHERE channel_id = $1", channel
        )
    return found


async def test_a_webhook_is_the_last_event_of_its_number(shop: Shop) -> None:
    async def facts_of() -> tuple[object, float]:
        row = await shop.stage.superuser.fetchrow(
            "SELECT last_event_at, incoming FROM channel_send_facts WHERE channel_id = $1", shop.channel.id
        )
        return row["last_event_at"], row["incoming"]

    assert await facts_of() == (None, 0)
    body = shop.body(meta.message("hello", sender="919800000001"), meta.message("hi", sender="919800000002"))
    assert (await shop.knock(body)).status == 200

    async def written() -> object:
        return (await facts_of())[0]

    await eventually(written)
    assert (await facts_of())[1] == pytest.approx(1)  # two messages, averaged over two seconds


async def test_several_processes_add_up_and_the_past_fades(
    database: Database, clock: FrozenClock, tenant: TenantId, number: ChannelId
) -> None:
    async def at_once(messages: int) -> None:
        async with database.system() as scope:
            await facts.arrived(scope, [Arrived(tenant, number, messages, clock.now())])

    await asyncio.gather(*(at_once(4) for _ in range(5)))
    assert await rate(database, number) == pytest.approx(10)
    clock.advance(2 * SECOND)
    await at_once(0)
    assert await rate(database, number) == pytest.approx(10 / 2.718281828)


async def test_what_comes_leaves_less_room_to_send(
    database: Database, clock: FrozenClock, tenant: TenantId, number: ChannelId
) -> None:
    async def waits() -> float:
        async with database.system() as scope:
            await scope.db.execute("UPDATE channel_send_facts SET tokens = 0, refilled_at = $1", clock.now())
            await scope.db.execute("DELETE FROM outbound")
            await scope.db.execute(
                """INSERT INTO outbound (tenant_id, id, channel_id, conversation_id, contact_id, seq,
                     priority, purpose, starts_reply, epoch, message, state, run_at, queued_at, correlation)
                   VALUES ($1, $2, $3, $2, $2, 1, 0, 'agent', false, 0, '{}', 'queued', $4, $4, '')""",
                tenant, new_id(), number, clock.now(),
            )  # fmt: skip
            (due,) = await gate.channels_due(scope, now=clock.now())
        return due.wait

    async def came(messages: int) -> None:
        async with Arrivals(database) as arrivals:
            arrivals.note(tenant, number, messages=messages, at=clock.now())

    alone = await waits()
    assert alone == pytest.approx(1 / 19.6)
    await came(20)
    assert await waits() == pytest.approx(1 / 9.6)
    await came(1000)
    assert await waits() == pytest.approx(1 / 2)  # a tenth is always ours
    clock.advance(60 * SECOND)
    assert await waits() == pytest.approx(alone)


async def test_what_could_not_be_written_is_written_later(
    database: Database, clock: FrozenClock, tenant: TenantId, number: ChannelId
) -> None:
    arrivals = Arrivals(database)
    arrivals.note(tenant, number, messages=2, at=clock.now())
    async with database.system() as scope:
        await scope.db.execute("LOCK TABLE channel_send_facts IN ACCESS EXCLUSIVE MODE")
        async with arrivals:
            await asyncio.sleep(0.6)  # its statement waits for the lock; then the task is cancelled
            arrivals.note(tenant, number, messages=2, at=clock.now())
            await scope.db.execute("COMMIT")
            await scope.db.execute("BEGIN")
    assert await rate(database, number) == pytest.approx(2)
