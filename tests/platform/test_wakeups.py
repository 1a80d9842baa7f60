"""Wakeups between two processes' worth of Wakeups on one real database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from samvad.platform.db import Database
from samvad.platform.wakeups import CHANNEL, Topic, Waiter, Wakeups

PATIENCE = 20.0


@asynccontextmanager
async def linked(url: str) -> AsyncIterator[tuple[Wakeups, Waiter]]:
    """Wakeups that listen already, and an ear for LANES."""
    async with Wakeups(url) as wakeups:
        ear = wakeups.waiter(Topic.LANES)
        assert await ear.wait(PATIENCE)  # the link tells everybody once that it stands
        yield wakeups, ear


async def test_a_poke_wakes_every_waiter_of_its_topic_here_and_no_other(database: Database) -> None:
    async with linked(database.connect_settings()) as (wakeups, first):
        second, other = wakeups.waiter(Topic.LANES), wakeups.waiter(Topic.TIMERS)
        wakeups.poke(Topic.LANES)
        assert await first.wait(0)
        assert await second.wait(0)
        assert not await other.wait(0)


async def test_a_poke_during_the_work_is_kept_and_told_once(database: Database) -> None:
    async with linked(database.connect_settings()) as (wakeups, ear):
        wakeups.poke(Topic.LANES)
        wakeups.poke(Topic.LANES, Topic.EVENTS)
        assert await ear.wait(PATIENCE)
        assert not await ear.wait(0.03)


async def test_a_waiter_of_several_topics_hears_each(database: Database) -> None:
    async with linked(database.connect_settings()) as (wakeups, _):
        both = wakeups.waiter(Topic.OUTBOUND, Topic.TIMERS)
        wakeups.poke(Topic.TIMERS)
        assert await both.wait(0)
        wakeups.poke(Topic.OUTBOUND)
        assert await both.wait(0)


async def test_another_process_hears_and_the_speaker_does_not_hear_itself(database: Database) -> None:
    url = database.connect_settings()
    async with linked(url) as (speaker, own), linked(url) as (_, far):
        speaker.poke(Topic.LANES)
        assert await far.wait(PATIENCE)
        assert await own.wait(0)
        speaker.poke(Topic.EVENTS)
        assert not await own.wait(0.05)
        assert not await far.wait(0)


async def test_many_pokes_travel_as_few_notifications(database: Database, database_url: str) -> None:
    heard: list[str] = []
    ended = asyncio.Event()

    def hear(_: object, sender: int, channel: str, payload: object) -> None:
        heard.append(str(payload))
        if Topic.EVENTS in str(payload).split():
            ended.set()

    outsider = await asyncpg.connect(database_url)
    await outsider.add_listener(CHANNEL, hear)
    url = database.connect_settings()
    async with linked(url) as (speaker, _), linked(url) as (_, far):
        for _ in range(200):
            speaker.poke(Topic.LANES, Topic.OUTBOUND)
            await asyncio.sleep(0)
        assert await far.wait(PATIENCE)
        speaker.poke(Topic.EVENTS)
        async with asyncio.timeout(PATIENCE):
            await ended.wait()
    await outsider.close()
    assert len(heard) < 100
    assert "lanes outbound" in heard


async def test_unknown_topics_of_a_newer_release_are_passed_over(
    database: Database, database_url: str
) -> None:
    async with linked(database.connect_settings()) as (_, ear):
        outsider = await asyncpg.connect(database_url)
        await outsider.execute("SELECT pg_notify($1, 'weather lanes')", CHANNEL)
        await outsider.close()
        assert await ear.wait(PATIENCE)


async def cut_links(database_url: str) -> None:
    outsider = await asyncpg.connect(database_url)
    await outsider.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'samvad_wakeups'"
    )
    await outsider.close()


async def test_it_recovers_from_a_cut_link_and_then_wakes_everybody(
    database: Database, database_url: str
) -> None:
    url = database.connect_settings()
    async with linked(url) as (speaker, own), linked(url) as (_, far):
        await cut_links(database_url)
        assert await own.wait(PATIENCE)  # linked again: something may have been missed
        assert await far.wait(PATIENCE)
        speaker.poke(Topic.LANES)
        assert await far.wait(PATIENCE)


async def test_what_was_said_while_cut_off_is_sent_when_linked_again(
    database: Database, database_url: str
) -> None:
    url = database.connect_settings()
    async with linked(url) as (speaker, _), linked(url) as (elsewhere, _):
        events = elsewhere.waiter(Topic.EVENTS)
        await cut_links(database_url)
        speaker.poke(Topic.EVENTS)
        assert await events.wait(PATIENCE)


async def test_without_a_database_local_waiters_still_wake_and_nothing_is_raised() -> None:
    async with Wakeups("postgresql://nobody@127.0.0.1:1/none") as wakeups:
        ear = wakeups.waiter(Topic.TIMERS)
        wakeups.poke(Topic.TIMERS)
        assert await ear.wait(0)
        assert not await ear.wait(0.05)


async def test_a_dropped_waiter_is_forgotten(database: Database) -> None:
    async with linked(database.connect_settings()) as (wakeups, ear):
        del ear
        for _ in range(3):
            wakeups.waiter(Topic.OUTBOUND)
        wakeups.poke(*Topic)
        kept = wakeups.waiter(Topic.OUTBOUND)
        assert not await kept.wait(0)
