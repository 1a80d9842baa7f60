"""The peer's side of the journal of webhooks and of the delivery log."""

import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from tests.web.peer_data import CHANNEL, NOW, Row

if TYPE_CHECKING:
    from tests.web.peer import Peer


def problem(status: int, code: str, detail: str) -> Response:
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")


STRANGER = "100000000000009"
_WHY = {
    "recipient_unreachable": "This number cannot be reached on WhatsApp.",
    "taken_over": "A person took over the conversation before it left.",
}
_NOTES = {
    "failed": "KeyError: 'wa_id'",
    "unparsable": "the body is not JSON: expecting value at line 1",
    "unrouted": f"1 item of numbers that are not connected here: {STRANGER}",
    "forged": "signed with another secret than this channel's",
    "duplicate": "",
    "accepted": "",
}


def delivery_id(n: int) -> str:
    return str(uuid.UUID(int=(2 << 64) + n))


def deliveries(count: int) -> list[Row]:
    """Newest first; each verdict is there."""
    verdicts = list(_NOTES)
    return [
        {
            "id": delivery_id(n), "channel_id": CHANNEL["id"],
            "received_at": (NOW - timedelta(minutes=7 * n)).isoformat(),
            "verdict": verdicts[n] if n < len(verdicts) else "accepted", "items": 0 if n < 4 else 2,
            "size": 731 + n, "note": _NOTES[verdicts[n]] if n < len(verdicts) else "", "redriven_at": None,
            "duplicates": 2 * (n == 4), "waiting": int(n == 6),
        }
        for n in range(count)
    ]  # fmt: skip


class Journal:
    def __init__(self, peer: "Peer") -> None:
        self._peer = peer
        self.deliveries = deliveries(70)

    def routes(self, api: str) -> list[tuple[str, str, Any]]:
        return [
            ("GET", f"{api}/deliveries", self.list_), ("GET", f"{api}/deliveries/{{id}}", self.one),
            ("POST", f"{api}/deliveries/redrive", self.redrive_all),
            ("POST", f"{api}/deliveries/{{id}}/redrive", self.redrive),
            ("GET", f"{api}/messages", self.log),
        ]  # fmt: skip

    async def list_(self, request: Request) -> Response:
        query = request.query_params
        found = [
            line
            for line in self.deliveries
            if query.get("verdict") in (None, line["verdict"])
            and query.get("channel_id") in (None, line["channel_id"])
            and _within(line["received_at"], query)
        ]
        return _page(found, query)

    async def one(self, request: Request) -> Response:
        line = self._found(request)
        if line is None:
            return problem(404, "not_found", "Not found")
        value = {
            "metadata": {"phone_number_id": STRANGER},
            "messages": [{"text": {"body": "नमस्ते, <b>milk</b>"}}],
        }
        readable = line["verdict"] not in ("unparsable", "forged")
        body = json.dumps({"entry": [{"changes": [{"value": value}]}]}) if readable else "nonsense {"
        return JSONResponse({
            "delivery": line, "headers": {"x-hub-signature-256": "(hidden)"}, "encoding": "text",
            "body": None if line["verdict"] == "forged" else body,
            "contents": [{"kind": "MessageReceived", "external_id": f"wamid.{'Q' * 60}"}] if readable else [],
            "unconnected": [STRANGER] if line["verdict"] == "unrouted" else [],
        })  # fmt: skip

    def _found(self, request: Request) -> Row | None:
        wanted = request.path_params["id"]
        return next((line for line in self.deliveries if line["id"] == wanted), None)

    async def redrive(self, request: Request) -> Response:
        line = self._found(request)
        if line is None or line["verdict"] in ("forged", "unrouted"):
            detail = f"Number ID {STRANGER} is not connected here"
            return problem(409, "not_redrivable", detail)
        line |= {"verdict": "accepted", "note": "", "items": 2, "redriven_at": NOW.isoformat()}
        return JSONResponse({"items": 2})

    async def redrive_all(self, request: Request) -> Response:
        """Two calls of one webhook each, however many there are; the second cannot be driven."""
        body = await request.json()
        lines = [line for line in self.deliveries if line["verdict"] == body["verdict"]]
        if body["cursor"] is None and lines:
            lines[0] |= {"verdict": "accepted", "redriven_at": NOW.isoformat()}
            return JSONResponse({"deliveries": 1, "items": 2, "refused": [], "next_cursor": "more"})
        refused = [{"delivery_id": delivery_id(99), "why": "It still cannot be read: no JSON"}]
        return JSONResponse({"deliveries": 1, "items": 0, "refused": refused, "next_cursor": None})

    async def log(self, request: Request) -> Response:
        query, world = request.query_params, self._peer.world
        found = [
            self.line(made)
            for thread in world.messages.values()
            for made in thread
            if made["author"] != "system"
            and not made["private"]
            and query.get("state") in (None, made["status"])
            and query.get("direction") in (None, made["direction"])
            and query.get("reason") in (None, made["reason"])
            and query.get("action") in (None, _action(made))
            and query.get("channel_id") in (None, CHANNEL["id"])
            and query.get("phone") in (None, self.phone(made))
            and _within(made["created_at"], query)
        ]
        found.sort(key=lambda line: str(line["created_at"]), reverse=True)
        if query.get("action") == "blocked" and "cursor" not in query:
            return JSONResponse({"items": [], "next_cursor": "0"})  # so many were looked through
        return _page(found, query)

    def phone(self, made: Row) -> str:
        return str(self._peer.world.rows[made["conversation_id"]]["contact"]["identities"][0]["value"])

    def line(self, made: Row) -> Row:
        at, out, failed = made["created_at"], made["direction"] == "out", made["status"] == "failed"
        arrived = made["status"] in ("delivered", "read")
        return {
            **{name: made[name] for name in ("id", "conversation_id", "direction", "author", "kind", "text")},
            "status": made["status"], "reason": made["reason"], "channel_id": CHANNEL["id"],
            "contact": self._peer.world.rows[made["conversation_id"]]["contact"], "hold": None,
            "action": _action(made),
            "why": _WHY.get(made["reason"] or "", "It came as far as its state says."),
            "provider_code": "131026" if failed else None,
            "provider_detail": "Message undeliverable" if failed else "", "attempts": int(out),
            "next_attempt_at": None, "retryable": out and made["status"] in ("failed", "held"),
            "created_at": at, "queued_at": at if out else None, "sent_at": at,
            "delivered_at": at if arrived else None, "read_at": at if made["status"] == "read" else None,
            "failed_at": at if failed else None,
        }  # fmt: skip


def _action(made: Row) -> str | None:
    return None if made["direction"] == "out" else "ai_replied"


def _within(at: str, query: Any) -> bool:
    since, until = query.get("from"), query.get("to")
    moment = at.replace("+00:00", "Z")
    return (not since or moment >= since) and (not until or moment < until)


def _page(found: list[Row], query: Any) -> Response:
    start, limit = int(query.get("cursor") or 0), int(query.get("limit") or 50)
    more = str(start + limit) if start + limit < len(found) else None
    return JSONResponse({"items": found[start : start + limit], "next_cursor": more})
