"""Driving again whatever a filter finds: the oldest first, a bounded number at a time, each for itself."""

from uuid import UUID

from samvad.channels.repository.journal import Lines
from samvad.channels.service.journal import Journal, NotRedrivable
from samvad.channels.types import JournalFilter, Redriven
from samvad.kernel.errors import NotFound
from samvad.platform.db import ReadScope
from samvad.platform.db.paging import page_of, pair

MOST = 100  # deliveries of one call: seconds, not minutes


async def found(
    scope: ReadScope, wanted: JournalFilter, *, cursor: str | None
) -> tuple[list[UUID], str | None]:
    """Those whose turn it is, and the cursor of the next ones. Raises Invalid for a strange cursor."""
    rows = await Lines(scope).oldest(wanted, after=pair(cursor), limit=MOST + 1)
    page = page_of(rows, MOST, lambda row: (row[0].isoformat(), str(row[1])))
    return [delivery for _, delivery in page.items], page.next_cursor


async def drive(book: Journal, deliveries: list[UUID], *, next_cursor: str | None) -> Redriven:
    """Each in transactions of its own: one that cannot be driven keeps nothing back, and what was handled
    before changes nothing."""
    items, refused = 0, []
    for delivery in deliveries:
        try:
            items += await book.redrive(delivery)
        except NotRedrivable as why:
            refused.append((delivery, why.detail))
        except NotFound:
            refused.append((delivery, "It has been deleted meanwhile"))
    return Redriven(len(deliveries), items, refused, next_cursor)
