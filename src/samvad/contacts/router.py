"""Routes of contacts."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel

from samvad.contacts import service
from samvad.contacts.types import Contact
from samvad.platform.db import ReadScope
from samvad.tenancy.deps import PAGE, Cursor, Limit, reads, room_router
from samvad.tenancy.types import Permission

router = room_router("contacts", prefix="/contacts")

Reads = Annotated[ReadScope, reads(Permission.CONTACTS_READ)]
Words = Annotated[str | None, Query(max_length=200, description="words of name or number")]


class IdentityOut(BaseModel):
    kind: str
    value: str


class ContactOut(BaseModel):
    """`merged_into`: they are part of that contact by now, which has their addresses and conversations."""

    id: UUID
    name: str
    profile_name: str
    language: str | None
    opted_out_at: AwareDatetime | None
    created_at: AwareDatetime
    identities: list[IdentityOut]
    merged_into: UUID | None


class FormerNameOut(BaseModel):
    name: str
    until: AwareDatetime


class ContactDetail(ContactOut):
    """`former_names`: what they called themselves before, the newest first."""

    former_names: list[FormerNameOut]


class ConsentOut(BaseModel):
    """`change`: opt_out, opt_in, marketing_stop or marketing_resume; `words`: the person's own."""

    change: str
    method: str
    words: str
    actor: str
    at: AwareDatetime


class ConsentRecord(BaseModel):
    items: list[ConsentOut]


class ContactPage(BaseModel):
    items: list[ContactOut]
    next_cursor: str | None


def _out(contact: Contact) -> ContactOut:
    return ContactOut(
        id=contact.id,
        name=contact.name,
        profile_name=contact.profile_name,
        language=contact.language,
        opted_out_at=contact.opted_out_at,
        created_at=contact.created_at,
        identities=[IdentityOut(kind=i.kind, value=i.value) for i in contact.identities],
        merged_into=contact.merged_into,
    )


@router.get("")
async def list_contacts(
    scope: Reads, cursor: Cursor = None, limit: Limit = PAGE, q: Words = None
) -> ContactPage:
    page = await service.list_contacts(scope, cursor=cursor, limit=limit, words=q)
    return ContactPage(items=[_out(c) for c in page.items], next_cursor=page.next_cursor)


@router.get("/{contact_id}")
async def get_contact(scope: Reads, contact_id: UUID) -> ContactDetail:
    found = _out(await service.get_contact(scope, contact_id))
    names = await service.former_names(scope, contact_id)
    former = [FormerNameOut(name=one.name, until=one.until) for one in names]
    return ContactDetail(**found.model_dump(), former_names=former)


@router.get("/{contact_id}/consents")
async def list_consents(scope: Reads, contact_id: UUID) -> ConsentRecord:
    """What this person agreed to and withdrew, in their own words; the newest 50 first."""
    lines = await service.consent_record(scope, contact_id)
    return ConsentRecord.model_validate({"items": lines}, from_attributes=True)
