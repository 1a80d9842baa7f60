"""Thumbs on answers: one per member, changeable, counted, told live; and the list of what was found wrong."""

from typing import Any

import pytest

from samvad.tenancy.types import Role
from tests.conversations.conftest import heard
from tests.door.stage import Shop

ASHA, RAVI = "919811400011", "919811400012"


async def answered(shop: Shop, *senders: str, text: str = "When do you open?") -> list[str]:
    """Ids of what the assistant said to each of them last."""
    talks = await heard(shop, *senders, text=text)
    said = [(await shop.get(f"/conversations/{talk['id']}/messages"))["items"] for talk in talks]
    return [next(m["id"] for m in messages if m["author"] == "assistant") for messages in said]


async def judge(
    shop: Shop, message: str, verdict: str, reason: str = "", role: Role = Role.OWNER
) -> list[tuple[str, str]]:
    body = {"verdict": verdict, "reason": reason}
    answer = await shop.api("PUT", f"/messages/{message}/judgement", body, role=role)
    assert answer.status == 200, answer.text
    return [(one["verdict"], one["reason"]) for one in answer.json["items"]]


async def wrong(shop: Shop, query: str = "") -> list[dict[str, Any]]:
    return list((await shop.get(f"/judged-answers?{query}"))["items"])


async def settle(shop: Shop, message: str, settled: bool = True) -> int:
    body = {"settled": settled}
    return int((await shop.api("PUT", f"/judged-answers/{message}/settled", body)).status)


async def test_a_member_has_one_thumb_and_may_change_it(shop: Shop) -> None:
    (message,) = await answered(shop, ASHA)
    cursor = (await shop.get("/events"))["next_cursor"]
    assert await judge(shop, message, "up") == [("up", "")]
    assert await judge(shop, message, "down", "  We open at ten ") == [("down", "We open at ten")]
    assert await judge(shop, message, "down", "We open at ten") == [("down", "We open at ten")]
    assert await judge(shop, message, "up", role=Role.AGENT) == [("down", "We open at ten"), ("up", "")]
    shown = (await shop.get(f"/messages/{message}/trace"))["judgements"]
    assert [one["verdict"] for one in shown] == ["down", "up"]
    assert {"name", "id"} == set(shown[0]["member"])
    gone = await shop.api("DELETE", f"/messages/{message}/judgement")
    assert [one["verdict"] for one in gone.json["items"]] == ["up"]
    assert (await shop.api("DELETE", f"/messages/{message}/judgement")).status == 200
    told = (await shop.get(f"/events?cursor={cursor}"))["items"]
    assert [(e["data"]["up"], e["data"]["down"]) for e in told if e["type"] == "answer.judged"] == [
        (1, 0), (0, 1), (1, 1), (1, 0),
    ]  # fmt: skip


async def test_what_was_found_wrong_is_listed_until_somebody_dealt_with_it(shop: Shop) -> None:
    first, second = await answered(shop, ASHA, RAVI)
    assert await wrong(shop) == []
    await judge(shop, first, "down", "Not our hours")
    await judge(shop, second, "down")
    await judge(shop, second, "up", role=Role.AGENT)
    rows = await wrong(shop)
    assert [(row["message_id"], row["up"], row["down"]) for row in rows] == [(second, 1, 1), (first, 0, 1)]
    assert rows[1]["question"] == "When do you open?"
    assert [one["reason"] for one in rows[1]["wrong"]] == ["Not our hours"]
    assert rows[1]["answer"] and rows[1]["settled_at"] is None
    page = await shop.get("/judged-answers?limit=1")
    following = await shop.get(f"/judged-answers?limit=1&cursor={page['next_cursor']}")
    assert [page["items"][0]["message_id"], following["items"][0]["message_id"]] == [second, first]
    assert following["next_cursor"] is None
    kinds = {row["source"] for row in rows}
    assert [row["message_id"] for row in await wrong(shop, "source=campaign")] == []
    assert all([len(await wrong(shop, f"source={kind}")) == 2 for kind in kinds if kind])

    assert await settle(shop, first) == await settle(shop, first) == 204
    assert [row["message_id"] for row in await wrong(shop)] == [second]
    assert [row["message_id"] for row in await wrong(shop, "settled=true")] == [first]
    assert await settle(shop, first, settled=False) == 204
    assert len(await wrong(shop)) == 2
    await settle(shop, first)
    await judge(shop, first, "down", "Still not", role=Role.AGENT)
    assert [row["message_id"] for row in await wrong(shop)] == [first, second]
    await judge(shop, second, "up")
    assert [row["message_id"] for row in await wrong(shop)] == [first]
    assert await settle(shop, second) == 404
    deeds = [entry["action"] for entry in (await shop.get("/audit?limit=200"))["items"]]
    assert [d for d in deeds if "settled" in d] == ["answer.settled", "answer.unsettled", "answer.settled"]


async def test_only_answers_are_judged_and_only_by_members(shop: Shop) -> None:
    (message,) = await answered(shop, ASHA)
    talk = (await shop.get("/conversations"))["items"][0]["id"]
    items = (await shop.get(f"/conversations/{talk}/messages"))["items"]
    theirs = next(m["id"] for m in items if m["author"] == "customer")
    refused = await shop.api("PUT", f"/messages/{theirs}/judgement", {"verdict": "up"})
    assert (refused.status, refused.json["code"]) == (409, "not_an_answer")
    for body in ({}, {"verdict": "sideways"}, {"verdict": "up", "reason": "x" * 501}):
        assert (await shop.api("PUT", f"/messages/{message}/judgement", body)).status == 422
    key = await shop.api("POST", "/api-keys", {"name": "till", "scopes": ["inbox:write"]})
    by_key = await shop.api(
        "PUT",
        f"/messages/{message}/judgement",
        {"verdict": "up"},
        headers={"authorization": f"Bearer {key.json['key']}"},
    )
    assert by_key.status == 422


@pytest.mark.parametrize("role", Role)
async def test_who_answers_judges_and_who_keeps_the_knowledge_settles(shop: Shop, role: Role) -> None:
    (message,) = await answered(shop, ASHA)
    await judge(shop, message, "down")
    answers, keeps = role is not Role.VIEWER, role in (Role.ADMIN, Role.OWNER)
    one = f"/messages/{message}/judgement"
    body = {"settled": True}
    assert (await shop.api("PUT", one, {"verdict": "down"}, role=role)).status == (200 if answers else 403)
    assert (await shop.api("GET", "/judged-answers", role=role)).status == 200
    settled = await shop.api("PUT", f"/judged-answers/{message}/settled", body, role=role)
    assert settled.status == (204 if keeps else 403)
