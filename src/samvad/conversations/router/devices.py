"""Routes of a number as a whole: how its link stands and what it sent, and one text to many."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from samvad.channels.service.devices import Devices
from samvad.channels.service.registry import Registry
from samvad.conversations import device_schemas as schemas
from samvad.conversations.service import bulk
from samvad.kernel.ids import ChannelId
from samvad.platform.crashpoints import Point
from samvad.platform.db import ReadScope, Scope
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import Admitted, After, Correlation, Now, admits, part, reads, room_router, writes
from samvad.tenancy.service import audit
from samvad.tenancy.types import Permission

router = room_router("channels")

Book = Annotated[Registry, Depends(part(Registry))]
Wakes = Annotated[Wakeups, Depends(part(Wakeups))]


@router.get("/channels/{channel_id}/connection")
async def get_connection(
    call: Annotated[Admitted, admits(Permission.CHANNELS_READ)],
    now: Now,
    book: Book,
    devices: Annotated[Devices, Depends(part(Devices))],
    channel_id: UUID,
) -> schemas.ConnectionOut:
    """How the link of a linked device stands, asked of its gateway now, and how much left it today."""
    async with call.reading() as scope:
        channel = await book.get(scope, ChannelId(channel_id))
        sent = await bulk.sent_today(scope, channel.id, now=now)
    return schemas.ConnectionOut.of(await devices.linked(call.tenant, channel), sent_today=sent)


@router.post("/channels/{channel_id}/bulk", status_code=202)
async def send_bulk(
    scope: Annotated[Scope, writes(Permission.CHANNELS_WRITE, point=Point.AGENT_MESSAGE)],
    now: Now,
    after: After,
    wakes: Wakes,
    correlation: Correlation,
    channel_id: UUID,
    body: schemas.BulkIn,
) -> schemas.BulkOut:
    """One text to many numbers. It leaves after everything that somebody waits for, as fast as the number may
    send; each number gets it once, whoever opted out does not. Give an `Idempotency-Key`: without one the
    same call again is another bulk."""
    sent = await bulk.send(scope, channel_id, body.text, body.phones, at=now, correlation=correlation)
    facts = {"bulk": str(sent.id), "numbers": str(len(body.phones))}
    await audit.record(scope, "channel.bulk", subject=f"channel:{channel_id}", now=now, **facts)
    after.do(partial(wakes.poke, Topic.OUTBOUND, Topic.EVENTS))
    return schemas.BulkOut.of(sent)


@router.get("/channels/{channel_id}/bulk")
async def get_bulk(
    scope: Annotated[ReadScope, reads(Permission.INBOX_READ)],
    now: Now,
    book: Book,
    channel_id: UUID,
    id: Annotated[UUID | None, Query(description="of the bulk, as it was answered; else the newest")] = None,
) -> schemas.BulkProgressOut:
    """How far each message of a bulk is."""
    channel = await book.get(scope, ChannelId(channel_id))
    found = id or await bulk.newest(scope, channel.id, now=now)
    rows = await bulk.progress(scope, channel.id, found) if found else []
    return schemas.BulkProgressOut.of(found, rows)
