"""The web widget's door: its script for everybody, everything else for the sites of its channel alone."""

import hashlib
import html
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from samvad.api.compressed import choose, label
from samvad.api.problems import samvad_error
from samvad.channels.service.chat import MESSAGE, TEXT, Line
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError, Invalid, NotFound, SamvadError, Unauthenticated
from samvad.platform.db import Database
from samvad.workflows.chat.guard import Guard, Stream
from samvad.workflows.chat.service import Chat, Words
from samvad.workflows.chat.views import StateOut, messages

_LARGEST = 64 * 1024
_FRESH = "public, max-age=600"
Body = TypeVar("Body", bound=BaseModel)
Served = Callable[[Line, Request], Awaitable[Response]]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Button(_Given):
    id: str = Field(max_length=256)
    title: str = Field(min_length=1, max_length=TEXT)


class _Said(_Given):
    id: str = Field(pattern=f"^{MESSAGE}$")
    text: str = Field("", max_length=TEXT)
    button: _Button | None = None


class _Seen(_Given):
    message_id: UUID
    status: Literal["delivered", "read"]


class Widget:
    """`folder`: the built web app, which holds the script."""

    def __init__(self, chat: Chat, database: Database, clock: Clock, *, folder: Path | None) -> None:
        self._chat = chat
        self._guard = Guard(database, clock)
        self._script = folder / "widget" / "widget.js" if folder else None

    def routes(self) -> list[BaseRoute]:
        """Calls are POST throughout: a browser names its site with every one of them."""
        served: dict[str, Served] = {
            "visits": self._visit, "messages": self._say, "seen": self._seen, "events": self._events,
        }  # fmt: skip
        return [
            Route("/widget/{key}.js", self._code, methods=["GET"]),
            Route("/widget/{key}/try", self._try, methods=["GET"]),
            *(
                Route(f"/widget/{{key}}/{name}", self._for_sites(serve), methods=["POST", "OPTIONS"])
                for name, serve in served.items()
            ),
        ]

    def _for_sites(self, serve: Served) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            origin = request.headers.get("origin", "")
            line = await self._chat.lines.browser(
                request.path_params["key"], origin=origin, host=request.headers.get("host", "")
            )
            try:
                answer = (
                    Response(status_code=204) if request.method == "OPTIONS" else await serve(line, request)
                )
            except SamvadError as failure:
                answer = await samvad_error(request, failure)
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Vary"] = "Origin"
            if request.method == "OPTIONS":
                answer.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
                answer.headers["Access-Control-Max-Age"] = "600"
            else:
                answer.headers["Access-Control-Expose-Headers"] = "retry-after"
                answer.headers["Cache-Control"] = "no-store"
            return answer

        return endpoint

    async def _visit(self, line: Line, request: Request) -> Response:
        """A pass, new or renewed, with how the widget looks and the thread so far."""
        await self._guard.visit(_address(request))
        known = self._chat.lines.visitor(line, _token(request))
        visitor, token = self._chat.lines.welcome(line, known)
        look = self._chat.lines.look(line)
        shown: dict[str, object] = {"messages": [], "state": None}
        if known:
            thread = await self._chat.thread(line, visitor)
            shown = {"messages": _plain(messages(thread.lines)), "state": _one(StateOut.of(thread))}
        return _json({"token": token, "look": look, **shown})

    async def _say(self, line: Line, request: Request) -> Response:
        visitor = self._visitor(line, request)
        said = await _body(request, _Said)
        if not (said.button.title if said.button else said.text).strip():
            raise Invalid(errors=[FieldError("text", "is empty")])
        await self._guard.words(visitor, _address(request))
        button = (said.button.id, said.button.title) if said.button else None
        await self._chat.say(line, Words(id=said.id, visitor=visitor, text=said.text, button=button))
        return _json({"id": said.id, "status": "received"}, status=202)

    async def _seen(self, line: Line, request: Request) -> Response:
        visitor = self._visitor(line, request)
        seen = await _body(request, _Seen)
        await self._guard.tick(visitor)
        await self._chat.seen(line, visitor, seen.message_id, seen.status)
        return Response(status_code=204)

    async def _events(self, line: Line, request: Request) -> Response:
        """The thread, then what changes in it, for as long as the browser listens."""
        visitor, address = self._visitor(line, request), _address(request)
        stream = await self._guard.stream(visitor, address)
        return StreamingResponse(
            self._told(line, visitor, stream),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no"},
        )

    async def _told(self, line: Line, visitor: str, stream: Stream) -> AsyncIterator[bytes]:
        known: dict[str, object] = {}
        with closing(stream):
            async for thread in self._chat.follow(line, visitor):
                await stream.stay()
                found = _plain(messages(thread.lines))
                now: dict[str, object] = {str(one["id"]): one for one in found}
                now[""] = _one(StateOut.of(thread))
                fresh = [one for one in found if known.get(str(one["id"])) != one]
                if fresh or known.get("") != now[""]:
                    yield b"data: " + orjson.dumps({"messages": fresh, "state": now[""]}) + b"\n\n"
                else:
                    yield b": still here\n\n"
                known = now

    def _visitor(self, line: Line, request: Request) -> str:
        found = self._chat.lines.visitor(line, _token(request))
        if found is None:
            raise Unauthenticated("This visitor is not known any more: begin anew")
        return found

    async def _code(self, request: Request) -> Response:
        """Of the whole installation one; that a channel is not there is said at once."""
        await self._chat.lines.known(request.path_params["key"])
        if self._script is None or not self._script.is_file():
            raise NotFound("The widget was not built")
        accepted = request.headers.get("accept-encoding", "")
        name, encoding = choose(self._script.parent, self._script.name, accepted)
        code = (self._script.parent / name).read_bytes()
        tag = f'"{hashlib.sha256(code).hexdigest()[:32]}"'
        headers = {
            "ETag": tag, "Cache-Control": _FRESH, "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }  # fmt: skip
        known = request.headers.get("if-none-match") == tag
        answer = Response(status_code=304) if known else Response(code, media_type="text/javascript")
        answer.headers.update(headers)
        label(answer, encoding, self._script.name)
        return answer

    async def _try(self, request: Request) -> Response:
        line = await self._chat.lines.known(request.path_params["key"])
        page = _PAGE.format(title=html.escape(self._chat.lines.look(line).title), key=html.escape(line.key))
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def _token(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _body(request: Request, shape: type[Body]) -> Body:
    """Raises Invalid."""
    read = b""
    async for part in request.stream():
        read += part
        if len(read) > _LARGEST:
            raise Invalid("The message is too long")
    try:
        return shape.model_validate_json(read)
    except ValidationError as wrong:
        faults = [FieldError(".".join(map(str, e["loc"])) or "body", str(e["msg"])) for e in wrong.errors()]
        raise Invalid(errors=faults) from None


def _one(model: BaseModel) -> dict[str, object]:
    return model.model_dump(mode="json")


def _plain(models: Sequence[BaseModel]) -> list[dict[str, object]]:
    return [_one(model) for model in models]


def _json(said: object, *, status: int = 200) -> Response:
    return Response(orjson.dumps(said), status, media_type="application/json")


_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{title}: try the chat</title><style>
:root {{ color-scheme: light dark; }} 
body {{ font: 1rem/1.6 system-ui, sans-serif; margin: 0; padding: 12vh 1.5rem; }}
main {{ max-width: 34rem; margin: 0 auto; }} h1 {{ font-size: 1.5rem; line-height: 1.25; }}
p {{ opacity: .8; }}</style></head>
<body><main><h1>{title}</h1><p>This page stands in for your site. Open the chat in the corner: what you
write here arrives in your inbox like any customer's message, and is answered the same way.</p></main>
<script src="/widget/{key}.js" async></script></body></html>
"""
