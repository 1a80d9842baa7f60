"""The customer's phone: passes, chats, ticks, typing, clock and switches."""

import asyncio
import base64
import hashlib
import time

import pytest

from samvad.kernel.signing import BadPhoneToken, sign_phone_token, verify_phone_token
from tests.sandbox.support import NUMBER, SECRET, Sandbox


def a_pass(*, number: str = NUMBER, secret: str = SECRET, seconds: int = 600) -> str:
    return sign_phone_token(secret, number, expires_at=int(time.time()) + seconds)


class Phone:
    def __init__(self, sandbox: Sandbox, token: str | None = None) -> None:
        self._sandbox, self._token = sandbox, token or a_pass()

    async def ask(self, method: str, path: str, body: object = None, *, status: int = 200) -> dict:
        headers = {"Authorization": f"Bearer {self._token}"}
        url = f"{self._sandbox.base}/phone{path}"
        async with self._sandbox.http.request(method, url, json=body, headers=headers) as response:
            assert response.status == status, await response.text()
            assert response.headers["access-control-allow-origin"] == "*"
            return await response.json()

    async def asha(self) -> int:
        """The customer whose window is open."""
        people = (await self.ask("GET", "/customers"))["items"]
        return next(p["id"] for p in people if p["phone"] == "+919999900001")


@pytest.fixture
def phone(sandbox: Sandbox) -> Phone:
    return Phone(sandbox)


def test_a_pass_opens_one_number_until_it_expires():
    token = sign_phone_token("s", "123", expires_at=100)
    assert verify_phone_token("s", token, now=99) == "123"
    for secret, forged, now in [
        ("s", token, 100), ("other", token, 99), ("s", token.replace("123", "124"), 99),
        ("s", "", 99), ("s", "..", 99), ("s", "é.1.x", 99), ("s", "\ud83d", 99), ("s", token + "0", 99),
    ]:  # fmt: skip
        with pytest.raises(BadPhoneToken):
            verify_phone_token(secret, forged, now=now)


@pytest.mark.parametrize(
    "token",
    [a_pass(seconds=-1), a_pass(secret="forged"), "x", a_pass() + "0"],
    # names of their own: a pass holds the second it is made in
    ids=["expired", "forged", "nonsense", "lengthened"],
)
async def test_no_door_without_a_pass(sandbox, token):
    for method, path in [
        ("GET", "/customers"),
        ("GET", "/events"),
        ("POST", "/reset"),
        ("POST", "/customers"),
    ]:
        problem = await Phone(sandbox, token).ask(method, path, status=401)
        assert problem["code"] == "unauthenticated"


async def test_the_pass_may_stand_in_the_url_and_the_browser_may_ask(sandbox):
    async with sandbox.http.get(f"{sandbox.base}/phone/customers?token={a_pass()}") as response:
        assert response.status == 200
    async with sandbox.http.options(f"{sandbox.base}/phone/customers") as response:
        assert "authorization" in response.headers["access-control-allow-headers"]


async def test_three_people_wait_one_without_a_phone(empty, receiver):
    await empty.register(receiver)
    people = (await Phone(empty).ask("GET", "/customers"))["items"]
    assert [p["name"] for p in people] == ["Asha Verma", "Daniel Brooks", "Meera Nair"]
    assert [bool(p["phone"]) for p in people] == [True, True, False]
    assert all(p["bsuid"] and p["unread"] == 0 for p in people)


async def test_another_numbers_customer_is_not_there(sandbox, receiver, phone):
    await sandbox.register(receiver, "100000000000002", access_token="t2")
    other = Phone(sandbox, a_pass(number="100000000000002"))
    asha = await phone.asha()
    await other.ask("GET", f"/customers/{asha}/messages", status=404)
    await other.ask("POST", f"/customers/{asha}/read", status=404)


async def test_adding_people(phone):
    made = await phone.ask("POST", "/customers", {"name": "New", "phone": "+1 555 010 0199"}, status=201)
    assert made["phone"] == "+15550100199"
    await phone.ask("POST", "/customers", {"name": "Twice", "phone": "15550100199"}, status=409)
    scoped = await phone.ask("POST", "/customers", {"name": "Scoped", "bsuid": "US.99"}, status=201)
    assert (scoped["phone"], scoped["bsuid"]) == (None, "US.99")
    await phone.ask("POST", "/customers", {"name": "x", "phone": "12"}, status=422)


async def test_only_people_without_a_word_can_go(sandbox, phone):
    made = await phone.ask("POST", "/customers", {"name": "New", "phone": "+1 555 010 0199"}, status=201)
    cursor = (await phone.ask("GET", "/customers"))["cursor"]
    await sandbox.control("DELETE", f"/numbers/{NUMBER}/customers/{made['id']}", status=204)
    await sandbox.control("DELETE", f"/numbers/{NUMBER}/customers/{made['id']}", status=404)
    changes = (await phone.ask("GET", f"/events?after={cursor}&wait=0"))["items"]
    assert {"type": "number"} in changes  # an open phone reads its list again
    wrote = await phone.asha()
    await sandbox.control("DELETE", f"/numbers/{NUMBER}/customers/{wrote}", status=409)
    assert wrote in {p["id"] for p in (await phone.ask("GET", "/customers"))["items"]}


async def test_a_chat_with_ticks_on_both_sides(sandbox, receiver, phone):
    asha = await phone.asha()
    said = await phone.ask(
        "POST", f"/customers/{asha}/messages", {"kind": "text", "content": {"body": "hi"}}, status=201
    )
    assert (said["direction"], said["state"], said["text"]) == ("in", "sent", "hi")
    await sandbox.settled()
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": said["wamid"]}
    thread = f"/customers/{asha}/messages?after={said['id'] - 1}"
    assert (await phone.ask("GET", thread))["items"][0]["state"] == "delivered"
    assert await sandbox.graph("POST", f"{NUMBER}/messages", mark) == (200, {"success": True})
    assert (await phone.ask("GET", thread))["items"][0]["state"] == "read"

    await sandbox.sends("welcome")
    [customer] = [p for p in (await phone.ask("GET", "/customers"))["items"] if p["id"] == asha]
    assert (customer["unread"], customer["last_message"]["text"]) == (1, "welcome")
    assert await phone.ask("POST", f"/customers/{asha}/read") == {"read": 1}
    told = lambda: {status["status"] for status in receiver.items("statuses")}  # noqa: E731 - asked again
    await receiver.until(lambda: told() == {"sent", "delivered", "read"})  # each comes on its own way
    assert (await phone.ask("GET", thread))["items"][-1]["state"] == "read"
    assert await phone.ask("POST", f"/customers/{asha}/read") == {"read": 0}


@pytest.mark.parametrize(
    ("kind", "content"),
    [("image", None), ("voice", None), ("document", {"caption": "bill"}),
     ("location", {"latitude": 1, "longitude": 2}), ("button_reply", {"id": "1", "title": "Yes"}),
     ("button", {"text": "Yes"}),
     ("reaction", {"message_id": "wamid.x", "emoji": "👍"})],
)  # fmt: skip
async def test_what_a_thumb_can_send(sandbox, receiver, phone, kind, content):
    path = f"/customers/{await phone.asha()}/messages"
    said = await phone.ask("POST", path, {"kind": kind, "content": content}, status=201)
    await receiver.until(lambda: receiver.items("messages"))
    assert receiver.items("messages")[0]["id"] == said["wamid"]
    if "id" in said["content"] and kind in ("image", "voice", "document"):
        url = f"{sandbox.base}/phone/media/{said['content']['id']}?token={a_pass()}"
        async with sandbox.http.get(url) as response:
            assert response.status == 200
            assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("extra", [{"id": "wamid.mine"}, {"timestamp": 0}, {"extra": {"from": "1"}}])
async def test_a_phone_chooses_no_ids(phone, extra):
    path = f"/customers/{await phone.asha()}/messages"
    await phone.ask("POST", path, {"kind": "text", "content": {"body": "x"}, **extra}, status=422)
    await phone.ask("POST", path, {"kind": "raw", "content": {}}, status=422)


async def test_events_wait_for_what_happens(sandbox, phone):
    cursor = (await phone.ask("GET", "/customers"))["cursor"]
    assert await phone.ask("GET", f"/events?after={cursor}&wait=0") == {"items": [], "cursor": cursor}
    waiting = asyncio.ensure_future(phone.ask("GET", f"/events?after={cursor}"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    said = await sandbox.says("text", {"body": "look"})
    found = await waiting
    assert found["cursor"] > cursor
    assert "look" in [i["message"]["text"] for i in found["items"] if i["type"] == "message"]
    await sandbox.settled()

    cursor = (await phone.ask("GET", "/customers"))["cursor"]
    typing = {"messaging_product": "whatsapp", "status": "read", "message_id": said["id"]}
    await sandbox.graph("POST", f"{NUMBER}/messages", {**typing, "typing_indicator": {"type": "text"}})
    items = (await phone.ask("GET", f"/events?after={cursor}"))["items"]
    assert [i["message"]["state"] for i in items if i["type"] == "message"][-1] == "read"
    assert [i["customer"]["typing"] for i in items if i["type"] == "customer"] == [True]
    await sandbox.sends("here")
    asha = await phone.asha()
    [customer] = [p for p in (await phone.ask("GET", "/customers"))["items"] if p["id"] == asha]
    assert customer["typing"] is False


async def test_clock_switches_and_reset(sandbox, phone):
    before = await phone.ask("GET", "/clock")
    moved = await phone.ask("POST", "/clock", {"advance_seconds": 25 * 3600})
    assert moved["offset_ms"] - before["offset_ms"] == 25 * 3600 * 1000
    assert (await sandbox.sends())[1]["error"]["code"] == 131047

    switched = await phone.ask("POST", "/faults", {"expired_token": True, "webhooks_paused": True})
    assert switched["expired_token"] is switched["webhooks_paused"] is True
    assert (await sandbox.sends())[0] == 401
    other = await phone.ask("POST", "/faults", {"expired_token": False, "server_error": True})
    assert (other["expired_token"], other["server_error"]) == (False, True)
    await phone.ask("POST", "/faults", {"gravity": False}, status=422)

    cursor = (await phone.ask("GET", "/customers"))["cursor"]
    fresh = await phone.ask("POST", "/reset")
    assert len(fresh["items"]) == 3
    assert not any((await phone.ask("GET", "/faults")).values())
    assert {"type": "number"} in (await phone.ask("GET", f"/events?after={cursor}"))["items"]


async def test_one_chat_begins_anew_and_the_others_stay(sandbox, receiver, phone):
    people = (await phone.ask("GET", "/customers"))["items"]
    asha, other = await phone.asha(), next(p["id"] for p in people if p["name"] == "Daniel Brooks")
    for who in (asha, other):
        await phone.ask(
            "POST", f"/customers/{who}/messages", {"kind": "text", "content": {"body": "hi"}}, status=201
        )
    cursor = (await phone.ask("GET", "/customers"))["cursor"]
    await phone.ask("POST", f"/customers/{asha}/clear")
    assert (await phone.ask("GET", f"/customers/{asha}/messages"))["items"] == []
    assert len((await phone.ask("GET", f"/customers/{other}/messages"))["items"]) == 1
    changes = (await phone.ask("GET", f"/events?after={cursor}"))["items"]
    assert {"type": "number"} in changes
    said = await phone.ask(
        "POST", f"/customers/{asha}/messages", {"kind": "text", "content": {"body": "again"}}, status=201
    )
    assert said["id"] > 0


async def test_a_sample_picture_can_be_looked_at(sandbox, phone):
    asha = await phone.asha()
    said = await phone.ask("POST", f"/customers/{asha}/messages", {"kind": "image"}, status=201)
    media = said["content"]
    url = f"{sandbox.base}/phone/media/{media['id']}"
    async with sandbox.http.get(url, headers={"Authorization": f"Bearer {a_pass()}"}) as answer:
        data = await answer.read()
    assert answer.content_type == media["mime_type"] == "image/png"
    assert base64.b64encode(hashlib.sha256(data).digest()).decode() == media["sha256"]
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (240, 160)
