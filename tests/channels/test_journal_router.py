"""The journal over HTTP: what came and why it was not taken, for admins; nothing of others; driving again."""

import base64
import json
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from samvad.bootstrap.workers import workers
from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.door.stage import Shop
from tests.support import meta
from tests.support.waiting import eventually


async def listed(shop: Shop, query: str = "") -> list[dict[str, Any]]:
    return list((await shop.get(f"/deliveries{query}"))["items"])


async def came(shop: Shop, *texts: str) -> dict[str, Any]:
    """One accepted webhook, as the list shows it."""
    assert (await shop.knock(shop.saying(*texts))).status == 200
    return (await listed(shop))[0]


async def failed(shop: Shop, delivery: str) -> None:
    await shop.stage.superuser.execute(
        "UPDATE deliveries SET verdict = 'failed', note = 'a broken parser' WHERE id = $1", UUID(delivery)
    )


async def test_a_line_says_what_came_and_what_became_of_it(shop: Shop) -> None:
    body = shop.saying("one", "two")
    assert (await shop.knock(body)).status == 200
    (line,) = await listed(shop)
    assert (line["verdict"], line["items"], line["size"]) == ("accepted", 2, len(body))
    assert (line["channel_id"], line["note"], line["redriven_at"]) == (str(shop.channel.id), "", None)
    assert "body" not in line


async def test_pages_hold_each_line_once_newest_first(shop: Shop) -> None:
    made = [(await came(shop, f"text {n}"))["id"] for n in range(5)]
    seen, cursor = [], ""
    while True:
        page = await shop.get(f"/deliveries?limit=2{cursor}")
        seen += [line["id"] for line in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == made[::-1]
    assert (await shop.api("GET", "/deliveries?cursor=bm9wZQ")).status == 422


async def test_filtered_by_verdict(shop: Shop) -> None:
    good = await came(shop, "hello")
    assert (await shop.knock(b"nonsense", own=True)).status == 200
    assert [line["id"] for line in await listed(shop, "?verdict=accepted")] == [good["id"]]
    (bad,) = await listed(shop, "?verdict=unparsable")
    assert bad["id"] != good["id"]
    assert bad["note"]
    assert await listed(shop, "?verdict=failed") == []
    assert (await shop.api("GET", "/deliveries?verdict=lost")).status == 422


async def test_filtered_by_channel(shop: Shop) -> None:
    first = await came(shop, "to the first")
    number = f"4{new_id().int % 10**12}"
    second = await shop.stage.connect(shop.house, number=number, secret=shop.secret)
    assert (
        await shop.knock(meta.messages(number, "4", meta.message("to the second", sender="91")))
    ).status == 200
    assert len(await listed(shop)) == 2
    assert [line["id"] for line in await listed(shop, f"?channel_id={shop.channel.id}")] == [first["id"]]
    (other,) = await listed(shop, f"?channel_id={second.id}")
    assert other["channel_id"] == str(second.id)


async def test_filtered_by_time_from_inclusive_to_exclusive(shop: Shop) -> None:
    old, new = await came(shop, "old"), await came(shop, "new")
    assert old["received_at"] < new["received_at"]
    at = quote(new["received_at"])
    assert [line["id"] for line in await listed(shop, f"?from={at}")] == [new["id"]]
    assert [line["id"] for line in await listed(shop, f"?to={at}")] == [old["id"]]
    edge = quote("0001-01-01T00:00:00+14:00")
    said = await shop.api("GET", f"/deliveries?from={edge}")
    assert (said.status, said.json["errors"][0]["field"]) == (422, "from")


async def test_opened_it_shows_body_and_items_and_no_signature(shop: Shop) -> None:
    body = shop.saying("hello")
    assert (await shop.knock(body)).status == 200
    (line,) = await listed(shop)
    said = await shop.api("GET", f"/deliveries/{line['id']}")
    assert said.json["delivery"] == line
    assert (said.json["encoding"], said.json["body"]) == ("text", body.decode())
    assert said.json["headers"] == {"x-hub-signature-256": "(hidden)"}
    assert meta.signed(body, shop.secret).headers["x-hub-signature-256"] not in said.text
    sent = json.loads(body)["entry"][0]["changes"][0]["value"]["messages"][0]["id"]
    assert said.json["contents"] == [{"kind": "MessageReceived", "external_id": sent}]


async def test_what_is_not_utf8_comes_as_base64(shop: Shop) -> None:
    assert (await shop.knock(b"\xff\xfe nonsense", own=True)).status == 200
    (line,) = await listed(shop)
    page = await shop.get(f"/deliveries/{line['id']}")
    assert page["encoding"] == "base64"
    assert base64.b64decode(page["body"]) == b"\xff\xfe nonsense"


async def test_a_body_that_others_share_is_kept_back(shop: Shop) -> None:
    """One app, one secret, two tenants in one webhook: each sees its own items, neither the other's text."""
    twin = await shop.stage.shop(secret=shop.secret)
    mixed = json.loads(shop.saying("mine"))
    mixed["entry"] += json.loads(twin.saying("theirs"))["entry"]
    assert (await shop.knock(json.dumps(mixed).encode())).status == 200
    for one in (shop, twin):
        (line,) = await listed(one)
        page = await one.get(f"/deliveries/{line['id']}")
        assert page["body"] is None
        assert len(page["contents"]) == 1


async def test_another_tenants_delivery_is_not_there(shop: Shop) -> None:
    line = await came(shop, "hello")
    other = await shop.stage.shop()
    assert await listed(other) == []
    assert (await other.api("GET", f"/deliveries/{line['id']}")).status == 404
    assert (await other.api("POST", f"/deliveries/{line['id']}/redrive")).status == 404
    assert len(await shop.items()) == 1


@pytest.mark.parametrize("role", list(Role))
async def test_only_admins_look_and_drive(shop: Shop, role: Role) -> None:
    line = await came(shop, "hello")
    expected = 200 if role in (Role.OWNER, Role.ADMIN) else 403
    for method, path in (
        ("GET", "/deliveries"),
        ("GET", f"/deliveries/{line['id']}"),
        ("POST", f"/deliveries/{line['id']}/redrive"),
    ):
        assert (await shop.api(method, path, role=role)).status == expected, path


async def test_what_failed_is_driven_again_and_noted(shop: Shop) -> None:
    line = await came(shop, "one", "two")
    await failed(shop, line["id"])
    assert [one["id"] for one in await listed(shop, "?verdict=failed")] == [line["id"]]
    said = await shop.api("POST", f"/deliveries/{line['id']}/redrive", role=Role.ADMIN)
    assert (said.status, said.json) == (200, {"items": 2})
    (after,) = await listed(shop)
    assert after["verdict"] == "accepted"
    assert after["redriven_at"]
    entry = (await shop.get("/audit"))["items"][0]
    assert (entry["action"], entry["subject"]) == ("delivery.redriven", f"delivery:{line['id']}")
    assert entry["detail"] == {"items": "2"}


async def test_an_accepted_one_may_be_driven_again_once_per_key(shop: Shop) -> None:
    line = await came(shop, "one")
    path, once = f"/deliveries/{line['id']}/redrive", {"idempotency-key": new_id().hex}
    for _ in range(2):
        said = await shop.api("POST", path, headers=once)
        assert (said.status, said.json) == (200, {"items": 1})
    assert [item["text"] for item in await shop.items()] == ["one", "one"]


async def test_what_cannot_be_driven_says_why(shop: Shop) -> None:
    assert (await shop.knock(b"nonsense", own=True)).status == 200
    (line,) = await listed(shop)
    said = await shop.api("POST", f"/deliveries/{line['id']}/redrive")
    assert (said.status, said.json["code"]) == (409, "not_redrivable")
    assert "still cannot be read" in said.json["detail"]
    noted = [entry["action"] for entry in (await shop.get("/audit"))["items"]]
    assert noted
    assert "delivery.redriven" not in noted


def of_number(number: str, *texts: str) -> bytes:
    return meta.messages(
        number, "404", *(meta.message(t, sender="91", id=f"wamid.{new_id().hex}") for t in texts)
    )


async def test_who_mistyped_a_number_is_told_which_one_came(shop: Shop) -> None:
    """At the channel's own URL and signed with its secret: it is the tenant's own app that sent it."""
    number = f"4{new_id().int % 10**12}"
    body = of_number(number, "lost")
    assert (await shop.knock(body, own=True)).status == 200
    (line,) = await listed(shop, "?verdict=unrouted")
    assert line["note"] == f"1 item of numbers that are not connected here: {number}"
    page = await shop.get(f"/deliveries/{line['id']}")
    assert page["unconnected"] == [number]
    assert page["body"] == body.decode()
    assert [item["kind"] for item in page["contents"]] == ["MessageReceived"]
    said = await shop.api("POST", f"/deliveries/{line['id']}/redrive")
    assert (said.status, said.json["code"]) == (409, "not_redrivable")
    assert said.json["detail"] == f"Number ID {number} is not connected here"
    assert (await listed(shop))[0]["verdict"] == "unrouted"


async def test_a_number_that_another_business_connected_since_is_kept_back(shop: Shop) -> None:
    other = await shop.stage.shop()
    number = f"4{new_id().int % 10**12}"
    assert (await shop.knock(of_number(number, "theirs by now"), own=True)).status == 200
    (line,) = await listed(shop)
    await shop.stage.connect(other.house, number=number, secret=other.secret)
    page = await shop.get(f"/deliveries/{line['id']}")
    assert (page["unconnected"], page["body"], page["contents"]) == ([], None, [])
    assert (await shop.api("POST", f"/deliveries/{line['id']}/redrive")).status == 409
    assert await listed(other, "?verdict=accepted") == []


async def all_failed(shop: Shop, count: int) -> list[str]:
    made = [(await came(shop, f"text {n}"))["id"] for n in range(count)]
    for delivery in made:
        await failed(shop, delivery)
    return made


async def test_all_of_a_filter_are_driven_again_oldest_first(shop: Shop) -> None:
    made = await all_failed(shop, 3)
    again = {"verdict": "failed", "channel_id": str(shop.channel.id)}
    said = await shop.api("POST", "/deliveries/redrive", again, role=Role.ADMIN)
    assert (said.status, said.json) == (
        200, {"deliveries": 3, "items": 3, "refused": [], "next_cursor": None},
    )  # fmt: skip
    assert [item["text"] for item in await shop.items()][3:] == ["text 0", "text 1", "text 2"]
    assert {line["verdict"] for line in await listed(shop)} == {"accepted"}
    entry = (await shop.get("/audit"))["items"][0]
    assert (entry["action"], entry["subject"]) == ("deliveries.redriven", "verdict:failed")
    assert entry["detail"] == {"deliveries": "3", "items": "3", "refused": "0"}
    twice = await shop.api("POST", "/deliveries/redrive", again)
    assert twice.json["deliveries"] == 0
    assert len(await shop.items()) == len(made) * 2


async def test_the_filter_holds_and_others_are_not_touched(shop: Shop) -> None:
    old, new = await all_failed(shop, 2)
    other = await shop.stage.shop()
    (theirs,) = await all_failed(other, 1)
    since = next(line["received_at"] for line in await listed(shop) if line["id"] == new)
    said = await shop.api("POST", "/deliveries/redrive", {"verdict": "failed", "from": since})
    assert said.json["deliveries"] == 1
    assert [line["id"] for line in await listed(shop, "?verdict=failed")] == [old]
    assert [line["id"] for line in await listed(other, "?verdict=failed")] == [theirs]


async def test_what_cannot_be_driven_keeps_nothing_back(shop: Shop) -> None:
    assert (await shop.knock(b"nonsense", own=True)).status == 200
    (bad,) = await listed(shop)
    good = await came(shop, "hello")
    await shop.stage.superuser.execute(
        "UPDATE deliveries SET verdict = 'unparsable' WHERE id = $1", UUID(good["id"])
    )
    said = await shop.api("POST", "/deliveries/redrive", {"verdict": "unparsable"})
    assert (said.json["deliveries"], said.json["items"]) == (2, 1)
    (refused,) = said.json["refused"]
    assert refused["delivery_id"] == bad["id"]
    assert "still cannot be read" in refused["why"]


async def test_a_call_is_bounded_and_the_next_goes_on(shop: Shop) -> None:
    """One delivery more than fits."""
    (made,) = await all_failed(shop, 1)
    await shop.stage.superuser.execute(
        """INSERT INTO deliveries
             (tenant_id, id, channel_id, door, received_at, headers, body, verdict, items)
           SELECT tenant_id, gen_random_uuid(), channel_id, door, received_at - n * interval '1 second',
             headers, 'nonsense', verdict, 0 FROM deliveries, generate_series(1, 100) n WHERE id = $1""",
        UUID(made),
    )
    first = await shop.api("POST", "/deliveries/redrive", {"verdict": "failed"})
    assert (first.json["deliveries"], len(first.json["refused"])) == (100, 100)
    rest = {"verdict": "failed", "cursor": first.json["next_cursor"]}
    last = await shop.api("POST", "/deliveries/redrive", rest)
    assert (last.json["deliveries"], last.json["items"], last.json["next_cursor"]) == (1, 1, None)


@pytest.mark.parametrize("verdict", ["forged", "accepted", "nonsense"])
async def test_only_what_may_be_driven_can_be_asked_for(shop: Shop, verdict: str) -> None:
    assert (await shop.api("POST", "/deliveries/redrive", {"verdict": verdict})).status == 422


async def test_only_admins_drive_many(shop: Shop) -> None:
    said = await shop.api("POST", "/deliveries/redrive", {"verdict": "failed"}, role=Role.AGENT)
    assert said.status == 403


async def test_what_came_before_is_flagged_once_it_is_processed(shop: Shop) -> None:
    first, again = shop.saying("one", "two"), shop.saying("three")
    mixed = json.loads(again)
    value = mixed["entry"][0]["changes"][0]["value"]
    value["messages"] += json.loads(first)["entry"][0]["changes"][0]["value"]["messages"]
    for body in (first, first, json.dumps(mixed).encode()):
        assert (await shop.knock(body)).status == 200
    assert [line["waiting"] for line in await listed(shop)] == [3, 2, 2]
    async with workers(shop.stage.parts):

        async def processed() -> bool:
            return not any(line["waiting"] for line in await listed(shop))

        await eventually(processed)
    assert [(line["verdict"], line["duplicates"]) for line in await listed(shop)] == [
        ("accepted", 2), ("duplicate", 2), ("accepted", 0),
    ]  # fmt: skip
    (repeated,) = await listed(shop, "?verdict=duplicate")
    assert (await shop.get(f"/deliveries/{repeated['id']}"))["delivery"] == repeated
    assert (await shop.api("POST", f"/deliveries/{repeated['id']}/redrive", role=Role.ADMIN)).status == 200
    assert (await shop.get(f"/deliveries/{repeated['id']}"))["delivery"]["verdict"] == "accepted"
