"""A tiny Graph API over real HTTP: counts and inspects what is sent, answers as told."""

import asyncio
import hashlib
import itertools
import json
import re
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Answer = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


@dataclass
class Kept:
    """A customer's file at Meta. `stated`: its SHA-256 as Meta says it. `elsewhere`: by a redirect."""

    content: bytes
    mime_type: str = "image/jpeg"
    stated: str | None = None
    elsewhere: bool = False
    answers: deque[int] = field(default_factory=deque)  # statuses before it is handed out
    breaks: deque[int] = field(default_factory=deque)  # after so many bytes, each once
    ranges: bool = True

    async def hand_out(self, request: web.Request) -> web.StreamResponse:
        wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", "") if self.ranges else "")
        start, size = int(wanted[1]) if wanted else 0, len(self.content)
        answer = web.StreamResponse(status=206 if wanted else 200)
        if wanted:
            answer.headers["content-range"] = f"bytes {start}-{size - 1}/{size}"
        answer.content_type, answer.content_length = self.mime_type, size - start
        await answer.prepare(request)
        if not self.breaks:
            await answer.write(self.content[start:])
        elif request.transport:
            await answer.write(self.content[start : self.breaks.popleft()])
            request.transport.close()
        return answer


@dataclass
class Graph:
    """`sends` holds the accepted message bodies in order, `calls` every body of /messages."""

    url: str = ""
    sends: list[dict[str, Any]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    next_answers: deque[Answer] = field(default_factory=deque)
    delay: Callable[[], float] = lambda: 0.0
    on_call: Callable[[dict[str, Any]], None] = lambda body: None
    numbers: Any = field(default_factory=itertools.count)
    knows_token: bool = True
    number_page: dict[str, Any] = field(default_factory=dict)  # what it says of a number beside its name
    subscribes: bool = True
    files: dict[str, Kept] = field(default_factory=dict)
    templates: list[dict[str, Any]] = field(default_factory=list)  # of every account
    asked: list[tuple[str, str, Any]] = field(default_factory=list)  # (method, path, body) of templates
    next_refusals: deque[Answer] = field(default_factory=deque)  # of calls about templates
    uploads: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)  # id -> type, name, content
    next_uploads: deque[Answer] = field(default_factory=deque)
    subscriptions: list[Any] = field(default_factory=list)  # bodies of asking for webhooks
    fetches: list[tuple[str, str]] = field(default_factory=list)  # (path, Authorization) of files
    ranges: list[str] = field(default_factory=list)  # that these asked for

    @property
    def texts(self) -> list[str]:
        return [body["text"]["body"] for body in self.sends if "text" in body]

    def texts_to(self, wa_id: str) -> list[str]:
        to = wa_id.lstrip("+")
        return [b["text"]["body"] for b in self.sends if "text" in b and b.get("to", "").lstrip("+") == to]

    def count_of(self) -> Counter[str]:
        return Counter(body.get("biz_opaque_callback_data", "") for body in self.sends)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if body.get("status") == "read":
            self.receipts.append(body)
            return web.json_response({"success": True})
        self.calls.append(body)
        self.on_call(body)
        wait = self.delay()
        if wait:
            await asyncio.sleep(wait)
        if self.next_answers:
            return await self.next_answers.popleft()(request, body)
        return self.accept(body)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        file = form["file"]
        assert form["messaging_product"] == "whatsapp" and isinstance(file, web.FileField)
        id_ = f"media{next(self.numbers)}"
        self.uploads[id_] = (str(form["type"]), file.filename, file.file.read())
        if self.next_uploads:
            return await self.next_uploads.popleft()(request, {})
        return web.json_response({"id": id_})

    def place(self, id_: str) -> web.Response:
        kept = self.files[id_]
        stated = kept.stated if kept.stated is not None else hashlib.sha256(kept.content).hexdigest()
        url = f"{self.url}/cdn/{id_}"
        return web.json_response({"url": url, "mime_type": kept.mime_type, "sha256": stated, "id": id_})

    async def hand_out(self, request: web.Request) -> web.StreamResponse:
        id_ = request.match_info["id"]
        self.fetches.append((request.path, request.headers.get("authorization", "")))
        self.ranges.append(request.headers.get("range", ""))
        kept = self.files.get(id_)
        if kept is None:
            return web.Response(status=404)
        if kept.answers:
            return web.Response(status=kept.answers.popleft())
        if kept.elsewhere and request.path.startswith("/cdn/"):
            return web.Response(status=302, headers={"location": f"/storage/{id_}"})
        return await kept.hand_out(request)

    async def explain(self, request: web.Request) -> web.StreamResponse:
        """What a self-test asks: the number, the token, the subscription."""
        if not self.knows_token:
            error = {"message": "Error validating access token", "type": "OAuthException", "code": 190}
            return web.json_response({"error": error}, status=401)
        if (asked := request.path.rpartition("/")[2]) in self.files:
            return self.place(asked)
        if "phone_number_id" in request.query:
            error = {"message": "Unsupported get request", "type": "GraphMethodException", "code": 100}
            return web.json_response({"error": error}, status=400)
        if request.path.endswith("/subscribed_apps"):
            self.subscriptions.append(await request.json() if request.can_read_body else None)
            return web.json_response({"success": self.subscribes})
        if "whatsapp_business_manager_messaging_limit" in request.query.get("fields", ""):
            error = {"message": "Tried accessing nonexisting field", "type": "OAuthException", "code": 100}
            return web.json_response({"error": error}, status=400)
        page = {"display_phone_number": "+1 555", "verified_name": "Shop", "data": {}}
        return web.json_response(page | self.number_page)

    async def review(self, request: web.Request) -> web.StreamResponse:
        """Templates: listed two a page, taken for review, deleted."""
        body = await request.json() if request.can_read_body else None
        self.asked.append((request.method, request.path_qs, body))
        if self.next_refusals:
            return await self.next_refusals.popleft()(request, body or {})
        if request.method == "POST":
            return web.json_response({"id": f"7{len(self.asked)}", "status": "PENDING", "success": True})
        if request.method == "DELETE":
            return web.json_response({"success": True})
        start = int(request.query.get("after", "0"))
        rest = {"next": "x"} if start + 2 < len(self.templates) else {}
        paging = {"cursors": {"after": str(start + 2)}, **rest}
        return web.json_response({"data": self.templates[start : start + 2], "paging": paging})

    def accept(self, body: dict[str, Any]) -> web.Response:
        self.sends.append(body)
        wamid = f"wamid.OUT{next(self.numbers)}"
        to = body.get("to", "")
        return web.json_response(
            {"contacts": [{"input": to, "wa_id": to.lstrip("+")}], "messages": [{"id": wamid}]}
        )

    # answers to queue in `next_answers`

    def refuse(self, code: int, status: int = 400) -> Answer:
        async def answer(_: web.Request, __: dict[str, Any]) -> web.StreamResponse:
            error = {"message": "refused", "type": "OAuthException", "code": code, "fbtrace_id": "x"}
            return web.json_response({"error": error}, status=status)

        return answer

    def accept_and_keep(self) -> Answer:
        """Until the template has a quality."""

        async def answer(_: web.Request, body: dict[str, Any]) -> web.StreamResponse:
            taken = self.accept(body)
            assert isinstance(taken.text, str)
            kept = json.loads(taken.text)
            kept["messages"][0]["message_status"] = "held_for_quality_assessment"
            return web.json_response(kept)

        return answer

    def accept_and_hang(self, seconds: float = 30) -> Answer:
        async def answer(request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
            response = self.accept(body)
            if request.transport is not None:
                request.transport.abort()
            return response

        return answer


@asynccontextmanager
async def graph_peer() -> AsyncIterator[Graph]:
    graph = Graph()
    app = web.Application(client_max_size=110 << 20)
    app.router.add_post("/{version}/{number}/messages", graph.answer)
    app.router.add_route("*", "/{version}/{account}/message_templates", graph.review)
    app.router.add_post("/{version}/{template:7\\d}", graph.review)
    app.router.add_post("/{version}/{number}/media", graph.upload)
    app.router.add_get("/{where:cdn|storage}/{id}", graph.hand_out)
    app.router.add_route("*", "/{version}/{path:.+}", graph.explain)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    graph.url = f"http://127.0.0.1:{port}"
    try:
        yield graph
    finally:
        await runner.cleanup()
