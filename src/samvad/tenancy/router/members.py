"""The people of a tenant. A link is shown once, in the answer that made it."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from samvad.kernel.ids import MemberId
from samvad.platform.db import ReadScope, Scope
from samvad.tenancy import schemas
from samvad.tenancy.deps import PAGE, Cursor, Limit, Now, part, reads, room_router, writes
from samvad.tenancy.schemas import Invited, LinkOut, Listed, MemberOut
from samvad.tenancy.service import caller_of, members
from samvad.tenancy.service.members import Link, LinkAddress, MemberChange, NewMember
from samvad.tenancy.types import LinkPurpose, Permission

router = room_router("members", prefix="/members")
Read = Annotated[ReadScope, reads(Permission.MEMBERS_READ)]
Write = Annotated[Scope, writes(Permission.MEMBERS_WRITE)]
Address = Annotated[LinkAddress, Depends(part(LinkAddress))]


@router.get("", summary="Who works here")
async def list_members(scope: Read, cursor: Cursor = None, limit: Limit = PAGE) -> Listed[MemberOut]:
    page = await members.list_members(scope, cursor=cursor, limit=limit)
    return Listed(items=[MemberOut.of(member) for member in page.items], next_cursor=page.next_cursor)


@router.post("", status_code=201, summary="Invite someone; the link in the answer is shown once")
async def invite(
    scope: Write, body: schemas.MemberIn, address: Address, response: Response, now: Now
) -> Invited:
    rank = caller_of(scope).rank
    member = await members.add_member(scope, NewMember(body.email, body.name, body.role), now=now, by=rank)
    link = await members.make_link(scope, member.id, purpose=LinkPurpose.SET_PASSWORD, now=now, by=rank)
    return Invited(member=MemberOut.of(member), link=_shown_once(link, address, response))


@router.get("/{member_id}", summary="One member")
async def read_member(scope: Read, member_id: UUID) -> MemberOut:
    return MemberOut.of(await members.get_member(scope, MemberId(member_id)))


@router.patch("/{member_id}", summary="Change name or role, disable or enable")
async def change_member(scope: Write, member_id: UUID, body: schemas.MemberChange, now: Now) -> MemberOut:
    change = MemberChange(body.name, body.role, body.disabled)
    rank = caller_of(scope).rank
    return MemberOut.of(await members.change_member(scope, MemberId(member_id), change, now=now, by=rank))


@router.post("/{member_id}/link", status_code=201, summary="A one-time link, to sign in or set a password")
async def make_link(scope: Write, member_id: UUID, address: Address, response: Response, now: Now) -> LinkOut:
    link = await members.make_link(
        scope, MemberId(member_id), purpose=LinkPurpose.SIGN_IN, now=now, by=caller_of(scope).rank
    )
    return _shown_once(link, address, response)


def _shown_once(link: Link, address: LinkAddress, response: Response) -> LinkOut:
    response.headers["Cache-Control"] = "no-store"
    return LinkOut(url=address.of(link), expires_at=link.expires_at)
