"""A tiny Evolution API over real HTTP: one instance with its phone, session and messages."""

import itertools
import time
from base64 import b64encode
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from samvad.bootstrap.parts import Parts
from samvad.channels.service.registry import NewChannel
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.kernel.ids import TenantId
from tests.support.serving import serving

INSTANCE, KEY = "shop", "key-of-the-gateway-of-the-test"
SECRET = "secret-of-the-webhook-of-the-test"
ASHA, OURS = "919876543210", "919800000042"
PNG = b"\x89PNG\r\n\x1a\n of a code"
_ids = itertools.count(1)

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class EvolutionPeer:
    """`session`: that a phone was linked, which outlives a lost connection; `calls`: what it was asked for,
    questions about its state left out."""

    url: str = ""
    exists: bool = False
    state: str = "close"
    session: bool = False
    code: int | None = None
    codes_shown: int = 0
    webhook: dict[str, Any] = field(default_factory=dict)
    on_whatsapp: set[str] = field(default_factory=lambda: {ASHA})
    kept: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, Any]] = field(default_factory=list)
    next_answers: deque[Answer] = field(default_factory=deque)  # of sends
    answered: list[int] = field(default_factory=list)  # by our door

    def forget(self) -> None:
        """As if it had been set up just now, at the same address."""
        vars(self).update(vars(EvolutionPeer(self.url)))

    # what happens at the phone

    async def scan(self) -> None:
        """Pairing ends the connection once (515) and begins it anew."""
        self.session, self.code = True, None
        await self.tell("connection.update", {"instance": INSTANCE, "state": "close", "statusReason": 515})
        await self.open()

    async def open(self) -> None:
        self.state = "open"
        wuid = f"{OURS}@s.whatsapp.net"
        told = {"instance": INSTANCE, "state": "open", "statusReason": 200, "wuid": wuid}
        await self.tell("connection.update", told)

    async def close(self, code: int) -> None:
        self.state, self.code = "close", code
        if code == 401:
            self.session = False
        told = {"instance": INSTANCE, "state": "close", "statusReason": code}
        await self.tell("connection.update", told)

    async def say(self, text: str, *, id: str, tell: bool = True) -> None:
        message = record(text, id=id)
        self.kept.append(message)
        if tell:
            await self.tell("messages.upsert", message)

    async def tell(self, event: str, data: Any, **headers: str) -> int:
        """As the gateway calls; without `headers` with those that it was told."""
        if not self.webhook:
            return 0
        body = {"event": event, "instance": INSTANCE, "data": data, "apikey": KEY,
                "destination": self.webhook["url"], "sender": f"{OURS}@s.whatsapp.net"}  # fmt: skip
        sent = headers or self.webhook["headers"]
        async with (
            ClientSession() as http,
            http.post(self.webhook["url"], json=body, headers=sent) as answer,
        ):
            self.answered.append(answer.status)
            return answer.status

    @property
    def sends(self) -> list[tuple[str, Any]]:
        return [(name, body) for name, body in self.calls if name.startswith("message/")]

    # what it is asked

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.strip("/")
        if not path:
            return web.json_response({"status": 200, "message": "Welcome", "version": "2.3.7"})
        if request.headers.get("apikey") != KEY:
            return _refused(401, "Unauthorized")
        body = await request.json() if request.can_read_body else None
        name = path.removesuffix(f"/{INSTANCE}")
        if name not in ("instance/connectionState", "instance/fetchInstances", "chat/findMessages"):
            self.calls.append((name, body))
        if not self.exists and name not in ("instance/create", "instance/fetchInstances"):
            return _refused(404, f'The "{INSTANCE}" instance does not exist')
        if name.startswith("message/"):
            return await self._send(request, body)
        answers = {
            "instance/create": self._create, "instance/connectionState": self._state,
            "instance/fetchInstances": self._instances, "instance/connect": self._connect,
            "instance/logout": self._logout, "webhook/set": self._point,
            "chat/whatsappNumbers": self._numbers, "chat/markMessageAsRead": self._read,
            "chat/sendPresence": self._typing, "chat/findMessages": self._messages,
        }  # fmt: skip
        return await answers[name](body)

    async def _create(self, body: Any) -> web.Response:
        self.exists, self.webhook = True, body["webhook"]
        return web.json_response({"instance": {"instanceName": INSTANCE}, "hash": "TOKEN"}, status=201)

    async def _state(self, _: Any) -> web.Response:
        return web.json_response({"instance": {"instanceName": INSTANCE, "state": self.state}})

    async def _instances(self, _: Any) -> web.Response:
        owner = f"{OURS}@s.whatsapp.net" if self.session or self.code else None
        found = {"name": INSTANCE, "ownerJid": owner, "profileName": "Dairy", "token": "TOKEN"}
        return web.json_response([found | {"disconnectionReasonCode": self.code}])

    async def _connect(self, _: Any) -> web.Response:
        if self.session:
            await self.open()
            return web.json_response({"instance": {"instanceName": INSTANCE, "state": "open"}})
        self.state, self.codes_shown = "connecting", self.codes_shown + 1
        image = f"data:image/png;base64,{b64encode(PNG).decode()}"
        return web.json_response(
            {"pairingCode": None, "code": "2@x", "base64": image, "count": self.codes_shown}
        )

    async def _logout(self, _: Any) -> web.Response:
        self.session, self.state, self.code = False, "close", 401
        return web.json_response({"status": "SUCCESS", "error": False})

    async def _point(self, body: Any) -> web.Response:
        self.webhook = body["webhook"]
        return web.json_response(self.webhook, status=201)

    async def _numbers(self, body: Any) -> web.Response:
        found = [{"number": one, "exists": one in self.on_whatsapp} for one in body["numbers"]]
        return web.json_response(found)

    async def _read(self, _: Any) -> web.Response:
        return web.json_response({"read": "success"}, status=201)

    async def _typing(self, body: Any) -> web.Response:
        return web.json_response({"presence": body["presence"]}, status=201)

    async def _messages(self, body: Any) -> web.Response:
        only = body["where"].get("key", {})
        found = [one for one in self.kept if only.items() <= one["key"].items()]
        return web.json_response({"messages": {"total": len(found), "records": found[::-1]}})

    async def _send(self, request: web.Request, body: Any) -> web.StreamResponse:
        number = body.get("number", ASHA)
        if number not in self.on_whatsapp:
            return _refused(400, [{"exists": False, "number": number}])
        sent = record(body.get("text", ""), id=f"3EB0SENT{next(_ids):04}", chat=number, me=True)
        if self.next_answers:
            return await self.next_answers.popleft()(request)
        self.kept.append(sent)
        return web.json_response(sent, status=201)


def record(text: str, *, id: str, chat: str = ASHA, me: bool = False) -> dict[str, Any]:
    key = {"remoteJid": f"{chat}@s.whatsapp.net", "fromMe": me, "id": id}
    return {
        "key": key, "pushName": "Asha", "message": {"conversation": text}, "messageType": "conversation",
        "messageTimestamp": int(time.time()), "status": "SERVER_ACK" if me else "DELIVERY_ACK",
    }  # fmt: skip


def _refused(status: int, message: Any) -> web.Response:
    body = {"status": status, "error": "Refused", "response": {"message": message}}
    return web.json_response(body, status=status)


@asynccontextmanager
async def evolution_peer() -> AsyncIterator[EvolutionPeer]:
    peer = EvolutionPeer()
    async with serving(("*", "/{tail:.*}", peer.handle)) as peer.url:
        yield peer


async def connect(built: Parts, tenant: TenantId, url: str, **more: str) -> Channel:
    values = {"base_url": url, "instance": INSTANCE, "api_key": KEY, "webhook_secret": SECRET,
              "ban_risk": "yes", **more}  # fmt: skip
    settings = ReplySettings(0, 0, "reply", 1000)
    new = NewChannel(provider=Provider("evolution"), name="Shop", values=values, settings=settings)
    async with built.database.unit_of_work(tenant) as scope:
        return (await built.registry.create(scope, new, at=built.clock.now())).channel
