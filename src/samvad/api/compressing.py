"""Larger JSON answers of the API, compressed for whoever asks for it; streams and files go as they are."""

import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from samvad.api.compressed import accepts

SMALLEST = 1024  # bytes: below one packet nothing is won
_FASTEST, _GZIP = 1, 16 + zlib.MAX_WBITS
_KINDS = ("application/json", "application/problem+json")


class Compressed:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        wanted = accepts(Headers(scope=scope).get("accept-encoding", ""), "gzip")
        held: list[Message] = []  # what an answer begins with, until its body tells whether it is all of it

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and _may_be(message):
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
                held.append(message)
                return
            if held:
                start = held.pop()
                message = _packed(start, message) if wanted else message
                await send(start)
            await send(message)

        await self._app(scope, receive, answer)


def _may_be(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith(_KINDS) and "content-encoding" not in headers


def _packed(start: Message, body: Message) -> Message:
    """The body as it is sent, with what its head says of it."""
    content: bytes = body.get("body", b"")
    if body["type"] != "http.response.body" or body.get("more_body") or len(content) < SMALLEST:
        return body
    packer = zlib.compressobj(_FASTEST, zlib.DEFLATED, _GZIP)
    packed = packer.compress(content) + packer.flush()
    headers = MutableHeaders(scope=start)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(packed))
    return {**body, "body": packed}
