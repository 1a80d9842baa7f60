"""The peer's side of a conversation that is begun by a number."""

import uuid
from copy import deepcopy
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import NOW, Row

from samvad.kernel.phone import BadPhone, typed_to_e164

if TYPE_CHECKING:
    from tests.web.peer import Peer


class Starting:
    def __init__(self, peer: "Peer") -> None:
        self._peer = peer
        self.asked: list[Row] = []

    async def start(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body)
        try:
            number = typed_to_e164(body["phone"], region="IN")
        except BadPhone as bad:
            fault = {"field": "phone", "detail": f"is no phone number: {bad.reason}"}
            return JSONResponse({"status": 422, "code": "invalid", "title": "", "errors": [fault]}, 422)
        world, id_ = self._peer.world, str(uuid.uuid4())
        row = deepcopy(next(iter(world.rows.values()))) | {
            "id": id_, "channel_id": body["channel_id"], "unread": 0, "preview": None, "mode": "ai",
            "window": {"open": False, "closes_at": None}, "last_message_at": NOW.isoformat(),
            "contact": {"id": str(uuid.uuid4()), "name": "", "opted_out": False,
                        "identities": [{"kind": "phone", "value": number}]},
        }  # fmt: skip
        world.rows[id_], world.messages[id_] = row, []
        return JSONResponse(row)
