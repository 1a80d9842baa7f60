"""Parts away for long, or wrong: a provider for an hour, a cable, a clock; and a storm of webhooks."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import asyncpg
import pytest
from aiohttp import web
from chaos.senders import open_talks, say

from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import parts
from samvad.bootstrap.workers import tidy, workers
from samvad.conversations.service import agents
from samvad.kernel.clock import SystemClock
from samvad.platform.wakeups import Topic
from tests.support import meta
from tests.support.cable import cable
from tests.support.house import House

HOUR = timedelta(hours=1)


class Shifted(SystemClock):
    """The clock of a machine that is wrong, or of one on which time passes by leaps."""

    def __init__(self, by: timedelta = timedelta()) -> None:
        self.by = by

    def now(self) -> datetime:
        return super().now() + self.by


def customer(number: int) -> str:
    return f"9198{number:08d}"


async def answered_once(shop: House, count: int) -> None:
    """Each of the customers 0..count-1, and nobody twice."""
    await shop.sent(count)
    await shop.idle()
    assert [len(shop.graph.texts_to(customer(n))) for n in range(count)] == [1] * count
    assert len(shop.graph.calls) == count
    assert await shop.value("SELECT count(*) FROM messages WHERE direction = 'in'") == count


async def test_a_provider_that_is_down_for_an_hour(bare: House, engine: Engine) -> None:
    """It costs the two messages by which it is noticed: a person sends them again. The others wait, one of
    them a minute tries, and all leave once when it is over."""
    clock = Shifted()
    graph = bare.graph
    graph.next_answers.extend([graph.refuse(131000, status=503)] * 1000)
    async with parts(bare.parts.settings, engine, clock=clock) as built, workers(built):
        shop = replace(bare, parts=built)

        async def called(calls: int, *, after: timedelta) -> None:
            async def tried() -> bool:
                return len(graph.calls) == calls and not await shop.value(_UNDER_WAY)

            clock.by += after
            built.wakeups.poke(Topic.OUTBOUND)
            await shop.eventually(tried)

        for n in range(2):
            await shop.say("hello", sender=customer(n))
        for calls in (2, 4, 5, 6):  # the last two are tries of a provider that is known to be down
            await called(calls, after=HOUR / 4 if calls > 2 else timedelta())
        for n in range(2, 6):
            await shop.say("hello", sender=customer(n), at=int(clock.now().timestamp()))
        await shop.eventually(lambda: shop.value("SELECT count(*) = 4 FROM outbound WHERE state = 'queued'"))
        for calls in (7, 8, 9):
            await called(calls, after=timedelta(seconds=62))
        tried = {body["to"] for body in graph.calls[6:]}
        assert len(tried) == 3  # each time another one
        assert await shop.value("SELECT array_agg(DISTINCT attempts) FROM outbound") == [0]
        lost = await shop.rows("SELECT id, reason FROM messages WHERE status = 'failed'")
        assert [row["reason"] for row in lost] == ["provider_unavailable"] * 2
        talks = await shop.rows("SELECT needs_person_reason AS why FROM conversations ORDER BY id")
        assert [row["why"] for row in talks] == ["provider_unavailable"] * 2 + [None] * 4
        assert not graph.sends

        graph.next_answers.clear()
        await called(13, after=timedelta(seconds=62))
        assert await shop.value("SELECT down_since IS NULL FROM channel_send_facts WHERE failures = 0")
        for row in lost:
            async with built.database.unit_of_work(shop.tenant) as scope:
                await agents.retry(scope, row["id"], at=clock.now())
        await called(15, after=timedelta())
        await shop.idle()
        assert [len(graph.texts_to(customer(n))) for n in range(6)] == [1] * 6


async def test_one_message_that_a_provider_never_takes_stops_no_other(bare: House, engine: Engine) -> None:
    """It fails after its own three tries, though each looks as if the provider were down."""
    graph, bad = bare.graph, customer(0)

    async def answer(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        return (
            await graph.refuse(131000, status=500)(request, body) if body["to"] == bad else graph.accept(body)
        )

    graph.next_answers.extend([answer] * 100)
    clock = Shifted()
    async with parts(bare.parts.settings, engine, clock=clock) as built, workers(built):
        shop = replace(bare, parts=built)
        for n in range(4):
            await shop.say("hello", sender=customer(n))
        await shop.sent(3)
        for n in range(4, 7):
            clock.by += timedelta(seconds=10)
            await shop.say("hello", sender=customer(n), at=int(clock.now().timestamp()))
            await shop.sent(n)
        await shop.idle()
    assert [len(graph.texts_to(customer(n))) for n in range(7)] == [0] + [1] * 6
    assert len([body for body in graph.calls if body["to"] == bad]) == 3


_UNDER_WAY = "SELECT count(*) FROM outbound WHERE state = 'sending'"


async def test_a_worker_that_is_cut_off_from_the_database(bare: House, engine: Engine) -> None:
    """Its work is another's when its lease is over; back on the net it does none of it again."""
    async with AsyncExitStack() as stack:
        line = await stack.enter_async_context(cable(engine.url))
        far = await stack.enter_async_context(parts(bare.parts.settings, Engine(line.url, engine.keyring)))
        await stack.enter_async_context(workers(far))
        await bare.say("hello", sender=customer(0))
        await bare.sent(1)
        await bare.idle()
        holder = await asyncpg.connect(engine.url)
        async with holder.transaction():
            await holder.execute("LOCK TABLE messages IN EXCLUSIVE MODE")
            for n in range(1, 5):
                await bare.say("hello", sender=customer(n))
            await bare.eventually(lambda: bare.value("SELECT 1 FROM pg_locks WHERE NOT granted"))
            line.cut()  # in the midst of its transaction, which holds locks that others need
        await holder.close()
        await stack.enter_async_context(workers(bare.parts))
        await bare.sent(5)
        line.mend()
        await answered_once(bare, 5)


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["ahead", "behind"])
async def test_a_worker_whose_clock_is_wrong(bare: House, engine: Engine, by: timedelta) -> None:
    """It takes others for dead, or leaves leases that are over; nobody is answered twice or not at all."""
    async with AsyncExitStack() as stack:
        wrong = await stack.enter_async_context(parts(bare.parts.settings, engine, clock=Shifted(by)))
        await stack.enter_async_context(workers(wrong))
        await stack.enter_async_context(workers(bare.parts))
        for n in range(30):
            await bare.say("hello", sender=customer(n))
        await answered_once(bare, 30)


async def test_a_clock_that_was_ahead_is_put_right(bare: House, engine: Engine) -> None:
    """What it took in, decided and leased an hour from now is not left lying until then."""
    (first, second) = await open_talks(bare, 2, first=1)
    async with parts(bare.parts.settings, engine, clock=Shifted(HOUR)) as ahead:
        wrong = replace(bare, parts=ahead)
        await wrong.say("hello", sender=customer(0))
        await say(wrong, first, ("one",))
        await say(wrong, second, ("two",))
        async with ahead.database.system() as scope:
            await scope.db.execute(
                """UPDATE outbound SET state = 'sending', lease_until = $2, lease_owner = $1
                   WHERE conversation_id = $1""",
                second, ahead.clock.now(),
            )  # fmt: skip
            await scope.db.execute("UPDATE inbound_lanes SET lease_until = $1", ahead.clock.now())
    async with workers(bare.parts):
        await bare.say("hello", sender=customer(9))
        await bare.sent(1)
        assert bare.graph.texts_to(customer(9)) == bare.graph.texts  # nothing of the others
        await tidy(bare.parts)
        await bare.sent(3)
        await bare.idle()
        assert sorted(len(bare.graph.texts_to(customer(n))) for n in (0, 1, 2)) == [0, 1, 1]
        states = await bare.rows("SELECT status FROM messages WHERE author = 'assistant' ORDER BY status")
        assert [row["status"] for row in states] == ["sent", "sent", "sent", "unknown"]


async def test_a_storm_of_ten_times_the_webhooks(shop: House) -> None:
    """A hundred customers, each webhook ten times and in any order: a hundred messages, a hundred answers."""
    number, account = shop.channel.address, shop.channel.account
    bodies = [
        meta.messages(number, account, meta.message("hello", sender=customer(n))) for n in range(100)
    ] * 10
    Random(1).shuffle(bodies)
    for _ in range(10):  # a provider repeats what it was refused, for days
        answers = await asyncio.gather(*(shop.knock(body) for body in bodies))
        assert set(answers) <= {200, 503}
        bodies = [body for body, answer in zip(bodies, answers, strict=True) if answer == 503]
        if not bodies:
            break
    assert not bodies
    await answered_once(shop, 100)


_FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
  $$BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END$$;
CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()
"""


@pytest.mark.parametrize("table", ["deliveries", "messages", "outbound"])
async def test_a_full_disk(shop: House, engine: Engine, table: str) -> None:
    """As PostgreSQL reports it: at the door nothing is acknowledged, behind it nothing is given up."""
    connection = await asyncpg.connect(engine.url)
    await connection.execute(_FULL.format(table=table))
    bodies = [
        meta.messages(shop.channel.address, shop.channel.account, meta.message("hello", sender=customer(n)))
        for n in range(5)
    ]
    for body in bodies:
        assert await shop.knock(body) == (503 if table == "deliveries" else 200)
    if table == "outbound":  # the replies fail, and what they say with them
        await shop.eventually(lambda: shop.value("SELECT count(*) >= 5 FROM messages"))
    assert await shop.value("SELECT count(*) FROM messages WHERE direction = 'out'") == 0
    await connection.execute("DROP FUNCTION full_disk CASCADE")
    await connection.close()
    for body in bodies:  # the provider's repeats
        assert await shop.knock(body) == 200
    await answered_once(shop, 5)
    assert await shop.value("SELECT count(*) FROM deliveries WHERE verdict = 'failed'") == 0
