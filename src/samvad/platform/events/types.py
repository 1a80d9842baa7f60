"""What happened to a tenant's data, as browsers are told: events and pages of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from samvad.platform.events.cursor import Place

JsonValue: TypeAlias = "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class NewEvent:
    """`data` holds what a client needs to update its screen, and nothing that a viewer may not read."""

    type: str
    data: JsonObject


@dataclass(frozen=True, slots=True)
class Event:
    """A stored event; `cursor` stands right behind it, and says the same as `place` to the outside."""

    place: Place
    cursor: str
    type: str
    data: JsonObject


@dataclass(frozen=True, slots=True)
class EventPage:
    """`cursor` is where to read on. With `reset` events were missed: refetch, then read on from there."""

    events: Sequence[Event]
    cursor: str
    reset: bool = False
