"""A customer's message in, exactly one right effect out."""

import asyncio

from tests.support import meta
from tests.support.house import House


async def test_a_greeting_is_answered_once(shop: House) -> None:
    assert await shop.say("hello") == 200
    texts = await shop.sent(1)
    await shop.idle()
    assert len(shop.graph.sends) == 1
    assert "Govind Dairy" in texts[0]
    rows = await shop.rows(
        "SELECT direction, author, source, status, text FROM messages ORDER BY sort_at, id"
    )
    assert [(r["direction"], r["author"], r["source"]) for r in rows] == [
        ("in", "customer", None),
        ("out", "assistant", "rule"),
    ]
    assert rows[1]["status"] == "sent"


async def test_twenty_parallel_copies_give_one_reply(shop: House) -> None:
    body = meta.messages(
        shop.channel.address, shop.channel.account, meta.message("hi", sender="919999900002")
    )
    answers = await asyncio.gather(*(shop.knock(body) for _ in range(20)))
    assert set(answers) == {200}
    await shop.sent(1)
    await shop.idle()
    assert len(shop.graph.sends) == 1
    assert await shop.value("SELECT count(*) FROM messages WHERE direction = 'in'") == 1


async def test_statuses_only_move_forward(shop: House) -> None:
    await shop.say("hello")
    await shop.sent(1)
    await shop.idle()
    row = (await shop.rows("SELECT id, external_id FROM messages WHERE direction = 'out'"))[0]
    for state in ("read", "delivered", "sent", "failed"):
        await shop.tell(meta.status(row["external_id"], state, our_id=str(row["id"])))
    await shop.idle()
    kept = (await shop.rows("SELECT status, delivered_at, read_at FROM messages WHERE id = $1", row["id"]))[0]
    assert kept["status"] == "read"
    assert kept["delivered_at"] and kept["read_at"]


async def test_stop_is_confirmed_once_and_ends_automation(shop: House) -> None:
    await shop.say("STOP")
    await shop.sent(1)
    await shop.say("stop")
    await shop.say("what is the price of milk?")
    await shop.idle()
    assert len(shop.graph.sends) == 1
    talk = await shop.conversation()
    assert talk["needs_person_reason"] == "opted_out"
    await shop.say("START")
    await shop.sent(2)


async def test_what_nobody_can_answer_goes_to_a_person_with_one_explanation(shop: House) -> None:
    await shop.say("do you deliver to the moon base?")
    await shop.sent(1)
    await shop.say("hello?")
    await shop.idle()
    assert len(shop.graph.sends) == 1
    talk = await shop.conversation()
    assert (talk["mode"], talk["status"], talk["unread"]) == ("human", "open", 2)


async def test_a_bare_price_question_asks_which_product_and_a_named_one_gets_a_person(shop: House) -> None:
    await shop.say("price?")
    await shop.sent(1)
    await shop.idle()
    assert (await shop.conversation())["mode"] == "ai"
    await shop.say("what is the price of milk?")
    texts = await shop.sent(2)
    await shop.idle()
    assert (await shop.conversation())["mode"] == "human"
    assert texts[0] != texts[1]
