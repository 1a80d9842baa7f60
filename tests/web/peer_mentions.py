"""The peer's side of notes that mention colleagues."""

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from tests.web.peer_care import TEAM
from tests.web.peer_data import Row, message

if TYPE_CHECKING:
    from tests.web.peer import Peer


def mentions(row: Row, member: str, *, unseen: bool = False) -> bool:
    return any(one["member_id"] == member and not (unseen and one["seen"]) for one in row["mentions"])


class Mentions:
    def __init__(self, peer: "Peer") -> None:
        self.peer = peer

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        return [("POST", f"{api}/conversations/{{id}}/mentions/seen", self.see)]

    def mentioning(self, row: Row, members: list[str]) -> Row:
        """What a note that mentions them carries; they have not seen it."""
        others = [one for one in row["mentions"] if one["member_id"] not in members]
        row["mentions"] = [*others, *({"member_id": id_, "seen": False} for id_ in members)]
        called = [{"id": one["id"], "name": one["name"]} for one in TEAM if one["id"] in members]
        return {"content": {"mentions": called}} if called else {}

    def by_ravi(self, id_: str, member: Row) -> None:
        row = self.peer.world.rows[id_]
        ravi = {"id": TEAM[1]["id"], "name": TEAM[1]["name"]}
        note = message(id_, f"@{member['name']} is this right?", author="agent", status="sent")
        note |= {"private": True, "member_id": ravi["id"], "member": ravi}
        self.peer.add(note | self.mentioning(row, [member["id"]]))

    async def see(self, request: Request) -> Response:
        row = self.peer.world.rows[request.path_params["id"]]
        row["mentions"] = [one | {"seen": True} for one in row["mentions"]]
        self.peer.emit("conversation.updated", {"conversation": dict(row)})
        return Response(status_code=204)
