"""People who stopped marketing at the provider: on record once, however it tells us."""

from typing import Any

from tests.support import meta
from tests.support.house import House

STOPPED = 131050
ERROR = {"code": STOPPED, "title": "User has stopped marketing messages"}


async def record(shop: House) -> list[Any]:
    rows = await shop.rows("SELECT change, method, message_id FROM consents ORDER BY id")
    return [(row["change"], row["method"], row["message_id"]) for row in rows]


async def test_an_answer_says_it(shop: House) -> None:
    shop.graph.next_answers.extend([shop.graph.refuse(STOPPED), shop.graph.refuse(STOPPED)])
    await shop.say("hello")
    await shop.idle()
    message = await shop.value("SELECT id FROM messages WHERE direction = 'out' AND status = 'failed'")
    assert await record(shop) == [("marketing_stop", "provider", message)]
    await shop.say("hello")
    await shop.idle()
    assert len(shop.graph.calls) == 2
    assert len(await record(shop)) == 1
    assert await shop.value("SELECT opted_out_at FROM contacts") is None  # replies go on


async def test_a_status_says_it(shop: House) -> None:
    await shop.say("hello")
    await shop.sent(1)
    await shop.idle()
    row = (await shop.rows("SELECT id, external_id FROM messages WHERE direction = 'out'"))[0]
    for number in range(2):
        refused = meta.status(row["external_id"], "failed", our_id=str(row["id"]), errors=[ERROR])
        await shop.tell({**refused, "timestamp": str(int(refused["timestamp"]) + number)})
        await shop.idle()
    assert await record(shop) == [("marketing_stop", "provider", row["id"])]


async def test_another_refusal_says_nothing_of_the_kind(shop: House) -> None:
    shop.graph.next_answers.append(shop.graph.refuse(131026))
    await shop.say("hello")
    await shop.idle()
    assert await record(shop) == []


async def test_a_change_of_mind_is_news(shop: House) -> None:
    await shop.say("hello")
    await shop.sent(1)
    for wish, kept in (("stop", 1), ("stop", 1), ("resume", 2), ("stop", 3)):
        await shop.knock(meta.preference(shop.channel.address, shop.channel.account, wish))
        await shop.idle()
        assert len(await record(shop)) == kept
