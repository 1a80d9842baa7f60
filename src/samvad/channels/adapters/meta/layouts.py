"""A template's parts between Meta's components and our record of them: read from a list, written down."""

from collections.abc import Mapping, Sequence

from samvad.channels.adapters.reading import ident, objekt, rows, words
from samvad.channels.rules.templates import PLACEHOLDER, placeholders
from samvad.channels.types import (
    ButtonAct,
    HeaderFormat,
    JsonObject,
    JsonValue,
    ListedTemplate,
    TemplateButton,
    TemplateCategory,
    TemplateDraft,
    TemplateHeader,
    TemplateLayout,
    TemplateQuality,
    TemplateStatus,
)

STATUSES: Mapping[str, TemplateStatus] = {
    "APPROVED": TemplateStatus.APPROVED,
    "REINSTATED": TemplateStatus.APPROVED,
    "UNARCHIVED": TemplateStatus.APPROVED,
    "PENDING": TemplateStatus.PENDING,
    "IN_APPEAL": TemplateStatus.PENDING,
    "REJECTED": TemplateStatus.REJECTED,
    "PAUSED": TemplateStatus.PAUSED,
    "DISABLED": TemplateStatus.DISABLED,
    "LIMIT_EXCEEDED": TemplateStatus.DISABLED,
    "ARCHIVED": TemplateStatus.DISABLED,
    "LOCKED": TemplateStatus.DISABLED,
    "DELETED": TemplateStatus.DELETED,
    "PENDING_DELETION": TemplateStatus.DELETED,
}
QUALITIES: Mapping[str, TemplateQuality] = {
    "GREEN": TemplateQuality.HIGH, "YELLOW": TemplateQuality.MEDIUM, "RED": TemplateQuality.LOW,
}  # fmt: skip
CATEGORIES: Mapping[str, TemplateCategory] = {kind.value.upper(): kind for kind in TemplateCategory}

_FORMATS: Mapping[str, HeaderFormat] = {kind.value.upper(): kind for kind in HeaderFormat}
_ACTS: Mapping[str, ButtonAct] = {
    "QUICK_REPLY": ButtonAct.QUICK_REPLY, "URL": ButtonAct.URL, "PHONE_NUMBER": ButtonAct.PHONE,
    "COPY_CODE": ButtonAct.COPY_CODE, "FLOW": ButtonAct.FLOW,
}  # fmt: skip
_OTP, _OTP_URL = "OTP", "https://www.whatsapp.com/otp/"  # as it is written, and as Meta lists it
_TYPES = {act: word for word, act in _ACTS.items()}


def listed(entry: JsonValue) -> ListedTemplate | None:
    """One entry of Meta's list; None for what is deleted, or names neither itself nor its language."""
    id_, name, language = ident(entry, "id"), ident(entry, "name"), ident(entry, "language")
    status = STATUSES.get(words(entry, "status") or "", TemplateStatus.UNKNOWN)
    if not (id_ and name and language) or status is TemplateStatus.DELETED:
        return None
    reason = words(entry, "rejected_reason") or ""
    return ListedTemplate(
        external_id=id_,
        name=name,
        language=language,
        category=category(words(entry, "category")),
        status=status,
        layout=layout(rows(entry, "components")),
        quality=quality(words(objekt(entry, "quality_score"), "score")),
        reason="" if reason == "NONE" else reason[:200],
    )


def category(word: str | None) -> TemplateCategory:
    """A word that Meta invented since counts as marketing, which is held to the most."""
    return CATEGORIES.get(word or "", TemplateCategory.MARKETING)


def quality(word: str | None) -> TemplateQuality:
    return QUALITIES.get(word or "", TemplateQuality.UNKNOWN)


def layout(components: Sequence[JsonValue]) -> TemplateLayout:
    """Parts that we cannot fill (carousels, one-time passwords) are named in `lacking`."""
    found = {(words(part, "type") or "").upper(): part for part in components}
    body, header, footer = (found.pop(name, None) for name in ("BODY", "HEADER", "FOOTER"))
    password = f"{{{{{next(iter(placeholders(words(body, 'text') or '')), '1')}}}}}"
    buttons = [_button(button, password) for button in rows(found.pop("BUTTONS", None), "buttons")]
    shown = _header(header)
    lacking = [name.lower() for name in found] + [one for one in buttons if isinstance(one, str)]
    if header is not None and shown is None:
        lacking.append(f"header {(words(header, 'format') or '').lower()}")
    return TemplateLayout(
        body=words(body, "text") or "",
        header=shown,
        footer=words(footer, "text") or "",
        buttons=tuple(one for one in buttons if isinstance(one, TemplateButton)),
        examples=_examples(words(body, "text") or "", objekt(body, "example"), "body_text"),
        lacking=", ".join(lacking)[:200],
    )


def _header(part: JsonValue) -> TemplateHeader | None:
    format_ = _FORMATS.get((words(part, "format") or "").upper())
    if format_ is None:
        return None
    text = words(part, "text") or ""
    example = objekt(part, "example")
    if format_ is HeaderFormat.TEXT:
        values = _examples(text, example, "header_text")
        return TemplateHeader(format=format_, text=text, example=next(iter(values.values()), ""))
    return TemplateHeader(format=format_, example=_first(rows(example, "header_handle")))


def _button(part: JsonValue, password: str) -> TemplateButton | str:
    """Without a record for it, the name of its kind. `password`: the place of a one-time password, which is
    the body's."""
    type_ = (words(part, "type") or "").upper()
    if type_ == _OTP or (words(part, "url") or "").startswith(_OTP_URL):
        return TemplateButton(act=ButtonAct.COPY_CODE, text=words(part, "text") or "", code=password)
    act = _ACTS.get(type_)
    if act is None:
        return f"button {type_.lower()}"
    return TemplateButton(
        act=act,
        text=words(part, "text") or "",
        url=words(part, "url") or "",
        phone=words(part, "phone_number") or "",
        example=_first(rows(part, "example")) or words(part, "example") or "",
    )


def _examples(text: str, example: JsonObject, key: str) -> dict[str, str]:
    named = {
        name: words(entry, "example") or ""
        for entry in rows(example, f"{key}_named_params")
        if (name := words(entry, "param_name"))
    }
    given = rows(example, key)
    row = given[0] if given and isinstance(given[0], list) else given
    positional = [value for value in row if isinstance(value, str)]
    return named or dict(zip(placeholders(text), positional, strict=False))


def _first(values: Sequence[JsonValue]) -> str:
    return next((value for value in values if isinstance(value, str)), "")


def is_named(parts: TemplateLayout) -> bool:
    """Meta wants to be told which of its two ways placeholders are written in."""
    header = parts.header.text if parts.header else ""
    return any(not name.isdigit() for name in placeholders(f"{header} {parts.body}"))


def components(draft: TemplateDraft) -> list[JsonValue]:
    """The parts as Meta wants them for review."""
    parts = draft.layout
    named = is_named(parts)
    made: list[JsonValue] = []
    if parts.header:
        made.append(_header_part(parts.header, named=named))
    body: JsonObject = {"type": "BODY", "text": parts.body}
    made.append(body | _example_part(parts.body, parts.examples, "body_text", named=named))
    if parts.footer:
        made.append({"type": "FOOTER", "text": parts.footer})
    if parts.buttons:
        made.append({"type": "BUTTONS", "buttons": [_button_part(button) for button in parts.buttons]})
    return made


def _header_part(header: TemplateHeader, *, named: bool) -> JsonObject:
    part: JsonObject = {"type": "HEADER", "format": header.format.value.upper()}
    if header.format is HeaderFormat.TEXT:
        values = dict.fromkeys(placeholders(header.text), header.example)
        return part | {"text": header.text} | _example_part(header.text, values, "header_text", named=named)
    return part | ({"example": {"header_handle": [header.example]}} if header.example else {})


def _example_part(text: str, values: Mapping[str, str], key: str, *, named: bool) -> JsonObject:
    names = placeholders(text)
    if not names:
        return {}
    if named:
        pairs: list[JsonValue] = [{"param_name": name, "example": values.get(name, "")} for name in names]
        return {"example": {f"{key}_named_params": pairs}}
    row: list[JsonValue] = [values.get(name, "") for name in names]
    return {"example": {key: [row] if key == "body_text" else row}}


def _button_part(button: TemplateButton) -> JsonObject:
    part: JsonObject = {"type": _TYPES[button.act]}
    if button.act is ButtonAct.COPY_CODE:
        return part | {"example": button.example}
    part["text"] = button.text
    if button.act is ButtonAct.PHONE:
        part["phone_number"] = button.phone
    if button.act is ButtonAct.URL:
        part["url"] = button.url
        if PLACEHOLDER.search(button.url):
            part["example"] = [PLACEHOLDER.sub(lambda _: button.example, button.url)]
    return part
