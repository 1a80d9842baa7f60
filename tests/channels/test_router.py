"""Channels over HTTP: shapes, validation, two claims of one number, and secrets that never come back."""

from typing import Any

import pytest

from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.door.stage import Shop, Stage

SECRETS = ("the access token", "the app secret")


def wish(number: str, **more: Any) -> dict[str, Any]:
    return {
        "provider": "meta",
        "name": "Second",
        "phone_number_id": number,
        "waba_id": "102290129340398",
        "access_token": SECRETS[0],
        "app_secret": SECRETS[1],
        "verify_token": "the verify token",
        **more,
    }


def fresh() -> str:
    return f"55{new_id().int % 10**12}"


async def test_a_channel_with_every_field(shop: Shop) -> None:
    number = fresh()
    settings = {"limits": {"per_second": 40}, "reply_quiet_ms": 0, "reply_cap_ms": 100, "mark_read": "open"}
    given = wish(number, graph_version="v21.0", base_url="http://127.0.0.1:9/graph/", settings=settings,
                 display_phone_number="+1 555 0100")  # fmt: skip
    said = await shop.api("POST", "/channels", given)
    assert said.status == 201
    made = said.json
    assert (made["provider"], made["name"], made["status"]) == ("meta", "Second", "active")
    assert made["webhook_url"] == f"{shop.stage.url}/webhooks/meta/{made['key']}"
    assert (made["fields"]["base_url"], made["fields"]["graph_version"]) == (
        "http://127.0.0.1:9/graph",
        "v21.0",
    )
    assert made["settings"] == settings
    assert made["made"]["verify_token"] == "the verify token"
    shown = await shop.get(f"/channels/{made['id']}")
    assert {k: v for k, v in made.items() if k != "made"} == shown
    assert made["id"] in [c["id"] for c in (await shop.get("/channels"))["items"]]


async def test_what_is_left_out_has_a_default(shop: Shop) -> None:
    given = wish(fresh())
    del given["verify_token"]
    made = (await shop.api("POST", "/channels", given)).json
    assert made["settings"]["reply_quiet_ms"] == 1200
    assert made["settings"]["reply_cap_ms"] == 6000
    assert made["fields"]["base_url"] == "https://graph.facebook.com"
    assert len(made["made"]["verify_token"]) >= 24


@pytest.mark.parametrize(
    "wrong",
    [
        {"provider": "sandbox"}, {"provider": "telegram"}, {"name": ""}, {"name": "x" * 81},
        {"phone_number_id": ""}, {"phone_number_id": "1/../2"}, {"phone_number_id": "1 2"},
        {"access_token": ""}, {"app_secret": ""}, {"verify_token": ""}, {"base_url": "ftp://x"},
        {"base_url": "http://a?b"}, {"base_url": "nonsense"}, {"graph_version": "23"}, {"extra": 1},
        {"settings": {"reply_quiet_ms": -1}}, {"settings": {"reply_cap_ms": 300_001}},
        {"settings": {"limits": {"per_second": 0}}}, {"settings": {"limits": {"per_second": 1001}}},
        {"settings": {"mark_read": "sometimes"}}, {"settings": {"unknown": 1}}, {"outlet_id": "x"},
    ],
    ids=str,
)  # fmt: skip
async def test_what_does_not_fit_is_422_and_tells_no_secret(shop: Shop, wrong: dict[str, Any]) -> None:
    before = len((await shop.get("/channels"))["items"])
    said = await shop.api("POST", "/channels", wish(fresh(), **wrong))
    assert said.status == 422
    assert said.json["errors"]
    assert not [word for word in SECRETS if word in said.text]
    assert len((await shop.get("/channels"))["items"]) == before


async def test_a_second_claim_steals_nothing(door: Stage, shop: Shop) -> None:
    """A number that another tenant connected: stored `unclaimed`, and every webhook goes where it went."""
    thief = await door.shop()
    said = await thief.api("POST", "/channels", wish(shop.channel.address, app_secret="of the thief"))
    assert (said.status, said.json["status"]) == (201, "unclaimed")
    assert (await shop.knock(shop.saying("mine"))).status == 200
    assert (await shop.knock(shop.saying("theirs"), secret="of the thief")).status == 403
    assert (
        await shop.knock(shop.saying("theirs"), secret="of the thief", key=said.json["key"])
    ).status == 403
    assert [item["text"] for item in await shop.items()] == ["mine"]
    stolen = await door.superuser.fetchval(
        "SELECT count(*) FROM inbound_items WHERE channel_id = $1", said.json["id"]
    )
    assert stolen == 0
    test = (await thief.api("POST", f"/channels/{said.json['id']}/test")).json
    assert test["ok"] is False
    assert (await thief.get(f"/channels/{said.json['id']}"))["status"] == "unclaimed"


async def test_nothing_is_sent_by_a_channel_that_is_unclaimed(door: Stage, shop: Shop) -> None:
    thief = await door.shop()
    said = await thief.api("POST", "/channels", wish(shop.channel.address))
    status = await door.superuser.fetchval(
        "SELECT status FROM channel_send_facts WHERE channel_id = $1", said.json["id"]
    )
    assert status == "unclaimed"


async def test_delete_frees_the_number(door: Stage, shop: Shop) -> None:
    assert (await shop.api("DELETE", f"/channels/{shop.channel.id}")).status == 204
    assert (await shop.api("GET", f"/channels/{shop.channel.id}")).status == 404
    assert (await shop.api("DELETE", f"/channels/{shop.channel.id}")).status == 404
    other = await door.shop()
    said = await other.api("POST", "/channels", wish(shop.channel.address, app_secret="of the next"))
    assert said.json["status"] == "active"
    assert (await shop.knock(shop.saying("hello"), secret="of the next")).status == 200
    assert await shop.items() == []


async def test_a_change_keeps_what_is_not_named(shop: Shop) -> None:
    before = await shop.get(f"/channels/{shop.channel.id}")
    said = await shop.api("PATCH", f"/channels/{shop.channel.id}", {"name": "Renamed"})
    assert said.json == {**before, "name": "Renamed"}
    assert (await shop.knock(shop.saying("hello"))).status == 200
    for wrong in ({"phone_number_id": "1"}, {"base_url": "x"}, {"name": ""}, {"app_secret": ""}):
        assert (await shop.api("PATCH", f"/channels/{shop.channel.id}", wrong)).status == 422


async def test_secrets_stand_in_no_answer(shop: Shop) -> None:
    """Whatever this tenant can ask for, after everything that its secrets went through."""
    made = (await shop.api("POST", "/channels", wish(fresh()))).json
    changed = {"access_token": "a newer token", "app_secret": "a newer secret"}
    texts = [
        (await shop.api("PATCH", f"/channels/{made['id']}", changed)).text,
        (await shop.api("POST", f"/channels/{made['id']}/test")).text,
    ]
    for path in ("/channels", f"/channels/{made['id']}", "/audit", "/events", "/alerts", "/me", "/sandbox"):
        said = await shop.api("GET", path)
        assert said.status == 200, path
        texts.append(said.text)
    for word in (*SECRETS, *changed.values(), shop.secret):
        assert not [text for text in texts if word in text]
    stored = await shop.stage.superuser.fetch("SELECT credentials, settings::text FROM channels")
    assert not [row for row in stored if SECRETS[0].encode() in row["credentials"]]


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
async def test_who_may_not_connect_numbers(shop: Shop, role: Role) -> None:
    for method, path, body in (
        ("POST", "/channels", wish(fresh())),
        ("PATCH", f"/channels/{shop.channel.id}", {"name": "x"}),
        ("DELETE", f"/channels/{shop.channel.id}", None),
        ("POST", f"/channels/{shop.channel.id}/test", None),
    ):
        assert (await shop.api(method, path, body, role=role)).status == 403, path
