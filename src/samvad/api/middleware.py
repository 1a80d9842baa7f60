"""What wraps every request: correlation id, security headers, metrics, a last net under failures."""

import re
import time
from collections import Counter
from urllib.parse import parse_qsl

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from samvad.api.problems import ProblemField, problem, too_large
from samvad.conversations.service.file_links import PATH
from samvad.kernel.ids import new_id
from samvad.platform import metrics
from samvad.platform.logging import get_logger

log = get_logger("api")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class Correlation:
    """X-Request-Id in, out, and on every log line between."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        correlation = given if _REQUEST_ID.fullmatch(given) else new_id().hex

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = correlation
            await send(message)

        with structlog.contextvars.bound_contextvars(correlation=correlation):
            await self._app(scope, receive, answer)


class SecurityHeaders:
    """Set unless the answer has its own."""

    def __init__(self, app: ASGIApp, *, policy: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, answer if scope["type"] == "http" else send)


class Measured:
    """Counts and times requests by route, never by address: ids stay out of the metrics."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            metrics.http_seconds.labels(route).observe(time.perf_counter() - began)
            metrics.http_requests.labels(route, scope["method"], status).inc()


class LastNet:
    """Whatever nobody expected is logged with its trace. The app has answered it with a bare 500 by then;
    an answer that broke half-way goes on to the server, which cuts the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answered = False

        async def answer(message: Message) -> None:
            nonlocal answered
            await send(message)
            answered = message["type"] == "http.response.body" and not message.get("more_body", False)

        try:
            await self._app(scope, receive, answer)
        except Exception:
            log.exception("request.failed", method=scope["method"], path=_told(scope["path"]))
            if not answered:
                raise


def _told(path: str) -> str:
    """Without what opens a file."""
    return f"{PATH}***" if path.startswith(PATH) else path


class TooLarge:
    """The framework refuses a large body in plain text; this says it as every other failure is said."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if replaced:
                return
            replaced = _plain_413(message)
            await (too_large()(scope, receive, send) if replaced else send(message))

        await self._app(scope, receive, answer if scope["type"] == "http" else send)


def _plain_413(message: Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] != 413:
        return False
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")


class OneValueEach:
    """A query parameter given twice under /api is refused: two readers could pick different ones."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            doubled = _doubled(scope["query_string"])
            if doubled:
                wrong = [
                    ProblemField(field=name[:100], code="duplicate", detail="given twice") for name in doubled
                ]
                await problem(422, "invalid", "A parameter was given twice", wrong=wrong)(
                    scope, receive, send
                )
                return
        await self._app(scope, receive, send)


def _doubled(query: bytes) -> list[str]:
    names = (name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="replace"))
    return [name for name, times in Counter(names).items() if times > 1]
