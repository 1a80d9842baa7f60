"""What a provider took and then refused for being too busy leaves again: once a refusal, never doubled, and
only while it still may."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from samvad.channels.rules import reaction
from samvad.channels.types import Delivery, StatusReceived
from samvad.conversations.repository import conversations
from samvad.conversations.service.outcomes import StatusEntry, apply_statuses
from samvad.kernel.ids import new_id
from samvad.platform.wakeups import Topic
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop
from tests.support import meta

ASHA = "919811900001"
TOO_FAST = 130429


class Talk:
    """A conversation with one message in it, which the provider has accepted."""

    def __init__(self, shop: Shop, id_: str) -> None:
        self.shop, self.id = shop, id_

    async def message(self, id_: str) -> dict[str, Any]:
        items = (await self.shop.get(f"/conversations/{self.id}/messages"))["items"]
        found: dict[str, Any] = next(one for one in items if one["id"] == id_)
        return found

    async def settled(self, id_: str, *statuses: str) -> dict[str, Any]:
        async def reached() -> Any:
            found = await self.message(id_)
            return found if found["status"] in statuses else None

        found: dict[str, Any] = await until(reached)
        return found

    async def say(self) -> dict[str, Any]:
        body = {"text": "It is ready", "client_id": new_id().hex}
        said = await self.shop.api("POST", f"/conversations/{self.id}/messages", body)
        assert said.status == 201, said.text
        return await self.settled(said.json["id"], "sent")

    async def automatic(self) -> dict[str, Any]:
        items = (await self.shop.get(f"/conversations/{self.id}/messages"))["items"]
        found: dict[str, Any] = next(one for one in items if one["direction"] == "out")
        assert found["author"] == "assistant"
        return found

    async def told(self, attempt: dict[str, Any], *states: str, code: int = TOO_FAST) -> None:
        """Statuses of this attempt, in one call; a message after them says when they were taken in."""
        errors = [{"code": code, "title": "Too fast"}]
        items = [
            meta.status(attempt["external_id"], state, our_id=attempt["id"], to=ASHA)
            | ({"errors": errors} if state == "failed" else {})
            for state in states
        ]
        body = meta.statuses(self.shop.channel.address, self.shop.channel.account, *items)
        assert (await self.shop.knock(body)).status == 200

        async def idle() -> bool:
            left = "SELECT count(*) FROM inbound_lanes WHERE tenant_id = $1"
            return not await self.shop.stage.superuser.fetchval(left, self.shop.house.tenant)

        await until(idle)

    async def rows(self) -> int:
        count: int = await self.value("SELECT count(*) FROM outbound WHERE tenant_id = $1")
        return count

    async def value(self, query: str) -> Any:
        return await self.shop.stage.superuser.fetchval(query, self.shop.house.tenant)

    async def due(self) -> None:
        """The wait is over, and the number has rested."""
        for late in (
            "UPDATE channel_send_facts SET paused_until = NULL WHERE tenant_id = $1",
            "UPDATE outbound SET run_at = now() WHERE tenant_id = $1",
        ):
            await self.shop.stage.superuser.execute(late, self.shop.house.tenant)
        self.shop.stage.parts.wakeups.poke(Topic.OUTBOUND)

    @property
    def sends(self) -> Counter[str]:
        return self.shop.stage.graph.count_of()


@pytest.fixture
async def talk(shop: Shop) -> Talk:
    rule = {"name": "Price", "match": "phrase", "phrases": ["price"], "action": "reply", "text": "Sixty."}
    assert (await shop.api("POST", "/rules", rule)).status == 201
    (talk,) = await heard(shop, ASHA, text="price")
    return Talk(shop, talk["id"])


async def test_it_leaves_again_once_and_old_news_change_nothing(talk: Talk) -> None:
    first = await talk.say()
    await talk.told(first, "failed", "failed")
    await talk.told(first, "failed", "sent")
    waiting = await talk.message(first["id"])
    assert (waiting["status"], waiting["external_id"], await talk.rows()) == ("queued", None, 1)
    in_s = await talk.value(
        "SELECT extract(epoch FROM run_at - now())::float8 FROM outbound WHERE tenant_id = $1"
    )
    assert 0 < in_s <= 4
    assert talk.sends[first["id"]] == 1
    await talk.due()
    second = await talk.settled(first["id"], "sent")
    assert second["external_id"] not in (None, first["external_id"])
    await talk.told(first, "failed", "sent")
    assert (await talk.message(first["id"]))["status"] == "sent"
    assert (talk.sends[first["id"]], await talk.rows()) == (2, 0)
    trace = await talk.shop.get(f"/messages/{first['id']}/trace")
    assert "sent again" in str(trace)


async def test_three_times_and_then_it_has_failed(talk: Talk) -> None:
    attempt = await talk.say()
    for times in (1, 2, 3):
        await talk.told(attempt, "failed")
        await talk.due()
        attempt = await talk.settled(attempt["id"], "sent")
        assert talk.sends[attempt["id"]] == times + 1
    await talk.told(attempt, "failed")
    over = await talk.message(attempt["id"])
    assert (over["status"], over["reason"], await talk.rows()) == ("failed", "number_throttled", 0)
    again = await talk.shop.api("POST", f"/messages/{attempt['id']}/retry")  # by hand it still leaves
    assert again.status == 200, again.text
    await talk.settled(attempt["id"], "sent")
    assert talk.sends[attempt["id"]] == 5


@pytest.mark.parametrize("code", [131000, 131026, 131048])
async def test_what_may_have_been_delivered_or_never_can_be_is_not_repeated(talk: Talk, code: int) -> None:
    said = await talk.say()
    await talk.told(said, "failed", code=code)
    assert ((await talk.message(said["id"]))["status"], await talk.rows()) == ("failed", 0)
    assert talk.sends[said["id"]] == 1


async def test_one_that_arrived_all_the_same_is_taken_back(talk: Talk) -> None:
    said = await talk.say()
    await talk.told(said, "failed")
    await talk.told(said, "delivered")
    assert ((await talk.message(said["id"]))["status"], await talk.rows()) == ("delivered", 0)
    await talk.due()
    assert talk.sends[said["id"]] == 1


async def test_old_news_do_not_end_what_a_person_sent_again(talk: Talk) -> None:
    said = await talk.say()
    await talk.told(said, "failed", code=131026)
    await talk.value(
        "UPDATE channel_send_facts SET paused_until = now() + interval '1 hour' WHERE tenant_id = $1"
    )
    await talk.shop.api("POST", f"/messages/{said['id']}/retry")
    await talk.told(said, "failed", code=131026)
    assert ((await talk.message(said["id"]))["status"], await talk.rows()) == ("queued", 1)
    await talk.due()
    await talk.settled(said["id"], "sent")


async def test_an_automatic_one_leaves_again_until_a_person_answers(talk: Talk) -> None:
    reply = await talk.automatic()
    await talk.told(reply, "failed")
    assert (await talk.message(reply["id"]))["status"] == "queued"
    await talk.due()
    again = await talk.settled(reply["id"], "sent")
    await talk.told(again, "failed")
    assert (await talk.message(reply["id"]))["status"] == "queued"
    await talk.say()  # takes over
    assert (await talk.settled(reply["id"], "skipped"))["reason"] == "taken_over"
    assert talk.sends[reply["id"]] == 2


async def test_an_automatic_one_that_was_overtaken_has_failed(talk: Talk) -> None:
    reply = await talk.automatic()
    await talk.say()
    await talk.told(reply, "failed")
    assert ((await talk.message(reply["id"]))["status"], await talk.rows()) == ("failed", 0)


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ("UPDATE send_facts SET window_until = now() - interval '1 hour'", "held", "window_closed"),
        (
            """INSERT INTO contact_send_facts (tenant_id, contact_id, opted_out)
               SELECT tenant_id, id, true FROM contacts""",
            "skipped",
            "opted_out",
        ),
    ],
)
async def test_the_gate_judges_it_as_any_other(talk: Talk, change: str, status: str, reason: str) -> None:
    reply = await talk.automatic()
    await talk.told(reply, "failed")
    await talk.value(f"{change} WHERE tenant_id = $1")
    await talk.due()
    assert (await talk.settled(reply["id"], status))["reason"] == reason
    assert talk.sends[reply["id"]] == 1


async def test_it_takes_its_place_behind_what_the_same_transaction_says(talk: Talk) -> None:
    """A customer's message and the status may be taken in together: there is one object of a conversation."""
    said, parts = await talk.say(), talk.shop.stage.parts
    now = parts.clock.now()
    failed = StatusReceived(
        said["external_id"], Delivery.FAILED, now, UUID(said["id"]), failure="number_throttled"
    )
    entry = StatusEntry(talk.shop.channel.id, failed, now)
    async with parts.database.unit_of_work(talk.shop.house.tenant) as scope:
        locked = await conversations.lock(scope, [UUID(talk.id)])
        (mine,) = locked.values()
        before = mine.out_seq
        assert await apply_statuses(scope, [entry], at=now, known_talks=locked) == [True]
        await conversations.save(scope, [mine], at=now)
    assert await talk.value("SELECT out_seq FROM conversations WHERE tenant_id = $1") == before + 1
    assert await talk.value("SELECT seq FROM outbound WHERE tenant_id = $1") == before + 1


async def test_a_person_called_by_a_status_stays_called(talk: Talk) -> None:
    """The same for what fails for good beside a customer's message."""
    reply, parts = await talk.automatic(), talk.shop.stage.parts
    now = parts.clock.now()
    failed = StatusReceived(reply["external_id"], Delivery.FAILED, now, UUID(reply["id"]), failure="rejected")
    async with parts.database.unit_of_work(talk.shop.house.tenant) as scope:
        locked = await conversations.lock(scope, [UUID(talk.id)])
        entry = StatusEntry(talk.shop.channel.id, failed, now)
        await apply_statuses(scope, [entry], at=now, known_talks=locked)
        await conversations.save(scope, list(locked.values()), at=now)
    found = await talk.shop.get(f"/conversations/{talk.id}")
    assert (found["needs_person"], found["needs_person_reason"]) == (True, "rejected")


async def test_what_is_old_is_not_sent_again_by_itself(talk: Talk) -> None:
    said = await talk.say()
    await talk.value("UPDATE messages SET created_at = now() - interval '16 minutes' WHERE tenant_id = $1")
    await talk.told(said, "failed")
    assert ((await talk.message(said["id"]))["status"], await talk.rows()) == ("failed", 0)


def test_only_being_too_fast_is_worth_another_attempt() -> None:
    codes = ("number_throttled", "recipient_throttled", "provider_unavailable", "spam_limited", "rejected",
             "outcome_unknown", "window_closed", "try_tomorrow")  # fmt: skip
    assert [code for code in codes if reaction(code).resend] == ["number_throttled", "recipient_throttled"]
