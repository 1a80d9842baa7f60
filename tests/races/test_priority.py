"""A reply never waits behind bulk: not of its number, not of its own conversation, not for a slot."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from aiohttp import web
from chaos.senders import open_talks, phone, say, senders

from samvad.bootstrap.engine import Engine
from samvad.channels.types import Priority
from samvad.platform.wakeups import Topic
from tests.support.house import House


async def bulk(house: House, talks: Sequence[UUID]) -> None:
    """One message of a campaign to each; nothing of it is claimed before all of it is there."""
    await number(house, "stopped")
    for talk in talks:
        await say(house, talk, ("offer",))
    async with house.parts.database.system() as scope:
        await scope.db.execute("UPDATE outbound SET priority = $1", Priority.BULK)


async def number(house: House, status: str) -> None:
    async with house.parts.database.system() as scope:
        await scope.db.execute(
            "UPDATE channel_send_facts SET status = $1, per_second = 10, tokens = 0, refilled_at = $2",
            status,
            house.parts.clock.now(),
        )  # slow enough that one leaves after the other
    house.parts.wakeups.poke(Topic.OUTBOUND)


async def test_a_reply_leaves_before_the_campaign_that_stood_there_first(bare: House, engine: Engine) -> None:
    talks = await open_talks(bare, 12)
    await bulk(bare, talks)
    await say(bare, talks[-1], ("answer",))
    async with senders(bare, engine, count=1):
        await number(bare, "active")
        texts = await bare.sent(13)
    assert texts[0] == "answer"
    assert texts[1:] == ["offer"] * 12


async def test_a_slow_campaign_leaves_slots_for_replies(bare: House, engine: Engine) -> None:
    """Of four slots two are bulk's, and both are held by a provider that does not answer."""
    answered = asyncio.Event()

    async def hold(_: web.Request, body: dict) -> web.StreamResponse:
        await answered.wait()
        return bare.graph.accept(body)

    bare.graph.next_answers.extend([hold, hold])
    talks = await open_talks(bare, 6)
    await bulk(bare, talks[:5])
    async with senders(bare, engine, count=1, slots=4):
        await number(bare, "active")

        async def held() -> bool:
            return len(bare.graph.calls) >= 2

        await bare.eventually(held)
        await say(bare, talks[5], ("answer",))

        async def heard() -> bool:
            return bare.graph.texts_to(phone(5)) == ["answer"]

        await bare.eventually(heard)
        assert [body["text"]["body"] for body in bare.graph.calls] == ["offer", "offer", "answer"]
        answered.set()
        await bare.sent(6)
