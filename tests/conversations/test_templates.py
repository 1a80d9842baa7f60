"""Templates from the API through gate and sender: outside the window, with values, never unwanted."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from samvad.kernel.ids import new_id
from tests.conversations.conftest import heard, until
from tests.door.stage import Said, Shop
from tests.support import meta

ASHA = "919811500001"
CHOICE = {"name": "order_ready", "language": "en", "values": {"body.1": "{{contact.name}}", "body.2": "curd"}}


def entry(name: str, text: str, **more: Any) -> dict[str, Any]:
    body = {"type": "BODY", "text": text}
    return {"id": name, "name": name, "language": "en", "status": "APPROVED", "category": "UTILITY",
            "components": [body], **more}  # fmt: skip


LISTED = [
    entry("order_ready", "Dear {{1}}, your order of {{2}} is ready."),
    entry("greeting", "Hello"),
    entry("paused", "Hello", status="PAUSED"),
    entry("rejected", "Hello", status="REJECTED", rejected_reason="ABUSIVE_CONTENT"),
    entry("offer", "Ten percent off.", category="MARKETING"),
]


class Talk:
    """A conversation whose window is closed, on a number with templates."""

    def __init__(self, shop: Shop, id_: str) -> None:
        self.shop, self.id = shop, id_

    async def write(self, *, client_id: str = "", **change: Any) -> Said:
        body = {"kind": "template", "client_id": client_id or new_id().hex, "content": CHOICE | change}
        return await self.shop.api("POST", f"/conversations/{self.id}/messages", body)

    async def settled(self, said: Said, status: str) -> dict[str, Any]:
        assert said.status == 201, said.text

        async def reached() -> Any:
            items = (await self.shop.get(f"/conversations/{self.id}/messages"))["items"]
            found = next(item for item in items if item["id"] == said.json["id"])
            return found if found["status"] == status else None

        return await until(reached)

    def sent(self) -> list[dict[str, Any]]:
        return [body["template"] for body in self.shop.stage.graph.sends if "template" in body]

    async def execute(self, query: str) -> None:
        await self.shop.stage.superuser.execute(query, self.shop.house.tenant)


@pytest.fixture
async def talk(shop: Shop) -> AsyncIterator[Talk]:
    (found,) = await heard(shop, ASHA)
    shop.stage.graph.templates = LISTED
    synced = await shop.api("POST", "/templates/sync", {"channel_id": str(shop.channel.id)})
    assert synced.json["total"] == 5, synced.text
    shop.stage.graph.sends.clear()
    made = Talk(shop, found["id"])
    await made.execute("UPDATE send_facts SET window_until = now() - interval '1 hour' WHERE tenant_id = $1")
    yield made
    shop.stage.graph.templates = []


async def test_it_leaves_outside_the_window_with_its_values(talk: Talk) -> None:
    text = {"text": "too late", "client_id": "t"}
    refused = await talk.shop.api("POST", f"/conversations/{talk.id}/messages", text)
    assert (refused.status, refused.json["code"]) == (409, "window_closed")
    said = await talk.write()
    sent = await talk.settled(said, "sent")
    assert (sent["kind"], sent["text"]) == ("template", "Dear Asha, your order of curd is ready.")
    assert sent["content"]["values"] == {"body.1": "Asha", "body.2": "curd"}
    parameters = [{"type": "text", "text": "Asha"}, {"type": "text", "text": "curd"}]
    wire = {"name": "order_ready", "language": {"code": "en"}}
    assert talk.sent() == [wire | {"components": [{"type": "body", "parameters": parameters}]}]
    conversation = await talk.shop.get(f"/conversations/{talk.id}")
    assert (conversation["mode"], conversation["preview"]["text"]) == ("human", sent["text"])


async def test_the_same_client_id_sends_it_once_whatever_became_of_name_and_template(talk: Talk) -> None:
    first = await talk.write(client_id="once")
    await talk.settled(first, "sent")
    await talk.execute("UPDATE contacts SET name = 'Ms Asha' WHERE tenant_id = $1")
    again = await talk.write(client_id="once")
    assert (again.status, again.json["id"]) == (201, first.json["id"])
    other = await talk.write(client_id="once", values={"body.1": "x", "body.2": "y"})
    assert (other.status, other.json["code"]) == (409, "client_id_reused")
    assert len(talk.sent()) == 1


@pytest.mark.parametrize(
    ("change", "said_of_it"),
    [
        ({"name": "paused"}, "is paused, as customers blocked or reported it"),
        ({"name": "rejected"}, "was rejected: ABUSIVE_CONTENT"),
        ({"name": "nobody_knows"}, "The channel has no template 'nobody_knows' (en): look under Settings"),
        ({"language": "hi"}, "The channel has no template 'order_ready' (hi): it is there in en"),
    ],
)
async def test_what_may_not_be_sent_says_why(talk: Talk, change: dict[str, Any], said_of_it: str) -> None:
    said = await talk.write(**change)
    assert (said.status, said.json["code"]) == (409, "template_not_sent"), said.text
    assert said_of_it in said.json["detail"]
    assert talk.sent() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body.1": "Asha"}, "content.values.body.2"),
        ({"body.1": "Asha", "body.2": "a\nb"}, "content.values.body.2"),
        ({"body.1": "Asha", "body.2": "b", "header": "c"}, "content.values.header"),
        ({"body.1": 1, "body.2": "b"}, "content.values.body.1"),
    ],
)
async def test_values_that_do_not_fit_are_422(talk: Talk, values: dict[str, Any], field: str) -> None:
    said = await talk.write(values=values)
    assert said.status == 422, said.text
    assert field in {error["field"] for error in said.json["errors"]}


async def test_what_is_not_known_of_the_contact_is_told(talk: Talk) -> None:
    await talk.execute("UPDATE contacts SET name = '', profile_name = '' WHERE tenant_id = $1")
    said = await talk.write()
    assert [error["field"] for error in said.json["errors"]] == ["content.values.body.1"]
    assert "the contact's name, which is not known" in said.json["detail"]


async def test_marketing_goes_to_nobody_who_stopped_it(talk: Talk) -> None:
    """At the door, and at the gate for what was queued before; everything else goes on."""
    offer = {"name": "offer", "values": {}}
    stop = "UPDATE contact_send_facts SET marketing_stopped = $2 WHERE tenant_id = $1"
    facts = talk.shop.stage.superuser
    hold = "UPDATE channel_send_facts SET paused_until = $2 WHERE tenant_id = $1"
    tenant, now = talk.shop.house.tenant, talk.shop.stage.parts.clock.now()
    await talk.execute(
        """INSERT INTO contact_send_facts (tenant_id, contact_id)
           SELECT tenant_id, id FROM contacts WHERE tenant_id = $1 ON CONFLICT DO NOTHING"""
    )
    await facts.execute(hold, tenant, now.replace(year=now.year + 1))
    queued = await talk.write(**offer)
    await facts.execute(stop, tenant, True)
    await facts.execute(hold, tenant, None)
    skipped = await talk.settled(queued, "skipped")
    assert skipped["reason"] == "opted_out"
    refused = await talk.write(**offer)
    assert (refused.status, refused.json["code"]) == (409, "opted_out"), refused.text
    await talk.settled(await talk.write(), "sent")
    await facts.execute(stop, tenant, False)
    await talk.settled(await talk.write(**offer), "sent")
    assert [one["name"] for one in talk.sent()] == ["order_ready", "offer"]


async def test_a_stop_at_the_provider_reaches_the_gate(talk: Talk) -> None:
    channel = talk.shop.channel
    wish = meta.preference(channel.address, channel.account, "stop", sender=ASHA)
    assert (await talk.shop.knock(wish)).status == 200

    async def closed() -> bool:
        said = await talk.write(name="offer", values={})
        return said.status == 409 and said.json["code"] == "opted_out"

    await until(closed)


@pytest.mark.parametrize(("code", "reason"), [(132001, "template_missing"), (132015, "template_stopped")])
async def test_a_refusal_of_the_template_has_the_list_asked_for_again(
    talk: Talk, code: int, reason: str
) -> None:
    await talk.execute("DELETE FROM timers WHERE tenant_id = $1 AND kind = 'templates'")
    talk.shop.stage.graph.next_answers.append(talk.shop.stage.graph.refuse(code))
    failed = await talk.settled(await talk.write(), "failed")
    assert failed["reason"] == reason
    query = "SELECT count(*) FROM timers WHERE tenant_id = $1 AND kind = 'templates'"
    assert await talk.shop.stage.superuser.fetchval(query, talk.shop.house.tenant) == 1
    assert reason in await talk.shop.alerts()


async def test_a_reply_that_meets_a_closed_window_is_held_and_a_person_called(talk: Talk) -> None:
    """The provider's clock says so, while ours lets it pass."""
    talk.shop.stage.graph.next_answers.append(talk.shop.stage.graph.refuse(131047))
    await talk.shop.api("PUT", f"/conversations/{talk.id}/mode", {"mode": "ai"})
    assert (await talk.shop.knock(talk.shop.saying("hello again", sender=ASHA))).status == 200

    async def held() -> Any:
        items = (await talk.shop.get(f"/conversations/{talk.id}/messages"))["items"]
        return next((item for item in items if item["status"] == "held"), None)

    found = await until(held)
    assert found["reason"] == "window_closed"
    assert (await talk.shop.get(f"/conversations/{talk.id}"))["needs_person_reason"] == "window_closed"
