"""The peer's side of looking after conversations: counts, assignees, snoozing, people and their consent."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import ME, Row, message

if TYPE_CHECKING:
    from tests.web.peer import Peer

TEAM: list[Row] = [
    {**ME["member"], "disabled": False, "last_seen_at": None, "created_at": "2026-01-01T00:00:00Z"},
    {"id": "7f000000-0000-4000-8000-000000000001", "email": "ravi@example.test", "name": "Ravi Kulkarni",
     "role": "agent", "has_password": True, "disabled": False, "last_seen_at": None,
     "created_at": "2026-01-01T00:00:00Z"},
]  # fmt: skip
ACTIVE = {"open", "pending"}


def in_tab(row: Row, tab: str) -> bool:
    return {
        "mine": row["assignee_id"] == ME["member"]["id"],
        "unassigned": row["assignee_id"] is None,
        "ai": row["mode"] == "ai",
        "all": True,
    }[tab]


def waits(row: Row) -> bool:
    asked = row["needs_person"] or (row["mode"] == "human" and row["unread"] > 0)
    return row["status"] in ACTIVE and bool(asked)


def has_status(row: Row, status: str | None) -> bool:
    return not status or row["status"] == status or (status == "active" and row["status"] in ACTIVE)


def found_in(thread: list[Row], words: str) -> Row | None:
    """The newest message with the words, as the line that has them."""
    for made in reversed(thread):
        before, hit, after = made["text"].partition(words)
        if hit:
            parts = [
                {"text": before, "hit": False},
                {"text": hit, "hit": True},
                {"text": after, "hit": False},
            ]
            return {"message_id": made["id"], "sort_at": made["sort_at"], "parts": parts}
    return None


def give(row: Row, wanted: str | None) -> None:
    member = next((m for m in TEAM if m["id"] == wanted), None)
    row |= {"assignee_id": wanted, "assignee": member and {"id": wanted, "name": member["name"]}}


_CALL: Row = {"needs_person": False, "needs_person_reason": None, "needs_person_summary": None}


class Care:
    def __init__(self, peer: "Peer") -> None:
        self.peer = peer
        self.laid_aside: dict[str, Row] = {}

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        one = f"{api}/conversations/{{id}}"
        return [
            ("GET", f"{api}/conversations/counts", self.counts), ("PUT", f"{one}/status", self.status),
            ("PUT", f"{one}/assignee", self.assignee), ("GET", f"{api}/members", self.members),
            ("PUT", f"{one}/priority", self.priority),
            ("GET", f"{api}/contacts/{{id}}", self.contact),
            ("GET", f"{api}/contacts/{{id}}/consents", self.consents),
            ("GET", f"{api}/contacts/{{id}}/merges", self.merges),
        ]  # fmt: skip

    async def counts(self, request: Request) -> Response:
        rows = [r for r in self.peer.world.rows.values() if has_status(r, request.query_params.get("status"))]
        found = {tab: sum(in_tab(row, tab) for row in rows) for tab in ("mine", "unassigned", "ai", "all")}
        waiting = sum(waits(row) for row in self.peer.world.rows.values())
        mine = [
            m
            for r in self.peer.world.rows.values()
            for m in r["mentions"]
            if m["member_id"] == ME["member"]["id"]
        ]
        return JSONResponse(found | {"waiting": waiting, "mentions": sum(not one["seen"] for one in mine)})

    def _changed(self, row: Row) -> Response:
        self.peer.emit("conversation.updated", {"conversation": dict(row)})
        return JSONResponse(row)

    async def priority(self, request: Request) -> Response:
        row, wanted = self.peer.world.rows[request.path_params["id"]], (await request.json())["priority"]
        line = message(row["id"], "", author="system", status="sent")
        told = {"event": "priority", "priority": wanted, "was": row["priority"], "by": "member"}
        member = {name: ME["member"][name] for name in ("id", "name")}
        line |= {"kind": "system", "content": told, "member": member, "member_id": member["id"]}
        self.peer.world.messages[row["id"]].append(line)
        self.peer.emit("message.created", {"conversation_id": row["id"], "message": line})
        row["priority"] = wanted
        return self._changed(row)

    async def status(self, request: Request) -> Response:
        row, body = self.peer.world.rows[request.path_params["id"]], await request.json()
        if body["status"] == "resolved":
            self.peer.switch(row["id"], "ai")
            self.laid_aside[row["id"]] = {name: row[name] for name in _CALL}
            row |= _CALL
        if body.get("undo"):
            row |= self.laid_aside.pop(row["id"])
        row |= {"status": body["status"], "snoozed_until": body.get("until")}
        return self._changed(row)

    async def assignee(self, request: Request) -> Response:
        row = self.peer.world.rows[request.path_params["id"]]
        give(row, (await request.json())["assignee_id"])
        return self._changed(row)

    async def members(self, _: Request) -> Response:
        return JSONResponse({"items": TEAM, "next_cursor": None})

    async def contact(self, request: Request) -> Response:
        row = self.peer.world.rows[request.path_params["id"]]
        contact, first = row["contact"], datetime.now(UTC) - timedelta(days=40)
        out = first.isoformat() if contact["opted_out"] else None
        more = {"profile_name": contact["name"], "language": "en", "opted_out_at": out, "merged_into": None,
                "former_names": self.peer.world.former_names}  # fmt: skip
        return JSONResponse({**contact, **more, "created_at": first.isoformat()})

    async def merges(self, _: Request) -> Response:
        return JSONResponse({"items": []})

    async def consents(self, request: Request) -> Response:
        row = self.peer.world.rows[request.path_params["id"]]
        line = {"change": "opt_out", "method": "word", "words": "STOP please", "actor": "customer",
                "at": (datetime.now(UTC) - timedelta(days=40)).isoformat()}  # fmt: skip
        return JSONResponse({"items": [line] if row["contact"]["opted_out"] else []})
