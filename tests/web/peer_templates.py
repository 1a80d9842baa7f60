"""The peer's side of message templates: listed, asked for, written, deleted, sent."""

import uuid
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import CHANNEL, NOW, Row

from samvad.channels.rules.templates import read, slots
from samvad.channels.types import TemplateLayout

if TYPE_CHECKING:
    from tests.web.peer import Peer

_LAYOUT = TypeAdapter(TemplateLayout)
_ORDER: Row = {
    "header": {"format": "text", "text": "Order {{1}}", "example": "1042"},
    "body": "Hello {{1}}, your order arrives on {{2}}. Will somebody be there?",
    "footer": "Gokul Dairy",
    "buttons": [
        {"act": "quick_reply", "text": "Yes"},
        {"act": "url", "text": "Follow it", "url": "https://dairy.example/o/{{1}}", "example": "1042"},
    ],
    "examples": {"1": "Asha", "2": "Tuesday"},
}


def template(name: str, status: str, *, layout: Row | None = None, **more: Any) -> Row:
    parts = layout or {"body": f"We have news of {name.replace('_', ' ')}."}
    found = slots(_LAYOUT.validate_python(parts))
    return {
        "id": str(uuid.uuid4()), "name": name, "language": "en", "category": "utility", "status": status,
        "quality": "high", "reason": "", "layout": parts, "channel_ids": [CHANNEL["id"]],
        "slots": [asdict(slot) for slot in found],
        "created_at": NOW.isoformat(), "updated_at": NOW.isoformat(), **more,
    }  # fmt: skip


class Templates:
    def __init__(self, peer: "Peer") -> None:
        self._peer = peer
        self.items = [
            template("order_update", "approved", layout=_ORDER),
            template("festival_offer", "approved", category="marketing", quality="medium"),
            template("price_list", "paused", reason="Paused for 3 hours: its quality is low."),
            template("delivery_round", "pending", quality="unknown"),
            template("win_a_cow", "rejected", reason="ABUSIVE_CONTENT", category="marketing"),
        ]
        self.channel: Row = {
            "channel_id": CHANNEL["id"], "name": CHANNEL["name"], "account": "200000000000001",
            "synced_at": NOW.isoformat(), "problem": "", "takes_examples": True,
            "links_examples": False,
        }  # fmt: skip

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        return [
            ("GET", f"{api}/templates", self.list_), ("POST", f"{api}/templates", self.create),
            ("POST", f"{api}/templates/sync", self.sync),
            ("POST", f"{api}/templates/examples", self.example),
            ("DELETE", f"{api}/templates/{{id}}", self.delete),
            ("GET", f"{api}/template-channels", self.channels), ("GET", f"{api}/contacts", self.contacts),
        ]  # fmt: skip

    async def list_(self, request: Request) -> Response:
        channel = request.query_params.get("channel_id")
        found = [one for one in self.items if not channel or channel in one["channel_ids"]]
        return JSONResponse({"items": sorted(found, key=lambda one: one["name"]), "next_cursor": None})

    async def channels(self, _: Request) -> Response:
        return JSONResponse({"items": [self.channel] if self.channel else []})

    async def contacts(self, _: Request) -> Response:
        known = [row["contact"] | {"profile_name": ""} for row in self._peer.world.rows.values()]
        return JSONResponse({"items": known[:3], "next_cursor": None})

    async def sync(self, _: Request) -> Response:
        counts = {"total": len(self.items), "added": 0, "changed": 0, "removed": 0}
        return JSONResponse(counts)

    async def create(self, request: Request) -> Response:
        body = await request.json()
        made = template(body["name"], "pending", layout=body["layout"], category=body["category"])
        self.items.append(made)
        return JSONResponse(made, 201)

    async def example(self, request: Request) -> Response:
        form = await request.form()
        assert form["channel_id"] == CHANNEL["id"]
        return JSONResponse({"format": "image", "handle": f"4:{getattr(form['file'], 'filename', '')}"}, 201)

    async def delete(self, request: Request) -> Response:
        self.items = [one for one in self.items if one["id"] != request.path_params["id"]]
        return Response(status_code=204)

    def content(self, choice: Row, *, name: str) -> tuple[str, Row]:
        """The words of a message and its content, as the server makes them."""
        found = next(one for one in self.items if one["name"] == choice["name"])
        values = {slot: value.replace("{{contact.name}}", name) for slot, value in choice["values"].items()}
        said = read(_LAYOUT.validate_python(found["layout"]), values)
        return said, choice | {"values": values, "layout": found["layout"], "category": found["category"]}
