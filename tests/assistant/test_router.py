"""Rules through the door: made, changed, ordered, tried, and seen by their own tenant only."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.types import ASGIApp

from samvad.assistant.prompts.builtin import BUILTIN
from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.tenancy.factories import House

RULES = "/api/v1/rules"
OPENING = {
    "name": "Opening hours", "match": "phrase", "phrases": ["opening hours", "when are you open"],
    "action": "reply", "text": "{business} is open from 9 to 18.", "order": 10, "enabled": True,
}  # fmt: skip


async def tried(client: Client, *texts: str) -> dict[str, Any]:
    answer = await client.post(f"{RULES}/test", {"texts": list(texts)})
    assert answer.status == 200, answer.body
    found: dict[str, Any] = answer.json()
    return found


async def names(client: Client) -> list[str]:
    return [rule["name"] for rule in (await client.get(f"{RULES}?limit=200")).json()["items"]]


async def test_a_tenant_starts_with_the_built_in_rules(admin: Client) -> None:
    rules = (await admin.get(RULES)).json()["items"]
    assert [rule["builtin"] for rule in rules] == [b.value for b in BUILTIN]
    assert {rule["builtin"]: rule["topic"] for rule in rules if rule["action"] == "lookup"} == {
        "order_status": "order_status",
        "pricing": "pricing",
    }


async def test_a_new_rule_takes_effect_at_once_and_comes_back_as_it_was_given(admin: Client) -> None:
    assert not (await tried(admin, "when are you open?"))["matched"]
    made = await admin.post(RULES, OPENING)
    assert made.status == 201, made.body
    assert OPENING.items() <= made.json().items()
    assert (await admin.get(f"{RULES}/{made.json()['id']}")).json() == made.json()
    trial = await tried(admin, "Hi,", "When are you OPEN?")
    assert trial["matched"]
    assert trial["rule"]["id"] == made.json()["id"]
    assert trial["phrase"] == "when are you open"
    assert trial["would_say"] == "Dairy is open from 9 to 18."


async def test_a_rule_without_order_wins_over_the_built_in_ones(admin: Client) -> None:
    assert (await tried(admin, "hello"))["rule"]["builtin"] == "greeting"
    rule = {"name": "Ours", "phrases": ["hello"], "text": "Welcome to the farm."}
    first = (await admin.post(RULES, rule)).json()
    second = (await admin.post(RULES, {**rule, "name": "Later"})).json()
    assert (await tried(admin, "hello"))["would_say"] == "Welcome to the farm."
    assert first["order"] < second["order"] < 1000
    assert (await names(admin))[:2] == ["Ours", "Later"]


async def test_a_disabled_or_removed_rule_says_nothing(admin: Client) -> None:
    id = (await admin.post(RULES, OPENING)).json()["id"]
    assert (await admin.patch(f"{RULES}/{id}", {"enabled": False})).json()["enabled"] is False
    assert not (await tried(admin, "opening hours"))["matched"]
    assert (await admin.patch(f"{RULES}/{id}", {"enabled": True})).status == 200
    assert (await tried(admin, "opening hours"))["matched"]
    assert (await admin.delete(f"{RULES}/{id}")).status == 204
    assert not (await tried(admin, "opening hours"))["matched"]
    assert (await admin.delete(f"{RULES}/{id}")).status == 404


async def test_a_built_in_rule_is_edited_and_disabled_but_not_removed(admin: Client) -> None:
    rules = (await admin.get(RULES)).json()["items"]
    greeting = next(rule for rule in rules if rule["builtin"] == "greeting")
    refused = await admin.delete(f"{RULES}/{greeting['id']}")
    assert (refused.status, refused.json()["code"]) == (409, "rule_builtin")
    changed = await admin.patch(f"{RULES}/{greeting['id']}", {"text": "Moo from {business}!"})
    assert changed.json()["texts"] == {}
    assert (await tried(admin, "hola"))["would_say"] == "Moo from Dairy!"
    assert (await admin.patch(f"{RULES}/{greeting['id']}", {"enabled": False})).status == 200
    assert not (await tried(admin, "hola"))["matched"]


async def test_texts_by_language_answer_in_kind(admin: Client) -> None:
    texts = {"es": "Abrimos a las 9.", "en": "We open at 9."}
    rule = {**OPENING, "phrases": ["horario", "hours", "घंटे"], "text": "9-18", "texts": texts}
    assert (await admin.post(RULES, rule)).status == 201
    assert (await tried(admin, "hola, horario por favor"))["would_say"] == "Abrimos a las 9."
    assert (await tried(admin, "घंटे"))["would_say"] == "9-18"


async def test_rules_are_put_in_order(admin: Client) -> None:
    ids = [rule["id"] for rule in (await admin.get(RULES)).json()["items"]]
    turned = await admin.call("PUT", f"{RULES}/order", {"ids": ids[::-1]})
    assert [rule["id"] for rule in turned.json()["items"]] == ids[::-1]
    assert [rule["id"] for rule in (await admin.get(RULES)).json()["items"]] == ids[::-1]
    for wrong in (ids[1:], [*ids, ids[0]], [*ids[1:], ids[1]]):
        assert (await admin.call("PUT", f"{RULES}/order", {"ids": wrong})).status == 409
    made = await admin.post(RULES, {**OPENING, "order": None})
    assert (await names(admin))[0] == "Opening hours", made.body


async def test_rules_are_read_in_pages(admin: Client) -> None:
    seen: list[str] = []
    path = f"{RULES}?limit=4"
    while path:
        page = (await admin.get(path)).json()
        seen += [rule["name"] for rule in page["items"]]
        path = f"{RULES}?limit=4&cursor={page['next_cursor']}" if page["next_cursor"] else ""
    assert seen == await names(admin)
    for cursor in ("x", "WyJhIiwiYiJd", "W10"):
        assert (await admin.get(f"{RULES}?cursor={cursor}")).status == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"match": "regex", "phrases": ["(open"]}, "phrases.0"),
        ({"match": "regex", "phrases": ["ok", "(?=look)ahead"]}, "phrases.1"),
        ({"match": "regex", "phrases": [r"(a)\1"]}, "phrases.0"),
        ({"match": "regex", "phrases": ["x*"]}, "phrases.0"),
        ({"match": "regex", "phrases": ["((a{100}){100}){100}"]}, "phrases.0"),
        ({"phrases": []}, "phrases"),
        ({"phrases": ["  "]}, "phrases.0"),
        ({"phrases": ["="]}, "phrases.0"),
        ({"phrases": [f"phrase {n}" for n in range(51)]}, "phrases"),
        ({"phrases": ["x" * 1001]}, "phrases.0"),
        ({"text": ""}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"texts": {"xx": "what"}}, "texts"),
        ({"name": " "}, "name"),
        ({"action": "sing"}, "action"),
        ({"order": 10**9}, "order"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_a_wrong_field_is_named(admin: Client, change: dict[str, Any], field: str) -> None:
    refused = await admin.post(RULES, {**OPENING, **change})
    assert refused.status == 422, refused.body
    assert refused.json()["errors"][0]["field"].startswith(field), refused.body


async def test_odd_characters_are_stored_safely(admin: Client) -> None:
    made = await admin.post(
        RULES, {**OPENING, "name": "a\x00b", "phrases": ["o\x00pen now"], "text": "x\x00"}
    )
    assert made.status == 201, made.body
    assert (made.json()["name"], made.json()["text"]) == ("ab", "x")
    assert (await tried(admin, "open\x00 now"))["matched"]


async def test_a_tenant_has_at_most_two_hundred_rules(admin: Client) -> None:
    for n in range(200 - len(BUILTIN)):
        assert (await admin.post(RULES, {**OPENING, "name": f"Rule {n}"})).status == 201
    refused = await admin.post(RULES, OPENING)
    assert (refused.status, refused.json()["code"]) == (409, "too_many_rules")


async def test_roles(signed_in: Callable[[Role], Client]) -> None:
    for role in (Role.VIEWER, Role.AGENT):
        client = signed_in(role)
        assert (await client.get(RULES)).status == 200
        assert (await tried(client, "hi"))["matched"]
        assert (await client.post(RULES, OPENING)).status == 403


async def test_another_tenants_rule_is_not_there(admin: Client, app: ASGIApp, neighbour: House) -> None:
    other = Client(app, neighbour.tokens[Role.OWNER])
    theirs = (await other.post(RULES, OPENING)).json()["id"]
    assert (await other.get(f"{RULES}/{theirs}")).status == 200
    assert (await admin.get(f"{RULES}/{theirs}")).status == 404
    assert (await admin.patch(f"{RULES}/{theirs}", {"enabled": False})).status == 404
    assert (await admin.delete(f"{RULES}/{theirs}")).status == 404
    assert "Opening hours" not in await names(admin)
    assert not (await tried(admin, "opening hours"))["matched"]
