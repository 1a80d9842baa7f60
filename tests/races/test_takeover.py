"""A human wins: nothing automatic begins after a takeover was answered."""

import asyncio

from chaos.senders import open_talks, say
from chaos.takeover import SLOTS, race, switch

from samvad.bootstrap.engine import Engine
from samvad.conversations.service import agents
from samvad.conversations.types import Mode
from samvad.platform.wakeups import Topic
from tests.races.echo import echo, echoes
from tests.support.house import House, house


async def test_a_thousand_takeovers_leak_nothing(engine: Engine) -> None:
    async with house(engine.url, engine.keyring, working=False, send_slots=SLOTS) as bare:
        report = await race(bare, engine, count=1000, seed=1)
        left = await bare.rows("SELECT status, count(*) FROM messages WHERE direction = 'out' GROUP BY 1")
    assert not report.leaks()
    assert not report.doubled()
    assert not report.swapped()
    found = report.where()  # where each takeover struck: the trial must have met the dangerous moments
    assert found["withdrawn from the queue"] >= 10, found
    assert found["in flight"] >= 10, found
    assert {row["status"] for row in left} <= {"sent", "skipped"}


async def test_a_takeover_waits_for_the_gate_without_a_deadlock(bare: House) -> None:
    """The gate locks rows, then counts in the facts: a takeover takes them in the same order."""
    (talk,) = await open_talks(bare, 1)
    (id,) = await say(bare, talk, ("one",))
    async with bare.parts.database.system() as gate:
        await gate.db.execute("SELECT 1 FROM outbound WHERE id = $1 FOR UPDATE", id)
        taking = asyncio.create_task(switch(bare, talk, Mode.HUMAN))

        async def it_waits() -> bool:
            return bool(await gate.db.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))

        await bare.eventually(it_waits)
        counting = "UPDATE send_facts SET recent_replies = '{}' WHERE conversation_id = $1"
        await asyncio.wait_for(gate.db.execute(counting, talk), 10)
    change = await taking
    assert (change.skipped, change.in_flight) == ([id], [])


async def test_a_part_that_is_put_back_during_a_takeover_is_named(bare: House) -> None:
    """A refused call returns its row to the queue between the takeover's two looks: it stays harmless."""
    (talk,) = await open_talks(bare, 1)
    (id,) = await say(bare, talk, ("one",))
    async with bare.parts.database.system() as other:
        await other.db.execute("UPDATE outbound SET state = 'sending' WHERE id = $1", id)
    async with bare.parts.database.system() as sender:
        await sender.db.execute("UPDATE outbound SET state = 'queued' WHERE id = $1", id)
        change = await switch(bare, talk, Mode.HUMAN)
    assert change.in_flight == [id]


async def test_an_agents_message_in_ai_mode_discards_the_pending_reply(shop: House) -> None:
    await shop.say("hello")
    await shop.sent(1)
    await shop.idle()
    talk = (await shop.conversation())["id"]
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:  # a slow number: the reply waits
        await scope.db.execute("UPDATE channel_send_facts SET paused_until = now() + interval '1 hour'")
    await shop.say("bye")

    async def queued() -> bool:
        return bool(await shop.value("SELECT count(*) FROM outbound WHERE state = 'queued'"))

    await shop.eventually(queued)
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:
        wrote = await agents.write(
            scope, talk, "I am here", client_id="c1", at=shop.parts.clock.now(), correlation="x"
        )
        await scope.db.execute("UPDATE channel_send_facts SET paused_until = NULL")
    shop.parts.wakeups.poke(Topic.OUTBOUND)
    await shop.sent(2)
    await shop.idle()
    assert shop.graph.texts[1:] == ["I am here"]
    row = (await shop.rows("SELECT mode, epoch, answered_seq, inbound_seq FROM conversations"))[0]
    assert (row["mode"], row["epoch"], row["answered_seq"]) == ("human", 1, row["inbound_seq"])
    skipped = await shop.rows(
        "SELECT status, reason FROM messages WHERE direction = 'out' AND id <> $1", wrote.id
    )
    assert ("skipped", "taken_over") in [tuple(r) for r in skipped]


async def test_a_reply_that_is_due_dies_with_the_takeover(engine: Engine) -> None:
    """Taken over while the burst is still quiet: nothing is said, and giving back does not revive it."""
    async with house(engine.url, engine.keyring, quiet_ms=500, cap_ms=500) as shop:
        await shop.say("hello")

        async def armed() -> bool:
            return bool(await shop.value("SELECT count(*) FROM timers WHERE kind = 'reply'"))

        await shop.eventually(armed)
        talk = (await shop.conversation())["id"]
        await switch(shop, talk, Mode.HUMAN)
        await switch(shop, talk, Mode.AI)
        await shop.idle()
        await asyncio.sleep(1)  # past the moment when it was due
        assert not shop.graph.calls
        await shop.say("hello")
        await shop.sent(1)


async def test_a_takeover_by_echo_drops_drafts(shop: House) -> None:
    """The business answers from its own phone: an agent's message, mode HUMAN."""
    await shop.say("hello")
    await shop.sent(1)
    await shop.idle()
    await shop.knock(echoes(shop, echo("wamid.PHONE1", "Leave it to me")))
    await shop.say("how much is it?")
    await shop.idle()
    assert len(shop.graph.calls) == 1
    talk = await shop.conversation()
    assert (talk["mode"], talk["unread"]) == ("human", 1)
    row = (await shop.rows("SELECT author, status FROM messages WHERE external_id = 'wamid.PHONE1'"))[0]
    assert tuple(row) == ("agent", "sent")
