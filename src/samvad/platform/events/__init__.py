"""The stream of what changed: appended with the change, read once and in order by every browser."""

from samvad.platform.events.repository.stream import append, head, read
from samvad.platform.events.repository.upkeep import ensure_epoch, purge, renew_epoch
from samvad.platform.events.types import Event, EventPage, JsonObject, JsonValue, NewEvent

__all__ = [
    "Event",
    "EventPage",
    "JsonObject",
    "JsonValue",
    "NewEvent",
    "append",
    "ensure_epoch",
    "head",
    "purge",
    "read",
    "renew_epoch",
]
