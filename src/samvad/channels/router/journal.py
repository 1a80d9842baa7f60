"""Routes of the journal: which webhooks came, what became of them, and driving one again."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from samvad.channels import journal_schemas as schemas
from samvad.channels.service import journal_pages, redriving
from samvad.channels.service.journal import Journal
from samvad.channels.types import JournalFilter, Verdict
from samvad.platform.db import ReadScope
from samvad.tenancy.deps import (
    PAGE,
    Admitted,
    Cursor,
    From,
    Limit,
    Now,
    To,
    admits,
    part,
    reads,
    room_router,
    span,
)
from samvad.tenancy.service import audit
from samvad.tenancy.types import Permission

router = room_router("deliveries")

Reads = Annotated[ReadScope, reads(Permission.JOURNAL_READ)]
Acts = Annotated[Admitted, admits(Permission.JOURNAL_WRITE)]
Book = Annotated[Journal, Depends(part(Journal))]


@router.get("/deliveries")
async def list_deliveries(
    scope: Reads,
    verdict: Verdict | None = None,
    channel_id: UUID | None = None,
    since: From = None,
    until: To = None,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> schemas.DeliveryPage:
    """Newest first, without bodies."""
    since, until = span(since, until)
    wanted = JournalFilter(verdict, channel_id, since, until)
    page = await journal_pages.lines(scope, wanted, cursor=cursor, limit=limit)
    shown = [schemas.DeliveryOut.of(line) for line in page.items]
    return schemas.DeliveryPage(items=shown, next_cursor=page.next_cursor)


@router.get("/deliveries/{delivery_id}")
async def get_delivery(scope: Reads, book: Book, delivery_id: UUID) -> schemas.DeliveryDetailOut:
    """One webhook as it came."""
    return schemas.DeliveryDetailOut.of(await journal_pages.opened(scope, delivery_id, book=book))


@router.post("/deliveries/redrive")
async def redrive_deliveries(
    call: Acts, book: Book, now: Now, body: schemas.RedriveIn
) -> schemas.RedrivenOut:
    """Every delivery of this filter, the oldest first, 100 a call: go on with `next_cursor`. One that cannot
    be driven is named with the reason and keeps nothing back."""
    since, until = span(body.since, body.until)
    wanted = JournalFilter(Verdict(body.verdict), body.channel_id, since, until)
    async with call.reading() as scope:
        ids, following = await redriving.found(scope, wanted, cursor=body.cursor)
    done = await redriving.drive(book, ids, next_cursor=following)
    if ids:
        async with call.unit_of_work() as writing:
            counts = {
                "deliveries": str(done.tried),
                "items": str(done.items),
                "refused": str(len(done.refused)),
            }
            subject = f"verdict:{body.verdict}"
            await audit.record(writing, "deliveries.redriven", subject=subject, now=now, **counts)
    return schemas.RedrivenOut.of(done)


@router.post("/deliveries/{delivery_id}/redrive")
async def redrive_delivery(call: Acts, book: Book, now: Now, delivery_id: UUID) -> schemas.RedriveOut:
    """Through today's parser again; 409 `not_redrivable` if nothing can be made of it."""
    async with call.reading() as scope:
        await journal_pages.belongs(scope, delivery_id)
    items = await book.redrive(delivery_id)
    async with call.unit_of_work() as writing:
        subject = f"delivery:{delivery_id}"
        await audit.record(writing, "delivery.redriven", subject=subject, now=now, items=str(items))
    return schemas.RedriveOut(items=items)
