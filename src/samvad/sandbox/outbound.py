"""What the business may ask of `/messages`: Graph bodies read and checked, pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samvad.sandbox.jsonio import BadField, Fields, JsonObject

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_MEDIA = ("image", "video", "document", "audio", "sticker")


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message to a phone (`to`, digits) or to a business-scoped id (`recipient`)."""

    input: str
    phone: str | None
    bsuid: str | None
    kind: str
    content: JsonObject
    reply_to: str | None
    client_id: str | None

    @property
    def free_form(self) -> bool:
        return self.kind != "template"


@dataclass(frozen=True, slots=True)
class MarkRead:
    message_id: str
    typing: bool


def parse_request(fields: Fields) -> Outbound | MarkRead:
    """Raises BadField, whose path decides between 131008, 131009 and 100."""
    if fields.text("messaging_product") != "whatsapp":
        raise BadField("messaging_product", "must be whatsapp")
    if "status" in fields:
        return _mark_read(fields)
    kind = fields.text("type") if "type" in fields else "text"
    reader = _READERS.get(kind)
    if reader is None:
        raise BadField("type", f"{kind[:40]!r} is not a supported message type")
    content = fields.fields(kind) if kind != "contacts" else Fields({"contacts": fields.value(kind)}, "")
    reader(content)
    return _addressed(fields, kind, content.values)


def _mark_read(fields: Fields) -> MarkRead:
    if fields.text("status") != "read":
        raise BadField("status", "must be read")
    typing = fields.optional_fields("typing_indicator")
    if typing and typing.text("type") != "text":
        raise BadField("typing_indicator.type", "must be text")
    return MarkRead(fields.text("message_id"), typing is not None)


def _addressed(fields: Fields, kind: str, content: JsonObject) -> Outbound:
    if fields.values.get("recipient_type", "individual") != "individual":
        raise BadField("recipient_type", "must be individual")
    given = fields.text("to" if "to" in fields else "recipient", limit=256)
    phone = "".join(c for c in given if c.isdigit())
    scoped = "." in given or "to" not in fields
    if not scoped and not 5 <= len(phone) <= 15:
        raise BadField("to", "is not a phone number")
    context = fields.optional_fields("context")
    return Outbound(
        input=given,
        phone=None if scoped else phone,
        bsuid=given if scoped else None,
        kind=kind,
        content=content,
        reply_to=context.text("message_id") if context else None,
        client_id=fields.optional_text("biz_opaque_callback_data", limit=512),
    )


def _text(content: Fields) -> None:
    content.text("body", limit=TEXT_LIMIT)


def _media(content: Fields) -> None:
    if ("id" in content) == ("link" in content):
        raise BadField(content.path, "needs exactly one of id and link")
    content.text("id" if "id" in content else "link", limit=2048)
    content.optional_text("caption", limit=CAPTION_LIMIT)


def _location(content: Fields) -> None:
    for name, bound in (("latitude", 90.0), ("longitude", 180.0)):
        try:
            valid = -bound <= float(str(content.value(name))) <= bound
        except ValueError:
            valid = False
        if not valid:
            raise BadField(content.at(name), f"must be from -{bound:g} to {bound:g}")


def _contacts(content: Fields) -> None:
    for card in content.items("contacts", most=257):
        card.fields("name").text("formatted_name")


def _reaction(content: Fields) -> None:
    content.text("message_id")
    if not isinstance(content.values.get("emoji"), str):
        raise BadField(content.at("emoji"), "is required", missing=True)


def _template(content: Fields) -> None:
    content.text("name", limit=512)
    content.fields("language").text("code", limit=16)
    for component in content.items("components", most=20) if content.values.get("components") else []:
        component.text("type")


def _interactive(content: Fields) -> None:
    kind = content.text("type")
    if kind not in ("button", "list", "cta_url", "flow", "product", "product_list", "catalog_message",
                    "location_request_message", "call_permission_request", "address_message"):  # fmt: skip
        raise BadField(content.at("type"), "is not known")
    if "body" in content:
        content.fields("body").text("text", limit=4096 if kind == "list" else CAPTION_LIMIT)
    action = content.fields("action")
    if kind == "button":
        _buttons(action)
    if kind == "list":
        _sections(action)


def _buttons(action: Fields) -> None:
    titles = []
    for button in action.items("buttons", most=3):
        reply = button.fields("reply")
        reply.text("id", limit=256)
        titles.append(reply.text("title", limit=20))
    if len(set(titles)) < len(titles):
        raise BadField(action.at("buttons"), "must have different titles")


def _sections(action: Fields) -> None:
    action.text("button", limit=20)
    rows = [row for section in action.items("sections", most=10) for row in section.items("rows", most=10)]
    if len(rows) > 10:
        raise BadField(action.at("sections"), "must have at most 10 rows in all")
    for row in rows:
        row.text("id", limit=200)
        row.text("title", limit=24)
        row.optional_text("description", limit=72)


_READERS: Mapping[str, Callable[[Fields], None]] = {
    "text": _text,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "template": _template,
    "interactive": _interactive,
    **dict.fromkeys(_MEDIA, _media),
}
