"""The peer's side of thumbs on answers, of those found wrong, and of the knowledge written in their place."""

import uuid
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import ME, NOW, Row

if TYPE_CHECKING:
    from tests.web.peer import Peer


class Judging:
    def __init__(self, peer: "Peer") -> None:
        self.peer = peer
        self.said: dict[str, list[Row]] = {}  # by message
        self.settled: set[str] = set()
        self.sources: list[Row] = []

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        one = f"{api}/messages/{{id}}/judgement"
        return [
            ("PUT", one, self.judge), ("DELETE", one, self.take_back),
            ("GET", f"{api}/judged-answers", self.wrong),
            ("PUT", f"{api}/judged-answers/{{id}}/settled", self.settle),
            ("GET", f"{api}/knowledge/sources", self.list_sources),
            ("POST", f"{api}/knowledge/sources", self.write),
        ]  # fmt: skip

    def of(self, message: str) -> list[Row]:
        return self.said.get(message, [])

    async def judge(self, request: Request) -> Response:
        member = {name: ME["member"][name] for name in ("id", "name")}
        return self._put(
            request.path_params["id"], [await request.json() | {"member": member, "at": NOW.isoformat()}]
        )

    async def take_back(self, request: Request) -> Response:
        return self._put(request.path_params["id"], [])

    def _put(self, message: str, mine: list[Row]) -> Response:
        others = [one for one in self.of(message) if one["member"]["id"] != ME["member"]["id"]]
        self.said[message] = [*others, *mine]
        self.peer.emit("answer.judged", {"message_id": message})
        return JSONResponse({"items": self.said[message]})

    async def wrong(self, request: Request) -> Response:
        settled = request.query_params["settled"] == "true"
        rows = [self._wrong(*pair) for pair in self.said.items() if (pair[0] in self.settled) == settled]
        return JSONResponse({"items": [row for row in rows if row["down"]], "next_cursor": None})

    def _wrong(self, message: str, said: list[Row]) -> Row:
        answer = next(m for thread in self.peer.world.messages.values() for m in thread if m["id"] == message)
        thread = self.peer.world.messages[answer["conversation_id"]]
        asked = [m["text"] for m in thread[: thread.index(answer)] if m["author"] == "customer"]
        verdicts = [one["verdict"] for one in said]
        return {
            "message_id": message, "conversation_id": answer["conversation_id"], "answer": answer["text"],
            "contact_name": self.peer.world.rows[answer["conversation_id"]]["contact"]["name"],
            "question": asked[-1], "source": answer["source"], "judged_at": NOW.isoformat(),
            "up": verdicts.count("up"), "down": verdicts.count("down"),
            "wrong": [one for one in said if one["verdict"] == "down"],
            "settled_at": NOW.isoformat() if message in self.settled else None,
        }  # fmt: skip

    async def settle(self, request: Request) -> Response:
        change = self.settled.add if (await request.json())["settled"] else self.settled.discard
        change(request.path_params["id"])
        self.peer.emit("answer.settled", {"message_id": request.path_params["id"]})
        return Response(status_code=204)

    async def list_sources(self, _: Request) -> Response:
        return JSONResponse({"items": self.sources, "next_cursor": None})

    async def write(self, request: Request) -> Response:
        body = await request.json()
        made = {
            "id": str(uuid.uuid4()), "name": body["name"], "status": "pending", "size": 100, "error": None,
            "passages": 0, "hidden": 0, "superseded": False,
            "created_at": NOW.isoformat(), "updated_at": NOW.isoformat(),
        }  # fmt: skip
        self.sources.append(made)
        return JSONResponse(made, 201)
