"""Templates as texts with places to fill: which there are, what fits none, how it reads when filled."""

import re
from collections.abc import Iterator, Mapping, Sequence

from samvad.channels.types import (
    ButtonAct,
    HeaderFormat,
    Slot,
    SlotKind,
    TemplateButton,
    TemplateHeader,
    TemplateLayout,
    TemplateStatus,
)
from samvad.kernel.errors import FieldError

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}")
NAME, TELEPHONE, REPLY = "contact.name", "contact.phone", "reply"
_FACT = re.compile(r"\{\{\s*(contact\.name|contact\.phone|reply)\s*\}\}")

_MEDIA = frozenset({HeaderFormat.IMAGE, HeaderFormat.VIDEO, HeaderFormat.DOCUMENT})

WHY_NOT: Mapping[TemplateStatus, str] = {
    TemplateStatus.PENDING: "is still being reviewed",
    TemplateStatus.REJECTED: "was rejected",
    TemplateStatus.PAUSED: "is paused, as customers blocked or reported it",
    TemplateStatus.DISABLED: "is disabled",
    TemplateStatus.DELETED: "was deleted",
    TemplateStatus.UNKNOWN: "is in a state that Samvad does not know",
}


def placeholders(text: str) -> list[str]:
    """The names of the places in `text`, each once, in order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its places filled; one without a value stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def slots(layout: TemplateLayout) -> tuple[Slot, ...]:
    """Every place that is to be filled when it is sent, from top to bottom."""
    return (*_of_header(layout.header), *_of_body(layout), *_of_buttons(layout))


def _of_header(header: TemplateHeader | None) -> Iterator[Slot]:
    if header is None:
        return
    if header.link:
        for _ in placeholders(header.link)[:1]:
            whole = PLACEHOLDER.fullmatch(header.link.strip())
            kind = SlotKind.LINK if whole else SlotKind.TEXT  # else the rest of an address
            yield Slot("header.link", kind, example=header.example)
    elif header.format in _MEDIA:
        yield Slot("header.link", SlotKind.LINK)
        if header.format is HeaderFormat.DOCUMENT:
            yield Slot("header.filename", required=False)
    elif header.format is HeaderFormat.LOCATION:
        yield Slot("header.latitude", SlotKind.NUMBER)
        yield Slot("header.longitude", SlotKind.NUMBER)
        yield Slot("header.name")
        yield Slot("header.address")
    else:
        for name in placeholders(header.text):
            yield Slot(f"header.{name}", example=header.example)


def _of_body(layout: TemplateLayout) -> Iterator[Slot]:
    for name in placeholders(layout.body):
        yield Slot(f"body.{name}", example=layout.examples.get(name, ""))


def _of_buttons(layout: TemplateLayout) -> Iterator[Slot]:
    for at, button in enumerate(layout.buttons):
        open_ended = button.act is ButtonAct.URL and placeholders(button.url)
        if open_ended or (button.act is ButtonAct.COPY_CODE and _chosen(layout, button)):
            yield Slot(f"button.{at}", example=button.example)


def _chosen(layout: TemplateLayout, button: TemplateButton) -> bool:
    """Whether its code is neither fixed nor one of the body's values."""
    places = placeholders(button.code)
    return not button.code or any(name not in placeholders(layout.body) for name in places)


def code_of(layout: TemplateLayout, at: int, values: Mapping[str, str]) -> str:
    """What this button copies."""
    button, own = layout.buttons[at], values.get(f"button.{at}", "")
    if _chosen(layout, button):
        return own
    return fill(button.code, of_part("body", values))


def of_part(part: str, values: Mapping[str, str]) -> dict[str, str]:
    """The values of one part (`body`), by the names of its places."""
    return {
        name.removeprefix(f"{part}."): value for name, value in values.items() if name.startswith(f"{part}.")
    }


def read(layout: TemplateLayout, values: Mapping[str, str]) -> str:
    """The body as the customer reads it."""
    return fill(layout.body, of_part("body", values))


def misfits(layout: TemplateLayout, values: Mapping[str, str]) -> Iterator[FieldError]:
    """Slots without a value, and values without a slot."""
    known = slots(layout)
    for slot in known:
        if slot.required and not values.get(slot.name, "").strip():
            yield FieldError(f"values.{slot.name}", "is missing: the template needs a value here")
    names = {slot.name for slot in known}
    for name in values:
        if name not in names:
            has = ", ".join(sorted(names)) or "none at all"
            yield FieldError(f"values.{name}"[:100], f"is no place of this template, which has {has}")


def personal(
    values: Mapping[str, str], facts: Mapping[str, str]
) -> tuple[dict[str, str], Sequence[FieldError]]:
    """`{{contact.name}}`, `{{contact.phone}}` and `{{reply}}` put into values; faults where a fact is empty.
    One that `facts` does not have stays as it is."""
    lacking = [
        FieldError(f"values.{slot}", f"asks for the {_FACTS[fact]}, which is not known")
        for slot, value in values.items()
        for fact in _FACT.findall(value)
        if not facts.get(fact, "?").strip()
    ]
    filled = {slot: _FACT.sub(lambda m: facts.get(m[1], m[0]), value) for slot, value in values.items()}
    return filled, lacking


_FACTS: Mapping[str, str] = {NAME: "contact's name", TELEPHONE: "contact's phone", REPLY: "reply's words"}


def carries_reply(values: Mapping[str, str]) -> bool:
    """Whether the words of an automatic reply go into it."""
    return any(REPLY in _FACT.findall(value) for value in values.values())
