"""What a customer may send: every kind of the Cloud API, from a short draft to the item on the wire; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from samvad.sandbox.errors import status_error
from samvad.sandbox.jsonio import BadField, Fields, JsonObject, JsonValue, compact
from samvad.sandbox.types import Customer, Direction, Number

MESSAGES, ECHOES = "messages", "smb_message_echoes"
MEDIA_KINDS = ("image", "video", "document", "audio", "voice", "sticker")


@dataclass(frozen=True, slots=True)
class Draft:
    """`type` and `body` as on the wire (no type: the item carries none); `extra` is laid over the item.
    `wamid` and `timestamp` replace ours, to repeat an id or to come from another time."""

    kind: str
    type: str | None
    body: JsonValue
    reply_to: str | None = None
    extra: JsonObject = field(default_factory=dict)
    wamid: str | None = None
    timestamp: int | None = None

    @property
    def echo(self) -> bool:
        return self.kind == "echo"

    @property
    def direction(self) -> Direction:
        return Direction.ECHO if self.echo else Direction.IN

    @property
    def content(self) -> JsonObject:
        return self.body if isinstance(self.body, Mapping) else {"items": self.body}


def read_draft(fields: Fields) -> Draft:
    """`{kind, content?, reply_to?, extra?, referral?, id?, timestamp?}`. Raises BadField."""
    kind = fields.text("kind", limit=40)
    if kind not in _KINDS:
        raise BadField(fields.at("kind"), f"must be one of {', '.join(_KINDS)}")
    content = fields.optional_fields("content") or Fields({}, fields.at("content"))
    wire_type, body = _KINDS[kind](content)
    extra = dict((fields.optional_fields("extra") or Fields({})).values)
    if "referral" in fields:
        extra["referral"] = {**_REFERRAL, **fields.fields("referral").values}
    return Draft(
        kind=kind,
        type=wire_type,
        body=body,
        reply_to=fields.optional_text("reply_to", limit=256),
        extra=extra,
        wamid=fields.optional_text("id", limit=256),
        timestamp=fields.optional_integer("timestamp", low=-(2**40), high=2**53),
    )


def item(draft: Draft, *, wamid: str, number: Number, customer: Customer, at_s: int) -> JsonObject:
    """The element of `messages[]` or, for an echo, of `message_echoes[]`."""
    made: dict[str, JsonValue] = {}
    if draft.echo:
        made["from"] = number.wa_id
        made["to"] = customer.wa_id or customer.bsuid
    elif customer.wa_id:
        made["from"] = customer.wa_id
    if not draft.echo:
        made["from_user_id"] = customer.bsuid
    made["id"] = wamid
    made["timestamp"] = str(draft.timestamp if draft.timestamp is not None else at_s)
    if draft.reply_to:
        made["context"] = {"from": number.wa_id, "id": draft.reply_to}
    if draft.kind == "raw":
        return {**made, **draft.content, **draft.extra}
    made["type"] = draft.type
    if draft.type == "unsupported":
        made["errors"] = [status_error(131051)]
    if draft.type is not None and draft.body is not None:
        made[draft.type] = draft.body
    return {**made, **draft.extra}


Read = tuple[str | None, JsonValue]


def _text(content: Fields) -> Read:
    return "text", {"body": content.text("body")}


def _media(kind: str) -> Callable[[Fields], Read]:
    def read(content: Fields) -> Read:
        names = ("caption", "filename", "mime_type", "data", "animated", "url")
        body = {name: content.values[name] for name in names if name in content}
        if kind in ("voice", "audio"):
            body["voice"] = kind == "voice"
        return ("audio" if kind == "voice" else kind), body

    return read


def _location(content: Fields) -> Read:
    return "location", {"latitude": 28.6139, "longitude": 77.209, **content.values}


def _contacts(content: Fields) -> Read:
    if "contacts" in content:
        return "contacts", [card.values for card in content.items("contacts")]
    phones: list[JsonValue] = [{"phone": "+1 202-555-0188", "wa_id": "12025550188", "type": "CELL"}]
    card: JsonObject = {"name": {"formatted_name": "Ravi Example", "first_name": "Ravi"}, "phones": phones}
    return "contacts", [card]


def _interactive(kind: str, defaults: JsonObject) -> Callable[[Fields], Read]:
    return lambda content: ("interactive", {"type": kind, kind: {**defaults, **content.values}})


def _flow_reply(content: Fields) -> Read:
    """`response_json` is a string; an object is written out as one, a given string stays as it is."""
    answer = content.values.get("response_json", {"flow_token": "sandbox", "answer": "yes"})
    text = answer if isinstance(answer, str) else compact(answer)
    reply = {"name": "flow", "body": "Sent", **content.values, "response_json": text}
    return "interactive", {"type": "nfm_reply", "nfm_reply": reply}


def _button(content: Fields) -> Read:
    text = content.text("text")
    return "button", {"payload": content.optional_text("payload") or text, "text": text}


def _reaction(content: Fields) -> Read:
    """No `emoji` and an empty one both take the reaction back."""
    body: dict[str, JsonValue] = {"message_id": content.text("message_id")}
    if content.values.get("emoji") is not None:
        body["emoji"] = content.values["emoji"]
    return "reaction", body


def _order(content: Fields) -> Read:
    line: JsonObject = {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 60, "currency": "INR"}
    return "order", {"catalog_id": "1001", "text": "", "product_items": [line], **content.values}


def _number_change(content: Fields) -> Read:
    phone = "".join(c for c in content.text("phone", limit=20) if c.isdigit())
    if not 5 <= len(phone) <= 15:
        raise BadField(content.at("phone"), "is not a phone number")
    return "system", {
        "body": f"The customer changed to {phone}",
        "wa_id": phone,
        "type": "user_changed_number",
    }


def _identity_change(content: Fields) -> Read:
    identity: JsonObject = {
        "acknowledged": True,
        "created_timestamp": 0,
        "hash": content.optional_text("hash") or "sandbox",
    }
    return "system", {
        "body": "The identity changed",
        "identity": identity,
        "type": "customer_identity_changed",
    }


def _edit(content: Fields) -> Read:
    message = content.values.get("message") or {"type": "text", "text": {"body": content.text("text")}}
    return "edit", {"original_message_id": content.text("original_message_id"), "message": message}


def _revoke(content: Fields) -> Read:
    return "revoke", {"original_message_id": content.text("original_message_id")}


def _unsupported(content: Fields) -> Read:
    return "unsupported", {"type": content.optional_text("type") or "poll_creation"}


def _raw(content: Fields) -> Read:
    return None, content.values


_REFERRAL: JsonObject = {
    "source_url": "https://fb.me/sandbox",
    "source_id": "120200000000000000",
    "source_type": "ad",
    "headline": "Sandbox offer",
    "body": "Chat with us",
    "media_type": "image",
    "image_url": "https://example.com/ad.jpg",
    "ctwa_clid": "sandbox-click-id",
}
_KINDS: Mapping[str, Callable[[Fields], Read]] = {
    "text": _text,
    **{kind: _media(kind) for kind in MEDIA_KINDS},
    "location": _location,
    "contacts": _contacts,
    "button_reply": _interactive("button_reply", {"id": "yes", "title": "Yes"}),
    "list_reply": _interactive("list_reply", {"id": "row-1", "title": "Row 1"}),
    "nfm_reply": _flow_reply,
    "call_permission_reply": _interactive(
        "call_permission_reply", {"response": "accept", "response_source": "user_action"}
    ),
    "button": _button,
    "reaction": _reaction,
    "order": _order,
    "number_change": _number_change,
    "identity_change": _identity_change,
    "edit": _edit,
    "revoke": _revoke,
    "unsupported": _unsupported,
    "echo": _text,
    "raw": _raw,
}
