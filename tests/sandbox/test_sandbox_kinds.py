"""Every kind a customer can send, as the webhook shows it."""

import json

import pytest

from tests.sandbox.support import APP_SECRET, NUMBER, WABA, signed

MEDIA = {"id", "mime_type", "sha256"}


async def received(sandbox, receiver, kind, content=None, **fields) -> dict:
    """The one item that reached the app."""
    await sandbox.says(kind, content, **fields)
    await receiver.until(lambda: receiver.values())
    [value] = receiver.values()
    assert value["messaging_product"] == "whatsapp"
    assert value["metadata"] == {"display_phone_number": "12025550100", "phone_number_id": NUMBER}
    [item] = value.get("messages") or value["message_echoes"]
    assert item["id"].startswith("wamid.")
    assert item["timestamp"].isdigit()
    return item


async def test_text_is_signed_escaped_and_introduced(sandbox, receiver):
    item = await received(sandbox, receiver, "text", {"body": "क/é \ud83d"})
    assert item["type"] == "text"
    assert item["text"] == {"body": "क/é \ud83d"}
    body, signature = receiver.posts[0]
    assert signature == signed(body, APP_SECRET)
    assert body.isascii()
    assert b"\\u0915\\/\\u00e9 \\ud83d" in body
    envelope = json.loads(body)
    assert envelope["object"] == "whatsapp_business_account"
    assert envelope["entry"][0]["id"] == WABA
    [contact] = receiver.values()[0]["contacts"]
    assert contact["profile"] == {"name": "Asha"}
    assert contact["wa_id"] == item["from"] == "919999900001"
    assert contact["user_id"] == item["from_user_id"]


@pytest.mark.parametrize(
    ("kind", "content", "type_", "expected"),
    [
        ("image", {"caption": "my shop"}, "image", MEDIA | {"caption"}),
        ("video", None, "video", MEDIA),
        ("document", {"filename": "bill.pdf"}, "document", MEDIA | {"filename"}),
        ("audio", None, "audio", MEDIA | {"voice"}),
        ("voice", None, "audio", MEDIA | {"voice"}),
        ("sticker", {"animated": False}, "sticker", MEDIA | {"animated"}),
    ],
)
async def test_media_and_their_bytes(sandbox, receiver, kind, content, type_, expected):
    item = await received(sandbox, receiver, kind, content)
    assert item["type"] == type_
    body = item[type_]
    assert set(body) == expected
    assert body.get("voice") in (None, kind == "voice")
    status, found = await sandbox.graph("GET", body["id"])
    assert status == 200
    assert {"url", "mime_type", "sha256", "file_size", "id"} <= set(found)
    async with sandbox.http.get(found["url"]) as response:
        assert response.status == 401
    headers = {"Authorization": "Bearer token-of-the-first"}
    async with sandbox.http.get(found["url"], headers=headers) as response:
        assert len(await response.read()) == found["file_size"] > 0


@pytest.mark.parametrize(
    ("kind", "content", "type_", "body"),
    [
        ("location", {"latitude": 1.5, "longitude": 2.5, "name": "Shop"}, "location",
         {"latitude": 1.5, "longitude": 2.5, "name": "Shop"}),
        ("button_reply", {"id": "b1", "title": "Yes"}, "interactive",
         {"type": "button_reply", "button_reply": {"id": "b1", "title": "Yes"}}),
        ("list_reply", {"id": "r1", "title": "Milk", "description": "1 l"}, "interactive",
         {"type": "list_reply", "list_reply": {"id": "r1", "title": "Milk", "description": "1 l"}}),
        ("nfm_reply", {"name": "flow", "body": "Sent", "response_json": {"a": 1}}, "interactive",
         {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": '{"a":1}'}}),
        ("nfm_reply", {"response_json": "[1]"}, "interactive",
         {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "[1]"}}),
        ("button", {"text": "Stop", "payload": "STOP"}, "button", {"text": "Stop", "payload": "STOP"}),
        ("reaction", {"message_id": "wamid.x", "emoji": "👍"}, "reaction",
         {"message_id": "wamid.x", "emoji": "👍"}),
        ("reaction", {"message_id": "wamid.x"}, "reaction", {"message_id": "wamid.x"}),
        ("reaction", {"message_id": "wamid.x", "emoji": ""}, "reaction",
         {"message_id": "wamid.x", "emoji": ""}),
        ("edit", {"original_message_id": "wamid.x", "text": "new"}, "edit",
         {"original_message_id": "wamid.x", "message": {"type": "text", "text": {"body": "new"}}}),
        ("revoke", {"original_message_id": "wamid.x"}, "revoke", {"original_message_id": "wamid.x"}),
        ("unsupported", {"type": "poll"}, "unsupported", {"type": "poll"}),
    ],
)  # fmt: skip
async def test_kinds_with_a_plain_body(sandbox, receiver, kind, content, type_, body):
    item = await received(sandbox, receiver, kind, content)
    assert item["type"] == type_
    assert item[type_] == body
    assert "context" not in item
    assert ("errors" in item) == (kind == "unsupported")


async def test_contacts_are_a_list(sandbox, receiver):
    item = await received(sandbox, receiver, "contacts")
    assert item["contacts"][0]["phones"][0]["wa_id"]


async def test_an_order_has_lines(sandbox, receiver):
    item = await received(sandbox, receiver, "order", {"text": "please"})
    assert item["order"]["text"] == "please"
    assert set(item["order"]["product_items"][0]) == {
        "product_retailer_id", "quantity", "item_price", "currency",
    }  # fmt: skip


async def test_a_reply_names_what_it_answers(sandbox, receiver):
    item = await received(sandbox, receiver, "button", {"text": "Stop"}, reply_to="wamid.ours")
    assert item["context"] == {"from": "12025550100", "id": "wamid.ours"}


async def test_a_click_on_an_ad_carries_its_referral(sandbox, receiver):
    item = await received(sandbox, receiver, "text", {"body": "hi"}, referral={"source_id": "77"})
    assert item["referral"]["source_id"] == "77"
    assert item["referral"]["ctwa_clid"]


async def test_a_changed_number_comes_from_the_old_one(sandbox, receiver):
    item = await received(sandbox, receiver, "number_change", {"phone": "+91 99999 00777"})
    assert item["from"] == "919999900001"
    assert item["system"]["type"] == "user_changed_number"
    assert item["system"]["wa_id"] == "919999900777"
    people = (await sandbox.control("GET", f"/numbers/{NUMBER}/customers"))["items"]
    assert "+919999900777" in [p["phone"] for p in people]


async def test_a_changed_identity(sandbox, receiver):
    item = await received(sandbox, receiver, "identity_change", {"hash": "h"})
    assert item["system"]["identity"]["hash"] == "h"


async def test_an_echo_is_sent_by_the_business(sandbox, receiver):
    item = await received(sandbox, receiver, "echo", {"body": "from my phone"})
    assert item["from"] == "12025550100"
    assert item["to"] == "919999900001"
    assert json.loads(receiver.answered[0])["entry"][0]["changes"][0]["field"] == "smb_message_echoes"


async def test_a_customer_without_a_phone(sandbox, receiver):
    item = await received(sandbox, receiver, "text", {"body": "x"}, customer={"bsuid": "US.77", "name": "No"})
    assert item["from_user_id"] == "US.77"
    assert "from" not in item
    assert receiver.values()[0]["contacts"] == [{"profile": {"name": "No"}, "user_id": "US.77"}]


async def test_raw_items_ids_times_and_extras(sandbox, receiver):
    item = await received(
        sandbox, receiver, "raw", {"type": "hologram", "hologram": {"x": 1}},
        id="wamid.same", timestamp=0, extra={"group_id": "g"},
    )  # fmt: skip
    assert item["type"] == "hologram"
    assert (item["id"], item["timestamp"], item["group_id"]) == ("wamid.same", "0", "g")
    await sandbox.says("text", {"body": "other"}, id="wamid.same")
    await receiver.until(lambda: len(receiver.items("messages")) == 2)
    assert [m["id"] for m in receiver.items("messages")] == ["wamid.same"] * 2


async def test_any_other_webhook_field(sandbox, receiver):
    event = {"field": "account_update", "value": {"event": "DISABLED_UPDATE"}}
    await sandbox.control("POST", f"/numbers/{NUMBER}/events", event)
    await receiver.until(lambda: receiver.values())
    assert receiver.values() == [{"event": "DISABLED_UPDATE"}]


@pytest.mark.parametrize(
    ("kind", "content"),
    [("hologram", None), ("text", {}), ("text", {"body": 5}), ("reaction", {}),
     ("number_change", {"phone": "1"}), ("image", {"data": "not base64!"}), ("edit", {"text": "x"})],
)  # fmt: skip
async def test_a_draft_that_cannot_be(sandbox, kind, content):
    body = {"customer": {"phone": "919999900001"}, "kind": kind, "content": content}
    problem = await sandbox.control("POST", f"/numbers/{NUMBER}/messages", body, status=422)
    assert problem["code"] == "invalid"
