"""What a signed webhook may hold: everything is 200, everything is kept, nothing breaks its neighbours."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from samvad.kernel.ids import new_id
from tests.door.stage import Shop
from tests.support import meta

SENDER = "919999900001"


def text(body: str, **more: Any) -> dict[str, Any]:
    return meta.message(body, sender=SENDER, id=f"wamid.{new_id().hex}", **more)


async def only_item(shop: Shop, body: bytes) -> dict[str, Any]:
    assert (await shop.knock(body)).status == 200
    (item,) = await shop.items()
    return item


@pytest.mark.parametrize("kind", ["hologram", "", None, 7, {"a": 1}, "text"])
async def test_an_unknown_kind(shop: Shop, kind: Any) -> None:
    odd = {**text("x"), "type": kind}
    del odd["text"]
    assert (await shop.knock(shop.body(odd, text("hello")))).status == 200
    assert "hello" in [item.get("text") for item in await shop.items()]
    assert await shop.verdicts() == ["accepted"]


@pytest.mark.parametrize("field", ["flows", "calls", "security", "invented_tomorrow", "", None])
async def test_an_unknown_field(shop: Shop, field: Any) -> None:
    envelope = json.loads(shop.saying("hello"))
    value = {"metadata": {"phone_number_id": shop.channel.address}, "anything": [1, {"x": None}]}
    envelope["entry"][0]["changes"].append({"field": field, "value": value})
    assert (await shop.knock(json.dumps(envelope).encode())).status == 200
    assert "hello" in [item.get("text") for item in await shop.items()]


async def test_two_entries_six_messages_two_statuses(shop: Shop) -> None:
    envelope = json.loads(shop.saying("1", "2", "3"))
    envelope["entry"] += json.loads(shop.saying("4", "5", "6"))["entry"]
    told = [meta.status("wamid.X", "sent"), meta.status("wamid.X", "delivered")]
    envelope["entry"][1]["changes"][0]["value"]["statuses"] = told
    assert (await shop.knock(json.dumps(envelope).encode())).status == 200
    items = await shop.items()
    assert [i["text"] for i in items if i["is"] == "MessageReceived"] == list("123456")
    assert [i["state"] for i in items if i["is"] == "StatusReceived"] == ["sent", "delivered"]


@pytest.mark.parametrize("word", ["in_orbit", "", None, 5, "deleted", "warning"])
async def test_an_unknown_status(shop: Shop, word: Any) -> None:
    body = meta.statuses(shop.channel.address, shop.channel.account, meta.status("wamid.X", word),
                         meta.status("wamid.Y", "read"))  # fmt: skip
    assert (await shop.knock(body)).status == 200
    assert "read" in [item.get("state") for item in await shop.items()]


@pytest.mark.parametrize("depth", [40, 1000, 100_000])
async def test_deep_nesting_harms_itself_only(shop: Shop, depth: int) -> None:
    deep = b'{"a":' * depth + b"1" + b"}" * depth
    body = shop.body(text("first"), {**text("x"), "extra": "DEEP"}, text("last"))
    said = await shop.knock(body.replace(b'"DEEP"', deep), own=True)
    assert said.status == 200
    if await shop.verdicts() == ["accepted"]:
        assert {"first", "last"} <= {item.get("text") for item in await shop.items()}
    else:  # no JSON parser reads it: kept whole
        assert await shop.verdicts() == ["unparsable"]


async def test_of_a_repeated_key_the_last_counts(shop: Shop) -> None:
    """Also where two parsers could disagree on whose number it is: signed and read are one and the same."""
    body = shop.saying("hello").replace(b'"phone_number_id"', b'"phone_number_id": "1", "phone_number_id"', 1)
    body = body.replace(b'"body"', b'"body": "first", "body"')
    assert (await only_item(shop, body))["text"] == "hello"


async def test_nul_is_taken_out(shop: Shop) -> None:
    body = shop.body({**text("a\x00b"), "type": "text"}, name="N\x00ul")
    item = await only_item(shop, body)
    assert item["text"] == "ab"
    assert (await shop.deliveries())[0]["body"] == body


@pytest.mark.parametrize("raw", [rb"a\ud83db", rb"a\udc00b", b"a\xed\xa0\xbdb"])
async def test_lone_surrogates_are_replaced(shop: Shop, raw: bytes) -> None:
    body = shop.body(text("SURROGATE")).replace(b"SURROGATE", raw)
    assert (await only_item(shop, body))["text"] == "a�b"
    assert (await shop.deliveries())[0]["body"] == body


async def test_a_nul_in_ids_and_keys(shop: Shop) -> None:
    odd = {**text("hello"), "id": "wamid.a\x00b", "k\x00ey": {"x\x00": "\x00"}, "from": "9199\x0099900001"}
    assert (await shop.knock(shop.body(odd, text("next")))).status == 200
    assert "next" in [item.get("text") for item in await shop.items()]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Asha\u202e\u2066txt", "Ashatxt"),
        ("A\u200bs\u200bha\ufeff", "Asha"),
        ("\u200f\u200f", None),
        ("👩\u200d🌾 Asha", "👩\u200d🌾 Asha"),
        ("x" * 5000, "x" * 120),
        ("line\nbreak\r\ttab", "line break tab"),
    ],
)
async def test_names_are_one_visible_line(shop: Shop, sent: str, shown: str | None) -> None:
    item = await only_item(shop, shop.body(text("hello"), name=sent))
    assert item["sender"]["name"] == shown


@pytest.mark.parametrize("stamp", ["0", "", "-5", "nonsense", "99999999999999", None, {"s": 1}, "1e9"])
async def test_a_time_that_cannot_be_right_becomes_the_arrival(shop: Shop, stamp: Any) -> None:
    assert (await shop.knock(shop.body({**text("hello"), "timestamp": stamp}))).status == 200
    row = await shop.stage.superuser.fetchrow(
        "SELECT sent_at, arrived_at FROM inbound_items WHERE channel_id = $1", shop.channel.id
    )
    assert row["sent_at"] == row["arrived_at"]


async def test_a_time_in_the_future_becomes_the_arrival(shop: Shop) -> None:
    for ahead in (timedelta(minutes=2), timedelta(days=400)):
        at = int((datetime.now(UTC) + ahead).timestamp())
        assert (await shop.knock(shop.body(text("hello", at=at)))).status == 200
    late = await shop.stage.superuser.fetchval(
        "SELECT count(*) FROM inbound_items WHERE channel_id = $1 AND sent_at > arrived_at", shop.channel.id
    )
    assert late == 0


@pytest.mark.parametrize(
    "senders",
    [
        {"from_user_id": "US.13491208655302741918"},
        {"from": "US.13491208655302741918"},
        {"from": "919999900001", "from_user_id": "US.1349"},
        {},
    ],
)
async def test_people_with_and_without_a_number(shop: Shop, senders: dict[str, str]) -> None:
    message = text("hello")
    del message["from"]
    value = {"messages": [{**message, **senders}]}
    body = json.dumps(meta.envelope(shop.channel.address, shop.channel.account, value)).encode()
    assert (await shop.knock(body)).status == 200
    assert await shop.verdicts() == ["accepted"]
    assert len(await shop.items()) == 1
