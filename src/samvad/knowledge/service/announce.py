"""The live event of a source, written in the transaction that changed it."""

from datetime import datetime

from samvad.knowledge.types import Source
from samvad.platform import events
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent

UPDATED, REMOVED = "knowledge.source.updated", "knowledge.source.removed"
UPLOADED = "knowledge.source.uploaded"  # told once, beside the update


async def announce(
    scope: Scope, source: Source, *, at: datetime, removed: bool = False, uploaded: bool = False
) -> None:
    """Poke Topic.EVENTS after the commit."""
    shown = {
        "id": str(source.id), "name": source.name, "status": source.state.value, "error": source.error,
        "passages": source.passages, "version": source.version,
    }  # fmt: skip
    if removed:
        news = [NewEvent(REMOVED, {"id": str(source.id)})]
    else:
        names = (UPLOADED, UPDATED) if uploaded else (UPDATED,)
        news = [NewEvent(name, {"source": shown}) for name in names]
    await events.append(scope, news, at=at)
