"""Templates over HTTP: asked for page by page, created, edited, deleted; what the provider tells of them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from samvad.channels.service import templates
from samvad.channels.service.template_sync import EVERY, WHILE_PENDING, TemplateSyncer
from samvad.channels.types import TemplateCategory, TemplateNews, TemplateQuality, TemplateStatus
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.door.stage import Shop

LAYOUT = {"body": "Dear {{1}}, it is ready.", "examples": {"1": "Asha"}}
NEWS = TemplateNews("1", "order_ready", "en")


def entry(name: str, status: str = "APPROVED", *, language: str = "en", **more: Any) -> dict[str, Any]:
    body = {"type": "BODY", "text": f"Dear {{{{1}}}}, {name}.", "example": {"body_text": [["Asha"]]}}
    return {
        "id": f"{name}-{language}", "name": name, "language": language, "status": status,
        "category": "UTILITY", "quality_score": {"score": "GREEN"}, "components": [body], **more,
    }  # fmt: skip


@pytest.fixture
async def filled(shop: Shop) -> AsyncIterator[Shop]:
    """Three templates at the provider, asked for once."""
    graph = shop.stage.graph
    graph.templates = [entry("order_ready"), entry("order_ready", language="hi"), entry("offer", "PENDING")]
    assert (await sync(shop)).json == {"total": 3, "added": 3, "changed": 0, "removed": 0}
    graph.asked.clear()
    yield shop
    graph.templates, graph.asked = [], []
    graph.next_refusals.clear()


async def sync(shop: Shop) -> Any:
    return await shop.api("POST", "/templates/sync", {"channel_id": str(shop.channel.id)})


async def named(shop: Shop, query: str = "") -> list[tuple[str, str, str]]:
    items = (await shop.get(f"/templates?{query}"))["items"]
    return [(one["name"], one["language"], one["status"]) for one in items]


async def write(shop: Shop, **change: Any) -> Any:
    body = {"channel_id": str(shop.channel.id), "name": "hello", "language": "en", "category": "utility",
            "layout": LAYOUT}  # fmt: skip
    return await shop.api("POST", "/templates", body | change)


async def note(shop: Shop, news: TemplateNews) -> str:
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        return await templates.note_news(scope, shop.channel, news, at=parts.clock.now())


async def test_they_are_listed_by_name_and_filtered(filled: Shop) -> None:
    all_of_them = [
        ("offer", "en", "pending"),
        ("order_ready", "en", "approved"),
        ("order_ready", "hi", "approved"),
    ]
    assert await named(filled) == all_of_them
    assert await named(filled, f"channel_id={filled.channel.id}") == all_of_them
    assert await named(filled, "status=approved&language=hi") == all_of_them[2:]
    assert await named(filled, "q=OFF&category=utility") == all_of_them[:1]
    page = await filled.get("/templates?limit=2")
    assert [one["name"] for one in page["items"]] == ["offer", "order_ready"]
    rest = await filled.get(f"/templates?limit=2&cursor={page['next_cursor']}")
    assert [one["language"] for one in rest["items"]] == ["hi"]
    one = await filled.get(f"/templates/{rest['items'][0]['id']}")
    assert (one["quality"], one["channel_ids"]) == ("high", [str(filled.channel.id)])
    assert one["slots"] == [{"name": "body.1", "kind": "text", "required": True, "example": "Asha"}]
    (number,) = (await filled.get("/template-channels"))["items"]
    assert (number["channel_id"], number["problem"]) == (str(filled.channel.id), "")
    assert number["synced_at"]


async def test_a_sync_tells_what_is_new_changed_and_gone(filled: Shop) -> None:
    graph = filled.stage.graph
    graph.templates = [entry("order_ready", "PAUSED"), entry("offer"), entry("new")]
    assert (await sync(filled)).json == {"total": 3, "added": 1, "changed": 2, "removed": 1}
    assert await named(filled) == [
        ("new", "en", "approved"),
        ("offer", "en", "approved"),
        ("order_ready", "en", "paused"),
    ]
    assert await filled.alerts() == ["template_paused"]
    assert (await sync(filled)).json == {"total": 3, "added": 0, "changed": 0, "removed": 0}
    graph.templates = [entry("order_ready")]
    await sync(filled)
    assert not (await filled.get("/alerts"))["items"], "approved again: the alarm is over"


async def test_what_the_provider_says_to_a_sync_is_kept(filled: Shop) -> None:
    graph = filled.stage.graph
    for refusal, status, code in ((graph.refuse(200, 403), 409, "provider_refused"),
                                  (graph.refuse(80007, 429), 503, "provider_away")):  # fmt: skip
        graph.next_refusals.append(refusal)
        said = await sync(filled)
        assert (said.status, said.json["code"]) == (status, code), said.text
        (number,) = (await filled.get("/template-channels"))["items"]
        assert "refused" in number["problem"]
        assert number["synced_at"], "what was known stays known"
    assert len(await named(filled)) == 3


async def test_one_is_created_edited_and_deleted(filled: Shop) -> None:
    made = await write(filled)
    assert (made.status, made.json["status"], made.json["layout"]) == (201, "pending", made.json["layout"])
    id_ = made.json["id"]
    layout = {"body": "Dear {{1}}, it is here.", "examples": {"1": "Asha"}}
    changed = await filled.api("PUT", f"/templates/{id_}", {"category": "marketing", "layout": layout})
    assert (changed.status, changed.json["id"], changed.json["category"]) == (200, id_, "marketing")
    assert changed.json["layout"]["body"] == layout["body"]
    assert (await filled.api("DELETE", f"/templates/{id_}")).status == 204
    assert len(await named(filled)) == 3
    methods = [
        (method, path.partition("?")[0].rpartition("/")[2]) for method, path, _ in filled.stage.graph.asked
    ]
    assert methods == [("POST", "message_templates"), ("POST", "71"), ("DELETE", "message_templates")]
    audit = {line["action"] for line in (await filled.get("/audit"))["items"]}
    assert {"template.created", "template.changed", "template.deleted"} <= audit


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"name": "Hello There"}, {"name"}),
        (
            {"layout": {"body": "{{1}}", "footer": "f" * 61}},
            {"layout.body", "layout.footer", "layout.examples.1"},
        ),
        ({"layout": {"body": "x", "colour": "red"}}, {"layout.colour"}),
        ({"layout": {"body": "a\x00b"}}, set()),
        ({"category": "spam"}, {"category"}),
    ],
)
async def test_a_draft_is_refused_before_the_provider_is_asked(
    filled: Shop, change: dict[str, Any], fields: set[str]
) -> None:
    said = await write(filled, **change)
    assert (said.status, said.json["code"]) == (422, "invalid"), said.text
    assert fields <= {error["field"] for error in said.json["errors"]}
    assert filled.stage.graph.asked == []


async def test_the_providers_refusal_of_a_draft_is_told_and_nothing_is_kept(filled: Shop) -> None:
    filled.stage.graph.next_refusals.append(filled.stage.graph.refuse(100))
    said = await write(filled)
    assert (said.status, said.json["code"], said.json["detail"]) == (
        409,
        "provider_refused",
        "HTTP 400: refused",
    )
    assert len(await named(filled)) == 3


async def test_without_an_account_it_says_where_to_enter_it(shop: Shop) -> None:
    other = await shop.stage.connect(shop.house, number=str(new_id().int % 10**15), secret="s", account="")
    said = await sync(replace(shop, channel=other))
    assert (said.status, said.json["code"]) == (409, "account_missing"), said.text


async def test_with_the_last_number_of_an_account_its_templates_go(filled: Shop) -> None:
    other = await filled.stage.connect(
        filled.house, number=str(new_id().int % 10**15), secret="s", account=filled.channel.account
    )
    for number, left in ((filled.channel, 3), (other, 0)):
        assert (await filled.api("DELETE", f"/channels/{number.id}")).status == 204
        assert len(await named(filled)) == left


async def test_a_viewer_reads_and_does_not_write(filled: Shop) -> None:
    assert (await filled.api("GET", "/templates", role=Role.VIEWER)).status == 200
    assert (await filled.api("POST", "/templates/sync", {}, role=Role.AGENT)).status == 403


async def test_news_change_the_record_and_raise_an_alarm(filled: Shop) -> None:
    assert await note(filled, replace(NEWS, quality=TemplateQuality.LOW)) == "approved, low, utility"
    await note(filled, replace(NEWS, category=TemplateCategory.MARKETING))
    await note(filled, replace(NEWS, status=TemplateStatus.PAUSED, reason="for 3 hours"))
    found = (await filled.get("/templates?q=order_ready&language=en"))["items"][0]
    assert (found["status"], found["reason"], found["quality"], found["category"]) == (
        "paused", "for 3 hours", "low", "marketing",
    )  # fmt: skip
    (alert,) = (await filled.get("/alerts"))["items"]
    assert (alert["name"], alert["subject"]) == ("template_paused", found["id"])
    assert "order_ready (en)" in alert["detail"]
    await note(filled, replace(NEWS, status=TemplateStatus.DISABLED))
    assert [one["name"] for one in (await filled.get("/alerts"))["items"]] == ["template_disabled"]
    await note(filled, replace(NEWS, status=TemplateStatus.APPROVED))
    assert (await filled.get("/alerts"))["items"] == []
    await note(filled, replace(NEWS, status=TemplateStatus.DELETED))
    assert await named(filled, "q=order_ready&language=en") == []
    assert await note(filled, NEWS) == "a template that we do not know"


async def test_a_worker_asks_again_and_again(filled: Shop) -> None:
    """Soon after it was connected, soon after news, every few hours, sooner while one is in review."""
    parts, tenant = filled.stage.parts, filled.house.tenant
    clock = FrozenClock(SystemClock().now())
    worker = TemplateSyncer(
        database=parts.database,
        desk=parts.templates,
        standings=parts.standings,
        adapters=parts.adapters,
        wakeups=parts.wakeups,
        clock=clock,
    )

    async def due_in() -> float:
        run_at = await filled.stage.superuser.fetchval(
            "SELECT run_at FROM timers WHERE tenant_id = $1 AND kind = 'templates'", tenant
        )
        return float((run_at - clock.now()).total_seconds())

    async def ask() -> None:
        clock.advance(EVERY)
        while await worker.round():
            pass

    assert 0 < await due_in() <= 6
    await ask()
    assert await due_in() == WHILE_PENDING.total_seconds()
    filled.stage.graph.templates.pop()
    await ask()
    assert await due_in() == EVERY.total_seconds()
    await note(filled, NEWS)
    assert await due_in() < 60
    await filled.stage.superuser.execute("DELETE FROM timers WHERE tenant_id = $1", tenant)
    await worker.arm_all()
    assert await due_in() == 0
