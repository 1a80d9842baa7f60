"""A tiny peer that speaks the chat-completions protocol over real HTTP, and keeps what it heard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web


@dataclass
class ModelPeer:
    """`says` is the content of the next answers; `answers` overrides whole answers, the first one first."""

    url: str = ""
    says: str = "{}"
    delay: float = 0
    knows_schemas: bool = True
    answers: list[tuple[int, Any]] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def complete(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.heard.append(body)
        self.keys.append(request.headers.get("authorization", ""))
        await asyncio.sleep(self.delay)
        if self.answers:
            status, answer = self.answers.pop(0)
            raw = answer if isinstance(answer, bytes) else orjson.dumps(answer)
            return web.Response(status=status, body=raw, content_type="application/json")
        if not self.knows_schemas and body["response_format"]["type"] == "json_schema":
            error = {
                "message": "response_format json_schema is not supported",
                "type": "invalid_request_error",
            }
            return web.json_response({"error": error}, status=400)
        return web.json_response(completion(self.says))


def completion(content: str | None, *, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 210, "completion_tokens": 21, "total_tokens": 231},
    }


@asynccontextmanager
async def model_peer() -> AsyncIterator[ModelPeer]:
    peer = ModelPeer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", peer.complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1)  # whoever is still late is not waited for
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    peer.url = f"http://{host}:{port}/v1"
    try:
        yield peer
    finally:
        await runner.cleanup()
