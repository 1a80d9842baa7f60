"""What one person did in one breath is taken up step by step, although workers work in batches."""

from collections.abc import AsyncIterator

import pytest

from samvad.bootstrap.engine import Engine
from samvad.bootstrap.workers import workers
from samvad.conversations.service import care
from samvad.conversations.types import State
from samvad.workflows.inbound.turns import MOST
from tests.races.echo import echo, echoes
from tests.support import meta
from tests.support.house import House, house


@pytest.fixture
async def asleep(engine: Engine) -> AsyncIterator[House]:
    """Nobody works yet, so that everything knocked meets in one batch."""
    async with house(engine.url, engine.keyring, working=False) as built:
        yield built


async def awake(shop: House) -> None:
    async with workers(shop.parts):
        await shop.idle()


async def test_a_message_after_the_business_phone_is_unread(asleep: House) -> None:
    await asleep.say("is anybody there?")
    await asleep.knock(echoes(asleep, echo("wamid.PHONE1", "Leave it to me")))
    await asleep.say("how much is it?")
    await awake(asleep)
    talk = await asleep.conversation()
    assert (talk["mode"], talk["unread"], talk["needs_person_reason"]) == ("human", 1, "human_mode")
    assert not asleep.graph.calls


async def test_a_stop_before_the_business_phone_keeps_the_takeover(asleep: House) -> None:
    """Both change the conversation: neither may write over what the other did."""
    await asleep.say("STOP")
    await asleep.knock(echoes(asleep, echo("wamid.PHONE2", "Sorry about that")))
    await asleep.say("who are you?")
    await awake(asleep)
    talk = await asleep.conversation()
    assert (talk["mode"], talk["epoch"], talk["unread"]) == ("human", 1, 1)


async def test_stop_and_start_in_one_webhook_end_as_the_customer_meant(asleep: House) -> None:
    await asleep.say("STOP", "START")
    await awake(asleep)
    assert await asleep.value("SELECT opted_out_at IS NULL FROM contacts")
    assert await asleep.value("SELECT array_agg(change ORDER BY id) FROM consents") == ["opt_out", "opt_in"]


async def test_a_question_after_stop_calls_a_person(asleep: House) -> None:
    await asleep.say("STOP", "what does milk cost?")
    await awake(asleep)
    talk = await asleep.conversation()
    assert (talk["status"], talk["needs_person_reason"]) == ("open", "opted_out")
    assert len(asleep.graph.calls) == 1  # the confirmation


async def test_more_steps_than_a_transaction_takes_are_all_taken(asleep: House) -> None:
    words = [f"word {n}" for n in range(MOST * 2 + 3)]
    items = [meta.message(word, sender="919999900005") for word in words]
    await asleep.knock(meta.messages(asleep.channel.address, asleep.channel.account, *items))
    await awake(asleep)
    heard = await asleep.value(
        "SELECT array_agg(text ORDER BY sort_at, id) FROM messages WHERE direction = 'in'"
    )
    assert heard == words


async def test_what_a_person_resolved_is_not_handed_over_for_older_words(engine: Engine) -> None:
    """Resolved while the answer was due: nobody is called, until the customer writes again."""
    async with house(engine.url, engine.keyring, quiet_ms=500, cap_ms=500) as shop:
        await shop.say("can you repaint my boat?")

        async def armed() -> bool:
            return bool(await shop.value("SELECT count(*) FROM timers WHERE kind = 'reply'"))

        await shop.eventually(armed)
        id = (await shop.conversation())["id"]
        async with shop.parts.database.unit_of_work(shop.tenant) as scope:
            await care.set_state(scope, id, State.RESOLVED, at=shop.parts.clock.now())
        await shop.idle()
        talk = await shop.conversation()
        assert (talk["status"], talk["mode"], talk["needs_person_reason"]) == ("resolved", "ai", None)
        assert talk["answered_seq"] == talk["inbound_seq"] == 1
        assert not shop.graph.sends

        await shop.say("and the mast?")
        await shop.sent(1)
        await shop.idle()
        talk = await shop.conversation()
        assert (talk["status"], talk["mode"], talk["needs_person_reason"]) == ("open", "human", "no_answer")
