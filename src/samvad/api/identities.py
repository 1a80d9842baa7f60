"""Contacts that are one person: by hand, with everything that comes with it, and undone."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from samvad.contacts import service as contacts
from samvad.contacts.service import merging
from samvad.contacts.types import Merge, MergeHow
from samvad.platform.crashpoints import Point
from samvad.platform.db import ReadScope, retrying
from samvad.tenancy.deps import Admitted, Now, admits, reads, room_router
from samvad.tenancy.types import Permission
from samvad.workflows.identities import service

router = room_router("contacts", prefix="/contacts/{contact_id}")

Reads = Annotated[ReadScope, reads(Permission.CONTACTS_READ)]
Acts = Annotated[Admitted, admits(Permission.CONTACTS_WRITE)]


class MergeIn(BaseModel):
    """`contact_id`: the one that becomes part of the contact in the address."""

    model_config = ConfigDict(extra="forbid")

    contact_id: UUID


class MergeOut(BaseModel):
    """`why` in words; `absorbed_id` is part of `contact_id` until `undone_at`."""

    id: UUID
    contact_id: UUID
    absorbed_id: UUID
    absorbed_name: str
    how: Literal["hand", "evidence"]
    why: str
    by: str
    at: AwareDatetime
    undone_at: AwareDatetime | None
    undone_by: str | None

    @classmethod
    def of(cls, merge: Merge) -> Self:
        return cls(
            id=merge.id,
            contact_id=merge.kept,
            absorbed_id=merge.absorbed,
            absorbed_name=merge.absorbed_name,
            how=merge.how.value,
            why=merge.why,
            by=merge.actor,
            at=merge.at,
            undone_at=merge.undone_at,
            undone_by=merge.undone_by,
        )


class MergeList(BaseModel):
    items: list[MergeOut]


@router.get("/merges", summary="Who became part of this contact, the newest first")
async def list_merges(scope: Reads, contact_id: UUID) -> MergeList:
    await contacts.get_contact(scope, contact_id)
    return MergeList(items=[MergeOut.of(merge) for merge in await merging.of(scope, contact_id)])


@router.post("/merge", summary="Make another contact part of this one")
async def merge_contacts(call: Acts, now: Now, contact_id: UUID, body: MergeIn) -> MergeOut:
    """Addresses, conversations and consent become one, the stricter consent counts, nothing is sent."""

    async def make_one() -> Merge:
        async with call.unit_of_work(point=Point.CONTACT_MERGE) as scope:
            return await service.merge(
                scope, contact_id, body.contact_id, how=MergeHow.HAND, why="merged by hand", at=now
            )

    return MergeOut.of(await retrying(make_one))


@router.post("/merges/{merge_id}/undo", summary="Part two contacts that were made one")
async def undo_merge(call: Acts, now: Now, contact_id: UUID, merge_id: UUID) -> MergeOut:
    """Each has again what came from it; what was said since stays with the contact that was kept."""

    async def part() -> Merge:
        async with call.unit_of_work(point=Point.CONTACT_PART) as scope:
            return await service.undo(scope, contact_id, merge_id, at=now)

    return MergeOut.of(await retrying(part))
