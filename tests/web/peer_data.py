"""What the peer holds: conversations of a dairy, their messages, the phones of three customers."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from samvad.channels.adapters.evolution.adapter import EvolutionAdapter
from samvad.channels.adapters.meta.adapter import MetaAdapter
from samvad.channels.provider_schemas import ProviderOut

Row = dict[str, Any]
KINDS = sorted(kind.value for kind in MetaAdapter.capabilities.kinds)
NOW = datetime.now(UTC)
CHANNEL: Row = {
    "id": str(uuid.UUID(int=1)), "provider": "sandbox", "name": "Sandbox number", "key": "sandbox",
    "by_phone": True,
    "webhook_url": "http://127.0.0.1:8400/webhooks/meta/sandbox", "status": "active", "status_reason": "",
    "display_address": "+15550100000", "settings": {},
    "fields": {"phone_number_id": "100000000000001", "waba_id": "200000000000001"},
    "last_event_at": NOW.isoformat(),
    "account_limit": {"daily": 2000, "used": 1340}, "window_template": None,
    "standing": {"quality": "high", "throughput": "standard", "name": "Gokul Dairy",
                 "name_status": "approved", "state": "connected", "asked_at": NOW.isoformat()},
}  # fmt: skip
_FIELD: Row = {
    "help": "", "pattern": "", "choices": [], "longest": 64, "secret": False, "required": True, "made": False,
    "fixed": False, "advanced": False, "accepted": False,
}  # fmt: skip
PIGEON: Row = {
    "provider": "pigeon", "title": "Pigeon post", "find": "Ask the keeper of the loft.", "then": [],
    "fields": [
        _FIELD | {"name": "loft", "label": "Loft", "fixed": True, "pattern": "[0-9]+"},
        _FIELD | {
            "name": "flight", "label": "Flight", "required": False,
            "choices": [{"value": "day", "label": "By day"}, {"value": "night", "label": "By night"}],
        },
        _FIELD | {"name": "whistle", "label": "Whistle", "secret": True},
    ],
    "capabilities": {"window": False, "templates": False, "mark_read": False, "typing": False,
                     "text_limit": 160, "kinds": ["text"], "pairs": False, "device": False},
}  # fmt: skip
LINKED: Row = ProviderOut.of(EvolutionAdapter).model_dump(mode="json")
PROVIDERS: list[Row] = [ProviderOut.of(MetaAdapter).model_dump(mode="json"), LINKED, PIGEON]
ME: Row = {
    "member": {"id": str(uuid.UUID(int=2)), "email": "owner@example.test", "name": "Kavita Rao",
    "has_password": True, "role": "owner"},
    "public": True, "models": True,
    "tenant": {
        "id": str(uuid.UUID(int=3)), "name": "Gokul Dairy", "slug": "gokul", "time_zone": "Asia/Kolkata",
        "country": "IN", "currency": "INR", "language": "en",
    },
}  # fmt: skip
SANDBOX: Row = {
    "channel_id": CHANNEL["id"], "base": "/sandbox", "token": "pass",
    "numbers": [{"channel_id": CHANNEL["id"], "phone_number_id": "100000000000001", "name": "Gokul Dairy",
                 "display_phone_number": "+15550100000", "token": "pass"}],
}  # fmt: skip
SCANNED = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NAMES = [
    "Asha Verma", "Daniel Brooks", "Meera Nair", "\u202eevil\u202c Rtl", "محمد الأحمد", "\u200b\u200b",
    "Ravi Shankar Iyer",
    "Sunita Deshmukh-Kulkarni of Kothrud Housing Society", "José Ávila", "李小龍", "O'Brien", "Zoë",
]  # fmt: skip
TALK = [
    ("customer", "Namaste, do you deliver milk to Kothrud?", "received"),
    ("assistant", "Namaste! Yes, every morning between 6 and 8. How many litres would you like?", "read"),
    ("customer", "2 litres cow milk daily\nfrom Monday", "received"),
    ("assistant", "Cow milk is ₹68 a litre, so ₹136 a day. Shall I start it on Monday?", "delivered"),
    ("customer", "<script>alert('hi')</script> yes but can I pay monthly?", "received"),
    ("system", "The AI handed over: a question about payment terms", "sent"),
    ("agent", "Hello, this is Kavita. Monthly by UPI is fine, we send one bill on the 1st.", "sent"),
]
TRACE: Row = {
    "stages": [
        {"name": "consent", "verdict": "pass", "ms": 0.4, "detail": None},
        {
            "name": "rules",
            "verdict": "no_match",
            "ms": 1.2,
            "detail": "7 rules tried over a burst of 2 messages",
        },
        {"name": "business_hours", "verdict": "open", "ms": 0.1, "detail": None},
        {
            "name": "handoff",
            "verdict": "person",
            "ms": 0.3,
            "detail": "No rule answers this; a person is asked",
        },
        {"name": "gate", "verdict": "allowed", "ms": 2.8, "detail": None},
    ],
    "cost": {"amount": "0.00", "currency": "INR"},
}
CITATIONS: list[Row] = [
    {"source": "Price list 2026.pdf", "passage": "Cow milk: ₹68 a litre.", "score": 0.91,
     "source_id": str(uuid.UUID(int=7)), "passage_id": str(uuid.UUID(int=8)), "position": 4,
     "heading": "Milk", "page": 2},
    {"source": "Questions of customers", "passage": "Is buffalo milk dearer?\nYes, it is ₹82 a litre.",
     "score": 0.58, "source_id": str(uuid.UUID(int=9)), "passage_id": str(uuid.UUID(int=10)), "position": 0,
     "heading": "", "page": None},
]  # fmt: skip
_READ = ["alerts:read", "self", "inbox:read", "channels:read", "contacts:read", "members:read"]
_PERMISSIONS = {
    "owner": [
        *_READ,
        "knowledge:read",
        "knowledge:write",
        "inbox:write",
        "tenant:read",
        "tenant:write",
        "channels:write",
        "journal:read",
        "journal:write",
        "alerts:write",
    ],
    "agent": [*_READ, "inbox:write", "alerts:write"],
    "viewer": _READ,
}


def conversation_id(n: int) -> str:
    """Of the n-th row, newest first."""
    return str(uuid.UUID(int=(1 << 64) + n))


def message(conversation: str, text: str, *, author: str, status: str, at: datetime | None = None) -> Row:
    moment = (at or datetime.now(UTC)).isoformat()
    return {
        "id": str(uuid.uuid4()), "conversation_id": conversation, "external_id": f"wamid.{uuid.uuid4().hex}",
        "client_id": None, "direction": "in" if author == "customer" else "out", "author": author,
        "source": "rule" if author == "assistant" else None, "kind": "text", "text": text, "status": status,
        "reason": None, "private": False, "reply_to": None, "citations": [],
        "detail": "", "target": None, "content": None, "media": None,
        "member_id": ME["member"]["id"] if author == "agent" else None,
        "member": {name: ME["member"][name] for name in ("id", "name")} if author == "agent" else None,
        "sort_at": moment, "created_at": moment,
    }  # fmt: skip


class World:
    def __init__(self, *, rows: int) -> None:
        self.role = "owner"
        self.trace = TRACE
        self.channels = [dict(CHANNEL)]
        self.labels: list[Row] = []
        self.canned: list[Row] = []
        self.rows: dict[str, Row] = {}
        self.messages: dict[str, list[Row]] = {}
        self.files: dict[str, bytes] = {}  # by message
        self.former_names: list[Row] = []
        self.frames: list[Row] = []
        self.changes: list[tuple[int, Row]] = []
        self.phone: list[Row] = []
        for n in range(rows):
            self._fill(n)
        names = ("Asha Verma", "Daniel Brooks", "Meera Nair")
        phones: tuple[str | None, ...] = ("+919199900000", "+12025550142", None)
        self.customers: list[Row] = [
            {"id": n + 1, "name": name, "phone": phone, "bsuid": f"IN.{n}", "typing": n == 0,
            "typing_until_ms": 0, "offers_stopped": False, "blocked": False,
             "unread": 0 if n == 0 else n, "last_message": None}
            for n, (name, phone) in enumerate(zip(names, phones, strict=True))
        ]  # fmt: skip
        self._chat()

    def permissions(self) -> list[str]:
        return _PERMISSIONS[self.role]

    def _fill(self, n: int) -> None:
        id_ = conversation_id(n)
        name = NAMES[n % len(NAMES)] + (f" {n}" if n >= len(NAMES) else "")
        moment = NOW - timedelta(minutes=n * 7)
        closed, human = n % 9 == 4, n % 3 == 1
        self.rows[id_] = {
            "id": id_, "channel_id": CHANNEL["id"], "mode": "human" if human else "ai", "epoch": 1,
            "contact": {"id": id_, "name": name, "opted_out": n % 13 == 6, "identities": [{"kind": "phone",
            "value": f"+9191999{n:05d}"}]},
            "status": ("open", "pending", "open", "resolved")[n % 4], "unread": (2, 0, 0, 1, 0)[n % 5],
            "last_message_at": None, "created_at": moment.isoformat(), "preview": None,
            "needs_person": False,
            "needs_person_reason": None, "needs_person_summary": None,
            "assignee_id": None, "assignee": None, "labels": [], "mentions": [], "priority": "none",
            "snoozed_until": None, "text_limit": 4096,
            "resolved_by": None,
            "sends_kinds": [*KINDS],
            "sends_files": True,
            "fetches_files": False,
            "window": {"open": not closed,
            "closes_at": (moment + timedelta(hours=-2 if closed else 24)).isoformat()},
        }  # fmt: skip
        self.messages[id_] = []
        talk = TALK[: 3 + n % 5] if n else TALK * 12
        for k, (author, text, status) in enumerate(talk):
            self.add(
                message(
                    id_,
                    text,
                    author=author,
                    status=status,
                    at=moment - timedelta(minutes=(len(talk) - 1 - k) * 9),
                )
            )
        if n == 1:
            self._fates(id_, moment)

    def _fates(self, id_: str, at: datetime) -> None:
        """One message of each way to end."""
        note = message(
            id_, "He asked twice; offer the monthly plan.", author="agent", status="sent", at=at
        ) | {"private": True}
        failed = message(id_, "We start on Monday.", author="agent", status="failed", at=at) | {
            "reason": "recipient_unreachable"
        }
        unknown = message(id_, "Did you get the bill?", author="agent", status="unknown", at=at)
        skipped = message(id_, "Shall I book it?", author="assistant", status="skipped", at=at) | {
            "reason": "taken_over"
        }
        image = message(id_, "this one please", author="customer", status="received", at=at) | {
            "kind": "image"
        }
        answer = message(id_, "Yes, the blue one.", author="agent", status="queued", at=at) | {
            "reply_to": image["id"]
        }
        cited = message(
            id_, "Cow milk is ₹68 a litre, buffalo milk ₹82.", author="assistant", status="read", at=at
        ) | {"source": "answer", "citations": CITATIONS}
        bare = message(id_, "We are open until 8.", author="assistant", status="read", at=at) | {
            "source": "answer"
        }
        for made in (cited, bare, note, failed, unknown, skipped, image, answer):
            self.add(made)

    def _chat(self) -> None:
        for author, text, status in TALK[:4]:
            came = {"received": "read"}.get(status, status)
            self.say(1, "text", {"body": text}, "in" if author == "customer" else "out", None, state=came)
        self.say(1, "location", {"latitude": 28.6, "longitude": 77.2}, "in", None)
        buttons = [
            {"type": "reply", "reply": {"id": w, "title": t}}
            for w, t in (("menu", "See the menu"), ("human", "Talk to a person"))
        ]
        self.say(
            1,
            "interactive",
            {"body": {"text": "What would you like?"}, "action": {"buttons": buttons}},
            "out",
            None,
        )

    def add(self, made: Row) -> None:
        self.messages[made["conversation_id"]].append(made)
        row = self.rows[made["conversation_id"]]
        row["last_message_at"] = made["created_at"]
        row["preview"] = {key: made[key] for key in ("text", "author", "kind", "direction")}
        if made["author"] == "customer" and made["created_at"] > NOW.isoformat():
            row["unread"] += 1

    @property
    def cursor(self) -> str:
        return f"c{len(self.frames)}"

    def log(self, kind: str, data: Row) -> Row:
        frame = {"cursor": f"c{len(self.frames) + 1}", "type": kind, "data": data}
        self.frames.append(frame)
        return frame

    def since(self, cursor: str) -> list[Row]:
        return self.frames[int(cursor[1:]) :]

    @property
    def changed(self) -> int:
        return len(self.changes)

    def say(
        self,
        customer: int,
        kind: str,
        content: Row,
        direction: str,
        reply_to: str | None,
        *,
        state: str = "delivered",
    ) -> Row:
        body = content.get("body")
        text = body["text"] if isinstance(body, dict) else body or content.get("title")
        said: Row = {
            "id": len(self.phone) + 1, "wamid": f"wamid.{len(self.phone)}", "customer_id": customer,
            "direction": direction,
            "kind": kind, "text": text, "content": content, "state": state, "error_code": None,
            "reply_to": reply_to,
            "at_ms": int(datetime.now(UTC).timestamp() * 1000),
        }  # fmt: skip
        self.phone.append(said)
        self.changes.append((len(self.changes) + 1, {"type": "message", "message": said}))
        return said
