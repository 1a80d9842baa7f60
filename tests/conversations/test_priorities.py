"""How urgent a conversation is: set, told, found by, sorted by where a person is needed."""

from typing import Any

import pytest

from samvad.tenancy.types import Role
from tests.conversations.conftest import heard
from tests.door.stage import Shop

FOUR = [f"91981140004{n}" for n in range(4)]


async def rate(shop: Shop, talk: str, priority: str) -> dict[str, Any]:
    answer = await shop.api("PUT", f"/conversations/{talk}/priority", {"priority": priority})
    assert answer.status == 200, answer.text
    return dict(answer.json)


async def rows(shop: Shop, query: str) -> list[str]:
    return [row["id"] for row in (await shop.get(f"/conversations?{query}"))["items"]]


async def test_it_is_set_once_with_a_line_and_the_list_finds_it(shop: Shop) -> None:
    asha, ravi, *_ = [talk["id"] for talk in await heard(shop, *FOUR[:2])]
    cursor = (await shop.get("/events"))["next_cursor"]
    assert (await shop.get(f"/conversations/{asha}"))["priority"] == "none"
    assert (await rate(shop, asha, "high"))["priority"] == "high"
    await rate(shop, asha, "high")
    assert await rows(shop, "priority=high") == [asha]
    assert await rows(shop, "priority=none") == [ravi]
    assert await rows(shop, "priority=urgent") == []
    counted = await shop.get("/conversations/counts?priority=high")
    assert (counted["all"], counted["waiting"]) == (1, 2)
    lines = [m for m in (await shop.get(f"/conversations/{asha}/messages"))["items"] if m["kind"] == "system"]
    said = [m["content"] for m in lines if m["content"]["event"] == "priority"]
    assert [(one["was"], one["priority"]) for one in said] == [("none", "high")]
    assert lines[0]["member"]["name"]
    told = (await shop.get(f"/events?cursor={cursor}"))["items"]
    assert [e["type"] for e in told] == ["message.created", "conversation.updated"]
    assert (await shop.api("PUT", f"/conversations/{asha}/priority", {"priority": "extreme"})).status == 422
    assert (await shop.api("GET", "/conversations?priority=extreme")).status == 422


async def test_those_that_need_a_person_stand_by_urgency_page_by_page(shop: Shop) -> None:
    first, second, third, calm = [talk["id"] for talk in await heard(shop, *FOUR)]
    await shop.api("PUT", f"/conversations/{calm}/status", {"status": "resolved"})
    await rate(shop, calm, "urgent")
    await rate(shop, first, "urgent")
    await rate(shop, second, "low")
    wanted = [first, second, third, calm]
    assert await rows(shop, "order=needs_person") == wanted
    label = (await shop.api("POST", "/labels", {"name": "Order"})).json["id"]
    for talk in wanted:
        await shop.api("PUT", f"/conversations/{talk}/labels/{label}")
    for query in ("order=needs_person", f"order=needs_person&label_id={label}"):
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = await shop.get(f"/conversations?{query}&limit=1" + (f"&cursor={cursor}" if cursor else ""))
            seen += [row["id"] for row in page["items"]]
            cursor = page["next_cursor"]
        assert seen == wanted, query


async def test_of_two_that_become_one_the_more_urgent_counts(shop: Shop) -> None:
    kept, absorbed = await heard(shop, *FOUR[:2])
    await rate(shop, kept["id"], "low")
    await rate(shop, absorbed["id"], "urgent")
    body = {"contact_id": absorbed["contact"]["id"]}
    assert (await shop.api("POST", f"/contacts/{kept['contact']['id']}/merge", body)).status == 200
    assert (await shop.get(f"/conversations/{kept['id']}"))["priority"] == "urgent"


@pytest.mark.parametrize("role", Role)
async def test_who_answers_says_how_urgent_it_is(shop: Shop, role: Role) -> None:
    (talk,) = await heard(shop, FOUR[0])
    answer = await shop.api("PUT", f"/conversations/{talk['id']}/priority", {"priority": "low"}, role=role)
    assert answer.status == (403 if role is Role.VIEWER else 200)
