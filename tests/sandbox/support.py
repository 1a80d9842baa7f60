"""What the sandbox's tests share: a running sandbox's doors, and a webhook receiver beside it."""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from samvad.sandbox.config import SandboxConfig
from samvad.sandbox.main import create_app, server

SECRET = "control-secret"
NUMBER = "100000000000001"
OTHER = "100000000000002"
WABA = "200000000000001"
TOKEN = "token-of-the-first"
APP_SECRET = "app-secret-of-the-first"


@dataclass
class Receiver:
    """A webhook endpoint that remembers every POST and answers as it is told."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)  # the next answers; then 200
    posts: list[tuple[bytes, str]] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)
    challenges: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def get(self, request: web.Request) -> web.Response:
        self.challenges += 1
        if request.query.get("hub.verify_token") != "verify-me":
            return web.Response(status=403)
        return web.Response(text=request.query["hub.challenge"])

    async def post(self, request: web.Request) -> web.Response:
        body = await request.read()
        await self.gate.wait()
        self.posts.append((body, request.headers["X-Hub-Signature-256"]))
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.answered.append(body)
        return web.Response(status=status)

    def values(self) -> list[dict]:
        """The `value` of each change that was answered with 200, in order."""
        bodies = [json.loads(body) for body in self.answered]
        return [c["value"] for b in bodies for e in b["entry"] for c in e["changes"]]

    def items(self, name: str) -> list[dict]:
        return [item for value in self.values() for item in value.get(name, [])]

    async def until(self, ready: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not ready():  # noqa: ASYNC110 - what is awaited is another process's doing
                await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def running(config: SandboxConfig) -> AsyncIterator[str]:
    """The sandbox under uvicorn; its base URL."""
    made = server(config, create_app(config))
    with contextlib.ExitStack() as stack:
        made.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]
        task = asyncio.create_task(made.serve())
        stack.callback(task.cancel)
        while not made.started:
            assert not task.done()
            await asyncio.sleep(0.005)
        port = made.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        made.should_exit = True
        await task


@dataclass
class Sandbox:
    """The doors of a running sandbox."""

    base: str
    http: aiohttp.ClientSession

    async def control(
        self, method: str, path: str, body: object = None, *, status: int | None = None
    ) -> dict:
        headers = {"Authorization": f"Bearer {SECRET}"}
        async with self.http.request(
            method, f"{self.base}/_sandbox{path}", json=body, headers=headers
        ) as response:
            text = await response.text()
            assert response.status == status if status else response.status < 300, text
            return json.loads(text) if text else {}

    async def register(self, receiver: Receiver, number: str = NUMBER, **changes: object) -> dict:
        fields = {
            "waba_id": WABA,
            "display_phone_number": "+1 202-555-0100",
            "access_token": TOKEN,
            "app_secret": APP_SECRET,
            "webhook_url": receiver.url,
            "verify_token": "verify-me",
            "tenant": "acme",
        }
        return await self.control("PUT", f"/numbers/{number}", {**fields, **changes})

    async def behave(self, number: str = NUMBER, **sections: object) -> dict:
        return await self.control("PUT", f"/numbers/{number}/faults", sections)

    async def rule(self, fault: str, **fields: object) -> dict:
        return await self.control("POST", f"/numbers/{NUMBER}/faults/rules", {"fault": fault, **fields})

    async def says(self, kind: str = "text", content: object = None, **fields: object) -> dict:
        """Asha writes."""
        body = {"customer": {"phone": "+919999900001", "name": "Asha"}, "kind": kind, **fields}
        if kind == "text" and content is None:
            content = {"body": "hello"}
        return await self.control("POST", f"/numbers/{NUMBER}/messages", {**body, "content": content})

    async def graph(
        self, method: str, path: str, body: object = None, *, token: str = TOKEN
    ) -> tuple[int, dict]:
        async with self.http.request(
            method, f"{self.base}/v23.0/{path}", json=body, headers={"Authorization": f"Bearer {token}"}
        ) as response:
            return response.status, await response.json()

    async def sends(
        self, text: str = "hi", *, to: str = "919999900001", **fields: object
    ) -> tuple[int, dict]:
        body = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}, **fields}
        return await self.graph("POST", f"{NUMBER}/messages", body)

    async def ledger(self) -> dict:
        return await self.control("GET", f"/numbers/{NUMBER}/ledger")

    async def settled(self, number: str = NUMBER) -> dict:
        """When no webhook waits any more."""
        async with asyncio.timeout(20):
            while True:
                view = await self.control("GET", f"/numbers/{number}")
                if not view["webhooks"]["waiting"]:
                    return view
                await asyncio.sleep(0.01)


def signed(body: bytes, secret: str = APP_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
