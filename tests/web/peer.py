"""A small local peer that speaks the app's contract from memory, for screens and failures on demand."""

import asyncio
import json
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from tests.web.peer_alerts import Alerts
from tests.web.peer_canned import Canned
from tests.web.peer_care import Care, found_in, give, has_status
from tests.web.peer_data import CHANNEL, LINKED, ME, PIGEON, PROVIDERS, SANDBOX, SCANNED, Row, World, message
from tests.web.peer_journal import Journal
from tests.web.peer_judging import Judging
from tests.web.peer_labels import Labels, bears
from tests.web.peer_mentions import Mentions, mentions
from tests.web.peer_provider import Provider
from tests.web.peer_scenarios import Scenarios
from tests.web.peer_starting import Starting
from tests.web.peer_templates import Templates

from samvad.channels.adapters.meta.adapter import MetaAdapter
from samvad.channels.codec import content_from_json
from samvad.channels.types import Kind

DIST = Path(__file__).parents[2] / "web" / "dist"
EMAIL, LINK, TOKEN = "owner@example.test", "one-time", "peer-token"
PASSWORD = "correct horse"
API = "/api/v1"


def problem(
    status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, errors: Any = ()
) -> Response:
    body = {
        "type": "about:blank",
        "title": code,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
    }
    return JSONResponse(body, status, headers, media_type="application/problem+json")


class Peer:
    """The contract over one `World`; `down` and `refuses_sockets` make it fail."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.journal = Journal(self)
        self.templates = Templates(self)
        self.starting = Starting(self)
        self.judging = Judging(self)
        self.mentions = Mentions(self)
        self.alerts = Alerts()
        self.scenarios = Scenarios()
        self.provider = Provider(self.world)
        self.sockets: dict[WebSocket, asyncio.Queue[Row]] = {}
        self.pairings: list[tuple[str, str]] = []  # what linking a phone says, in order: state, detail
        self.linked = "open"  # how the link of a linked device stands
        self.down = False
        self.refuses_sockets = False
        self.refused: set[str] = set()  # conversations that nobody may change now
        self.failed_logins = 0
        self.demo_loaded: Row | None = None
        self.tasks: set[asyncio.Task[None]] = set()

    # live stream ------

    def emit(self, kind: str, data: Row, *, kept: bool = True) -> None:
        frame = self.world.log(kind, data) if kept else {"type": kind, "data": data}
        for queue in self.sockets.values():
            queue.put_nowait(frame)

    async def socket(self, ws: WebSocket) -> None:
        await ws.accept()
        if self.down or self.refuses_sockets:
            await ws.close()
            return
        hello = await ws.receive_json()
        if hello.get("token") != TOKEN:
            await ws.close(4401)
            return
        queue: asyncio.Queue[Row] = asyncio.Queue()
        if hello.get("cursor"):
            for frame in self.world.since(hello["cursor"]):
                queue.put_nowait(frame)
        self.sockets[ws] = queue
        await ws.send_json({"type": "ready", "cursor": hello.get("cursor") or self.world.cursor})

        async def pump() -> None:
            while True:
                await ws.send_json(await queue.get())

        pumping = asyncio.create_task(pump())
        try:
            while True:
                if (await ws.receive_json())["type"] == "ping":
                    await ws.send_json({"type": "pong"})
        except WebSocketDisconnect:
            pass
        finally:
            pumping.cancel()
            self.sockets.pop(ws, None)

    # sign-in ------

    async def login(self, request: Request) -> Response:
        body = await request.json()
        if self.failed_logins >= 5:
            return problem(429, "locked_out", "Too many attempts", headers={"Retry-After": "120"})
        if (body["email"], body["password"]) != (EMAIL, PASSWORD):
            self.failed_logins += 1
            return problem(401, "bad_credentials", "E-mail or password is wrong")
        return JSONResponse({"access_token": TOKEN, "token_type": "bearer"})

    async def link(self, request: Request) -> Response:
        if (await request.json())["token"] != LINK:
            return problem(401, "link_spent", "This link was used")
        return JSONResponse({"access_token": TOKEN, "token_type": "bearer"})

    async def me(self, _: Request) -> Response:
        return JSONResponse(ME | {"role": self.world.role, "permissions": self.world.permissions()})

    async def empty(self, _: Request) -> Response:
        return Response(status_code=204)

    # conversations ------

    async def conversations(self, request: Request) -> Response:
        query = request.query_params
        asked = {
            name: query.get(name)
            for name in ("mode", "status", "assignee", "q", "phone", "label_id", "mentioned", "priority")
        }
        rows = self.search(**asked)
        if query.get("order") == "needs_person":
            rows.sort(key=lambda row: not row["needs_person"])
        start, limit = int(query.get("cursor") or 0), int(query.get("limit") or 50)
        more = str(start + limit) if start + limit < len(rows) else None
        return JSONResponse({"items": rows[start : start + limit], "next_cursor": more})

    def search(self, **asked: str | None) -> list[Row]:
        def fits(row: Row) -> bool:
            number = row["contact"]["identities"][0]["value"]
            return (
                (not asked["mode"] or row["mode"] == asked["mode"])
                and has_status(row, asked["status"])
                and (not asked["assignee"] or (row["assignee_id"] or "none") == asked["assignee"])
                and (not asked["phone"] or number == asked["phone"])
                and (not asked["label_id"] or bears(row, asked["label_id"]))
                and (not asked["priority"] or row["priority"] == asked["priority"])
                and (not asked["mentioned"] or mentions(row, asked["mentioned"]))
            )

        rows = filter(fits, self.world.rows.values())
        if asked["q"]:
            rows = (found for row in rows if (found := self._found(row, asked["q"])))
        return sorted(rows, key=lambda row: row["last_message_at"] or "", reverse=True)

    def _found(self, row: Row, words: str) -> Row | None:
        match = found_in(self.world.messages[row["id"]], words)
        return row | {"match": match} if match or words.lower() in row["contact"]["name"].lower() else None

    async def conversation(self, request: Request) -> Response:
        row = self.world.rows.get(request.path_params["id"])
        return JSONResponse(row) if row else problem(404, "not_found", "No such conversation")

    async def messages(self, request: Request) -> Response:
        found = self.world.messages.get(request.path_params["id"], [])[::-1]
        start, limit = (
            int(request.query_params.get("cursor") or 0),
            int(request.query_params.get("limit") or 50),
        )
        more = str(start + limit) if start + limit < len(found) else None
        return JSONResponse({"items": found[start : start + limit], "next_cursor": more})

    async def send(self, request: Request) -> Response:
        body, id_ = await request.json(), request.path_params["id"]
        row = self.world.rows[id_]
        known = next((m for m in self.world.messages[id_] if m["client_id"] == body["client_id"]), None)
        if known:
            return JSONResponse(known, 201)
        note, text, more = body.get("private", False), body.get("text", ""), {}
        if body.get("kind") == "template":
            text, content = self.templates.content(body["content"], name=row["contact"]["name"])
            more = {"kind": "template", "content": content}
        elif not note and not row["window"]["open"]:
            return problem(409, "window_closed", "The 24-hour window is closed")
        elif "content" in body:
            content = content_from_json(Kind(body["kind"]), body["content"])
            if faults := MetaAdapter.faults(content):
                said = [{"field": f"content.{one.field}", "detail": one.detail} for one in faults]
                return problem(422, "invalid", said[0]["detail"], errors=said)
            text, more = content.text, {"kind": body["kind"], "content": content.as_json()}
        sent = message(id_, text, author="agent", status="sent" if note else "queued") | more
        sent |= {"client_id": body["client_id"], "private": note, "source": "agent"}
        sent |= self.mentions.mentioning(row, body.get("mentions", []))
        self.add(sent)
        if not note:
            self.switch(id_, "human")
            self.later(self.tick(sent))
        return JSONResponse(sent, 201)

    async def send_file(self, request: Request) -> Response:
        form, id_ = await request.form(), request.path_params["id"]
        choice = json.loads(str(form["template"]))
        text, content = self.templates.content(choice, name=self.world.rows[id_]["contact"]["name"])
        sent = message(id_, text, author="agent", status="queued")
        sent |= {"kind": "template", "content": content, "client_id": form["client_id"], "source": "agent"}
        name = getattr(form["file"], "filename", "")
        sent["media"] = {"mime_type": "image/png", "filename": name, "size": 70, "state": "stored"}
        self.add(sent)
        return JSONResponse(sent, 201)

    def add(self, made: Row) -> None:
        self.world.add(made)
        self.emit("message.created", {"conversation_id": made["conversation_id"], "message": dict(made)})
        self.emit("conversation.updated", {"conversation": dict(self.world.rows[made["conversation_id"]])})

    async def tick(self, sent: Row) -> None:
        for status in ("sending", "sent", "delivered", "read"):
            await asyncio.sleep(0.25)
            sent["status"] = status
            self.emit("message.updated", {"conversation_id": sent["conversation_id"], "message": dict(sent)})

    def later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def switch(self, id_: str, mode: str) -> Row:
        row = self.world.rows[id_]
        if row["mode"] != mode:
            status = "open" if mode == "human" else "pending"
            row |= {"mode": mode, "epoch": row["epoch"] + 1, "status": status}
            if mode == "human":
                give(row, row["assignee_id"] or ME["member"]["id"])
            self.emit("conversation.mode", {"conversation_id": id_, "mode": mode, "epoch": row["epoch"]})
            self.emit("conversation.updated", {"conversation": dict(row)})
        return {"mode": row["mode"], "epoch": row["epoch"], "in_flight": []}

    async def mode(self, request: Request) -> Response:
        id_, body = request.path_params["id"], await request.json()
        if body.get("hint"):
            line = message(id_, "", author="system", status="sent")
            told = {"event": "mode", "mode": "ai", "by": "member", "reason": "", "hint": body["hint"]}
            self.add(line | {"kind": "system", "content": told})
        return JSONResponse(self.switch(id_, body["mode"]))

    async def read(self, request: Request) -> Response:
        row = self.world.rows[request.path_params["id"]]
        row["unread"] = 0
        self.emit("conversation.updated", {"conversation": dict(row)})
        return Response(status_code=204)

    async def retry(self, request: Request) -> Response:
        wanted = request.path_params["id"]
        made = next(m for thread in self.world.messages.values() for m in thread if m["id"] == wanted)
        made |= {"status": "queued", "reason": None}
        self.later(self.tick(made))
        return JSONResponse(made)

    async def drop(self, request: Request) -> Response:
        wanted = request.path_params["id"]
        made = next(m for thread in self.world.messages.values() for m in thread if m["id"] == wanted)
        made |= {"status": "skipped", "reason": "dropped"}
        return JSONResponse(made)

    async def window_template(self, request: Request) -> Response:
        made = next(one for one in self.world.channels if one["id"] == request.path_params["id"])
        made["window_template"] = (await request.json())["template"]
        return JSONResponse(made)

    async def file(self, request: Request) -> Response:
        found = self.world.files.get(request.path_params["id"])
        return Response(found, media_type="image/png") if found else problem(404, "not_found", "Not found")

    async def fetch_again(self, request: Request) -> Response:
        wanted = request.path_params["id"]
        made = next(m for thread in self.world.messages.values() for m in thread if m["id"] == wanted)
        made["media"] = made["media"] | {"state": "pending", "reason": None}
        self.emit("message.updated", {"conversation_id": made["conversation_id"], "message": dict(made)})
        return Response(status_code=204)

    async def trace(self, request: Request) -> Response:
        said = self.judging.of(request.path_params["id"])
        return JSONResponse(self.world.trace | {"judgements": said})

    async def events(self, request: Request) -> Response:
        found = self.world.since(request.query_params["cursor"])
        return JSONResponse({"items": found, "next_cursor": self.world.cursor})

    # channels ------

    async def channels(self, _: Request) -> Response:
        return JSONResponse({"items": self.world.channels, "next_cursor": None})

    async def providers(self, _: Request) -> Response:
        pairs = {"pairs": bool(self.pairings)}
        items = [p | {"capabilities": p["capabilities"] | pairs} for p in PROVIDERS]
        return JSONResponse({"items": items})

    async def pairing(self, _: Request) -> Response:
        """What is next; the last one stays."""
        state, detail = self.pairings.pop(0) if len(self.pairings) > 1 else self.pairings[0]
        image = SCANNED if state == "code" else None
        typed = "WZYEH1YY" if state == "code" else ""
        return JSONResponse({"state": state, "image": image, "seconds": 20, "detail": detail, "code": typed})

    async def connection(self, _: Request) -> Response:
        """Of every linked device."""
        open_ = {"number": "+919800000042", "name": "Gokul Dairy", "detail": ""}
        ended = {"number": "", "name": "", "detail": "Link it again under Link the phone"}
        return JSONResponse(
            {"state": self.linked, "sent_today": 17, **(open_ if self.linked == "open" else ended)}
        )

    async def log_out(self, _: Request) -> Response:
        self.linked = "logged_out"
        return Response(status_code=204)

    async def connect(self, request: Request) -> Response:
        body = await request.json()
        if body["provider"] == PIGEON["provider"]:
            return self._connected(body, {name: body[name] for name in ("loft", "flight")}, {})
        if body["provider"] == LINKED["provider"]:
            return self._connected(body, {name: body[name] for name in ("instance", "ban_risk")}, {})
        if body["phone_number_id"] == "999":
            fault = {
                "field": "phone_number_id",
                "code": "taken",
                "detail": "This number is connected already",
            }
            return problem(422, "invalid", "Check the fields", errors=[fault])
        fields = {name: body[name] for name in ("phone_number_id", "waba_id")}
        return self._connected(body, fields, {"verify_token": uuid.uuid4().hex})

    def _connected(self, body: Row, fields: Row, made: Row) -> Response:
        key, provider = uuid.uuid4().hex, body["provider"]
        stored = CHANNEL | {
            "id": str(uuid.uuid4()), "name": body["name"], "provider": provider, "key": key,
            "fields": fields, "last_event_at": None, "account_limit": None,
            "webhook_url": f"https://crm.example.test/webhooks/{provider}/{key}",
        }  # fmt: skip
        self.world.channels.append(stored)
        return JSONResponse(stored | {"made": made}, 201)

    async def test(self, _: Request) -> Response:
        names = ("connection", "token", "number", "subscription")
        steps: list[Row] = [{"name": name, "ok": True, "detail": None} for name in names]
        why = "Meta cannot reach this address: the host name does not resolve from outside"
        steps.append({"name": "webhook_reachable", "ok": False, "detail": why})
        return JSONResponse({"ok": False, "steps": steps})

    # simulator ------

    async def sandbox(self, _: Request) -> Response:
        return JSONResponse(SANDBOX | {"expires_at": (datetime.now(UTC) + timedelta(hours=1)).isoformat()})

    async def demo(self, _: Request) -> Response:
        return JSONResponse({"loaded": self.demo_loaded, "on_offer": []})

    async def customers(self, _: Request) -> Response:
        return JSONResponse({"items": self.world.customers, "cursor": self.world.changed})

    async def phone_messages(self, request: Request) -> Response:
        found = [m for m in self.world.phone if m["customer_id"] == request.path_params["id"]]
        return JSONResponse({"items": found, "next_cursor": None})

    async def say(self, request: Request) -> Response:
        body = await request.json()
        content = body.get("content") or {}
        if body["kind"] == "edit":
            content |= {"message": {"type": "text", "text": {"body": content["text"]}}}
        said = self.world.say(request.path_params["id"], body["kind"], content, "in", body.get("reply_to"))
        return JSONResponse(said, 201)

    async def phone_events(self, request: Request) -> Response:
        after = int(request.query_params["after"])
        for _ in range(40):
            if self.world.changed > after:
                break
            await asyncio.sleep(0.05)
        items = [c for at, c in self.world.changes if at > after]
        return JSONResponse({"items": items, "cursor": self.world.changed})

    async def faults(self, _: Request) -> Response:
        return JSONResponse({"expired_token": False, "server_error": False, "webhooks_doubled": False})

    async def clock(self, _: Request) -> Response:
        return JSONResponse({"now_ms": int(datetime.now(UTC).timestamp() * 1000), "offset_ms": 0})

    # what a test makes happen ------

    def inbound(self, id_: str, text: str) -> None:
        self.add(self.silent(id_, text))

    def silent(self, id_: str, text: str) -> Row:
        """A customer's message that nobody was told of."""
        return message(id_, text, author="customer", status="received")

    async def cut(self, *, down: bool = True) -> None:
        self.down = down
        for ws in list(self.sockets):
            await ws.close()

    def app(self) -> Starlette:
        one, phone = f"{API}/conversations/{{id}}", "/sandbox/phone"
        customer = f"{phone}/customers/{{id:int}}"
        table: list[tuple[str, str, Any]] = [
            ("POST", f"{API}/auth/login", self.login), ("POST", f"{API}/auth/link", self.link),
            ("POST", f"{API}/auth/logout", self.empty), ("POST", f"{API}/auth/password", self.empty),
            ("GET", f"{API}/me", self.me), ("GET", f"{API}/events", self.events),
            *Care(self).routes(API), *Labels(self).routes(API), *self.journal.routes(API),
            *self.alerts.routes(API), *self.templates.routes(API), *self.scenarios.routes(API),
            *Canned(self).routes(API), *self.judging.routes(API), *self.mentions.routes(API),
            ("GET", f"{API}/conversations", self.conversations), ("GET", one, self.conversation),
            ("POST", f"{API}/conversations", self.starting.start),
            ("POST", f"{one}/read", self.read), ("PUT", f"{one}/mode", self.mode),
            ("GET", f"{one}/messages", self.messages), ("POST", f"{one}/messages", self.send),
            ("GET", f"{API}/messages/{{id}}/trace", self.trace),
            ("POST", f"{API}/conversations/{{id}}/files", self.send_file),
            ("POST", f"{API}/messages/{{id}}/retry", self.retry),
            ("POST", f"{API}/messages/{{id}}/drop", self.drop),
            ("GET", f"{API}/channels/{{id}}/pairing", self.pairing),
            ("GET", f"{API}/channels/{{id}}/connection", self.connection),
            ("POST", f"{API}/channels/{{id}}/logout", self.log_out),
            ("PUT", f"{API}/channels/{{id}}/window-template", self.window_template),
            ("GET", f"{API}/messages/{{id}}/file", self.file),
            ("POST", f"{API}/messages/{{id}}/file", self.fetch_again),
            ("GET", f"{API}/channel-providers", self.providers),
            ("GET", f"{API}/channels", self.channels), ("POST", f"{API}/channels", self.connect),
            ("POST", f"{API}/channels/{{id}}/test", self.test),
            ("DELETE", f"{API}/channels/{{id}}", self.empty),
            ("GET", f"{API}/sandbox", self.sandbox), ("GET", f"{phone}/customers", self.customers),
            ("GET", f"{customer}/messages", self.phone_messages), ("POST", f"{customer}/messages", self.say),
            ("POST", f"{customer}/read", self.empty), ("GET", f"{phone}/events", self.phone_events),
            ("GET", f"{phone}/faults", self.faults), ("GET", f"{API}/demo", self.demo),
            ("GET", f"{phone}/clock", self.clock), *self.provider.routes(phone),
        ]  # fmt: skip

        def guard(handler: Any) -> Any:
            async def guarded(request: Request) -> Response:
                if self.down:
                    return problem(503, "unavailable", "The peer is down")
                bearer, path = request.headers.get("authorization"), request.url.path
                if path.startswith(API) and "/auth/" not in path and bearer != f"Bearer {TOKEN}":
                    return problem(401, "unauthenticated", "Sign in first")
                if request.method == "PUT" and request.path_params.get("id") in self.refused:
                    return problem(409, "conflict", "Somebody else is changing it.")
                answer: Response = await handler(request)
                return answer

            return guarded

        async def index(_: Request) -> Response:
            return FileResponse(DIST / "index.html", headers={"Cache-Control": "no-cache"})

        async def icon(_: Request) -> Response:
            return FileResponse(DIST / "favicon.svg")

        routes = [Route(p, guard(h), methods=[m]) for m, p, h in table]
        return Starlette(
            routes=[
                *routes,
                WebSocketRoute("/ws", self.socket),
                Route("/favicon.svg", icon),
                Mount("/assets", StaticFiles(directory=DIST / "assets")),
                Route("/{path:path}", index),
            ]
        )


class Theatre:
    """One address for one peer after another: a browser keeps the scripts that it has read there."""

    url: str

    def __init__(self, *, port: int = 0) -> None:
        self._plays: ASGIApp | None = None
        # A page that is still open is not waited for.
        config = uvicorn.Config(
            self._play,
            port=port,
            log_level="warning",
            lifespan="off",
            interface="asgi3",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)

    def show(self, peer: Peer) -> None:
        self._plays = peer.app()

    async def _play(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._plays is not None, "nobody is on the stage"
        await self._plays(scope, receive, send)

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110 - uvicorn tells it no other way
            await asyncio.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        await self._running


async def _main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    async with Theatre(port=8499) as theatre:
        theatre.show(Peer(World(rows=rows)))
        sys.stdout.write(json.dumps({"url": theatre.url, "email": EMAIL, "password": PASSWORD}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
