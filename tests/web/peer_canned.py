"""The peer's side of canned replies."""

import uuid
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

if TYPE_CHECKING:
    from tests.web.peer import Peer


class Canned:
    def __init__(self, peer: "Peer") -> None:
        self.peer = peer

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        all_, one = f"{api}/canned-replies", f"{api}/canned-replies/{{id}}"
        return [
            ("GET", all_, self.list_), ("POST", all_, self.add),
            ("PATCH", one, self.change), ("DELETE", one, self.remove),
        ]  # fmt: skip

    async def list_(self, _: Request) -> Response:
        return JSONResponse({"items": sorted(self.peer.world.canned, key=lambda one: one["shortcut"])})

    async def add(self, request: Request) -> Response:
        said = await request.json()
        if any(one["shortcut"] == said["shortcut"] for one in self.peer.world.canned):
            title = "There is a canned reply of this shortcut"
            return JSONResponse({"status": 409, "code": "shortcut_taken", "title": title}, 409)
        made = said | {"id": str(uuid.uuid4()), "shortcut": said["shortcut"].removeprefix("/")}
        self.peer.world.canned.append(made)
        return JSONResponse(made, 201)

    async def change(self, request: Request) -> Response:
        known = next(one for one in self.peer.world.canned if one["id"] == request.path_params["id"])
        known |= await request.json()
        return JSONResponse(known)

    async def remove(self, request: Request) -> Response:
        gone = request.path_params["id"]
        self.peer.world.canned = [one for one in self.peer.world.canned if one["id"] != gone]
        return Response(status_code=204)
