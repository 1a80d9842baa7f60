"""Channels that are asked for news: one worker at a time, stored before settled, patient with failures."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from samvad.channels.errors import CredentialsRejected, NumberThrottled, Transient
from samvad.channels.rules import poll_wait
from samvad.channels.service.registry import ChannelChange
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.wakeups import CHANNEL, Topic
from samvad.tenancy.service import alerts
from tests.conftest import make_tenant
from tests.support import meta
from tests.support.feed import Scene, polling

NUMBER = "200100"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def scene(
    database: Database, keyring: Keyring, clock: FrozenClock, tmp_path: Path
) -> AsyncIterator[Scene]:
    async with polling(database, keyring, clock, tmp_path, pollers=2, poll_slots=4) as opened:
        yield opened


def said(*ids: str, number: str = NUMBER, text: str = "hello") -> bytes:
    items = [meta.message(text, sender="919999900001", id=id_, at=1_772_000_000) for id_ in ids]
    return meta.messages(number, f"9{number}", *items)


async def open_alerts(scene: Scene, tenant: TenantId) -> list[str]:
    async with scene.database.reading(tenant) as scope:
        page = await alerts.list_alerts(scope, resolved=False, cursor=None, limit=50)
    return [alert.name for alert in page.items]


async def test_everything_is_stored_in_order_and_then_settled(scene: Scene, tenant: TenantId) -> None:
    channel = await scene.connect(tenant, NUMBER)
    book = scene.feed.book(NUMBER)
    book.add(said("a", "b"), said("c"))
    await scene.ask()
    assert await scene.came(channel) == ["a", "b", "c"]
    assert (book.told(), book.settled()) == ([1, 1], [True, True])
    deliveries = await scene.rows("SELECT door, verdict, items FROM deliveries ORDER BY id")
    assert [tuple(row) for row in deliveries] == [("feed/own", "accepted", 2), ("feed/own", "accepted", 1)]
    poll = await scene.poll(channel)
    assert (poll["cursor"], poll["lease_until"], poll["failures"]) == ("2", None, 0)
    assert poll["next_at"] == scene.clock.now() + timedelta(seconds=5)


async def test_what_was_not_settled_is_told_again(scene: Scene, tenant: TenantId, clock: FrozenClock) -> None:
    channel = await scene.connect(tenant, NUMBER)
    scene.feed.book(NUMBER).add(said("a"))
    scene.feed.settles = False
    await scene.ask()
    clock.advance(MINUTE)
    scene.feed.settles = True
    await scene.ask()
    assert await scene.came(channel) == ["a", "a"]  # the pipeline knows a message by its id
    assert scene.feed.book(NUMBER).settled() == [True]


async def test_two_workers_ask_each_channel_once(scene: Scene, tenant: TenantId) -> None:
    for number in range(6):
        await scene.connect(tenant, f"30{number}")
    await scene.ask()
    await scene.ask()
    assert sorted(scene.feed.asked) == [f"30{number}" for number in range(6)]


async def test_a_slow_provider_keeps_no_other_waiting(scene: Scene, tenant: TenantId) -> None:
    await scene.connect(tenant, "301")
    quick = await scene.connect(tenant, "302")
    scene.feed.book("302").add(said("b", number="302"))
    answers = asyncio.Event()
    scene.feed.before = lambda address: answers.wait() if address == "301" else None
    asking = asyncio.create_task(scene.ask())
    while not await scene.came(quick):  # noqa: ASYNC110 - the database gives no event
        await asyncio.sleep(0.01)
    assert not asking.done()
    answers.set()
    await asking


async def test_no_more_than_its_slots(scene: Scene, tenant: TenantId) -> None:
    for number in range(9):
        await scene.connect(tenant, f"30{number}")
    answers = asyncio.Event()
    scene.feed.before = lambda address: answers.wait()
    poller = scene.pollers[0]
    assert len(list(await poller.round())) == 4
    full = asyncio.create_task(poller.round())
    await asyncio.sleep(0.01)
    assert not full.done()
    answers.set()
    assert list(await full) == []


async def test_failures_wait_longer_each_time_then_call_a_person(
    scene: Scene, tenant: TenantId, clock: FrozenClock
) -> None:
    channel = await scene.connect(tenant, NUMBER)

    def fails(address: str) -> None:
        raise Transient("503")

    scene.feed.before = fails
    waits = []
    for _ in range(5):
        assert "polling_failed" not in await open_alerts(scene, tenant)
        await scene.ask()
        poll = await scene.poll(channel)
        waits.append((poll["next_at"] - clock.now()).total_seconds())
        assert poll["lease_until"] is None
        clock.advance(MINUTE)
    assert all(5 <= wait <= 40 for wait in waits)
    assert waits[4] >= 32
    assert await open_alerts(scene, tenant) == ["polling_failed"]
    scene.feed.before = lambda address: None
    scene.feed.book(NUMBER).add(said("a"))
    await scene.ask()
    assert await scene.came(channel) == ["a"]
    assert await open_alerts(scene, tenant) == []


def test_the_longest_wait_is_five_minutes_and_a_quarter() -> None:
    assert poll_wait(0, pause=0, jitter=0) == 2
    assert poll_wait(3, pause=0, jitter=0) == 16
    assert poll_wait(500, pause=0, jitter=0.999) < 375.1
    assert poll_wait(0, pause=3600, jitter=0) == 3600


async def test_a_provider_that_says_how_long_is_heard(
    scene: Scene, tenant: TenantId, clock: FrozenClock
) -> None:
    channel = await scene.connect(tenant, NUMBER)

    def throttles(address: str) -> None:
        raise NumberThrottled("429", retry_after=90)

    scene.feed.before = throttles
    await scene.ask()
    assert (await scene.poll(channel))["next_at"] == clock.now() + timedelta(seconds=90)


async def test_an_adapter_that_breaks_is_a_failure_like_others(scene: Scene, tenant: TenantId) -> None:
    channel = await scene.connect(tenant, NUMBER)
    scene.feed.before = lambda address: 1 / 0
    await scene.ask()
    assert (await scene.poll(channel))["failures"] == 1


async def test_refused_credentials_stop_the_channel_until_it_is_started(
    scene: Scene, tenant: TenantId, clock: FrozenClock
) -> None:
    channel = await scene.connect(tenant, NUMBER)

    def refuses(address: str) -> None:
        raise CredentialsRejected("401")

    scene.feed.before = refuses
    await scene.ask()
    assert await open_alerts(scene, tenant) == ["credentials_rejected"]
    async with scene.database.reading(tenant) as scope:
        stopped = await scene.registry.get(scope, channel.id)
    assert (stopped.status, stopped.status_reason) == ("stopped", "credentials_rejected")
    scene.feed.before = lambda address: None
    scene.feed.asked.clear()
    clock.advance(MINUTE * 60)
    await scene.ask()
    assert scene.feed.asked == []
    async with scene.database.unit_of_work(tenant) as unit:
        await scene.registry.start(unit, channel.id)
    await scene.ask()
    assert scene.feed.asked == [NUMBER]


async def test_whoever_sleeps_is_woken_by_a_new_channel(
    scene: Scene, tenant: TenantId, database_url: str
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    ear = await asyncpg.connect(database_url)
    await ear.add_listener(CHANNEL, lambda *told: heard.put_nowait(str(told[-1])))
    await scene.connect(tenant, NUMBER)
    try:
        while Topic.POLLS not in (await asyncio.wait_for(heard.get(), 10)).split():
            pass
    finally:
        await ear.close()


async def test_who_asks_with_old_settings_has_lost_the_channel(
    scene: Scene, tenant: TenantId, clock: FrozenClock
) -> None:
    channel = await scene.connect(tenant, NUMBER)
    book = scene.feed.book(NUMBER)
    book.add(said("a"))

    async def changed_meanwhile() -> None:
        async with scene.database.unit_of_work(tenant) as scope:
            change = ChannelChange(values={"access_token": "another"})
            await scene.registry.change(scope, channel.id, change, at=clock.now())

    scene.feed.before = lambda address: changed_meanwhile()
    await scene.ask()
    poll = await scene.poll(channel)
    assert (poll["cursor"], poll["next_at"], book.settled()) == ("", clock.now(), [False])
    scene.feed.before = lambda address: None
    await scene.ask()
    assert ((await scene.poll(channel))["cursor"], book.settled()) == ("1", [True])


async def test_a_dead_workers_channel_is_taken_over_when_its_lease_ends(
    scene: Scene, tenant: TenantId, clock: FrozenClock
) -> None:
    await scene.connect(tenant, NUMBER)
    dead = await scene.pollers[0]._claim(1)
    assert [due.channel for due in dead]
    assert await scene.pollers[1]._claim(1) == []
    clock.advance(MINUTE)
    assert [due.gen for due in await scene.pollers[1]._claim(1)] == [dead[0].gen + 1]


async def test_a_worker_that_ends_lets_go(
    scene: Scene, tenant: TenantId, database: Database, keyring: Keyring, clock: FrozenClock, tmp_path: Path
) -> None:
    await scene.connect(tenant, NUMBER)
    async with polling(database, keyring, clock, tmp_path) as other:
        never = asyncio.Event()
        other.feed.before = lambda address: never.wait()
        (visit,) = await other.pollers[0].round()
    assert visit.cancelled()
    await scene.ask()
    assert scene.feed.asked == [NUMBER]


async def test_a_channel_that_is_deleted_or_called_is_not_asked(
    scene: Scene, tenant: TenantId, clock: FrozenClock
) -> None:
    channel = await scene.connect(tenant, NUMBER)
    scene.feed.pause = None
    async with scene.database.unit_of_work(tenant) as scope:
        await scene.registry.change(scope, channel.id, ChannelChange(name="called"), at=clock.now())
    assert await scene.rows("SELECT 1 FROM channel_polls") == []
    scene.feed.pause = 1.0
    async with scene.database.unit_of_work(tenant) as scope:
        await scene.registry.change(scope, channel.id, ChannelChange(name="asked"), at=clock.now())
        await scene.registry.delete(scope, channel.id, at=clock.now())
    await scene.ask()
    assert scene.feed.asked == []


async def test_it_speaks_for_its_own_number_alone(scene: Scene, tenant: TenantId, database: Database) -> None:
    rival = await make_tenant(database, slug="rival")
    theirs = await scene.connect(rival, "999")
    ours = await scene.connect(tenant, NUMBER)
    scene.feed.book(NUMBER).add(said("x", number="999"), "no JSON at all", said("a"))
    await scene.ask()
    assert await scene.came(theirs) == []
    assert await scene.came(ours) == ["a"]
    kept = await scene.rows("SELECT channel_id, verdict, note FROM deliveries ORDER BY id")
    assert [(row["channel_id"], row["verdict"]) for row in kept] == [
        (ours.id, "unrouted"), (ours.id, "unparsable"), (ours.id, "accepted"),
    ]  # fmt: skip
    assert scene.feed.book(NUMBER).settled() == [True, True, True]
