"""Colleagues called in by a note: kept with it, counted until seen, found by the list."""

from typing import Any

import pytest

from samvad.tenancy.types import Role
from tests.conversations.conftest import heard
from tests.door.stage import Said, Shop

ASHA, RAVI = "919811400031", "919811400032"


async def ids(shop: Shop) -> dict[str, str]:
    return {one["role"]: one["id"] for one in (await shop.get("/members"))["items"]}


async def note(shop: Shop, talk: str, *members: str, client_id: str = "n1", **more: Any) -> Said:
    body = {"text": "@Ann please look", "private": True, "client_id": client_id, "mentions": [*members]}
    return await shop.api("POST", f"/conversations/{talk}/messages", body | more)


async def mentioned(shop: Shop, role: Role) -> tuple[list[str], int]:
    """What the list holds for them, and how many they have not seen."""
    rows = await shop.api("GET", "/conversations?mentioned=me", role=role)
    counts = await shop.api("GET", "/conversations/counts", role=role)
    return [row["id"] for row in rows.json["items"]], counts.json["mentions"]


async def test_a_mention_waits_for_the_member_until_it_is_seen(shop: Shop) -> None:
    first, second = [talk["id"] for talk in await heard(shop, ASHA, RAVI)]
    team = await ids(shop)
    cursor = (await shop.get("/events"))["next_cursor"]
    made = await note(shop, first, team["agent"], team["agent"], team["viewer"])
    assert made.status == 201, made.text
    assert {one["id"] for one in made.json["content"]["mentions"]} == {team["agent"], team["viewer"]}
    again = await note(shop, first, team["agent"], team["viewer"])
    assert again.json["id"] == made.json["id"]
    await note(shop, second, team["owner"])
    told = [e["data"] for e in (await shop.get(f"/events?cursor={cursor}"))["items"]]
    assert [d["message"]["private"] for d in told if "message" in d] == [True, True]
    row = next(d["conversation"] for d in told if "conversation" in d)
    assert {one["member_id"]: one["seen"] for one in row["mentions"]} == {
        team["agent"]: False, team["viewer"]: False,
    }  # fmt: skip
    assert await mentioned(shop, Role.AGENT) == ([first], 1)
    assert await mentioned(shop, Role.ADMIN) == ([], 0)
    assert await mentioned(shop, Role.OWNER) == ([second], 0)  # by themselves
    for role in (Role.AGENT, Role.VIEWER):
        seen = await shop.api("POST", f"/conversations/{first}/mentions/seen", role=role)
        assert seen.status == 204
        assert await mentioned(shop, role) == ([first], 0)
    shown = (await shop.get(f"/conversations/{first}"))["mentions"]
    assert [one["seen"] for one in shown] == [True, True]
    await note(shop, first, team["agent"], client_id="n2")
    assert await mentioned(shop, Role.AGENT) == ([first], 1)


@pytest.mark.parametrize("wrong", ["a stranger", "somebody who left", "to a customer", "eleven"])
async def test_only_colleagues_are_mentioned_and_only_in_notes(shop: Shop, wrong: str) -> None:
    (talk,) = await heard(shop, ASHA)
    team = await ids(shop)
    more: dict[str, Any] = {}
    members = [team["agent"]]
    if wrong == "a stranger":
        members.append(talk["id"])
    elif wrong == "somebody who left":
        await shop.api("PATCH", f"/members/{team['agent']}", {"disabled": True})
    elif wrong == "to a customer":
        more["private"] = False
    else:
        members = [talk["id"]] * 11
    assert (await note(shop, talk["id"], *members, **more)).status == 422
    if wrong == "somebody who left":
        await shop.api("PATCH", f"/members/{team['agent']}", {"disabled": False})


async def test_a_mention_goes_where_its_note_goes(shop: Shop) -> None:
    first, second = await heard(shop, ASHA, RAVI)
    await note(shop, first["id"], (await ids(shop))["agent"])
    url = f"/contacts/{second['contact']['id']}/merge"
    merged = await shop.api("POST", url, {"contact_id": first["contact"]["id"]})
    assert merged.status == 200, merged.text
    assert await mentioned(shop, Role.AGENT) == ([second["id"]], 1)
    parted = await shop.api("POST", f"/contacts/{second['contact']['id']}/merges/{merged.json['id']}/undo")
    assert parted.status == 200, parted.text
    assert await mentioned(shop, Role.AGENT) == ([first["id"]], 1)
