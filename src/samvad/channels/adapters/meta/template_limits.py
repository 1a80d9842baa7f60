"""What Meta refuses in a template, before review and when it is sent: field, limit, and what was given.

From the pages templates/components and templates/template-messages under
developers.facebook.com/documentation/business-messaging/whatsapp, and its error 132018.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from samvad.channels.adapters import checks
from samvad.channels.rules.templates import (
    PLACEHOLDER,
    code_of,
    fill,
    misfits,
    of_part,
    placeholders,
    slots,
)
from samvad.channels.types import (
    ButtonAct,
    HeaderFormat,
    SlotKind,
    TemplateButton,
    TemplateCategory,
    TemplateDraft,
    TemplateHeader,
    TemplateLayout,
    TemplateMessage,
)
from samvad.kernel.errors import FieldError

NAME, BODY, EDGE, EXAMPLE = 512, 1024, 60, 1000
ALONE = 32_768  # of a filled body with nothing beside it
BUTTONS, BUTTON, PHONE, CODE, URL = 10, 25, 20, 15, 2000
MOST = {ButtonAct.URL: 2, ButtonAct.PHONE: 1, ButtonAct.COPY_CODE: 1}

FILES = (HeaderFormat.IMAGE, HeaderFormat.VIDEO, HeaderFormat.DOCUMENT)

_NAME = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
_PLACE = re.compile(r"[a-z][a-z0-9_]{0,63}|[1-9]\d?")
_BAD_SPACE = re.compile(r"[\n\r\t\v\f]| {5,}")
_LINK = "header.link"
_SIDE_BY_SIDE = re.compile(r"\}\}\s*\{\{")


def draft_faults(draft: TemplateDraft) -> Sequence[FieldError]:
    return list(_draft(draft))


def _draft(draft: TemplateDraft) -> Iterator[FieldError]:
    layout = draft.layout
    if not _NAME.fullmatch(draft.name) or len(draft.name) > NAME:
        yield FieldError("name", f"is {draft.name[:40]!r}: 1 to {NAME} of a-z, 0-9 and _ are allowed")
    if not _LANGUAGE.fullmatch(draft.language):
        yield FieldError("language", f"is {draft.language[:20]!r}: a code such as en or pt_BR is needed")
    if draft.category is TemplateCategory.AUTHENTICATION:
        yield FieldError("category", "is authentication: Meta writes those itself, create it in its manager")
    if layout.lacking:
        yield FieldError("lacking", "cannot be written")
    yield from checks.text("body", layout.body, BODY)
    yield from _places("body", layout.body, most=99)
    yield from _edges_of_body(layout.body)
    for name in placeholders(layout.body):
        yield from checks.text(f"examples.{name}", layout.examples.get(name, ""), EXAMPLE)
    if layout.header:
        yield from _header(layout.header)
        yield from _one_way(layout)
    yield from checks.optional("footer", layout.footer, EDGE)
    yield from _places("footer", layout.footer, most=0)
    yield from _buttons(layout.buttons, draft.category)


def _places(field: str, text: str, *, most: int) -> Iterator[FieldError]:
    names = placeholders(text)
    if len(names) > most:
        yield FieldError(field, f"holds {len(names)} placeholders, {most or 'none'} may stand here")
        return
    for name in names:
        if not _PLACE.fullmatch(name):
            yield FieldError(field, f"holds {{{{{name[:30]}}}}}: a number or a name of a-z, 0-9, _ is needed")
    numbers = [name for name in names if name.isdigit()]
    if numbers and len(numbers) < len(names):
        yield FieldError(field, "has numbers and names as placeholders: only one of both is allowed")
    elif sorted(numbers, key=int) != [str(at) for at in range(1, len(numbers) + 1)]:
        yield FieldError(field, f"counts {', '.join(numbers)}: {{{{1}}}}, {{{{2}}}} and so on, without a gap")
    bare = PLACEHOLDER.sub("", text)
    if "{{" in bare or "}}" in bare:
        yield FieldError(field, "holds {{ or }} that belong to no placeholder")


def _edges_of_body(body: str) -> Iterator[FieldError]:
    text = body.strip()
    if text.startswith("{{") or text.endswith("}}"):
        yield FieldError("body", "begins or ends with a placeholder: Meta wants words before and after")
    if _SIDE_BY_SIDE.search(text):
        yield FieldError("body", "has two placeholders side by side: Meta wants words between them")


def _one_way(layout: TemplateLayout) -> Iterator[FieldError]:
    names = placeholders(layout.header.text) if layout.header else []
    ways = {name.isdigit() for name in (*names, *placeholders(layout.body))}
    if len(ways) > 1:
        yield FieldError("header.text", "has numbers and the body names, or the other way round: one of both")


def _header(header: TemplateHeader) -> Iterator[FieldError]:
    if header.format is HeaderFormat.TEXT:
        yield from checks.text("header.text", header.text, EDGE)
        yield from _places("header.text", header.text, most=1)
        if placeholders(header.text):
            yield from checks.text("header.example", header.example, EDGE)
    elif header.text:
        yield FieldError("header.text", f"is given, but a header of format {header.format.value} has none")
    if header.link:
        yield FieldError("header.link", "is given, but the file is chosen when it is sent: leave it out")
    if header.format in FILES and not header.example:
        yield FieldError("header.example", "is empty: Meta wants the handle of an uploaded example file")


def _buttons(buttons: Sequence[TemplateButton], category: TemplateCategory) -> Iterator[FieldError]:
    if buttons:
        yield from checks.count("buttons", buttons, BUTTONS)
    for act, most in MOST.items():
        given = sum(button.act is act for button in buttons)
        if given > most:
            yield FieldError("buttons", f"hold {given} of kind {act.value}, at most {most} are allowed")
    quick = [button.act is ButtonAct.QUICK_REPLY for button in buttons]
    if sum(a != b for a, b in pairwise(quick)) > 1:
        yield FieldError("buttons", "mix quick replies with others: each kind stands together")
    for at, button in enumerate(buttons):
        yield from _button(f"buttons.{at}", button, category)
    titled = [(f"buttons.{at}.text", b.text) for at, b in enumerate(buttons) if b.text]
    yield from checks.unique([path for path, _ in titled], [text for _, text in titled])


def _button(path: str, button: TemplateButton, category: TemplateCategory) -> Iterator[FieldError]:
    if button.act is ButtonAct.FLOW:
        yield FieldError(
            f"{path}.act", "is flow: such a template is written beside its flow, in Meta's manager"
        )
        return
    if button.act is ButtonAct.COPY_CODE:
        yield from checks.text(f"{path}.example", button.example, CODE)
        if button.code:
            yield FieldError(f"{path}.code", "is given, but it is chosen when it is sent: leave it out")
        if category is not TemplateCategory.MARKETING:
            yield FieldError(f"{path}.act", "is copy_code, which only marketing templates have")
        return
    yield from checks.text(f"{path}.text", button.text, BUTTON)
    if button.act is ButtonAct.PHONE:
        yield from checks.text(f"{path}.phone", button.phone, PHONE)
    if button.act is ButtonAct.URL:
        yield from _url(path, button)


def _url(path: str, button: TemplateButton) -> Iterator[FieldError]:
    field = f"{path}.url"
    yield from checks.url(field, PLACEHOLDER.sub("", button.url), schemes=("https", "http"))
    names = placeholders(button.url)
    if names and (names != ["1"] or not button.url.rstrip().endswith("}}")):
        yield FieldError(field, "may hold {{1}} once, at its end")
    if names:
        yield from checks.text(f"{path}.example", button.example, URL)


def message_faults(message: TemplateMessage) -> Iterator[FieldError]:
    """What is wrong with the values for an approved template. Paths begin at the content."""
    values = message.values
    if message.file:
        yield from _own_file(message)
        values = {**values, "header.link": message.file} if _LINK in _names(message) else values
    yield from misfits(message.layout, values)
    for slot in slots(message.layout):
        value = message.values.get(slot.name, "")
        if value.strip():
            yield from _VALUES[slot.kind](f"values.{slot.name}", value)
    yield from _lengths(message)


def _own_file(message: TemplateMessage) -> Iterator[FieldError]:
    if _LINK not in _names(message):
        yield FieldError("file", "has no place: the template has no picture, video or document above it")
    elif message.values.get(_LINK):
        yield FieldError(f"values.{_LINK}", "is given beside a file: only one of both stands in the header")


def _names(message: TemplateMessage) -> set[str]:
    return {slot.name for slot in slots(message.layout)}


def _text_value(field: str, value: str) -> Iterator[FieldError]:
    if _BAD_SPACE.search(value):
        yield FieldError(
            field, "holds a line break, a tab or more than four spaces in a row, which Meta refuses"
        )


def _link_value(field: str, value: str) -> Iterator[FieldError]:
    yield from checks.url(field, value)


def _number_value(field: str, value: str) -> Iterator[FieldError]:
    bound = 90 if field.endswith("latitude") else 180
    try:
        inside = -bound <= float(value) <= bound
    except ValueError:
        inside = False
    if not inside:
        yield FieldError(field, f"is {value[:20]!r}: degrees from -{bound} to {bound} are needed")


_VALUES: Mapping[SlotKind, Callable[[str, str], Iterator[FieldError]]] = {
    SlotKind.TEXT: _text_value, SlotKind.LINK: _link_value, SlotKind.NUMBER: _number_value,
}  # fmt: skip


def _lengths(message: TemplateMessage) -> Iterator[FieldError]:
    layout, values = message.layout, message.values
    alone = not (layout.header or layout.footer or layout.buttons)
    yield from _fits("body", layout.body, values, ALONE if alone else BODY)
    if layout.header and layout.header.format is HeaderFormat.TEXT:
        yield from _fits("header", layout.header.text, values, EDGE)
    for at, button in enumerate(layout.buttons):
        value = values.get(f"button.{at}", "")
        if button.act is ButtonAct.COPY_CODE:
            place = button.code and next(iter(placeholders(button.code)), "")
            yield from checks.optional(
                f"values.body.{place}" if place in placeholders(layout.body) else f"values.button.{at}",
                code_of(layout, at, values),
                CODE,
            )
        elif button.act is ButtonAct.URL and value:
            yield from checks.optional(f"values.button.{at}", fill(button.url, {"1": value}), URL)


def _fits(part: str, text: str, values: Mapping[str, str], most: int) -> Iterator[FieldError]:
    """The longest value is named: it is the one to shorten."""
    mine = of_part(part, values)
    length = len(fill(text, mine))
    if length > most and mine:
        longest = max(mine, key=lambda name: len(mine[name]))
        fault = f"makes the {part} {length} characters long, at most {most} are allowed"
        yield FieldError(f"values.{part}.{longest}", fault)
