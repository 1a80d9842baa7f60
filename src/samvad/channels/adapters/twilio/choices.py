"""Buttons and lists within the window, as contents without a word of their own.

From twilio.com/docs/content: twilio-quick-reply, twiliolist-picker, using-variables-with-content-api. Every
text in them may be a variable, so all messages of one shape (two buttons, five rows) fill the same content.
"""

from dataclasses import dataclass, field
from hashlib import sha256

import orjson

from samvad.channels.types import Buttons, JsonObject, JsonValue, Kind, ListMessage
from samvad.kernel.text import storable

KINDS = frozenset({Kind.BUTTONS, Kind.LIST})


@dataclass(frozen=True, slots=True)
class Choice:
    """`definition` makes the content, `values` fill it for one message. `name` is of this definition alone:
    by it the content is found again, whoever made it."""

    name: str
    definition: JsonObject
    values: dict[str, str]


@dataclass(slots=True)
class _Places:
    """Variables are counted from one without a gap. A sample tells people who look at the content what
    stands there."""

    values: dict[str, str] = field(default_factory=dict)
    samples: dict[str, str] = field(default_factory=dict)

    def take(self, sample: str, value: str) -> str:
        name = str(len(self.values) + 1)
        self.values[name], self.samples[name] = storable(value), sample
        return f"{{{{{name}}}}}"


def choice(content: Buttons | ListMessage) -> Choice:
    places = _Places()
    type_, part = (
        ("twilio/quick-reply", _buttons(content, places))
        if isinstance(content, Buttons)
        else ("twilio/list-picker", _list(content, places))
    )
    definition: JsonObject = {
        "language": "en",  # it must have one, without a word in any
        "types": {type_: part},
        "variables": dict(places.samples),
    }
    digest = sha256(orjson.dumps(definition, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]
    name = f"samvad_{content.kind.value}_{digest}"
    return Choice(name, {"friendly_name": name, **definition}, places.values)


def _buttons(content: Buttons, places: _Places) -> JsonObject:
    body = places.take("Text", content.body)
    actions: list[JsonValue] = [
        {
            "type": "QUICK_REPLY",
            "title": places.take(f"Button {at}", button.title),
            "id": places.take(f"id-{at}", button.id),
        }
        for at, button in enumerate(content.buttons, start=1)
    ]
    return {"body": body, "actions": actions}


def _list(content: ListMessage, places: _Places) -> JsonObject:
    """A variable may not be empty, so a row without a description has no place for one."""
    part: JsonObject = {
        "body": places.take("Text", content.body),
        "button": places.take("Button", content.button),
    }
    items: list[JsonValue] = []
    for at, row in enumerate((row for section in content.sections for row in section.rows), start=1):
        item: JsonObject = {
            "item": places.take(f"Row {at}", row.title),
            "id": places.take(f"id-{at}", row.id),
        }
        if row.description:
            item["description"] = places.take(f"About row {at}", row.description)
        items.append(item)
    return part | {"items": items}
