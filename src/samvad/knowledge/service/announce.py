"""The live event of a source, written in the transaction that changed it."""

from datetime import datetime

from samvad.knowledge.types import Source
from samvad.platform import events
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent

UPDATED, REMOVED = "knowledge.source.updated", "knowledge.source.removed"


async def announce(scope: Scope, source: Source, *, at: datetime, removed: bool = False) -> None:
    """Poke Topic.EVENTS after the commit."""
    shown = {
        "id": str(source.id), "name": source.name, "status": source.state.value, "error": source.error,
        "passages": source.passages, "version": source.version,
    }  # fmt: skip
    event = NewEvent(REMOVED, {"id": str(source.id)}) if removed else NewEvent(UPDATED, {"source": shown})
    await events.append(scope, [event], at=at)
