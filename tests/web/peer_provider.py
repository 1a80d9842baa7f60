"""The peer's side of what the provider allows: tiers, quality, templates, who wants no offers."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import Row, World


class Provider:
    def __init__(self, world: World) -> None:
        self._world = world
        self.policy: Row = {
            "tier": None,
            "used": 3,
            "quality": "GREEN",
            "marketing_cap": None,
            "pacing": None,
            "per_second": None,
            "pair_rate": False,
        }
        self.templates: list[Row] = [
            {"id": name, "name": name, "language": "en", "category": "UTILITY", "status": "APPROVED",
             "quality_score": {"score": "UNKNOWN"}}
            for name in ("hello_world", "order_update")
        ]  # fmt: skip

    def routes(self, phone: str) -> list[tuple[str, str, Any]]:
        return [
            ("GET", f"{phone}/policy", self.read), ("POST", f"{phone}/policy", self.change),
            ("GET", f"{phone}/templates", self.list_), ("POST", f"{phone}/templates/{{name}}", self.decide),
            ("POST", f"{phone}/customers/{{id:int}}/offers", self.offers),
        ]  # fmt: skip

    async def read(self, _: Request) -> Response:
        return JSONResponse(self.policy)

    async def change(self, request: Request) -> Response:
        self.policy |= await request.json()
        return JSONResponse(self.policy)

    async def list_(self, _: Request) -> Response:
        return JSONResponse({"items": self.templates})

    async def decide(self, request: Request) -> Response:
        (one,) = [t for t in self.templates if t["name"] == request.path_params["name"]]
        one |= await request.json()
        return JSONResponse(one)

    async def offers(self, request: Request) -> Response:
        stop = (await request.json())["stop"]
        self._world.customers[request.path_params["id"] - 1]["offers_stopped"] = stop
        return JSONResponse({"stopped": stop})
