"""Copies, order, bursts and backlogs: every thought of a customer meets exactly one effect."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import REGISTRY

from samvad.bootstrap.engine import Engine
from samvad.tenancy.hours import WEEKDAYS
from tests.support import meta
from tests.support.house import House, connect, house

OTHER = "919999900077"


@pytest.fixture
async def patient(engine: Engine) -> AsyncIterator[House]:
    """A reply waits until the customer was quiet for a second, at most three."""
    async with house(engine.url, engine.keyring, quiet_ms=1000, cap_ms=3000) as built:
        yield built


def body_of(shop: House, *items: dict[str, object]) -> bytes:
    return meta.messages(shop.channel.address, shop.channel.account, *items)


async def test_twenty_parallel_copies_give_one_reply(shop: House) -> None:
    body = body_of(shop, meta.message("hello", sender=OTHER))
    assert set(await asyncio.gather(*(shop.knock(body) for _ in range(20)))) == {200}
    await shop.sent(1)
    assert set(await asyncio.gather(*(shop.knock(body) for _ in range(20)))) == {200}
    await shop.idle()
    assert len(shop.graph.calls) == 1
    assert await shop.value("SELECT count(*) FROM messages WHERE direction = 'in'") == 1


async def test_two_messages_100_ms_apart_are_handled_in_order(shop: House) -> None:
    """Each is answered in its turn, or both by one reply when the first was not answered yet."""
    senders = [f"9198000000{n:02d}" for n in range(8)]

    async def writes(sender: str) -> None:
        await shop.say("hello", sender=sender)
        await asyncio.sleep(0.1)
        await shop.say("bye", sender=sender)

    await asyncio.gather(*map(writes, senders))
    await shop.idle()
    for sender in senders:
        said = shop.graph.texts_to(sender)
        assert len(said) == 1 or ("welcome" in said[0] and len(said) == 2 and "welcome" not in said[1])
    heard = await shop.rows(
        """SELECT array_agg(m.text ORDER BY m.sort_at, m.id) AS texts, max(c.answered_seq) AS answered
           FROM messages m JOIN conversations c ON c.id = m.conversation_id
           WHERE m.direction = 'in' GROUP BY c.id"""
    )
    assert [(row["texts"], row["answered"]) for row in heard] == [(["hello", "bye"], 2)] * len(senders)


async def test_five_fragments_give_one_reply_that_covers_them_all(patient: House) -> None:
    saved = REGISTRY.get_sample_value("samvad_replies_saved_total") or 0
    for fragment in ("hello", "how", "much", "is", "a litre of milk"):
        await patient.say(fragment)
        await asyncio.sleep(0.2)
    await patient.sent(1)
    await patient.idle()
    assert len(patient.graph.calls) == 1
    talk = await patient.conversation()
    assert (talk["inbound_seq"], talk["answered_seq"]) == (5, 5)
    assert (REGISTRY.get_sample_value("samvad_replies_saved_total") or 0) - saved == 4
    trace = await patient.value("SELECT trace FROM messages WHERE direction = 'out'")
    assert "how much is" in [stage["detail"]["phrase"] for stage in trace if stage["name"] == "rules"]
    assert patient.graph.receipts[0]["typing_indicator"] == {"type": "text"}


async def test_an_album_of_somebody_new_is_one_conversation_and_one_reply(patient: House) -> None:
    """Ten webhooks at once, each with a picture."""
    pictures = [
        meta.message("", sender=OTHER, type="image", image={"id": f"media{n}", "mime_type": "image/jpeg"})
        for n in range(10)
    ]
    assert set(await asyncio.gather(*(patient.knock(body_of(patient, one)) for one in pictures))) == {200}
    await patient.sent(1)
    await patient.idle()
    counts = await patient.rows(
        """SELECT (SELECT count(*) FROM contacts) AS people, (SELECT count(*) FROM conversations) AS talks,
             (SELECT count(*) FROM messages WHERE kind = 'image') AS pictures"""
    )
    assert [tuple(row) for row in counts] == [(1, 1, 10)]
    assert len(patient.graph.calls) == 1
    assert (await patient.conversation())["mode"] == "human"  # who looks at them


async def test_who_never_stops_is_answered_at_the_cap(patient: House) -> None:
    began = time.monotonic()
    written = 0
    while not patient.graph.calls and written < 30:
        await patient.say("hello")
        written += 1
        await asyncio.sleep(0.4)  # always less than the quiet time
    assert patient.graph.calls, "quiet never came, the cap must hold"
    assert time.monotonic() - began > 2.5
    covered = (await patient.conversation())["answered_seq"]
    assert 1 < covered <= written


async def test_a_late_older_message_is_not_answered_by_itself(shop: House) -> None:
    now = int(time.time())
    await shop.say("hello", at=now)
    await shop.sent(1)
    await shop.idle()
    await shop.say("do you have a demo", at=now - 300)
    await shop.idle()
    assert len(shop.graph.calls) == 1
    rows = await shop.rows("SELECT text FROM messages ORDER BY sort_at, id LIMIT 2")
    assert [row["text"] for row in rows] == ["do you have a demo", "hello"]


async def test_a_reply_does_not_part_the_messages_of_one_second(shop: House) -> None:
    """The provider names seconds only: the third of three quick messages came after the first reply."""
    second = int(time.time()) - 5
    await shop.say("hello", "anybody there?", at=second)
    await shop.idle()
    await shop.say("what does milk cost?", at=second)
    await shop.idle()
    heard = await shop.rows("SELECT text FROM messages WHERE direction = 'in' ORDER BY sort_at, id")
    assert [row["text"] for row in heard] == ["hello", "anybody there?", "what does milk cost?"]


async def test_a_stale_backlog_goes_to_a_person(shop: House) -> None:
    await shop.say("hello", at=int(time.time()) - 16 * 60)
    texts = await shop.sent(1)
    await shop.idle()
    talk = await shop.conversation()
    assert (talk["mode"], talk["needs_person_reason"]) == ("human", "stale_backlog")
    assert len(shop.graph.calls) == 1
    assert "welcome" not in texts[0]


async def test_our_own_number_is_never_answered(shop: House) -> None:
    own = "15550100001"
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:
        await scope.db.execute(
            "UPDATE channels SET display_address = $2 WHERE tenant_id = $1", shop.tenant, f"+{own}"
        )
    await asyncio.sleep(2.1)  # profiles are remembered for two seconds
    await shop.say("hello", sender=own)
    await shop.idle()
    assert not shop.graph.calls
    assert await shop.value("SELECT count(*) FROM messages WHERE direction = 'in'") == 1


async def test_an_opted_out_contact_gets_no_automatic_word(shop: House) -> None:
    await shop.say("STOP")
    await shop.sent(1)
    await shop.say("hello")
    await shop.idle()
    assert len(shop.graph.calls) == 1
    talk = await shop.conversation()
    assert (talk["status"], talk["needs_person_reason"]) == ("open", "opted_out")


async def test_who_writes_after_hours_learns_when_we_are_back(shop: House) -> None:
    today = datetime.now(ZoneInfo("Asia/Kolkata")).weekday()
    yesterday = WEEKDAYS[today - 1]
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:
        await scope.db.execute(
            "UPDATE tenants SET business_hours = $2 WHERE id = $1",
            shop.tenant,
            {yesterday: [["09:00", "10:00"]]},
        )
    await shop.say("can I come over to your place?")
    texts = await shop.sent(1)
    await shop.say("anybody there?")
    await shop.idle()
    assert len(shop.graph.calls) == 1
    assert "09:00" in texts[0]
    talk = await shop.conversation()
    assert talk["mode"] == "human"


async def test_one_contact_on_two_numbers_has_two_conversations(shop: House) -> None:
    second = await connect(
        shop.parts, shop.tenant, shop.graph.url, number="106540352242999", account="102290129340999"
    )
    await shop.say("hello")
    await shop.knock(
        meta.messages(second.address, second.account, meta.message("hello", sender="919999900001"))
    )
    await shop.sent(2)
    await shop.idle()
    assert len(shop.graph.calls) == 2
    assert await shop.value("SELECT count(*) FROM conversations") == 2
    assert await shop.value("SELECT count(*) FROM contacts") == 1
