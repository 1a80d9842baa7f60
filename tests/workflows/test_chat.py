"""A program's chat from nothing to an answer: returned, fetched, pushed, and never twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from samvad.channels.testing.peer import Peer, running
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.channels.adapters.examples import program
from tests.door.stage import Said, Shop, Stage, stage


@dataclass
class Program:
    """A tenant's own program, with its chat channel."""

    shop: Shop
    peer: Peer
    channel: dict[str, Any]
    said: int = 0

    @property
    def key(self) -> str:
        return str(self.channel["fields"]["public_key"])

    async def call(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> Said:
        shown = self.channel["made"]["api_key"] if key is None else key
        headers = {"authorization": f"Bearer {shown}", "content-type": "application/json"}
        sent = None if body is None else orjson.dumps(body)
        return await self.shop.stage.ask(method, f"/api/v1/chat/{self.key}{path}", sent, headers=headers)

    async def say(
        self, text: str, *, visitor: str = "anna", id: str = "", wait: int = 20, **more: Any
    ) -> Said:
        self.said += 1
        body = {"id": id or f"m{self.said}", "visitor": {"id": visitor, **more}, "text": text}
        return await self.call("POST", f"/messages?wait={wait}", body)

    async def thread(self, visitor: str = "anna") -> list[dict[str, Any]]:
        said = await self.call("GET", f"/visitors/{visitor}/messages")
        assert said.status == 200, said.text
        return list(said.json["items"])

    async def until(self, visitor: str, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(20):
            while len(found := await self.thread(visitor)) < count:  # noqa: ASYNC110 - a program asks again
                await asyncio.sleep(0.02)
        return found


@pytest.fixture(scope="module")
async def peer() -> AsyncIterator[Peer]:
    async with running(program) as answering:
        yield answering


@pytest.fixture(scope="module")
async def live(cluster: Scratch, template: str, keyring: Keyring, peer: Peer) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True, beside=peer.url) as opened,
    ):
        yield opened


async def connected(live: Stage, peer: Peer, **form: Any) -> Program:
    shop = await live.shop()
    quick = {"reply_quiet_ms": 0, "reply_cap_ms": 0}
    said = await shop.api(
        "POST", "/channels", {"provider": "chat", "name": "Site", "settings": quick, **form}
    )
    assert said.status == 201, said.text
    rule = {"name": "hours", "phrases": ["opening hours"], "action": "reply", "text": "From nine to six."}
    assert (await shop.api("POST", "/rules", rule)).status == 201
    return Program(shop, peer, said.json)


@pytest.fixture
async def shop_site(live: Stage, peer: Peer) -> Program:
    return await connected(live, peer)


async def test_the_reply_comes_back_and_the_same_message_again_is_not_answered_twice(
    shop_site: Program,
) -> None:
    first = await shop_site.say("your opening hours please", id="q1", name="Anna")
    assert first.status == 200, first.text
    assert [reply["text"] for reply in first.json["replies"]] == ["From nine to six."]
    assert first.json["message"]["id"] == "q1"
    assert first.json["state"] == {"answers": "assistant", "joined": False, "pending": False}
    again = await shop_site.say("your opening hours please", id="q1", name="Anna")
    assert again.json["replies"] == first.json["replies"]
    other = await shop_site.say("something else", id="q1")
    assert (other.status, other.json["code"]) == (409, "client_id_reused")
    assert [line["by"] for line in await shop_site.thread()] == ["assistant", "visitor"]
    (contact,) = (await shop_site.shop.get("/contacts"))["items"]
    assert contact["name"] == "Anna"
    assert contact["identities"] == [{"kind": "visitor", "value": "anna"}]


async def test_a_question_for_a_person_is_202_and_their_answer_is_fetched(shop_site: Program) -> None:
    said = await shop_site.say("I want to speak to a human please", wait=0)
    assert said.status == 202
    path = f"/api/v1/chat/{shop_site.key}/visitors/anna/messages"
    assert said.headers["location"] == said.json["messages_url"] == path
    await shop_site.until("anna", 2)
    (talk,) = (await shop_site.shop.get("/conversations"))["items"]
    written = {"text": "Asha here.", "client_id": "c1"}
    assert (await shop_site.shop.api("POST", f"/conversations/{talk['id']}/messages", written)).status == 201
    newest = (await shop_site.until("anna", 3))[0]
    assert (newest["by"], newest["text"], newest["status"]) == ("person", "Asha here.", "sent")
    told = {"visitor_id": "anna", "message_id": newest["id"], "status": "read"}
    assert (await shop_site.call("POST", "/statuses", told)).status == 202
    async with asyncio.timeout(20):
        while (await shop_site.thread())[0]["status"] != "read":  # noqa: ASYNC110 - a program asks again
            await asyncio.sleep(0.02)
    stranger = await shop_site.call("POST", "/statuses", {**told, "visitor_id": "bert"})
    assert stranger.status == 404


async def test_a_reply_is_pushed_signed_to_the_callback(live: Stage, peer: Peer) -> None:
    program = await connected(live, peer, callback_url=f"{peer.url}/answers")
    tested = await program.shop.api("POST", f"/channels/{program.channel['id']}/test")
    assert tested.json["ok"], tested.text
    peer.asked.clear()
    said = await program.say("opening hours today", visitor="bert")
    assert [reply["status"] for reply in said.json["replies"]] == ["sent"]
    (pushed,) = [orjson.loads(asked.body) for asked in peer.asked if asked.path == "/answers"]
    assert pushed["visitor"] == "bert"
    assert pushed["message"]["text"] == "From nine to six."
    assert pushed["message"]["id"] == said.json["replies"][0]["id"]


async def test_one_key_opens_one_channel(shop_site: Program, live: Stage, peer: Peer) -> None:
    other = await connected(live, peer)
    body = {"id": "x", "visitor": {"id": "anna"}, "text": "hi"}
    for key in ("", "wrong", other.channel["made"]["api_key"]):
        for method, path in (
            ("POST", "/messages"),
            ("POST", "/statuses"),
            ("GET", "/visitors/anna/messages"),
        ):
            said = await shop_site.call(method, path, body if method == "POST" else None, key=key)
            assert said.status in (401, 422), said.text
            assert path == "/statuses" or said.json["code"] == "unauthenticated"
    assert await shop_site.thread() == await other.thread() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "a b"}, "id"),
        ({"visitor": {"id": "a:b"}}, "visitor.id"),
        ({"visitor": {"id": "web-1"}}, "visitor.id"),
        ({"visitor": {"id": "anna", "phone": "12"}}, "visitor.phone"),
        ({"text": "  "}, "body"),
        ({"button": {"id": "a", "title": "A"}}, "body"),
        ({"text": "x" * 4097}, "text"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_cannot_be_used_is_named(shop_site: Program, change: dict[str, Any], field: str) -> None:
    body = {"id": "x", "visitor": {"id": "anna"}, "text": "hi", **change}
    said = await shop_site.call("POST", "/messages", body)
    assert (said.status, said.json["errors"][0]["field"]) == (422, field)


async def test_a_thread_is_paged_and_a_strangers_is_empty(shop_site: Program) -> None:
    for n in range(3):
        await shop_site.say(f"opening hours {n}")
    first = (await shop_site.call("GET", "/visitors/anna/messages?limit=4")).json
    rest = (
        await shop_site.call("GET", f"/visitors/anna/messages?limit=4&cursor={first['next_cursor']}")
    ).json
    assert [line["by"] for line in first["items"] + rest["items"]] == ["assistant", "visitor"] * 3
    assert rest["next_cursor"] is None
    assert await shop_site.thread("nobody") == []
