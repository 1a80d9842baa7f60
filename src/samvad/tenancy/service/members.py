"""The people of a tenant: invited, changed, disabled; at least one owner stays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import MemberId, TenantId, new_id
from samvad.kernel.text import display_name
from samvad.platform.crypto import token_hash
from samvad.platform.db import Database, Page, ReadScope, Scope
from samvad.platform.db.paging import page_of
from samvad.tenancy import rules
from samvad.tenancy.errors import LastOwner, MemberDisabled, NoSuchMember
from samvad.tenancy.repository import Directory, LinkWriter, Members, MemberWriter, SessionWriter
from samvad.tenancy.repository.base import after
from samvad.tenancy.service.access import LINK, make_token
from samvad.tenancy.service.audit import record
from samvad.tenancy.types import LinkPurpose, Member, Role

SIGN_IN_LINK_LIFE = timedelta(minutes=15)
INVITATION_LIFE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class NewMember:
    email: str
    name: str
    role: Role
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What is None stays."""

    name: str | None = None
    role: Role | None = None
    disabled: bool | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time sign-in token, shown to whoever asked and stored only as its hash."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """Where the web app takes one-time links; `base_url` is how people reach us."""

    base_url: str

    def of(self, link: Link) -> str:
        """The token rides in the fragment: it reaches no server log and no referrer."""
        return f"{self.base_url}/signin#token={link.token}"


async def add_member(scope: Scope, new: NewMember, *, now: datetime, by: Role | None = None) -> Member:
    """`by` is the role of whoever adds, None for the operator. Raises EmailTaken, NotYourRank."""
    rules.may_manage(by, new.role)
    email = rules.normal_email(new.email)
    name = display_name(new.name) or email.partition("@")[0]
    member = Member(MemberId(new_id()), email, name, new.role, new.password_hash is not None, None, None, now)
    await MemberWriter(scope).add(member, new.password_hash)
    await record(scope, "member.added", subject=f"member:{member.id}", now=now, role=new.role.value)
    return member


async def make_link(
    scope: Scope, member: MemberId, *, purpose: LinkPurpose, now: datetime, by: Role | None = None
) -> Link:
    """A link for a member; an invitation lives for days, a sign-in link for minutes."""
    owner = _there(await MemberWriter(scope).lock(member))
    rules.may_manage(by, owner.role)
    if owner.disabled_at:
        raise MemberDisabled
    life = INVITATION_LIFE if purpose is LinkPurpose.SET_PASSWORD else SIGN_IN_LINK_LIFE
    link = Link(make_token(LINK, scope.tenant), now + life)
    await LinkWriter(scope).add(
        member, token_hash(link.token), purpose=purpose, now=now, expires_at=link.expires_at
    )
    await record(scope, "member.link_made", subject=f"member:{member}", now=now, purpose=purpose.value)
    return link


async def change_member(
    scope: Scope, member: MemberId, change: MemberChange, *, now: datetime, by: Role | None = None
) -> Member:
    """Raises NotYourRank, LastOwner."""
    writer = MemberWriter(scope)
    owners = await writer.lock_active_owners()
    present = _there(await writer.lock(member))
    changed = _changed(present, change, now=now)
    rules.may_manage(by, present.role, changed.role)
    if owners == [member] and (changed.role is not Role.OWNER or changed.disabled_at):
        raise LastOwner
    await writer.save(changed, now=now)
    if changed.disabled_at and not present.disabled_at:
        await SessionWriter(scope).revoke_all(member, but=None, now=now)
        await LinkWriter(scope).spend_all(member, now=now)
    await record(
        scope, "member.changed", subject=f"member:{member}", now=now, **_differences(present, changed)
    )
    return changed


def _changed(present: Member, change: MemberChange, *, now: datetime) -> Member:
    name = present.name if change.name is None else display_name(change.name)
    if not name:
        raise Invalid(errors=[FieldError("name", "a name has 1 to 120 characters")])
    disabled_at = present.disabled_at
    if change.disabled is not None:
        disabled_at = (present.disabled_at or now) if change.disabled else None
    return replace(present, name=name, role=change.role or present.role, disabled_at=disabled_at)


def _differences(before: Member, now: Member) -> dict[str, str]:
    pairs = {
        "role": (before.role.value, now.role.value),
        "disabled": (str(bool(before.disabled_at)).lower(), str(bool(now.disabled_at)).lower()),
    }
    return {name: new for name, (old, new) in pairs.items() if old != new}


async def set_password(
    scope: Scope, member: MemberId, password_hash: str, *, keep: UUID | None = None, now: datetime
) -> None:
    """Ends every session of the member but `keep` (a session id), and every open link."""
    await MemberWriter(scope).set_password(member, password_hash, now=now)
    await SessionWriter(scope).revoke_all(member, but=keep, now=now)
    await LinkWriter(scope).spend_all(member, now=now)
    await record(scope, "member.password_set", subject=f"member:{member}", now=now)


async def locate(database: Database, email: str) -> tuple[TenantId, MemberId]:
    """Whose e-mail address this is, over all tenants. Raises NoSuchMember."""
    wanted = rules.normal_email(email)
    async with database.system() as system:
        place = await Directory(system).find(wanted)
    if place is None:
        raise NoSuchMember(f"Nobody has the e-mail address {wanted}")
    return place.tenant, place.member


async def list_members(scope: ReadScope, *, cursor: str | None, limit: int) -> Page[Member]:
    rows = await Members(scope).page(after(cursor), limit + 1)
    return page_of(rows, limit, lambda member: (str(member.id),))


async def get_member(scope: ReadScope, member: MemberId) -> Member:
    return _there(await Members(scope).get(member))


async def some(scope: ReadScope, wanted: Sequence[UUID]) -> list[Member]:
    """Those that are there, in the order in which they came."""
    return await Members(scope).some(wanted)


def _there(member: Member | None) -> Member:
    if member is None:
        raise NoSuchMember
    return member
