"""A Graph API of a few lines: answers what it is told, and keeps what it was asked, byte by byte."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson
from aiohttp import web


@dataclass
class Asked:
    method: str
    path: str  # with its query
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False  # closes without a byte, after taking the request


def graph_error(status: int, code: int | None, *, subcode: int | None = None, **more: object) -> Answer:
    error = {"message": f"(#{code}) refused", "type": "OAuthException", "fbtrace_id": "A1"} | more
    if code is not None:
        error["code"] = code
    if subcode is not None:
        error["error_subcode"] = subcode
    return Answer(status, orjson.dumps({"error": error}))


ACCEPTED = Answer(
    body=orjson.dumps(
        {
            "messaging_product": "whatsapp",
            "contacts": [{"input": "+5511999990000", "wa_id": "551199990000", "user_id": "BR.77"}],
            "messages": [{"id": "wamid.NEW", "message_status": "accepted"}],
        }
    )
)


@dataclass
class Peer:
    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.method, request.path_qs, headers, await request.read()))
        answer = self.answers.pop(0) if self.answers else Answer(status=500)
        if answer.hang_up:
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=answer.status, body=answer.body, headers=answer.headers)


@asynccontextmanager
async def running_peer() -> AsyncIterator[Peer]:
    peer = Peer()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", peer.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    peer.port = runner.addresses[0][1]
    try:
        yield peer
    finally:
        await runner.cleanup()
