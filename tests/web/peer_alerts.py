"""The peer's side of alerts: those of a number, looked after, ended, and what was."""

import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import ME, NOW, Row


def alert(name: str, subject: str, detail: str = "", **more: Any) -> Row:
    return {
        "id": str(uuid.uuid4()), "name": name, "subject": subject, "detail": detail, "times": 3,
        "first_at": NOW.isoformat(), "last_at": NOW.isoformat(), "resolved_at": None,
        "acknowledged_at": None, "acknowledged_by": "", "resolved_by": "", **more,
    }  # fmt: skip


class Alerts:
    def __init__(self) -> None:
        self.items: list[Row] = []

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        return [
            ("GET", f"{api}/alerts", self.list_),
            ("POST", f"{api}/alerts/{{id}}/acknowledge", self.acknowledge),
            ("POST", f"{api}/alerts/{{id}}/resolve", self.resolve),
        ]

    async def list_(self, request: Request) -> Response:
        over, about = request.query_params.get("resolved") == "true", request.query_params.get("subject")
        found = [a for a in self.items if a["subject"] == about and (a["resolved_at"] is not None) == over]
        start, limit = int(request.query_params.get("cursor") or 0), int(request.query_params["limit"])
        more = str(start + limit) if start + limit < len(found) else None
        return JSONResponse({"items": found[start : start + limit], "next_cursor": more})

    async def acknowledge(self, request: Request) -> Response:
        return self._signed(request, "acknowledged")

    async def resolve(self, request: Request) -> Response:
        return self._signed(request, "resolved")

    def _signed(self, request: Request, deed: str) -> Response:
        made = next(a for a in self.items if a["id"] == request.path_params["id"])
        made |= {f"{deed}_at": NOW.isoformat(), f"{deed}_by": ME["member"]["name"]}
        return JSONResponse(made)
