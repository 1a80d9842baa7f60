"""Routes of canned replies."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from samvad.conversations import canned_schemas as schemas
from samvad.conversations.service import canned
from samvad.conversations.types.canned import CannedDetails
from samvad.platform.db import ReadScope, Scope
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import After, Now, part, reads, room_router, writes
from samvad.tenancy.types import Permission

router = room_router("canned replies")

Writes = Annotated[Scope, writes(Permission.INBOX_WRITE)]
Wakes = Annotated[Wakeups, Depends(part(Wakeups))]


@router.get("/canned-replies")
async def list_canned_replies(
    scope: Annotated[ReadScope, reads(Permission.INBOX_READ)],
) -> schemas.CannedReplyList:
    """The canned replies of the team, by shortcut, with their variables as they were written."""
    return schemas.CannedReplyList(items=[schemas.shown(reply) for reply in await canned.list_replies(scope)])


@router.post("/canned-replies", status_code=201)
async def add_canned_reply(
    scope: Writes, now: Now, after: After, wakes: Wakes, body: schemas.CannedReplyIn
) -> schemas.CannedReplyOut:
    """Whoever answers customers may add one; shortcuts are told apart without regard to case."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    details = CannedDetails(body.shortcut, body.name, body.text)
    return schemas.shown(await canned.add_reply(scope, details, at=now))


@router.patch("/canned-replies/{canned_reply_id}")
async def change_canned_reply(
    scope: Writes,
    now: Now,
    after: After,
    wakes: Wakes,
    canned_reply_id: UUID,
    body: schemas.CannedReplyChange,
) -> schemas.CannedReplyOut:
    """Another shortcut, name or text."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    changed = await canned.change_reply(
        scope, canned_reply_id, shortcut=body.shortcut, name=body.name, text=body.text, at=now
    )
    return schemas.shown(changed)


@router.delete("/canned-replies/{canned_reply_id}", status_code=204)
async def remove_canned_reply(
    scope: Writes, now: Now, after: After, wakes: Wakes, canned_reply_id: UUID
) -> None:
    """What was written with it stays."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    await canned.remove_reply(scope, canned_reply_id, at=now)
