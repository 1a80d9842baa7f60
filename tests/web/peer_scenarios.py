"""The peer's side of scenarios: read as the product does, kept, played as far as a test lets them."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from tests.web.peer_data import NOW, Row

from samvad.workflows.scenarios import ready
from samvad.workflows.scenarios.reading import parse
from samvad.workflows.scenarios.types import BadScenario


class Scenarios:
    def __init__(self) -> None:
        self.items: list[Row] = []
        self.go_on = asyncio.Event()  # the last step of whatever is played waits for it
        self.hung_up = asyncio.Event()

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        one = f"{api}/scenarios/{{scenario}}"
        return [
            ("GET", f"{api}/scenarios", self.list_), ("POST", f"{api}/scenarios", self.save),
            ("POST", f"{api}/scenarios/play", self.play), ("PUT", one, self.save),
            ("DELETE", one, self.delete),
        ]  # fmt: skip

    async def list_(self, _: Request) -> Response:
        shipped = [
            {"key": key, "name": read.name, "business": read.business, "text": ready.source(key)}
            for key in ready.names()
            if (read := parse(ready.source(key)))
        ]
        return JSONResponse({"items": self.items, "ready": shipped})

    async def save(self, request: Request) -> Response:
        text = (await request.json())["text"]
        try:
            name = parse(text).name
        except BadScenario as bad:
            return _refused(bad)
        id_ = request.path_params.get("scenario", str(uuid.uuid4()))
        row = {"id": id_, "name": name, "text": text, "updated_at": NOW.isoformat()}
        self.items = [one for one in self.items if one["id"] != id_] + [row]
        return JSONResponse(row, 201 if request.method == "POST" else 200)

    async def delete(self, request: Request) -> Response:
        self.items = [one for one in self.items if one["id"] != request.path_params["scenario"]]
        return Response(status_code=204)

    async def play(self, request: Request) -> Response:
        try:
            scenario = parse((await request.json())["text"])
        except BadScenario as bad:
            return _refused(bad)
        steps = [{"number": n, "line": s.line, "words": s.words} for n, s in enumerate(scenario.steps, 1)]
        return StreamingResponse(self._told(scenario.name, steps), media_type="application/x-ndjson")

    async def _told(self, name: str, steps: list[Row]) -> AsyncIterator[bytes]:
        yield _line("started", name=name, about="", steps=steps)
        yield _line("customer", id=2, name="Asha")
        try:
            for step in steps:
                number = step["number"]
                yield _line("step", number=number, state="running")
                if number == len(steps):
                    await self.go_on.wait()
                    yield _line(
                        "step",
                        number=number,
                        state="failed",
                        line=step["line"],
                        why="nothing came",
                        seconds=3.0,
                    )
                    break
                yield _line("step", number=number, state="passed", seconds=0.2)
            yield _line("ended", outcome="failed", failed_step=len(steps), seconds=3.4)
        except asyncio.CancelledError:
            self.hung_up.set()
            raise


def _line(event: str, **facts: Any) -> bytes:
    return json.dumps({"event": event, **facts}).encode() + b"\n"


def _refused(bad: BadScenario) -> Response:
    errors = [{"field": e.field, "code": "invalid", "detail": e.detail} for e in bad.errors]
    body = {"type": "about:blank", "title": "bad", "status": 422, "code": bad.code, "detail": bad.detail}
    return JSONResponse(body | {"errors": errors}, 422, media_type="application/problem+json")
