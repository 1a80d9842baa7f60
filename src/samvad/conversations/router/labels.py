"""Routes of labels: what there is, and what a conversation bears."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from samvad.conversations import label_schemas as schemas
from samvad.conversations.schemas import ConversationOut, LabelOut
from samvad.conversations.service import labels, reading
from samvad.platform.db import ReadScope, Scope
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import Admitted, After, Now, admits, part, reads, room_router, writes
from samvad.tenancy.types import Permission

router = room_router("labels")

Writes = Annotated[Scope, writes(Permission.INBOX_WRITE)]
Manages = Annotated[Scope, writes(Permission.TENANT_WRITE)]
Acts = Annotated[Admitted, admits(Permission.INBOX_WRITE)]
Wakes = Annotated[Wakeups, Depends(part(Wakeups))]


@router.get("/labels")
async def list_labels(scope: Annotated[ReadScope, reads(Permission.INBOX_READ)]) -> schemas.LabelList:
    """The labels of the team, by name."""
    return schemas.LabelList(items=[schemas.shown(label) for label in await labels.list_labels(scope)])


@router.post("/labels", status_code=201)
async def add_label(scope: Writes, now: Now, after: After, wakes: Wakes, body: schemas.LabelIn) -> LabelOut:
    """Whoever answers customers may add one; names are told apart without regard to case."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    return schemas.shown(await labels.add_label(scope, body.name, body.colour, at=now))


@router.patch("/labels/{label_id}")
async def change_label(
    scope: Manages, now: Now, after: After, wakes: Wakes, label_id: UUID, body: schemas.LabelChange
) -> LabelOut:
    """Another name or colour, everywhere at once."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    found = await labels.change_label(scope, label_id, name=body.name, colour=body.colour, at=now)
    return schemas.shown(found)


@router.delete("/labels/{label_id}", status_code=204)
async def remove_label(scope: Manages, now: Now, after: After, wakes: Wakes, label_id: UUID) -> None:
    """It disappears from every conversation."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    await labels.remove_label(scope, label_id, at=now)


@router.put("/conversations/{conversation_id}/labels/{label_id}")
async def put_label_on(
    call: Acts, now: Now, wakes: Wakes, conversation_id: UUID, label_id: UUID
) -> ConversationOut:
    """The conversation bears this label, once however often it is asked for."""
    async with call.unit_of_work() as scope:
        await labels.put_on(scope, conversation_id, label_id, at=now)
        found = await reading.get_conversation(scope, conversation_id, now=now)
    wakes.poke(Topic.EVENTS)
    return ConversationOut.model_validate(found)


@router.delete("/conversations/{conversation_id}/labels/{label_id}")
async def take_label_off(
    call: Acts, now: Now, wakes: Wakes, conversation_id: UUID, label_id: UUID
) -> ConversationOut:
    """The conversation does not bear this label any more."""
    async with call.unit_of_work() as scope:
        await labels.take_off(scope, conversation_id, label_id, at=now)
        found = await reading.get_conversation(scope, conversation_id, now=now)
    wakes.poke(Topic.EVENTS)
    return ConversationOut.model_validate(found)
