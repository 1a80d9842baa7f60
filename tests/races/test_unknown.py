"""Evidence in any order: statuses and echoes settle what a lost answer left open, nothing is sent twice."""

import asyncio
from uuid import UUID

import pytest

from samvad.bootstrap.workers import tidy
from samvad.channels.service.watch import Watch
from samvad.channels.types import Location
from samvad.conversations.service import agents
from tests.races.echo import echo, echoes
from tests.support import meta
from tests.support.house import House


async def lost_reply(shop: House) -> UUID:
    """A reply that the provider took without our hearing its answer."""
    shop.graph.next_answers.append(shop.graph.accept_and_hang())
    await shop.say("hello")

    async def unknown() -> object:
        return await shop.value("SELECT id FROM messages WHERE status = 'unknown'")

    return await shop.eventually(unknown)


async def status_of(shop: House, id: UUID) -> str:
    return await shop.value("SELECT status FROM messages WHERE id = $1", id)


async def test_a_status_with_our_id_settles_an_unknown(shop: House) -> None:
    id = await lost_reply(shop)
    await shop.tell(meta.status("wamid.SEEN", "delivered", our_id=str(id)))
    await shop.idle()
    row = (await shop.rows("SELECT status, external_id FROM messages WHERE id = $1", id))[0]
    assert tuple(row) == ("delivered", "wamid.SEEN")
    assert not await shop.value("SELECT count(*) FROM outbound")
    assert len(shop.graph.calls) == 1


async def test_a_status_may_come_before_the_sends_own_answer(shop: House) -> None:
    shop.graph.delay = lambda: 0.6
    await shop.say("hello")

    async def called() -> bool:
        return bool(shop.graph.calls)

    await shop.eventually(called)
    id = UUID(shop.graph.calls[0]["biz_opaque_callback_data"])
    await shop.tell(meta.status("wamid.OUT0", "read", our_id=str(id)))
    await shop.idle()
    await asyncio.sleep(0.8)  # the answer comes now: it must not turn `read` back
    row = (await shop.rows("SELECT status, external_id FROM messages WHERE id = $1", id))[0]
    assert tuple(row) == ("read", "wamid.OUT0")
    assert len(shop.graph.calls) == 1


TOO_FAST = {"errors": [{"code": 130429, "title": "Too fast"}]}


async def sent_again(shop: House, id: UUID) -> None:
    """By a clock that does not wait."""

    async def again() -> bool:
        async with shop.parts.database.system() as scope:
            await scope.db.execute("UPDATE outbound SET run_at = now() WHERE state = 'queued'")
            await scope.db.execute("UPDATE channel_send_facts SET paused_until = NULL")
        return len(shop.graph.calls) == 2 and await status_of(shop, id) == "sent"

    await shop.eventually(again)


@pytest.mark.parametrize("told", [("failed",), ("sent", "failed"), ("failed", "sent", "failed")])
async def test_too_fast_before_the_sends_own_answer_has_it_sent_again_once(
    shop: House, told: tuple[str, ...]
) -> None:
    """By a status that waits for the answer, which would end what it queues."""
    shop.graph.delay = lambda: 0.5
    await shop.say("hello")

    async def called() -> bool:
        return bool(shop.graph.calls)

    await shop.eventually(called)
    id = UUID(shop.graph.calls[0]["biz_opaque_callback_data"])
    for state in told:
        more = TOO_FAST if state == "failed" else {}
        await shop.tell(meta.status("wamid.OUT0", state, our_id=str(id)) | more)

    await sent_again(shop, id)
    await shop.tell(meta.status("wamid.OUT0", "failed", our_id=str(id)) | TOO_FAST)
    await shop.idle()
    (row,) = await shop.rows("SELECT status, resent_ids FROM messages WHERE id = $1", id)
    assert tuple(row) == ("sent", ["wamid.OUT0"])
    assert (await called_for(shop), len(shop.graph.calls)) == (None, 2)
    assert not await shop.value("SELECT count(*) FROM outbound")


@pytest.mark.parametrize("answer", ["503", "hang up"])
async def test_what_a_status_proved_is_not_sent_again_by_a_worse_answer(shop: House, answer: str) -> None:
    shop.graph.delay = lambda: 0.5
    worse = shop.graph.refuse(131016, 503) if answer == "503" else shop.graph.accept_and_hang()
    shop.graph.next_answers.append(worse)
    await shop.say("hello")

    async def called() -> bool:
        return bool(shop.graph.calls)

    await shop.eventually(called)
    id = UUID(shop.graph.calls[0]["biz_opaque_callback_data"])
    await shop.tell(meta.status("wamid.OUT0", "sent", our_id=str(id)))
    await shop.idle()
    (row,) = await shop.rows("SELECT status, external_id FROM messages WHERE id = $1", id)
    assert tuple(row) == ("sent", "wamid.OUT0")
    assert not await shop.value("SELECT count(*) FROM outbound")
    assert len(shop.graph.calls) == 1


async def test_too_fast_as_the_only_word_of_a_lost_send_has_it_sent_again_once(shop: House) -> None:
    id = await lost_reply(shop)
    await shop.tell(meta.status("wamid.LOST", "failed", our_id=str(id)) | TOO_FAST)
    await sent_again(shop, id)
    await shop.tell(meta.status("wamid.LOST", "failed", our_id=str(id)) | TOO_FAST)
    await shop.idle()
    (row,) = await shop.rows("SELECT status, resent_ids FROM messages WHERE id = $1", id)
    assert tuple(row) == ("sent", ["wamid.LOST"])
    assert len(shop.graph.calls) == 2


async def test_the_echo_of_our_own_send_changes_nothing(shop: House) -> None:
    await shop.say("hello")
    (text,) = await shop.sent(1)
    await shop.idle()
    wamid = await shop.value("SELECT external_id FROM messages WHERE direction = 'out'")
    await shop.knock(echoes(shop, echo(wamid, text)))
    await shop.idle()
    assert (await shop.conversation())["mode"] == "ai"
    assert await shop.value("SELECT count(*) FROM messages") == 2


async def test_an_echo_that_overtakes_the_answer_waits_for_it(shop: House) -> None:
    shop.graph.delay = lambda: 1.0
    await shop.say("hello")

    async def called() -> bool:
        return bool(shop.graph.calls)

    await shop.eventually(called)
    text = shop.graph.calls[0]["text"]["body"]
    await shop.knock(echoes(shop, echo("wamid.OUT0", text)))
    await shop.idle()
    assert (await shop.conversation())["mode"] == "ai"
    assert await shop.value("SELECT count(*) FROM messages WHERE direction = 'out'") == 1


async def test_an_echo_with_the_very_words_settles_an_unknown(shop: House) -> None:
    id = await lost_reply(shop)
    await shop.knock(echoes(shop, echo("wamid.PROOF", shop.graph.texts[0])))
    await shop.idle()
    row = (await shop.rows("SELECT status, external_id FROM messages WHERE id = $1", id))[0]
    assert tuple(row) == ("sent", "wamid.PROOF")
    assert (await shop.conversation())["mode"] == "ai"


async def test_an_echo_without_words_settles_nothing(shop: House) -> None:
    """A picture from the business's phone says nothing of a location that we sent."""
    await shop.say("hello")
    await shop.sent(1)
    await shop.idle()
    shop.graph.next_answers.append(shop.graph.accept_and_hang())
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:
        message = await agents.write(
            scope,
            (await shop.conversation())["id"],
            Location(latitude=1.5, longitude=2.5),
            client_id="c",
            at=shop.parts.clock.now(),
            correlation="c",
        )

    async def unknown() -> bool:
        return await status_of(shop, message.id) == "unknown"

    await shop.eventually(unknown)
    picture = echo("wamid.PICTURE", "") | {"type": "image", "image": {"id": "1", "mime_type": "image/png"}}
    await shop.knock(echoes(shop, picture))

    async def seen() -> bool:
        async with shop.parts.database.system() as scope:  # it waits a minute for the send's own answer
            await scope.db.execute("UPDATE inbound_items SET arrived_at = arrived_at - interval '61 seconds'")
        return bool(await shop.value("SELECT count(*) FROM messages WHERE external_id = 'wamid.PICTURE'"))

    await shop.eventually(seen)
    assert await unknown()
    await shop.tell(meta.status("wamid.PLACE", "delivered", our_id=str(message.id)))
    await shop.idle()
    assert await status_of(shop, message.id) == "delivered"
    assert [call["type"] for call in shop.graph.calls].count("location") == 1


async def an_hour_passes(shop: House) -> None:
    async with shop.parts.database.system() as scope:
        await scope.db.execute(
            "UPDATE outbound SET unknown_at = unknown_at - interval '61 minutes' WHERE state = 'unknown'"
        )
    await tidy(shop.parts)


async def called_for(shop: House) -> str | None:
    return (await shop.conversation())["needs_person_reason"]


async def open_alerts(shop: House) -> list[int]:
    await Watch(database=shop.parts.database, clock=shop.parts.clock).look()
    rows = await shop.rows("SELECT times FROM alerts WHERE name = 'outcome_unknown' AND resolved_at IS NULL")
    return [row["times"] for row in rows]


async def test_a_person_is_called_once_to_what_stays_unknown(shop: House) -> None:
    await lost_reply(shop)
    await tidy(shop.parts)
    assert await called_for(shop) is None
    await an_hour_passes(shop)
    assert await called_for(shop) == "outcome_unknown"
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:
        await scope.db.execute("UPDATE conversations SET needs_person_reason = NULL")  # somebody looked
    await an_hour_passes(shop)
    assert await called_for(shop) is None
    assert await open_alerts(shop) == [1]


async def test_evidence_dismisses_the_person(shop: House) -> None:
    id = await lost_reply(shop)
    await an_hour_passes(shop)
    await shop.tell(meta.status("wamid.SEEN", "delivered", our_id=str(id)))
    await shop.idle()
    assert await called_for(shop) is None
    assert await open_alerts(shop) == []


async def test_another_reason_to_look_stays(shop: House) -> None:
    id = await lost_reply(shop)
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:
        await scope.db.execute("UPDATE conversations SET needs_person_reason = 'media'")
    await an_hour_passes(shop)
    await shop.tell(meta.status("wamid.SEEN", "delivered", our_id=str(id)))
    await shop.idle()
    assert await called_for(shop) == "media"
