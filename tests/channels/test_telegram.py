"""A bot from nothing to an answered customer: connected over the API, tested, written to, blocked."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from samvad.channels.adapters.multipart import encoded
from samvad.channels.testing.peer import Answer, Asked, Peer, running
from samvad.channels.types import OutgoingFile
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.channels.adapters.examples import bot
from tests.door.stage import Said, Shop, Stage, stage
from tests.support.forms import Form

COW = OutgoingFile("cow.jpg", "image/jpeg", b"\xff\xd8\xff bytes of a cow")
TOKEN = "7104225518:AAF-token_of_the_test_0123456789abcd"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
ASHA = {"id": 5301447720, "is_bot": False, "first_name": "Asha", "username": "asha_rao"}
CHAT = {"id": 5301447720, "first_name": "Asha", "username": "asha_rao", "type": "private"}


waiting: list[dict[str, Any]] = []  # updates of the bot that is asked


def given(offset: int) -> Answer:
    left = [update for update in waiting if update["update_id"] >= offset]
    return Answer(body=orjson.dumps({"ok": True, "result": left}))


def telegram(asked: Asked) -> Answer:
    method = asked.path.rpartition("/")[2]
    if method == "getUpdates":
        return given(orjson.loads(asked.body).get("offset", 0))
    if method == "deleteWebhook":
        return Answer(body=b'{"ok":true,"result":true}')
    if method == "getMe":
        return Answer(body=b'{"ok":true,"result":{"id":7104225518,"is_bot":true,"username":"govind_bot"}}')
    if method == "sendPhoto":
        chat = {"id": ASHA["id"], "type": "private"}
        return Answer(body=orjson.dumps({"ok": True, "result": {"message_id": 901, "chat": chat}}))
    return Answer(body=b'{"ok":true,"result":true}') if method == "setWebhook" else bot(asked)


@dataclass
class Bot:
    """A connected bot, and what Telegram was told of it."""

    shop: Shop
    peer: Peer
    channel: dict[str, Any]
    updates: int = 100

    def asked(self, method: str) -> list[dict[str, Any]]:
        found = [one for one in self.peer.asked if one.path == f"/bot{TOKEN}/{method}"]
        return [orjson.loads(one.body) for one in found]

    async def update(self, secret: str | None = None, **said: Any) -> int:
        return (await self.call(secret, **said)).status

    async def call(self, secret: str | None = None, **said: Any) -> Said:
        """Telegram calls the URL that it was told, with the word that it was told."""
        told = self.asked("setWebhook")[-1]
        self.updates += 1
        path = told["url"].removeprefix(self.shop.stage.url)
        headers = {HEADER: told["secret_token"] if secret is None else secret}
        body = json.dumps({"update_id": self.updates, **said}).encode()
        return await self.shop.stage.ask("POST", path, body, headers=headers)

    async def until(self, holds: Callable[[], Any]) -> Any:
        for _ in range(1000):
            if found := holds():
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"it never held; Telegram was asked {self.peer.asked}")

    async def rows(self, query: str) -> list[Any]:
        return list(await self.shop.stage.superuser.fetch(query, self.shop.house.tenant))


def message(number: int, **said: Any) -> dict[str, Any]:
    return {"message_id": number, "from": ASHA, "chat": CHAT, "date": 1760000000, **said}


@pytest.fixture(scope="module")
async def peer() -> AsyncIterator[Peer]:
    async with running(telegram) as answering:
        yield answering


@pytest.fixture(scope="module")
async def live(cluster: Scratch, template: str, keyring: Keyring, peer: Peer) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True, beside=peer.url) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
async def connected(live: Stage, peer: Peer) -> Bot:
    shop = await live.shop()
    form = {
        "provider": "telegram",
        "name": "Our bot",
        "bot_token": TOKEN,
        "base_url": peer.url,
        "receive": "webhook",
    }
    said = await shop.api("POST", "/channels", form)
    assert said.status == 201, said.text
    assert TOKEN not in said.text
    tested = await shop.api("POST", f"/channels/{said.json['id']}/test")
    assert tested.json["ok"], tested.text
    return Bot(shop, peer, said.json)


def test_nothing_made_here_has_to_be_entered_anywhere(connected: Bot) -> None:
    assert connected.channel["made"] == {}
    assert connected.channel["fields"]["bot_id"] == "7104225518"
    assert connected.asked("setWebhook")[0]["url"] == connected.channel["webhook_url"]


async def test_a_customer_is_answered(connected: Bot) -> None:
    assert await connected.update(message=message(1, text="hello")) == 200
    (sent,) = await connected.until(lambda: connected.asked("sendMessage"))
    assert sent["chat_id"] == ASHA["id"]
    assert sent["text"]
    assert connected.asked("sendChatAction")[0] == {"chat_id": ASHA["id"], "action": "typing"}
    identities = await connected.rows("SELECT kind, value FROM identities WHERE tenant_id = $1")
    assert [(one["kind"], one["value"]) for one in identities] == [("telegram", "5301447720")]


async def test_a_file_of_ours_is_uploaded_with_its_words(connected: Bot) -> None:
    (talk,) = (await connected.shop.get("/conversations"))["items"]
    assert (talk["sends_files"], talk["fetches_files"]) == (True, False)
    path = f"/conversations/{talk['id']}/files"
    picture = Form(*encoded({"client_id": "f", "caption": "our cow"}, "file", COW))
    said = await connected.shop.api("POST", path, picture)
    assert (said.status, said.json["kind"]) == (201, "image"), said.text

    def uploaded() -> list[bytes]:
        return [one.body for one in connected.peer.asked if one.path.endswith("/sendPhoto")]

    (body,) = await connected.until(uploaded)
    assert COW.content in body
    assert b"our cow" in body
    for _ in range(500):
        status = await connected.rows("SELECT status FROM messages WHERE tenant_id = $1 AND kind = 'image'")
        if status[0]["status"] == "sent":
            break
        await asyncio.sleep(0.02)
    assert status[0]["status"] == "sent"
    assert len(uploaded()) == 1


async def test_the_same_update_twice_is_one_message(connected: Bot) -> None:
    said = message(2, text="hello again")
    connected.updates += 1
    for _ in range(2):
        connected.updates -= 1
        assert await connected.update(message=said) == 200
    assert await connected.update(message=message(3, text="after it")) == 200
    query = "SELECT text FROM messages WHERE tenant_id = $1 AND direction = 'in' ORDER BY id"
    for _ in range(500):
        texts = [row["text"] for row in await connected.rows(query)]
        if "after it" in texts:
            break
        await asyncio.sleep(0.02)
    assert texts == ["hello", "hello again", "after it"]


async def test_a_pressed_button_is_told_at_once_that_it_was_seen(connected: Bot) -> None:
    pressed = {"id": "43829", "from": ASHA, "message": message(3, text="Which?"), "data": "cow"}
    said = await connected.call(callback_query=pressed)
    assert (said.status, said.headers["content-type"]) == (200, "application/json")
    assert said.json == {"method": "answerCallbackQuery", "callback_query_id": "43829"}
    refused = await connected.call("guessed", callback_query=pressed)
    assert (refused.status, refused.text) == (403, "")


async def test_a_call_with_another_word_is_refused(connected: Bot) -> None:
    assert await connected.update(secret="guessed", message=message(4, text="pay me")) == 403
    assert await connected.update(secret="", message=message(4, text="pay me")) == 403
    assert await connected.rows("SELECT 1 FROM messages WHERE tenant_id = $1 AND text = 'pay me'") == []


async def test_a_group_has_no_effect_and_a_block_is_the_persons_wish(connected: Bot) -> None:
    group = {"id": -100, "type": "supergroup", "title": "Friends"}
    assert await connected.update(message={**message(5, text="in a group"), "chat": group}) == 200
    for status, stopped in (("kicked", True), ("member", False)):
        standing = {"chat": CHAT, "from": ASHA, "date": 1, "new_chat_member": {"status": status}}
        assert await connected.update(my_chat_member=standing) == 200
        for _ in range(500):
            facts = await connected.rows(
                "SELECT marketing_stopped FROM contact_send_facts WHERE tenant_id = $1"
            )
            if [row["marketing_stopped"] for row in facts] == [stopped]:
                break
            await asyncio.sleep(0.02)
        else:
            raise AssertionError(f"{status}: {facts}")
    assert await connected.shop.alerts() == []
    assert await connected.rows("SELECT 1 FROM messages WHERE tenant_id = $1 AND text = 'in a group'") == []


async def test_neither_token_nor_word_is_kept_in_the_clear(connected: Bot) -> None:
    word = connected.asked("setWebhook")[0]["secret_token"]
    kept = await connected.rows("SELECT headers::text AS headers FROM deliveries WHERE tenant_id = $1")
    assert kept
    assert [one for one in kept if word in one["headers"]] == []
    shown = await connected.shop.get(f"/channels/{connected.channel['id']}")
    assert word not in str(shown)
    assert TOKEN not in str(shown)


async def test_a_bot_that_nobody_can_call_is_asked(connected: Bot) -> None:
    token = "8104225518:AAF-token_of_another_bot_0123456789ab"
    form = {"provider": "telegram", "name": "Asked", "bot_token": token, "base_url": connected.peer.url}
    shop = connected.shop
    channel = (await shop.api("POST", "/channels", form)).json
    tested = await shop.api("POST", f"/channels/{channel['id']}/test")
    assert [step["name"] for step in tested.json["steps"]] == [
        "connection", "token", "number", "subscription", "active",
    ]  # fmt: skip
    pressed = {"id": "99", "from": ASHA, "message": message(8, text="Which?"), "data": "cow"}
    waiting.append({"update_id": 70, "message": message(7, text="hello from a laptop")})
    waiting.append({"update_id": 71, "callback_query": pressed})
    query = "SELECT external_id FROM messages WHERE tenant_id = $1 AND external_id LIKE '5301447720:_:c99'"
    for _ in range(1000):
        if await connected.rows(query):
            break
        await asyncio.sleep(0.02)
    assert len(await connected.rows(query)) == 1
    asked = [one for one in connected.peer.asked if f"/bot{token}/" in one.path]
    offsets = {orjson.loads(one.body).get("offset") for one in asked if one.path.endswith("getUpdates")}
    assert 72 in offsets
    answered = [one.body for one in asked if one.path.endswith("answerCallbackQuery")]
    assert answered == [b'{"callback_query_id":"99"}']
