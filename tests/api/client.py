"""Drives an ASGI app in this very loop: no socket, no thread, the real middlewares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import orjson
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from tests.support.forms import Form

UNSET = object()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes

    def json(self) -> Any:
        return orjson.loads(self.body)


@dataclass(frozen=True)
class Client:
    app: ASGIApp
    token: str | None = None
    address: str = "203.0.113.7"

    async def call(
        self,
        method: str,
        path: str,
        json: Any = UNSET,
        *,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        chunks: Sequence[bytes] | None = None,
    ) -> Answer:
        """`chunks` streams the body without a Content-Length."""
        sent = {"host": "testserver", **(headers or {})}
        if isinstance(json, Form):
            body, sent["content-type"] = json.body, json.kind
        elif json is not UNSET:
            body = orjson.dumps(json)
        if (json is not UNSET or body or chunks) and "content-type" not in sent:
            sent["content-type"] = "application/json"
        if self.token and "authorization" not in sent:
            sent["authorization"] = f"Bearer {self.token}"
        if chunks is None and body:
            sent["content-length"] = str(len(body))
        return await self._drive(method, path, sent, list(chunks) if chunks is not None else [body])

    async def _drive(self, method: str, path: str, headers: dict[str, str], parts: list[bytes]) -> Answer:
        address = urlsplit(path)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": address.path,
            "raw_path": quote(address.path).encode(),
            "query_string": address.query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
            "client": (self.address, 1234),
            "server": ("testserver", 80),
            "state": {},
        }
        received: list[Message] = []

        async def receive() -> Message:
            if not parts:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message: Message) -> None:
            received.append(message)

        await self.app(scope, receive, send)
        start = next(m for m in received if m["type"] == "http.response.start")
        body = b"".join(m.get("body", b"") for m in received if m["type"] == "http.response.body")
        return Answer(start["status"], Headers(raw=start["headers"]), body)

    async def get(self, path: str, **more: Any) -> Answer:
        return await self.call("GET", path, **more)

    async def post(self, path: str, json: Any = UNSET, **more: Any) -> Answer:
        return await self.call("POST", path, json, **more)

    async def patch(self, path: str, json: Any = UNSET, **more: Any) -> Answer:
        return await self.call("PATCH", path, json, **more)

    async def delete(self, path: str, **more: Any) -> Answer:
        return await self.call("DELETE", path, **more)
