"""The peer's side of labels: those of the team, and those that a conversation bears."""

import uuid
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import Row

if TYPE_CHECKING:
    from tests.web.peer import Peer

PALETTE = ("green", "blue", "purple", "pink", "red", "orange", "teal", "grey")


def label(name: str, colour: str) -> Row:
    return {"id": str(uuid.uuid4()), "name": name, "colour": colour}


def bears(row: Row, wanted: str) -> bool:
    return any(one["id"] == wanted for one in row["labels"])


class Labels:
    def __init__(self, peer: "Peer") -> None:
        self.peer = peer

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        borne = f"{api}/conversations/{{id}}/labels/{{label}}"
        return [
            ("GET", f"{api}/labels", self.list_), ("POST", f"{api}/labels", self.add),
            ("PATCH", f"{api}/labels/{{id}}", self.change), ("DELETE", f"{api}/labels/{{id}}", self.remove),
            ("PUT", borne, self.put_on), ("DELETE", borne, self.take_off),
        ]  # fmt: skip

    async def list_(self, _: Request) -> Response:
        return JSONResponse({"items": sorted(self.peer.world.labels, key=lambda one: one["name"].lower())})

    async def add(self, request: Request) -> Response:
        made = label((await request.json())["name"], PALETTE[len(self.peer.world.labels) % len(PALETTE)])
        self.peer.world.labels.append(made)
        return JSONResponse(made, 201)

    async def change(self, request: Request) -> Response:
        known = next(one for one in self.peer.world.labels if one["id"] == request.path_params["id"])
        known |= await request.json()
        return JSONResponse(known)

    async def remove(self, request: Request) -> Response:
        gone = request.path_params["id"]
        self.peer.world.labels = [one for one in self.peer.world.labels if one["id"] != gone]
        return Response(status_code=204)

    async def put_on(self, request: Request) -> Response:
        row, wanted = self._asked(request)
        added = next(one for one in self.peer.world.labels if one["id"] == wanted)
        return self._changed(row, [*(one for one in row["labels"] if one["id"] != wanted), added])

    async def take_off(self, request: Request) -> Response:
        row, wanted = self._asked(request)
        return self._changed(row, [one for one in row["labels"] if one["id"] != wanted])

    def _asked(self, request: Request) -> tuple[Row, str]:
        return self.peer.world.rows[request.path_params["id"]], request.path_params["label"]

    def _changed(self, row: Row, labels: list[Row]) -> Response:
        row["labels"] = sorted(labels, key=lambda one: one["name"].lower())
        self.peer.emit("conversation.updated", {"conversation": dict(row)})
        return JSONResponse(row)
