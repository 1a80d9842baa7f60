"""What the business may ask of `/messages`: Graph bodies read and checked, pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samvad.sandbox import interactive
from samvad.sandbox.jsonio import BadField, Fields, JsonObject

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_CAPTIONED = ("image", "video", "document")
MEDIA = ("image", "video", "document", "audio", "sticker")
_NAME_PARTS = ("first_name", "last_name", "middle_name", "prefix", "suffix")


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
    if context and kind == "reaction":
        raise BadField("context", "is not allowed in a message of type reaction")
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
    given = content.text("id" if "id" in content else "link", limit=2048)
    if "link" in content and not given.lower().startswith(("https://", "http://")):
        raise BadField(content.at("link"), "is not a valid URL")
    _only(content, _CAPTIONED, "caption")
    _only(content, ("document",), "filename")
    content.optional_text("caption", limit=CAPTION_LIMIT)


def _only(content: Fields, kinds: tuple[str, ...], field: str) -> None:
    if field in content and content.path not in kinds:
        raise BadField(content.at(field), f"is not allowed in a message of type {content.path}")


def _location(content: Fields) -> None:
    for name, bound in (("latitude", 90.0), ("longitude", 180.0)):
        try:
            valid = -bound <= float(str(content.value(name))) <= bound
        except ValueError:
            valid = False
        if not valid:
            raise BadField(content.at(name), f"must be from -{bound:g} to {bound:g}")
    for name in ("name", "address"):
        content.optional_text(name)


def _contacts(content: Fields) -> None:
    for card in content.items("contacts", most=257):
        name = card.fields("name")
        name.text("formatted_name")
        if not any(name.values.get(part) for part in _NAME_PARTS):
            raise BadField(name.path, f"needs one of {', '.join(_NAME_PARTS)}", missing=True)
        for phone in card.items("phones") if card.values.get("phones") else []:
            phone.text("phone")


def _reaction(content: Fields) -> None:
    content.text("message_id")
    if not isinstance(content.values.get("emoji"), str):
        raise BadField(content.at("emoji"), "is required", missing=True)


def _template(content: Fields) -> None:
    content.text("name", limit=512)
    content.fields("language").text("code", limit=16)
    for component in content.items("components", most=20) if content.values.get("components") else []:
        component.text("type")
        for parameter in component.items("parameters") if component.values.get("parameters") else []:
            parameter.text("type")


_READERS: Mapping[str, Callable[[Fields], None]] = {
    "text": _text,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "template": _template,
    "interactive": interactive.check,
    **dict.fromkeys(MEDIA, _media),
}
