"""The log of messages: what was accepted, how far it came, and why no further."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query

from samvad.conversations import log_schemas as schemas
from samvad.conversations.service import log
from samvad.conversations.types import MessageStatus
from samvad.conversations.types.log import Action, LogFilter
from samvad.platform.db import ReadScope
from samvad.tenancy.deps import PAGE, Cursor, From, Limit, Now, To, reads, room_router, span
from samvad.tenancy.types import Permission

router = room_router("messages")


@router.get("/messages")
async def list_log(
    scope: Annotated[ReadScope, reads(Permission.INBOX_READ)],
    now: Now,
    state: MessageStatus | None = None,
    direction: Literal["in", "out"] | None = None,
    action: Annotated[Action | None, Query(description="what came of a customer's message")] = None,
    channel_id: UUID | None = None,
    contact_id: UUID | None = None,
    phone: Annotated[str | None, Query(max_length=40)] = None,
    reason: Annotated[str | None, Query(max_length=60, description="a code, like `window_closed`")] = None,
    since: From = None,
    until: To = None,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> schemas.LogPage:
    """The delivery log: every message with what became of it and why, newest first. Notes are not in it. By
    `action`, and by a state that most messages pass, some thousand of the newest are looked through a call: a
    page may be short or empty, and `next_cursor` goes on."""
    since, until = span(since, until)
    wanted = LogFilter(state, direction, channel_id, reason, since, until, action=action)
    page = await log.lines(
        scope, wanted, contact=contact_id, phone=phone, cursor=cursor, limit=limit, now=now
    )
    return schemas.LogPage(
        items=[schemas.LogLineOut.of(line) for line in page.items], next_cursor=page.next_cursor
    )
