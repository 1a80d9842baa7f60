"""A tiny Green API over real HTTP: one instance with its state, settings and queue; the token is checked."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from samvad.bootstrap.parts import Parts
from samvad.channels.service.registry import NewChannel
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.kernel.ids import TenantId
from tests.support.serving import serving

INSTANCE, HOOK = "7103000042", "hook-token-of-the-test"
TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
ASHA = "919876543210@c.us"
_ids = itertools.count(1)

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class GreenPeer:
    """`calls`: (method, body) in order, the endless questions for news left out."""

    url: str = ""
    state: str = "authorized"
    qr: dict[str, str] = field(default_factory=lambda: {"type": "alreadyLogged", "message": "linked"})
    settings: dict[str, Any] = field(default_factory=dict)
    queue: deque[tuple[int, dict[str, Any]]] = field(default_factory=deque)
    calls: list[tuple[str, Any]] = field(default_factory=list)
    told: list[int] = field(default_factory=list)  # receipts, as often as they were told
    next_answers: deque[Answer] = field(default_factory=deque)  # of sends
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def push(self, body: dict[str, Any]) -> None:
        self.queue.append((next(_ids), body))
        self.news.set()

    @property
    def sends(self) -> list[tuple[str, Any]]:
        return [(name, body) for name, body in self.calls if name.startswith("send")]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        instance, name, token = request.path.strip("/").split("/")[:3]
        if (instance, token) != (f"waInstance{INSTANCE}", TOKEN):
            return web.json_response({"message": "Forbidden"}, status=403)
        if name == "receiveNotification":
            return await self._tell(request)
        if request.content_type == "multipart/form-data":
            body: Any = {
                key: (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
                for key, value in (await request.post()).items()
            }
        else:
            body = await request.json() if request.can_read_body else None
        self.calls.append((name, body))
        match request.method, name:
            case "GET", "getStateInstance" | "getSettings" | "qr":
                found = {"getStateInstance": {"stateInstance": self.state}, "getSettings": self.settings}
                return web.json_response(found.get(name, self.qr))
            case "POST", "setSettings":
                self.settings |= body
                return web.json_response({"saveSettings": True})
            case "DELETE", "deleteNotification":
                receipt = int(request.path.rpartition("/")[2])
                self.queue = deque(entry for entry in self.queue if entry[0] != receipt)
                return web.json_response({"result": True})
            case "POST", "readChat":
                return web.json_response({"setRead": True})
            case "POST", _ if name.startswith("send"):
                if self.next_answers:
                    return await self.next_answers.popleft()(request)
                return web.json_response({"idMessage": f"BAE5{next(_ids):08X}"})
        return web.Response(status=404)

    async def _tell(self, request: web.Request) -> web.StreamResponse:
        if not self.queue:
            self.news.clear()
            try:  # Green waits five seconds; a test need not
                await asyncio.wait_for(self.news.wait(), 0.3)
            except TimeoutError:
                return web.json_response(None)
        receipt, body = self.queue[0]
        self.told.append(receipt)
        return web.json_response({"receiptId": receipt, "body": body})


@asynccontextmanager
async def green_peer() -> AsyncIterator[GreenPeer]:
    peer = GreenPeer()
    async with serving(("*", "/{tail:.*}", peer.handle)) as peer.url:
        yield peer


async def connect(built: Parts, tenant: TenantId, url: str, *, receive: str = "poll") -> Channel:
    secrets = {"api_token": TOKEN, "webhook_token": HOOK}
    values = {"instance_id": INSTANCE, "api_url": url, "receive": receive, "ban_risk": "yes", **secrets}
    settings = ReplySettings(0, 0, "reply", 1000)
    new = NewChannel(provider=Provider("green-api"), name="Shop", values=values, settings=settings)
    async with built.database.unit_of_work(tenant) as scope:
        return (await built.registry.create(scope, new, at=built.clock.now())).channel


def notification(word: str, **more: Any) -> dict[str, Any]:
    instance = {"idInstance": int(INSTANCE), "wid": "919800000042@c.us", "typeInstance": "whatsapp"}
    return {"typeWebhook": word, "instanceData": instance, "timestamp": int(time.time()), **more}


def said(text: str, *, id: str, word: str = "incomingMessageReceived", chat: str = ASHA) -> dict[str, Any]:
    return notification(
        word,
        idMessage=id,
        senderData={"chatId": chat, "sender": chat, "chatName": "Asha", "senderName": "Asha"},
        messageData={"typeMessage": "textMessage", "textMessageData": {"textMessage": text}},
    )


def status(id: str, word: str, *, chat: str = ASHA) -> dict[str, Any]:
    return notification("outgoingMessageStatus", chatId=chat, idMessage=id, status=word, sendByApi=True)
