"""The webhook door as a plain ASGI app: raw bytes in, one status out, nothing of the API's weight."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from samvad.channels.service.door import MAX_BODY, Answer, Door
from samvad.channels.types import Acknowledgement, RawRequest
from samvad.kernel.ids import new_id
from samvad.platform import metrics
from samvad.platform.logging import get_logger

log = get_logger("api.webhooks")

PREFIX = "/webhooks/"
_TOO_LARGE = 413
_NO_SUCH_METHOD = 405
_BROKEN = 500
_NOTHING = Acknowledgement()


class WebhookDoor:
    """Serves `/webhooks/{family}[/{channel_key}]`; every other path goes to `otherwise`."""

    def __init__(self, otherwise: ASGIApp, doors: Mapping[str, Door]) -> None:
        self._otherwise = otherwise
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._otherwise(scope, receive, send)
            return
        family, _, key = scope["path"].removeprefix(PREFIX).strip("/").partition("/")
        with structlog.contextvars.bound_contextvars(correlation=new_id().hex):
            status, said = await self._serve(scope, receive, family, key or None)
        metrics.webhook_requests.labels(family if family in self._doors else "unknown", status).inc()
        await _answer(send, status, said)

    async def _serve(
        self, scope: Scope, receive: Receive, family: str, key: str | None
    ) -> tuple[int, Acknowledgement]:
        door = self._doors.get(family)
        if door is None:
            return Answer.UNKNOWN, _NOTHING
        try:
            if scope["method"] == "GET":
                return await _challenge(door, scope, key)
            if scope["method"] == "POST":
                return await _receive(door, scope, receive, key)
        except Exception:
            log.exception("door.broke")
            return _BROKEN, _NOTHING
        return _NO_SUCH_METHOD, _NOTHING


async def _challenge(door: Door, scope: Scope, key: str | None) -> tuple[int, Acknowledgement]:
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    answer = await door.challenge(query, key=key)
    if isinstance(answer, str):
        return Answer.OK, Acknowledgement(body=answer.encode())
    return answer, _NOTHING


async def _receive(
    door: Door, scope: Scope, receive: Receive, key: str | None
) -> tuple[int, Acknowledgement]:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    body = await _body(receive)
    if body is None:
        return _TOO_LARGE, _NOTHING
    path = scope.get("raw_path") or scope["path"].encode()
    query = scope["query_string"].decode("latin-1")
    request = RawRequest(headers, body, query, path.decode("latin-1"))
    answer = await door.receive(request, key=key)
    return answer, door.acknowledgement(request) if answer is Answer.OK else _NOTHING


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None past the limit: then the rest is not even read."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, status: int, said: Acknowledgement) -> None:
    headers = [
        (b"content-type", said.content_type.encode()),
        (b"content-length", str(len(said.body)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    if status == Answer.UNAVAILABLE:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": said.body})
