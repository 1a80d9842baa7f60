"""The log of messages: did it arrive, and if not, why."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from samvad.contacts import service as contacts
from samvad.conversations.repository import log
from samvad.conversations.types.log import LogFilter, LogLine
from samvad.platform.db import Page, ReadScope
from samvad.platform.db.paging import encode_cursor, page_of, pair


async def lines(
    scope: ReadScope,
    wanted: LogFilter,
    *,
    contact: UUID | None,
    phone: str | None,
    cursor: str | None,
    limit: int,
    now: datetime,
) -> Page[LogLine]:
    """Newest first, of everything that customers wrote and were written; a page may be short, or empty, where
    older ones may still be found. Raises Invalid for a cursor that is not ours."""
    last = pair(cursor)
    people = await _people(scope, contact, phone)
    if people is not None:
        wanted = replace(wanted, conversations=await log.talks_with(scope, people))
    found = await log.newest(scope, wanted, now=now, before=last, limit=limit + 1)
    page = page_of(found.lines, limit, lambda line: (line.created_at.isoformat(), str(line.id)))
    if page.next_cursor is None and found.reached:
        at, last_seen = found.reached
        return Page(page.items, encode_cursor(at.isoformat(), str(last_seen)))
    return page


async def _people(scope: ReadScope, contact: UUID | None, phone: str | None) -> list[UUID] | None:
    """None for everybody."""
    if phone is None:
        return [contact] if contact else None
    holders = await contacts.with_phone(scope, phone)
    return [holder for holder in holders if contact in (None, holder)]
