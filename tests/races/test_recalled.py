"""Twilio's own list settles sends whose answer was lost: each entry once, and nothing that is in doubt."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from samvad.channels.service.recalling import Recaller
from samvad.channels.types import DuePoll
from samvad.conversations.service.recalled import Recalled
from samvad.kernel.clock import FrozenClock
from tests.door.stage import Shop
from tests.support import twilio
from tests.workflows.test_twilio import Twilio, there

__all__ = ["there"]  # a fixture


@dataclass
class Desk:
    """A conversation whose agent writes, and the look into the list a minute later."""

    there: Twilio
    talk: str

    async def write(self, text: str, *, answer: Any = None, buttons: Sequence[str] = ()) -> str:
        """The provider takes it; `answer` None: its answer is lost. Returns our id when that is known."""
        self.there.peer.answers = [answer]
        shop = Shop(self.there.stage, self.there.house, self.there.number, "")
        pressed = [{"id": title, "title": title} for title in buttons]
        choice = {"kind": "buttons", "content": {"body": text, "buttons": pressed}}
        body = (choice if buttons else {"text": text}) | {"client_id": f"{text} {len(self.there.peer.sends)}"}
        said = await shop.api("POST", f"/conversations/{self.talk}/messages", body)
        assert said.status == 201, said.text
        wanted = "sent" if answer else "unknown"

        async def over() -> bool:
            return (await self.states([said.json["id"]]))[0][0] == wanted

        await self.there.until(over)
        # the next of the conversation need not wait, and it is a while ago
        await self.do("UPDATE outbound SET unknown_at = unknown_at - interval '11 seconds'"
                      " WHERE state = 'unknown' AND id = $1", said.json["id"])  # fmt: skip
        return str(said.json["id"])

    async def do(self, statement: str, *values: object) -> None:
        await self.there.stage.superuser.execute(statement, *values)

    async def states(self, ids: Sequence[str]) -> list[tuple[str, str | None]]:
        rows = await self.there.stage.superuser.fetch(
            "SELECT id, status, external_id FROM messages WHERE id = ANY($1::uuid[])", ids
        )
        found = {str(row["id"]): (row["status"], row["external_id"]) for row in rows}
        return [found[id_] for id_ in ids]

    def list(self, *entries: tuple[str, str], status: str = "sent", minutes: float = 0, **more: Any) -> None:
        """(SID, words), the oldest first, taken some seconds ago or `minutes` before."""
        at = self.there.stage.parts.clock.now() - timedelta(minutes=minutes, seconds=8)
        account = self.there.number.account
        for sid, words in entries:
            entry = twilio.sent(account, sid, status, at, **{"body": words, **more})
            self.there.peer.listed.insert(0, entry)

    async def look(self) -> float:
        parts, number = self.there.stage.parts, self.there.number
        clock = FrozenClock(parts.clock.now() + timedelta(minutes=1))
        _, via = await parts.vault.open(self.there.house.tenant, number.id, version=1)
        due = DuePoll(self.there.house.tenant, number.id, 1, 300.0, "", 0, 1)
        recaller = Recaller(parts.database, Recalled(), clock)
        return await recaller.look(due, parts.adapters[number.provider], via)


@pytest.fixture
async def desk(there: Twilio) -> Desk:
    await there.say("hello")

    async def answered() -> bool:
        return await there.status_of() == "sent"

    await there.until(answered)
    (talk,) = (await Shop(there.stage, there.house, there.number, "").get("/conversations"))["items"]
    return Desk(there, talk["id"])


async def test_what_the_list_shows_was_sent_and_is_not_sent_again(desk: Desk) -> None:
    """With whatever became of it; a person who was called is dismissed."""
    id_ = await desk.write("Come on Sunday.")
    assert await desk.look() == 60
    assert await desk.states([id_]) == [("unknown", None)]
    await desk.do("UPDATE conversations SET needs_person_reason = 'outcome_unknown'")
    await desk.do("UPDATE outbound SET told_at = now() WHERE state = 'unknown'")
    desk.list(("SMlost", "Come on Sunday."), status="delivered")
    await desk.look()
    assert await desk.states([id_]) == [("delivered", "SMlost")]
    assert await desk.look() == 300, "there is nothing to look for any more"
    (left,) = await desk.there.stage.superuser.fetch(
        "SELECT (SELECT count(*) FROM outbound) AS rows, needs_person_reason FROM conversations"
    )
    assert tuple(left) == (0, None)
    assert [one["Body"] for one in desk.there.peer.sends[1:]] == ["Come on Sunday."]


async def test_a_failure_that_only_the_list_tells_counts(desk: Desk) -> None:
    """Of a message with buttons the list tells the words above them."""
    id_ = await desk.write("On Sunday?", buttons=["Yes", "No"])
    desk.list(("SMlost", "On Sunday?"), status="undelivered", error_code=63024)
    await desk.look()
    assert await desk.states([id_]) == [("failed", "SMlost")]


async def test_a_status_and_the_list_at_once_are_one_proof(desk: Desk) -> None:
    id_ = await desk.write("Come on Sunday.")
    desk.list(("SMlost", "Come on Sunday."))
    url, there = desk.there.peer.sends[-1]["StatusCallback"], desk.there
    told = twilio.status(there.number, "SMlost", "delivered")
    await asyncio.gather(desk.look(), there.call(url, told), desk.look(), there.call(url, told))

    async def delivered() -> bool:
        return await desk.states([id_]) == [("delivered", "SMlost")]

    await there.until(delivered)
    assert len(there.peer.sends) == 2


async def test_as_many_entries_as_sends_of_the_same_words_are_theirs_in_order(desk: Desk) -> None:
    ids = [await desk.write("Yes."), await desk.write("Yes."), await desk.write("No.")]
    desk.list(("SM1", "Yes."), ("SM2", "Yes."), ("SM3", "No."))
    await desk.look()
    assert await desk.states(ids) == [("sent", "SM1"), ("sent", "SM2"), ("sent", "SM3")]


async def test_one_entry_for_two_sends_settles_neither(desk: Desk) -> None:
    ids = [await desk.write("Yes."), await desk.write("Yes.")]
    desk.list(("SM1", "Yes."))
    await desk.look()
    assert await desk.states(ids) == [("unknown", None)] * 2


async def test_what_somebody_else_may_have_written_settles_nothing(desk: Desk) -> None:
    id_ = await desk.write("Yes.")
    desk.list(("SM1", "Yes."), ("SM2", "Yes."))
    await desk.look()
    assert await desk.states([id_]) == [("unknown", None)]


OTHERS: Sequence[dict[str, Any]] = (
    {"body": "yes"}, {"to": "whatsapp:+919800000009"}, {"num_media": "1"}, {"minutes": 30},
    {"from": "whatsapp:+14155550199"}, {"direction": "outbound-reply"}, {"messaging_service_sid": "MG7"},
)  # fmt: skip


async def test_entries_of_others_are_not_ours(desk: Desk) -> None:
    id_ = await desk.write("Yes.")
    for other in OTHERS:
        desk.there.peer.listed.clear()
        desk.list(("SM1", "Yes."), **other)
        await desk.look()
        assert await desk.states([id_]) == [("unknown", None)], other


async def test_the_id_of_another_message_or_of_an_earlier_attempt_is_taken(desk: Desk) -> None:
    before = await desk.write("Yes.", answer=(201, {"sid": "SMknown", "status": "queued"}))
    id_ = await desk.write("Yes.")
    await desk.do("UPDATE messages SET resent_ids = '{SMearlier}' WHERE id = $1", id_)
    desk.list(("SMearlier", "Yes."), ("SMknown", "Yes."))
    await desk.look()
    assert await desk.states([before, id_]) == [("sent", "SMknown"), ("unknown", None)]
    desk.list(("SMown", "Yes."))
    await desk.look()
    assert await desk.states([id_]) == [("sent", "SMown")]


async def test_while_another_send_of_the_conversation_is_under_way_nothing_is_settled(desk: Desk) -> None:
    """The entry may be its own: its answer tells."""
    id_ = await desk.write("Yes.")
    desk.list(("SM1", "Yes."))
    await desk.do(
        "INSERT INTO outbound (tenant_id, id, channel_id, conversation_id, contact_id, seq, priority,"
        " purpose, starts_reply, epoch, message, state, run_at, attempts, queued_at, correlation,"
        " lease_until)"
        " SELECT tenant_id, gen_random_uuid(), channel_id, conversation_id, contact_id, seq + 1, priority,"
        " purpose, starts_reply, epoch, message, 'sending', run_at, attempts, queued_at, correlation,"
        " now() + interval '1 hour' FROM outbound WHERE id = $1", id_,
    )  # fmt: skip
    await desk.look()
    assert await desk.states([id_]) == [("unknown", None)]
    await desk.do("DELETE FROM outbound WHERE state = 'sending'")
    await desk.look()
    assert await desk.states([id_]) == [("sent", "SM1")]


async def test_after_days_it_is_looked_for_now_and_then(desk: Desk) -> None:
    id_ = await desk.write("Yes.")
    back = """UPDATE outbound SET unknown_at = unknown_at - $1::interval, run_at = run_at - $1::interval,
              queued_at = queued_at - $1::interval WHERE state = 'unknown'"""
    await desk.do(back, timedelta(days=3, hours=3))  # between two looks
    desk.list(("SM1", "Yes."), minutes=75 * 60)
    await desk.look()
    assert await desk.states([id_]) == [("unknown", None)]
    await desk.do(back, timedelta(hours=3))
    desk.there.peer.listed.clear()
    desk.list(("SM1", "Yes."), minutes=78 * 60)
    await desk.look()
    assert await desk.states([id_]) == [("sent", "SM1")]


async def test_a_lost_answer_has_the_channel_asked_soon(desk: Desk) -> None:
    """By the worker itself: it looks half a minute later, not at its next question."""
    later = "UPDATE channel_polls SET next_at = now() + interval '1 hour', gen = gen + 1"
    await desk.do(later)
    id_ = await desk.write("Come.")
    found = await desk.there.stage.superuser.fetchval(
        "SELECT extract(epoch FROM next_at - now()) FROM channel_polls"
    )
    assert 0 < found <= 31
    desk.list(("SMlost", "Come."), minutes=0.5)
    await desk.do("UPDATE outbound SET unknown_at = now() - interval '40 seconds',"
                  " queued_at = queued_at - interval '1 minute', run_at = run_at - interval '1 minute'"
                  " WHERE state = 'unknown'")  # fmt: skip
    await desk.do("UPDATE channel_polls SET next_at = now()")

    async def settled() -> bool:
        return await desk.states([id_]) == [("sent", "SMlost")]

    await desk.there.until(settled)
