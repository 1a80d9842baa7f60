"""Labels of a team: made, renamed, deleted; on conversations, in their list, in live events."""

from typing import Any

import pytest

from samvad.conversations.service.labels import least_used
from samvad.conversations.types.labels import Colour, Label
from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.conversations.conftest import heard
from tests.door.stage import Shop

ASHA, RAVI = "919811400001", "919811400002"


async def made(shop: Shop, name: str, **more: str) -> dict[str, Any]:
    answer = await shop.api("POST", "/labels", {"name": name, **more})
    assert answer.status == 201, answer.text
    return dict(answer.json)


async def put(shop: Shop, talk: dict[str, Any], label: dict[str, Any], verb: str = "PUT") -> dict[str, Any]:
    answer = await shop.api(verb, f"/conversations/{talk['id']}/labels/{label['id']}")
    assert answer.status == 200, answer.text
    return dict(answer.json)


async def names(shop: Shop) -> list[str]:
    return [label["name"] for label in (await shop.get("/labels"))["items"]]


async def test_a_label_has_a_name_of_its_own_and_the_colour_that_is_used_least(shop: Shop) -> None:
    refund, urgent = await made(shop, "  Refund "), await made(shop, "Urgent", colour="green")
    assert (refund["name"], refund["colour"]) == ("Refund", "green")
    third = await made(shop, "bulk order")
    assert third["colour"] == "blue"
    assert await names(shop) == ["bulk order", "Refund", "Urgent"]
    taken = await shop.api("POST", "/labels", {"name": "REFUND"})
    assert (taken.status, taken.json["code"]) == (409, "name_taken")
    taken = await shop.api("PATCH", f"/labels/{urgent['id']}", {"name": "refund"})
    assert (taken.status, taken.json["code"]) == (409, "name_taken")
    changed = await shop.api("PATCH", f"/labels/{refund['id']}", {"name": "REFUND", "colour": "red"})
    assert changed.json == {**refund, "name": "REFUND", "colour": "red"}
    for wrong in ({"name": " "}, {"name": "x" * 41}, {"name": "x", "colour": "mauve"}, {}):
        assert (await shop.api("POST", "/labels", wrong)).status == 422, wrong
    assert (await shop.api("DELETE", f"/labels/{urgent['id']}")).status == 204
    assert await names(shop) == ["bulk order", "REFUND"]
    deeds = [entry["action"] for entry in (await shop.get("/audit?limit=200"))["items"]]
    assert [deed for deed in deeds if deed.startswith("label")] == [
        "label.removed", "label.changed", "label.added", "label.added", "label.added",
    ]  # fmt: skip


def test_colours_are_used_in_turn() -> None:
    known: list[Label] = []
    for _ in [*Colour, *Colour]:
        known.append(Label(new_id(), "x", least_used(known)))
    assert [label.colour for label in known] == [*Colour, *Colour]


async def test_a_conversation_bears_labels_and_the_list_finds_it_by_one(shop: Shop) -> None:
    asha, ravi = await heard(shop, ASHA, RAVI)
    refund, urgent = await made(shop, "Refund"), await made(shop, "Urgent")
    cursor = (await shop.get("/events"))["next_cursor"]
    await put(shop, asha, urgent)
    await put(shop, asha, refund)
    assert (await put(shop, asha, refund))["labels"] == [refund, urgent]
    await put(shop, ravi, urgent)

    async def borne_by(label: dict[str, Any]) -> list[str]:
        rows = (await shop.get(f"/conversations?label_id={label['id']}"))["items"]
        counted = await shop.get(f"/conversations/counts?label_id={label['id']}")
        assert counted["all"] == len(rows)
        assert counted["waiting"] == 2
        return [row["id"] for row in rows]

    assert await borne_by(urgent) == [ravi["id"], asha["id"]]
    assert await borne_by(refund) == [asha["id"]]
    assert (await put(shop, asha, urgent, "DELETE"))["labels"] == [refund]
    assert (await put(shop, asha, urgent, "DELETE"))["labels"] == [refund]
    assert await borne_by(urgent) == [ravi["id"]]
    told = (await shop.get(f"/events?cursor={cursor}"))["items"]
    rows = [e["data"]["conversation"] for e in told if e["type"] == "conversation.updated"]
    assert [[label["name"] for label in row["labels"]] for row in rows] == [
        ["Urgent"], ["Refund", "Urgent"], ["Urgent"], ["Refund"],
    ]  # fmt: skip


async def test_a_label_that_is_renamed_or_deleted_changes_everywhere(shop: Shop) -> None:
    (asha,) = await heard(shop, ASHA)
    label = await made(shop, "Refund")
    await put(shop, asha, label)
    cursor = (await shop.get("/events"))["next_cursor"]
    await shop.api("PATCH", f"/labels/{label['id']}", {"name": "Money back"})
    assert (await shop.get(f"/conversations/{asha['id']}"))["labels"][0]["name"] == "Money back"
    await shop.api("DELETE", f"/labels/{label['id']}")
    assert (await shop.get(f"/conversations/{asha['id']}"))["labels"] == []
    assert (await shop.api("PUT", f"/conversations/{asha['id']}/labels/{label['id']}")).status == 404
    told = [event["type"] for event in (await shop.get(f"/events?cursor={cursor}"))["items"]]
    assert told == ["labels.changed", "labels.changed"]


@pytest.mark.parametrize("role", Role)
async def test_who_answers_adds_and_puts_labels_and_who_runs_the_business_manages_them(
    shop: Shop, role: Role
) -> None:
    (asha,) = await heard(shop, ASHA)
    label = await made(shop, "Refund")
    answers, runs = role is not Role.VIEWER, role in (Role.ADMIN, Role.OWNER)
    one = f"/labels/{label['id']}"
    borne = f"/conversations/{asha['id']}{one}"
    assert (await shop.api("GET", "/labels", role=role)).status == 200
    assert (await shop.api("POST", "/labels", {"name": "New"}, role=role)).status == (201 if answers else 403)
    assert (await shop.api("PUT", borne, role=role)).status == (200 if answers else 403)
    assert (await shop.api("PATCH", one, {"colour": "red"}, role=role)).status == (200 if runs else 403)
    assert (await shop.api("DELETE", borne, role=role)).status == (200 if answers else 403)
    assert (await shop.api("DELETE", one, role=role)).status == (204 if runs else 403)


async def test_there_are_at_most_a_hundred(shop: Shop) -> None:
    async with shop.stage.parts.database.unit_of_work(shop.house.tenant) as scope:
        await scope.db.execute(
            """INSERT INTO labels (tenant_id, id, name, colour, created_at)
               SELECT $1, gen_random_uuid(), 'l' || n, 'grey', now() FROM generate_series(1, 100) n""",
            scope.tenant,
        )
    refused = await shop.api("POST", "/labels", {"name": "one more"})
    assert (refused.status, refused.json["code"]) == (409, "too_many_labels")
