"""The parts of a reply never swap: not under delays, not under refusals, not when one is lost."""

import asyncio
import random
import time
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from aiohttp import web
from chaos.senders import NO_LOOP_GUARD, open_talks, say, senders

from samvad.bootstrap.engine import Engine
from samvad.channels.types import GateLimits
from tests.support.house import House, connect

TALKS, REPLIES = 100, 10
FIVE = ("one", "two", "three", "four", "five")


def ids_of(bodies: list[dict]) -> list[str]:
    return [body["biz_opaque_callback_data"] for body in bodies]


async def state_of(house: House, id: UUID) -> str:
    return await house.value("SELECT status FROM messages WHERE id = $1", id)


async def test_a_thousand_replies_of_five_parts_never_swap(bare: House, engine: Engine) -> None:
    dice = random.Random(7)
    bare.graph.delay = lambda: dice.random() ** 3 * 0.05
    talks = await open_talks(bare, TALKS)
    said: list[list[UUID]] = []
    async with senders(bare, engine, limits=NO_LOOP_GUARD):
        for _ in range(REPLIES):
            said += [await say(bare, talk, FIVE) for talk in talks]

        async def all_sent() -> bool:
            return len(bare.graph.sends) >= TALKS * REPLIES * 5

        await bare.eventually(all_sent, seconds=90)
    place = {UUID(id): number for number, id in enumerate(ids_of(bare.graph.calls))}
    assert len(place) == len(bare.graph.calls) == TALKS * REPLIES * 5
    for n in range(TALKS):  # every reply in order, and the replies of one conversation too
        told = [place[id] for reply in said[n::TALKS] for id in reply]
        assert all(a < b for a, b in pairwise(told))


async def test_a_refused_part_is_not_overtaken(bare: House, engine: Engine) -> None:
    """Part two gets a 500: part three waits until it went through."""

    async def accept(_: web.Request, body: dict) -> web.StreamResponse:
        return bare.graph.accept(body)

    bare.graph.next_answers.extend([accept, bare.graph.refuse(131000, status=500)])
    (talk,) = await open_talks(bare, 1)
    ids = [str(id) for id in await say(bare, talk, FIVE)]
    async with senders(bare, engine):
        await bare.sent(5)
    assert ids_of(bare.graph.calls) == [ids[0], ids[1], *ids[1:]]
    assert ids_of(bare.graph.sends) == ids


async def test_a_lost_part_blocks_for_a_while_only_and_is_never_repeated(bare: House, engine: Engine) -> None:
    blocks = timedelta(seconds=1)
    times: dict[str, float] = {}
    bare.graph.on_call = lambda body: times.setdefault(body["biz_opaque_callback_data"], time.monotonic())
    (talk,) = await open_talks(bare, 1)
    ids = [str(id) for id in await say(bare, talk, ("one",))]
    async with senders(bare, engine, limits=GateLimits(unknown_blocks=blocks)):
        await bare.sent(1)
        bare.graph.next_answers.append(bare.graph.accept_and_hang())
        ids += [str(id) for id in await say(bare, talk, ("two", "three"))]
        await bare.sent(3)
        await bare.idle()
        assert await state_of(bare, UUID(ids[1])) == "unknown"
        assert ids_of(bare.graph.calls) == ids
        assert times[ids[2]] - times[ids[1]] >= blocks.total_seconds()
        await asyncio.sleep(2.5)  # longer than a lease: nobody takes it up again
        assert ids_of(bare.graph.calls) == ids


async def test_a_numbers_speed_limit_holds_at_the_provider(bare: House, engine: Engine) -> None:
    """Two senders, one number with 50 a second: in no second are there more, nor in any sliding one."""
    limit = 50
    slow = await connect(
        bare.parts, bare.tenant, bare.graph.url, number="106540352242933", account="1", per_second=limit
    )
    bare.channel = slow
    times: list[float] = []
    bare.graph.on_call = lambda body: times.append(time.monotonic())
    talks = await open_talks(bare, 150)
    async with senders(bare, engine):
        for talk in talks:
            await say(bare, talk, ("now",))
        await bare.sent(150)
    assert len(times) == 150
    busiest = max(sum(1 for other in times if 0 <= other - first < 1) for first in times)
    assert busiest <= limit
