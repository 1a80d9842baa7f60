"""Message templates as Meta keeps them: read for review, judged when sent, shown on the phone; pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from samvad.sandbox.jsonio import BadField, Fields, JsonObject, JsonValue

BODY, EDGE, BUTTON = 1024, 60, 25
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_BAD_SPACE = re.compile(r"[\n\t]| {5,}")
_FORMATS = ("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION")
FILES = {"IMAGE": "image/", "VIDEO": "video/", "DOCUMENT": "application/pdf"}
_BUTTONS = ("QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "FLOW")


class Status(StrEnum):
    APPROVED = "APPROVED"
    PENDING = "PENDING"
    REJECTED = "REJECTED"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"


class Category(StrEnum):
    MARKETING = "MARKETING"
    UTILITY = "UTILITY"
    AUTHENTICATION = "AUTHENTICATION"


class Quality(StrEnum):
    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Template:
    """Of an account. In review it has a `verdict`, which counts from `decided_ms` of the wall's clock."""

    id: str
    waba_id: str
    name: str
    language: str
    category: Category
    status: Status
    components: Sequence[JsonObject]
    quality: Quality = Quality.UNKNOWN
    reason: str = "NONE"
    verdict: Status | None = None
    decided_ms: int = 0

    def at(self, now_ms: int) -> "Template":
        """As it is then."""
        if self.verdict is None or now_ms < self.decided_ms:
            return self
        reason = "INVALID_FORMAT" if self.verdict is Status.REJECTED else self.reason
        return replace(self, status=self.verdict, reason=reason, verdict=None)

    def view(self) -> JsonObject:
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "category": self.category.value,
            "status": self.status.value,
            "components": self.components,
            "quality_score": {"score": self.quality.value},
            "rejected_reason": self.reason,
        }

    def part(self, type_: str) -> JsonObject:
        found = (part for part in self.components if str(part.get("type", "")).upper() == type_)
        return next(found, {})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why Meta refuses a send."""

    code: int
    details: str


def read_components(fields: Fields) -> Sequence[JsonObject]:
    """Raises BadField."""
    parts = fields.items("components", most=10)
    if not any(part.text("type").upper() == "BODY" for part in parts):
        raise BadField(fields.at("components"), "need a BODY", missing=True)
    for part in parts:
        _READERS.get(part.text("type").upper(), _anything)(part)
    return [part.values for part in parts]


def read_name(fields: Fields) -> str:
    name = fields.text("name")
    if not _NAME.fullmatch(name):
        raise BadField(fields.at("name"), "must be of a-z, 0-9 and _")
    return name


def handles(components: Sequence[JsonObject]) -> list[tuple[str, str]]:
    """(what its media type begins with, handle) of the example files."""
    found = []
    for part in components:
        begins = FILES.get(str(part.get("format", "")).upper())
        if str(part.get("type", "")).upper() == "HEADER" and begins:
            example = Fields(part).fields("example").values.get("header_handle")
            given = example[0] if isinstance(example, list) and example else ""
            found.append((begins, str(given)))
    return found


def _body(part: Fields) -> None:
    text = part.text("text", limit=BODY).strip()
    if text.startswith("{{") or text.endswith("}}"):
        raise BadField(part.at("text"), "may neither begin nor end with a placeholder")
    if _PLACE.search(text):
        _example(part, "body_text")


def _header(part: Fields) -> None:
    if part.text("format").upper() not in _FORMATS:
        raise BadField(part.at("format"), f"must be one of {', '.join(_FORMATS)}")
    format_ = part.text("format").upper()
    if format_ == "TEXT":
        text = part.text("text", limit=EDGE)
        if _PLACE.search(text):
            _example(part, "header_text")
    elif format_ in FILES:
        _example(part, "header_handle")


def _example(part: Fields, name: str) -> None:
    example = part.fields("example")
    if name not in example and f"{name}_named_params" not in example:
        raise BadField(example.at(name), "is required", missing=True)


def _footer(part: Fields) -> None:
    if _PLACE.search(part.text("text", limit=EDGE)):
        raise BadField(part.at("text"), "may hold no placeholder")


def _buttons(part: Fields) -> None:
    for button in part.items("buttons", most=10):
        type_ = button.text("type")
        if type_ not in _BUTTONS:
            raise BadField(button.at("type"), f"must be one of {', '.join(_BUTTONS)}")
        if type_ != "COPY_CODE":
            button.text("text", limit=BUTTON)
        if type_ == "URL":
            button.text("url", limit=2000)
        if type_ == "PHONE_NUMBER":
            button.text("phone_number", limit=20)


def _anything(_: Fields) -> None:
    """Parts that the emulator does not look into."""


_READERS = {"BODY": _body, "HEADER": _header, "FOOTER": _footer, "BUTTONS": _buttons}
_SENT = {"IMAGE": "image/", "VIDEO": "video/", "DOCUMENT": ""}  # what media types begin with
_STOPPED = {
    Status.PAUSED: Fault(132015, "Template is paused due to low quality"),
    Status.DISABLED: Fault(132016, "Template was paused too many times and is disabled"),
}


Known = Callable[[str], str | None]


def fault(template: Template | None, content: JsonObject, media: Known) -> Fault | None:
    """What a send of it comes to; None: it is taken. `media`: the type of a file by its id."""
    if template is None or template.status in (Status.PENDING, Status.REJECTED):
        language = Fields(content).fields("language").text("code")
        return Fault(132001, f"template name ({content['name']}) does not exist in {language}")
    if template.status in _STOPPED:
        return _STOPPED[template.status]
    given = [(part, values) for part, values in _given(content) if values is not None]
    wanted = _wanted(template)
    for part, values in given:
        if len(values) != wanted.get(part, 0):
            return Fault(132000, f"{part}: {len(values)} parameters, {wanted.get(part, 0)} expected")
        if any(_BAD_SPACE.search(value) for value in values):
            return Fault(132018, f"{part}: a parameter holds a new line, a tab or more than four spaces")
    missing = wanted.keys() - {part for part, _ in given}
    if missing:
        part = min(missing)
        return Fault(132000, f"{part}: 0 parameters, {wanted[part]} expected")
    return _file_fault(template, content, media)


def _file_fault(template: Template, content: JsonObject, media: Known) -> Fault | None:
    format_ = str(template.part("HEADER").get("format", "")).upper()
    if format_ not in FILES:
        return None
    file = header_file(content)
    if file.get("type") != format_.lower():
        return Fault(132012, f"header: {format_} expected, {str(file.get('type')).upper()} given")
    id_ = file.get("id")
    if id_ and not (media(str(id_)) or "").startswith(_SENT[format_]):
        return Fault(132012, f"header: there is no such {format_.lower()}")
    return None


def header_file(content: JsonObject) -> JsonObject:
    """What a send says of the file in its header: `{type, id?, link?, filename?}`."""
    for part in Fields(content).items("components") if content.get("components") else []:
        if part.text("type").lower() == "header" and part.values.get("parameters"):
            first = part.items("parameters")[0].values
            inner = first.get(str(first.get("type")))
            return {"type": first.get("type"), **(inner if isinstance(inner, Mapping) else {})}
    return {}


def _wanted(template: Template) -> dict[str, int]:
    """How many values each part takes."""
    header, body = template.part("HEADER"), template.part("BODY")
    wanted = {"body": len(_places(str(body.get("text", ""))))}
    if header:
        text = str(header.get("format", "")).upper() == "TEXT"
        wanted["header"] = len(_places(str(header.get("text", "")))) if text else 1
    for at, button in enumerate(_buttons_of(template)):
        if button.get("type") in ("COPY_CODE", "FLOW") or _PLACE.search(str(button.get("url", ""))):
            wanted[f"button {at}"] = 1
    return {part: count for part, count in wanted.items() if count}


def _given(content: JsonObject) -> list[tuple[str, list[str]]]:
    """The parts of a send with the texts of their parameters."""
    found = []
    for part in Fields(content).items("components") if content.get("components") else []:
        name = part.text("type").lower()
        place = f"button {part.values.get('index')}" if name == "button" else name
        parameters = part.items("parameters") if part.values.get("parameters") else []
        found.append((place, [_value(one) for one in parameters]))
    return found


def _value(parameter: Fields) -> str:
    inner = parameter.values.get(str(parameter.values.get("type")))
    if isinstance(inner, Mapping):
        return str(inner.get("link") or inner.get("id") or inner.get("name") or "")
    return str(inner or "")


def shown(template: Template, content: JsonObject) -> JsonObject:
    """As the customer sees it: `{header, header_kind, body, footer, buttons}`."""
    values = dict(_given(content))
    header, body = template.part("HEADER"), template.part("BODY")
    kind = str(header.get("format", "")).lower()
    text = _filled(str(header.get("text", "")), values.get("header", [])) if kind == "text" else ""
    return {
        "header_kind": kind or None,
        "header": text or next(iter(values.get("header", [])), ""),
        "body": _filled(str(body.get("text", "")), values.get("body", [])),
        "footer": str(template.part("FOOTER").get("text", "")),
        "buttons": [_button(at, one, values) for at, one in enumerate(_buttons_of(template))],
    }


def _button(at: int, button: JsonObject, values: Mapping[str, list[str]]) -> JsonValue:
    given = values.get(f"button {at}", [])
    made: dict[str, JsonValue] = {"type": button.get("type"), "text": button.get("text", "Copy code")}
    if button.get("type") == "URL":
        made["url"] = _filled(str(button.get("url", "")), given)
    if button.get("type") == "PHONE_NUMBER":
        made["phone_number"] = button.get("phone_number")
    if button.get("type") == "COPY_CODE":
        made["code"] = next(iter(given), "")
    return made


def _buttons_of(template: Template) -> list[JsonObject]:
    buttons = template.part("BUTTONS").get("buttons")
    return [b for b in buttons if isinstance(b, Mapping)] if isinstance(buttons, Sequence) else []


def _places(text: str) -> list[str]:
    return list(dict.fromkeys(_PLACE.findall(text)))


def _filled(text: str, values: Sequence[str]) -> str:
    """Numbers take values in their order; names in the order that they stand in."""
    names = _places(text)
    order = sorted(names, key=int) if all(name.isdigit() for name in names) else names
    known = dict(zip(order, values, strict=False))
    return _PLACE.sub(lambda found: known.get(found[1], found[0]), text)
