"""Polling for browsers that cannot hold a WebSocket: the same frames, a page at a time."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from samvad.api.topics import Topic, topic_of
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
    topic: Topic | None = Field(description="under which subscribers follow it; null: for screens only")
    data: dict[str, object]


class EventFrames(BaseModel):
    """`next_cursor` is always there: ask again from it."""

    items: list[EventFrame]
    next_cursor: str


@router.get("/events")
async def list_events(
    scope: Annotated[ReadScope, reads(Permission.INBOX_READ)],
    cursor: Annotated[str | None, Query(description="the last cursor seen; without one: from now on")] = None,
    topic: Annotated[
        Topic | None, Query(description="this one alone; a page may be empty, `next_cursor` goes on")
    ] = None,
    limit: Limit = MAX_LIMIT,
) -> EventFrames:
    """What happened behind the cursor, in order."""
    return _frames(await read(scope, cursor, limit=limit), wanted=topic)


def _frames(page: EventPage, *, wanted: Topic | None) -> EventFrames:
    if page.reset:
        frames = [EventFrame(cursor=page.cursor, type="reset", topic=None, data={})]
        return EventFrames(items=frames, next_cursor=page.cursor)
    told = [(event, topic_of(event.type, event.data)) for event in page.events]
    frames = [
        EventFrame(cursor=event.cursor, type=event.type, topic=topic, data=dict(event.data))
        for event, topic in told
        if wanted in (None, topic)
    ]
    return EventFrames(items=frames, next_cursor=page.cursor)
