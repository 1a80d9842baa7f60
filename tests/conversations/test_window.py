"""Automatic messages that meet a closed window: the channel's template says them once, or they are held."""

import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest

from samvad.kernel.ids import new_id
from tests.conversations.conftest import until
from tests.conversations.test_templates import entry
from tests.door.stage import Said, Shop
from tests.support import meta

_people = itertools.count(919_811_970_001)
HOURS = "Open until nine. Sundays until noon."
LISTED = [
    entry("answer_note", "Dear {{1}}, you asked us something: {{2}} Your dairy."),
    entry("write_again", "We have an answer for you: write to us to read it."),
    entry("offer", "Ten percent off.", category="MARKETING"),
]
CARRIES = {
    "name": "answer_note",
    "language": "en",
    "values": {"body.1": "{{contact.name}}", "body.2": "{{reply}}"},
}
ASKS = {"name": "write_again", "language": "en", "values": {}}


class Talk:
    """A customer who is answered by a rule, over a number that can be held up while the window closes."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.person, self.id = shop, str(next(_people)), ""

    async def do(self, statement: str, *values: object) -> Any:
        return await self.shop.stage.superuser.fetchval(statement, self.shop.house.tenant, *values)

    async def choose(self, template: dict[str, Any] | None) -> Said:
        path = f"/channels/{self.shop.channel.id}/window-template"
        return await self.shop.api("PUT", path, {"template": template})

    async def ask(self, words: str = "opening hours", **more: Any) -> None:
        item = meta.message(words, sender=self.person, id=f"wamid.{new_id().hex}", **more)
        assert (await self.shop.knock(self.shop.body(item))).status == 200

        async def there() -> Any:
            found = (await self.shop.get(f"/conversations?phone=%2B{self.person}"))["items"]
            return found and found[0]["id"]

        self.id = await until(there)

    async def hold_up(self, on: bool) -> None:
        pause = "now() + interval '1 hour'" if on else "NULL"
        await self.do(f"UPDATE channel_send_facts SET paused_until = {pause} WHERE tenant_id = $1")

    async def close(self) -> None:
        """As if a day had passed."""
        for statement in (
            "UPDATE send_facts SET window_until = now() - interval '1 hour' WHERE tenant_id = $1",
            "UPDATE conversations SET last_inbound_at = now() - interval '25 hours' WHERE tenant_id = $1",
        ):
            await self.do(statement)

    async def too_late(self, words: str = "opening hours") -> None:
        """Asked, answered, and the answer meets a closed window."""
        await self.hold_up(True)
        await self.ask(words)
        await self.out(lambda rows: bool(rows))
        await self.close()
        await self.hold_up(False)

    async def rows(self) -> list[dict[str, Any]]:
        """What we said, oldest first."""
        items = (await self.shop.get(f"/conversations/{self.id}/messages"))["items"]
        return [i for i in reversed(items) if i["direction"] == "out" and i["kind"] != "system"]

    async def out(self, fits: Any) -> list[dict[str, Any]]:
        async def found() -> Any:
            rows = await self.rows()
            return rows if fits(rows) else None

        rows: list[dict[str, Any]] = await until(found)
        return rows

    async def became(self, *wanted: tuple[str, str, str | None]) -> list[dict[str, Any]]:
        """Until what we said is of these kinds, states and reasons."""

        def fits(rows: list[dict[str, Any]]) -> bool:
            return [(r["kind"], r["status"], r["reason"]) for r in rows] == list(wanted)

        return await self.out(fits)

    def sent(self) -> list[str]:
        calls = self.shop.stage.graph.sends
        return [body["type"] for body in calls if body.get("to", "").lstrip("+") == self.person]

    async def told(self, message: str, state: str, code: int | None = None) -> None:
        external = await self.do("SELECT external_id FROM messages WHERE tenant_id = $1 AND id = $2", message)
        more = {"errors": [{"code": code, "title": "Re-engagement message"}]} if code else {}
        said = meta.status(external, state, our_id=message, to=self.person, **more)
        body = meta.statuses(self.shop.channel.address, self.shop.channel.account, said)
        assert (await self.shop.knock(body)).status == 200

    async def conversation(self) -> Any:
        return await self.shop.get(f"/conversations/{self.id}")


SENT_AS = ("text", "skipped", "sent_as_template")
HELD = ("text", "held", "window_closed")
TEMPLATE = ("template", "sent", None)


@pytest.fixture
async def talk(shop: Shop) -> AsyncIterator[Talk]:
    shop.stage.graph.templates = LISTED
    assert (await shop.api("POST", "/templates/sync", {"channel_id": str(shop.channel.id)})).status == 200
    rule = {"name": "hours", "phrases": ["opening hours"], "text": HOURS}
    assert (await shop.api("POST", "/rules", rule)).status == 201
    yield Talk(shop)
    shop.stage.graph.templates = []


async def test_the_template_says_it_once_through_the_same_ledger(talk: Talk) -> None:
    chosen = await talk.choose(CARRIES)
    assert (chosen.status, chosen.json["window_template"]) == (200, CARRIES)
    await talk.too_late()
    rows = await talk.became(SENT_AS, TEMPLATE)
    assert rows[1]["text"] == f"Dear Asha, you asked us something: {HOURS} Your dairy."
    assert (rows[1]["author"], rows[1]["source"]) == ("assistant", "rule")
    assert talk.sent() == ["template"]
    found = await talk.conversation()
    assert (found["mode"], found["needs_person"]) == ("ai", False)
    stages = (await talk.shop.get(f"/messages/{rows[1]['id']}/trace"))["stages"]
    by = {stage["name"]: stage for stage in stages}
    assert by["window"]["detail"] == {"in_place_of": rows[0]["id"], "template": "answer_note"}
    assert by["rules"]["verdict"] == "reply: rule:hours"


@pytest.mark.parametrize("by", ["gate", "status"])
async def test_a_reply_of_several_parts_is_said_by_one_template(talk: Talk, by: str) -> None:
    await talk.choose(CARRIES)
    words = [f"{nth} sentence of many words, " + "and more of them " * 12 + "until it ends." for nth in "abc"]
    rule = {"name": "long", "phrases": ["long story"], "text": " ".join(words)}
    assert (await talk.shop.api("POST", "/rules", rule)).status == 201
    if by == "gate":
        await talk.too_late("long story")
    else:
        await talk.ask("long story")
        for part in await talk.became(*[("text", "sent", None)] * 3):
            await talk.told(part["id"], "failed", 131047)
    rows = await talk.became(*[SENT_AS] * 3, TEMPLATE)
    assert rows[3]["content"]["values"]["body.2"] == " ".join(words)
    assert talk.sent().count("template") == 1


async def test_without_one_it_is_held_until_a_person_drops_it(talk: Talk) -> None:
    await talk.too_late()
    (held,) = await talk.became(HELD)
    assert (await talk.conversation())["needs_person_reason"] == "window_closed"
    dropped = await talk.shop.api("POST", f"/messages/{held['id']}/drop")
    assert (dropped.status, dropped.json["status"], dropped.json["reason"]) == (200, "skipped", "dropped")
    assert (await talk.conversation())["needs_person"] is False
    again = await talk.shop.api("POST", f"/messages/{held['id']}/drop")
    assert (again.status, again.json["code"]) == (409, "not_held")
    assert talk.sent() == []


async def test_a_held_answer_gives_way_to_a_newer_one(talk: Talk) -> None:
    await talk.too_late()
    await talk.became(HELD)
    await talk.ask()
    await talk.became(("text", "skipped", "superseded"), ("text", "sent", None))


async def test_a_held_answer_stays_for_the_person_who_is_called(talk: Talk) -> None:
    """What hands over answers nothing: the person may still send what was held, once the customer wrote."""
    await talk.choose(ASKS)
    await talk.too_late()
    rows = await talk.became(HELD, TEMPLATE)
    assert rows[0]["detail"] == "the template write_again went in its place"
    assert (await talk.conversation())["needs_person"] is False
    await talk.ask("yes please, I do want it")
    await talk.became(HELD, TEMPLATE, ("text", "sent", None))
    assert (await talk.conversation())["mode"] == "human"
    assert (await talk.shop.api("POST", f"/messages/{rows[0]['id']}/retry")).status == 200
    await talk.became(("text", "sent", None), TEMPLATE, ("text", "sent", None))


async def test_a_takeover_stops_the_template_too(talk: Talk) -> None:
    await talk.choose(CARRIES)
    await talk.hold_up(True)
    await talk.ask()
    await talk.out(lambda rows: bool(rows))
    await talk.close()
    await talk.shop.api("PUT", f"/conversations/{talk.id}/mode", {"mode": "human"})
    await talk.hold_up(False)
    await talk.became(("text", "skipped", "taken_over"))
    assert talk.sent() == []


@pytest.mark.parametrize(
    ("spoil", "because"),
    [
        ("UPDATE templates SET category = 'marketing' WHERE tenant_id = $1", "is marketing: only utility"),
        ("UPDATE templates SET status = 'paused' WHERE tenant_id = $1", "is paused"),
        ("UPDATE contacts SET name = '', profile_name = '' WHERE tenant_id = $1", "which is not known"),
        ("UPDATE messages SET text = E'a\\nb' WHERE tenant_id = $1 AND direction = 'out'", "holds a line"),
    ],
)
async def test_what_does_not_fit_any_more_is_held_and_says_why(talk: Talk, spoil: str, because: str) -> None:
    await talk.choose(CARRIES)
    await talk.hold_up(True)
    await talk.ask()
    await talk.out(lambda rows: bool(rows))
    await talk.do(spoil)
    await talk.close()
    await talk.hold_up(False)
    (held,) = await talk.became(HELD)
    assert because in held["detail"]
    assert (await talk.conversation())["needs_person_reason"] == "window_closed"


async def test_a_template_that_may_not_leave_today_calls_a_person(talk: Talk) -> None:
    await talk.choose(CARRIES)
    limit = """INSERT INTO account_limits (tenant_id, account, daily, room, told_at)
               VALUES ($1, $2, 1, 0, now())"""
    await talk.do(limit, talk.shop.channel.account)
    await talk.too_late()
    await talk.became(SENT_AS, ("template", "held", "portfolio_limit"))
    assert (await talk.conversation())["needs_person_reason"] == "portfolio_limit"
    assert talk.sent() == []


@pytest.mark.parametrize("by", ["answer", "status"])
async def test_the_provider_says_that_the_window_is_closed(talk: Talk, by: str) -> None:
    """Its word counts like the gate's: the picker is offered, the template goes once however often told."""
    await talk.choose(CARRIES)
    graph = talk.shop.stage.graph
    if by == "answer":
        graph.next_answers.append(graph.refuse(131047))
    await talk.ask()
    if by == "status":
        (sent,) = await talk.became(("text", "sent", None))
        for code in (131047, 131026, 131047):
            await talk.told(sent["id"], "failed", code)
    rows = await talk.became(SENT_AS, TEMPLATE)
    assert (await talk.conversation())["window"]["open"] is False
    await talk.told(rows[1]["id"], "delivered")
    await talk.became(SENT_AS, ("template", "delivered", None))
    assert talk.sent().count("template") == 1


async def test_a_persons_words_refused_by_a_status_are_held_for_the_picker(talk: Talk) -> None:
    await talk.choose(CARRIES)
    await talk.ask()
    await talk.became(("text", "sent", None))
    body = {"text": "Tomorrow too.", "client_id": "w"}
    said = await talk.shop.api("POST", f"/conversations/{talk.id}/messages", body)
    await talk.became(("text", "sent", None), ("text", "sent", None))
    await talk.told(said.json["id"], "failed", 131047)
    await talk.became(("text", "sent", None), HELD)
    assert (await talk.conversation())["window"]["open"] is False
    assert "template" not in talk.sent()


async def test_only_an_approved_utility_template_that_fits_can_be_chosen(talk: Talk) -> None:
    marketing = await talk.choose({"name": "offer", "language": "en", "values": {}})
    assert (marketing.status, marketing.json["code"]) == (409, "template_not_sent")
    unknown = await talk.choose({"name": "nobody", "language": "en", "values": {}})
    assert (unknown.status, unknown.json["code"]) == (409, "template_not_sent")
    lacking = await talk.choose(CARRIES | {"values": {"body.1": "x"}})
    assert lacking.status == 422
    assert [error["field"] for error in lacking.json["errors"]] == ["content.values.body.2"]
    assert (await talk.choose(None)).json["window_template"] is None
