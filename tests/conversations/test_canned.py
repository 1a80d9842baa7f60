"""Canned replies of a team: kept, found by a shortcut of their own, their variables checked."""

from typing import Any

import pytest

from samvad.conversations.service.canned import refuse_unknown
from samvad.kernel.errors import Invalid
from samvad.tenancy.types import Role
from tests.door.stage import Shop

HOURS = {"shortcut": "/hours", "name": " Opening hours ", "text": "Hi {{contact.first_name|there}}, 9 to 6."}


async def made(shop: Shop, **said: str) -> dict[str, Any]:
    answer = await shop.api("POST", "/canned-replies", {**HOURS, **said})
    assert answer.status == 201, answer.text
    return dict(answer.json)


async def shortcuts(shop: Shop) -> list[str]:
    return [reply["shortcut"] for reply in (await shop.get("/canned-replies"))["items"]]


async def test_it_has_a_shortcut_of_its_own(shop: Shop) -> None:
    cursor = (await shop.get("/events"))["next_cursor"]
    hours, thanks = await made(shop), await made(shop, shortcut="Thanks")
    assert hours == {**HOURS, "id": hours["id"], "shortcut": "hours", "name": "Opening hours"}
    one = f"/canned-replies/{thanks['id']}"
    for taken in (
        await shop.api("POST", "/canned-replies", {**HOURS, "shortcut": "/HOURS"}),
        await shop.api("PATCH", one, {"shortcut": "Hours"}),
    ):
        assert (taken.status, taken.json["code"]) == (409, "shortcut_taken")
    changed = await shop.api("PATCH", one, {"shortcut": "/THANKS", "text": "Thank you"})
    assert changed.json == {**thanks, "shortcut": "THANKS", "text": "Thank you"}
    assert (await shop.api("PATCH", one, {"text": "Thank you"})).status == 200  # says nothing new
    assert await shortcuts(shop) == ["hours", "THANKS"]
    assert (await shop.api("DELETE", one)).status == 204
    assert (await shop.api("PATCH", one, {"text": "x"})).status == 404
    assert await shortcuts(shop) == ["hours"]
    deeds = [entry["action"] for entry in (await shop.get("/audit?limit=200"))["items"]]
    assert [deed for deed in deeds if deed.startswith("canned")] == [
        "canned_reply.removed", "canned_reply.changed", "canned_reply.added", "canned_reply.added",
    ]  # fmt: skip
    told = [event["type"] for event in (await shop.get(f"/events?cursor={cursor}"))["items"]]
    assert told == ["canned_replies.changed"] * 4


async def test_what_cannot_be_kept_is_refused(shop: Shop) -> None:
    for wrong in (
        {"shortcut": "two words"}, {"shortcut": "/"}, {"shortcut": "a/b"}, {"shortcut": "x" * 33},
        {"name": " "}, {"name": "x" * 81}, {"text": " "}, {"text": "x" * 4097}, {"colour": "red"},
    ):  # fmt: skip
        assert (await shop.api("POST", "/canned-replies", {**HOURS, **wrong})).status == 422, wrong
    refused = await shop.api("POST", "/canned-replies", {**HOURS, "text": "Dear {{contact.surname}}"})
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == "text"
    assert refused.json["detail"].startswith(
        "{{contact.surname}} is not a variable; there are {{contact.name}},"
    )
    kept = await made(shop)
    path = f"/canned-replies/{kept['id']}"
    assert (await shop.api("PATCH", path, {"text": "{{agent}}"})).status == 422
    async with shop.stage.parts.database.unit_of_work(shop.house.tenant) as scope:
        await scope.db.execute(
            """INSERT INTO canned_replies (tenant_id, id, shortcut, name, text, created_at, updated_at)
               SELECT $1, gen_random_uuid(), n::text, 'x', 'x', now(), now()
               FROM generate_series(1, 499) n""",
            scope.tenant,
        )
    full = await shop.api("POST", "/canned-replies", {**HOURS, "shortcut": "more"})
    assert (full.status, full.json["code"]) == (409, "too_many_canned_replies")


async def test_who_answers_keeps_them_and_who_looks_reads_them(shop: Shop) -> None:
    for role in Role:
        kept, may = await made(shop, shortcut=role.value), role is not Role.VIEWER
        one = f"/canned-replies/{kept['id']}"
        assert (await shop.api("GET", "/canned-replies", role=role)).status == 200
        body = {**HOURS, "shortcut": f"{role.value}2"}
        assert (await shop.api("POST", "/canned-replies", body, role=role)).status == (201 if may else 403)
        assert (await shop.api("PATCH", one, {"name": "x"}, role=role)).status == (200 if may else 403)
        assert (await shop.api("DELETE", one, role=role)).status == (204 if may else 403)


@pytest.mark.parametrize(
    "text",
    [
        "", "no places { here } [[nor]] here", "{{contact.name}}", "{{ contact.first_name | dear friend }}",
        "{{agent.name|}}{{business.name}}",
    ],
)  # fmt: skip
def test_variables_that_are_known(text: str) -> None:
    refuse_unknown(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{}}",
        "{{name}}",
        "{{contact.name",
        "contact.name}}",
        "{{contact.Name}}",
        "{{a|b}}",
    ],
)
def test_variables_that_are_not(text: str) -> None:
    with pytest.raises(Invalid, match=r"there are \{\{contact.name\}\}"):
        refuse_unknown(text)
