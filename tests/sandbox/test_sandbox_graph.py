"""The Graph API beside sending: tokens, objects, subscriptions, media, and bodies that are none."""

import json

import aiohttp
import pytest

from tests.sandbox.support import NUMBER, TOKEN, WABA

MESSAGES = f"{NUMBER}/messages"
TEXT = {"messaging_product": "whatsapp", "to": "919999900001", "type": "text", "text": {"body": "x"}}


def code(answer: tuple[int, dict]) -> tuple[int, int]:
    return answer[0], answer[1]["error"]["code"]


async def test_tokens_and_ids(sandbox):
    assert code(await sandbox.graph("POST", MESSAGES, TEXT, token="wrong")) == (401, 190)
    assert code(await sandbox.graph("POST", MESSAGES, TEXT, token="")) == (401, 190)
    status, body = await sandbox.graph("POST", "999/messages", TEXT)
    assert (status, body["error"]["code"], body["error"]["error_subcode"]) == (400, 100, 33)
    assert body["error"]["type"] == "GraphMethodException"


async def test_a_token_opens_its_own_number_only(sandbox, receiver):
    await sandbox.register(receiver, "100000000000002", access_token="t2", waba_id="2")
    assert code(await sandbox.graph("POST", MESSAGES, TEXT, token="t2")) == (400, 100)
    assert code(await sandbox.graph("GET", NUMBER, token="t2")) == (400, 100)
    assert code(await sandbox.graph("GET", f"{WABA}/subscribed_apps", token="t2")) == (400, 100)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", 100), (b"{", 100), (b"[]", 100), (b"null", 100), (b'"x"', 100), (b"\xff\xfe", 100),
        (b"{" * 50_000, 100), (b"[" * 50_000, 100), (b"{}", 131008),
        (json.dumps({**TEXT, "text": {"body": "x" * 4097}}).encode(), 131009),
        (json.dumps({**TEXT, "text": {"body": ""}}).encode(), 131008),
        (json.dumps({**TEXT, "text": {"body": None}}).encode(), 131008),
        (json.dumps({**TEXT, "text": "x"}).encode(), 131009),
        (json.dumps({**TEXT, "text": {"body": "\ud83d"}}).encode(), 100),
        (json.dumps({**TEXT, "to": "abc"}).encode(), 131009),
        (json.dumps({**TEXT, "to": 15550001111}).encode(), 131009),
        (json.dumps({**TEXT, "to": "12025550100"}).encode(), 131021),
        (json.dumps({**TEXT, "type": "hologram"}).encode(), 131009),
        (json.dumps({**TEXT, "messaging_product": "sms"}).encode(), 131009),
        (json.dumps({**TEXT, "context": {}}).encode(), 131008),
        (json.dumps({**TEXT, "biz_opaque_callback_data": "x" * 513}).encode(), 131009),
        (b'{"messaging_product":"whatsapp","status":"read","message_id":"no"}', 131009),
        (b'{"messaging_product":"whatsapp","status":"gone","message_id":"x"}', 131009),
    ],
)  # fmt: skip
async def test_a_bad_body_is_a_graph_error_and_never_a_500(sandbox, body, expected):
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    async with sandbox.http.post(f"{sandbox.base}/v23.0/{MESSAGES}", data=body, headers=headers) as response:
        assert response.status == 400
        error = (await response.json())["error"]
    assert error["code"] == expected
    assert error["message"].startswith(f"(#{expected}) ")
    assert {"type", "fbtrace_id"} <= set(error)


BUTTONS = [{"type": "reply", "reply": {"id": str(n), "title": f"Button {n}"}} for n in range(4)]
ROWS = [{"id": str(n), "title": f"Row {n}"} for n in range(11)]


def button(n: int) -> dict:
    return {"type": "button", "body": {"text": "?"}, "action": {"buttons": BUTTONS[:n]}}


def rows(n: int) -> dict:
    sections = [{"title": "a", "rows": ROWS[:6]}, {"title": "b", "rows": ROWS[6:n]}]
    return {"type": "list", "body": {"text": "?"}, "action": {"button": "Open", "sections": sections}}


def link(**more: str) -> dict:
    parameters = {"display_text": "Open", "url": "https://example.com", **more}
    return {
        "type": "cta_url",
        "body": {"text": "?"},
        "action": {"name": "cta_url", "parameters": parameters},
    }


def request() -> dict:
    return {"type": "location_request_message", "body": {"text": "?"}, "action": {"name": "send_location"}}


@pytest.mark.parametrize(
    ("kind", "content", "http_status"),
    [
        ("image", {"link": "https://example.com/a.png", "caption": "a"}, 200),
        ("image", {"link": "https://example.com/a.png", "id": "1"}, 400),
        ("image", {"link": "cow.jpg"}, 400),
        ("document", {"link": "https://example.com/a.pdf", "filename": "a.pdf", "caption": "a"}, 200),
        ("audio", {"link": "https://example.com/a.mp3", "caption": "a"}, 400),
        ("image", {"link": "https://example.com/a.png", "filename": "a.png"}, 400),
        ("audio", {}, 400),
        ("image", {"id": "1", "caption": "x" * 1025}, 400),
        ("location", {"latitude": "28.6", "longitude": 77.2, "name": "Shop"}, 200),
        ("location", {"latitude": 91, "longitude": 0}, 400),
        ("location", {"latitude": "north", "longitude": 0}, 400),
        ("contacts", [{"name": {"formatted_name": "A B", "first_name": "A"}}], 200),
        ("contacts", [{"name": {"formatted_name": "A"}}], 400),
        ("contacts", [], 400),
        ("reaction", {"message_id": "wamid.x", "emoji": ""}, 200),
        ("reaction", {"message_id": "wamid.x"}, 400),
        ("interactive", button(3), 200),
        ("interactive", button(4), 400),
        ("interactive", {**button(1), "action": {"buttons": [BUTTONS[0], BUTTONS[0]]}}, 400),
        ("interactive", {**button(1), "header": {"type": "text", "text": "x" * 61}}, 400),
        ("interactive", {**button(1), "footer": {"text": "x" * 61}}, 400),
        ("interactive", {**button(1), "body": {"text": "x" * 1025}}, 400),
        ("interactive", {**button(1), "header": {"type": "image", "image": {"link": "https://x"}}}, 200),
        ("interactive", {**rows(10), "header": {"type": "image", "image": {"link": "https://x"}}}, 400),
        ("interactive", {"type": "button", "action": button(1)["action"]}, 400),
        ("interactive", link(), 200),
        ("interactive", link(url="cow"), 400),
        ("interactive", link(display_text="x" * 21), 400),
        ("interactive", request(), 200),
        ("interactive", {**request(), "footer": {"text": "x"}}, 400),
        ("interactive", {**request(), "action": {"name": "cta_url"}}, 400),
        ("interactive", rows(10), 200),
        ("interactive", rows(11), 400),
        ("interactive", {"type": "magic", "action": {}}, 400),
        (
            "template",
            {"name": "hello_world", "language": {"code": "en_US"}, "components": [{"type": "body"}]},
            200,
        ),
        ("template", {"name": "hello"}, 400),
    ],
)
async def test_outbound_kinds(sandbox, kind, content, http_status):
    body = {"messaging_product": "whatsapp", "to": "+919999900001", "type": kind, kind: content}
    status, answer = await sandbox.graph("POST", MESSAGES, body)
    assert status == http_status, answer
    if status == 200 and kind == "template":
        assert answer["messages"][0]["message_status"] == "accepted"


async def test_the_number_with_the_asked_fields(sandbox):
    asked = "display_phone_number,quality_rating,nonsense"
    status, body = await sandbox.graph("GET", f"{NUMBER}?fields={asked}")
    assert status == 200
    assert body == {"id": NUMBER, "display_phone_number": "+1 202-555-0100", "quality_rating": "GREEN"}
    assert (await sandbox.graph("GET", NUMBER))[1]["verified_name"] == "Sandbox acme"


async def test_account_token_and_paths(sandbox):
    assert (await sandbox.graph("GET", WABA))[1]["id"] == WABA
    assert (await sandbox.graph("GET", f"{WABA}/phone_numbers"))[1]["data"][0]["id"] == NUMBER
    data = (await sandbox.graph("GET", f"debug_token?input_token={TOKEN}"))[1]["data"]
    assert data["is_valid"] is True
    assert data["granular_scopes"][0]["target_ids"] == [WABA]
    assert (await sandbox.graph("GET", "debug_token?input_token=old"))[1]["data"]["is_valid"] is False
    assert (await sandbox.graph("POST", f"{NUMBER}/register", {"pin": "1"}))[0] == 200
    assert code(await sandbox.graph("GET", "12345")) == (400, 100)
    assert code(await sandbox.graph("GET", f"{NUMBER}/nothing")) == (400, 2500)
    async with sandbox.http.get(f"{sandbox.base}/latest/{NUMBER}/subscribed_apps") as response:
        assert (await response.json())["error"]["code"] == 2500


async def test_subscribing_under_another_url_needs_its_handshake(sandbox, receiver):
    path = f"{WABA}/subscribed_apps"
    wrong = {"override_callback_uri": receiver.url, "verify_token": "wrong"}
    assert code(await sandbox.graph("POST", path, wrong)) == (400, 2200)
    right = {"override_callback_uri": f"{receiver.url}?x=1", "verify_token": "verify-me"}
    assert await sandbox.graph("POST", path, right) == (200, {"success": True})
    assert len((await sandbox.graph("GET", path))[1]["data"]) == 1
    view = await sandbox.control("GET", f"/numbers/{NUMBER}")
    assert view["webhook_url"] == f"{receiver.url}?x=1"


async def test_media_go_up_and_come_back(sandbox):
    form = aiohttp.FormData()
    form.add_field("messaging_product", "whatsapp")
    form.add_field("type", "image/png")
    form.add_field("file", b"\x89PNG\r\n--bytes\r\n\r\n", filename="a.png", content_type="image/png")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{sandbox.base}/v23.0/{NUMBER}/media"
    async with sandbox.http.post(url, data=form, headers=headers) as response:
        media_id = (await response.json())["id"]
    found = (await sandbox.graph("GET", media_id))[1]
    assert found["mime_type"] == "image/png"
    async with sandbox.http.get(found["url"], headers=headers) as response:
        assert await response.read() == b"\x89PNG\r\n--bytes\r\n\r\n"
    await sandbox.control("POST", f"/numbers/{NUMBER}/clock", {"advance_seconds": 31 * 24 * 3600})
    assert code(await sandbox.graph("GET", media_id)) == (400, 100)
    assert code(await sandbox.graph("POST", f"{NUMBER}/media", {"file": "x"})) == (400, 100)
