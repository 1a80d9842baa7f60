"""Polling for browsers that cannot hold a WebSocket: the same frames, a page at a time."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from samvad.platform.db import ReadScope
from samvad.platform.db.paging import MAX_LIMIT
from samvad.platform.events import EventPage, read
from samvad.tenancy.deps import Limit, reads
from samvad.tenancy.types import Permission

router = APIRouter(tags=["live"])


class EventFrame(BaseModel):
    """What the WebSocket sends too. A frame of type `reset` says: events were missed, refetch."""

    cursor: str
    type: str
    data: dict[str, object]


class EventFrames(BaseModel):
    """`next_cursor` is always there: ask again from it."""

    items: list[EventFrame]
    next_cursor: str


@router.get("/events")
async def list_events(
    scope: Annotated[ReadScope, reads(Permission.INBOX_READ)],
    cursor: Annotated[str | None, Query(description="the last cursor seen; without one: from now on")] = None,
    limit: Limit = MAX_LIMIT,
) -> EventFrames:
    """What happened behind the cursor, in order."""
    return _frames(await read(scope, cursor, limit=limit))


def _frames(page: EventPage) -> EventFrames:
    frames = [EventFrame(cursor=e.cursor, type=e.type, data=dict(e.data)) for e in page.events]
    if page.reset:
        frames = [EventFrame(cursor=page.cursor, type="reset", data={})]
    return EventFrames(items=frames, next_cursor=page.cursor)
