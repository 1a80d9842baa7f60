"""What a provider refuses: who waits, who goes on, and who is told."""

from uuid import UUID

import pytest
from chaos.senders import open_talks, phone, say, senders

from samvad.bootstrap.engine import Engine
from samvad.conversations.service import agents
from samvad.platform.wakeups import Topic
from tests.support.house import House


async def alerts_of(house: House) -> set[str]:
    return {row["name"] for row in await house.rows("SELECT name FROM alerts")}


async def states(house: House) -> list[str]:
    return [row["state"] for row in await house.rows("SELECT state FROM outbound ORDER BY conversation_id")]


async def do(house: House, statement: str, *values: object) -> None:
    async with house.parts.database.unit_of_work(house.tenant) as scope:
        await scope.db.execute(statement, *values)


async def test_a_throttled_number_pauses_as_a_whole(bare: House, engine: Engine) -> None:
    talks = await open_talks(bare, 3)
    bare.graph.next_answers.append(bare.graph.refuse(130429, status=429))
    async with senders(bare, engine, count=1):
        await say(bare, talks[0], ("one",))

        async def paused() -> object:
            return await bare.value("SELECT paused_until FROM channel_send_facts")

        until = await bare.eventually(paused)
        for talk in talks[1:]:
            await say(bare, talk, ("two",))
        assert bare.parts.clock.now() < until
        assert len(bare.graph.calls) == 1
        await bare.sent(3)
        assert bare.parts.clock.now() >= until
    assert len(bare.graph.calls) == 4


async def test_a_throttled_recipient_waits_alone(bare: House, engine: Engine) -> None:
    talks = await open_talks(bare, 2)
    bare.graph.next_answers.append(bare.graph.refuse(131056))
    async with senders(bare, engine, count=1):
        await say(bare, talks[0], ("one",))

        async def refused() -> bool:
            return bool(bare.graph.calls) and await states(bare) == ["queued"]  # again, not still

        await bare.eventually(refused)
        await say(bare, talks[1], ("two",))
        await bare.sent(1)
        assert bare.graph.texts_to(phone(1)) == ["two"]
        assert await bare.value("SELECT paused_until FROM channel_send_facts") is None
        assert not bare.graph.texts_to(phone(0))


async def test_too_much_spam_rests_bulk_and_templates_and_no_answer(bare: House, engine: Engine) -> None:
    """Answers go on, and one does not wait behind what rests in its own conversation."""
    talks = await open_talks(bare, 3)
    bare.graph.next_answers.append(bare.graph.refuse(131048))
    status = "UPDATE channel_send_facts SET status = $1"
    async with senders(bare, engine, count=1):
        await say(bare, talks[0], ("one",))

        async def rests() -> object:
            return await bare.value("SELECT bulk_rests_until FROM channel_send_facts")

        await bare.eventually(rests)
        await do(bare, status, "stopped")
        (template,) = await say(bare, talks[1], ("a template",))
        (bulk,) = await say(bare, talks[2], ("bulk",))
        await do(
            bare, "UPDATE outbound SET message = message || $2 WHERE id = $1", template, {"kind": "template"}
        )
        await do(bare, "UPDATE outbound SET priority = 10 WHERE id = $1", bulk)
        for talk in talks[1:]:
            await say(bare, talk, ("an answer",))
        await do(bare, status, "active")
        bare.parts.wakeups.poke(Topic.OUTBOUND)
        await bare.sent(2)
        assert [bare.graph.texts_to(phone(n)) for n in range(3)] == [[], ["an answer"], ["an answer"]]

        async def wait() -> bool:
            return await states(bare) == ["queued"] * 3

        await bare.eventually(wait)
        await do(bare, "UPDATE channel_send_facts SET bulk_rests_until = now()")
        await do(bare, "DELETE FROM outbound WHERE id = $1", template)  # it is none
        bare.parts.wakeups.poke(Topic.OUTBOUND)
        await bare.sent(3)
    assert bare.graph.texts_to(phone(2)) == ["an answer", "bulk"]
    assert "spam_limited" in await alerts_of(bare)


async def test_rejected_credentials_stop_the_channel_and_keep_its_queue(bare: House, engine: Engine) -> None:
    talks = await open_talks(bare, 2)
    bare.graph.next_answers.append(bare.graph.refuse(190, status=401))
    async with senders(bare, engine, count=2):
        await say(bare, talks[0], ("one",))

        async def stopped() -> bool:
            return await bare.value("SELECT status FROM channel_send_facts") == "stopped"

        await bare.eventually(stopped)
        await say(bare, talks[1], ("two",))
    assert await states(bare) == ["queued", "queued"]
    assert len(bare.graph.calls) == 1
    assert "credentials_rejected" in await alerts_of(bare)


async def test_a_dead_letter_waits_for_a_person_who_sends_it_again(bare: House, engine: Engine) -> None:
    (talk,) = await open_talks(bare, 1)
    bare.graph.next_answers.append(bare.graph.refuse(131026))
    async with senders(bare, engine, count=1):
        (id,) = await say(bare, talk, ("one",))

        async def failed() -> object:
            return await bare.value("SELECT id FROM messages WHERE status = 'failed'")

        assert await bare.eventually(failed) == id
        row = (await bare.rows("SELECT reason, detail, trace FROM messages WHERE id = $1", id))[0]
        assert row["reason"] == "recipient_unreachable"
        assert "HTTP 400" in row["detail"]
        assert [stage["name"] for stage in row["trace"]] == ["send"]
        assert (await bare.conversation())["needs_person_reason"] == "recipient_unreachable"
        assert "message_not_sent" in await alerts_of(bare)
        async with bare.parts.database.unit_of_work(bare.tenant) as scope:
            await agents.retry(scope, id, at=bare.parts.clock.now())
        bare.parts.wakeups.poke(Topic.OUTBOUND)
        await bare.sent(1)
        await bare.idle()
    assert await bare.value("SELECT status FROM messages WHERE id = $1", id) == "sent"


@pytest.mark.timeout(90)
async def test_three_temporary_refusals_end_as_a_dead_letter(bare: House, engine: Engine) -> None:
    (talk,) = await open_talks(bare, 1)
    bare.graph.next_answers.extend([bare.graph.refuse(131000, status=500)] * 3)
    async with senders(bare, engine, count=1):
        (id,) = await say(bare, talk, ("one",))
        await bare.idle()
    assert len(bare.graph.calls) == 3
    assert await bare.value("SELECT reason FROM messages WHERE id = $1", id) == "provider_unavailable"


async def test_the_eleventh_automatic_reply_is_held(bare: House, engine: Engine) -> None:
    (talk,) = await open_talks(bare, 1)
    ids: list[UUID] = []
    async with senders(bare, engine):
        for number in range(11):
            ids += await say(bare, talk, (f"answer {number}",))
        await bare.idle()
    assert len(bare.graph.calls) == 10
    row = (await bare.rows("SELECT status, reason FROM messages WHERE id = $1", ids[10]))[0]
    assert tuple(row) == ("held", "loop_guard")
    assert (await bare.conversation())["needs_person_reason"] == "loop_guard"
    assert "message_not_sent" in await alerts_of(bare)
