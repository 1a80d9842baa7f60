"""Tenants with people in every role, as the product itself makes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import MemberId, TenantId
from samvad.platform.db import Actor, Database
from samvad.tenancy.service import OnTenantCreated
from samvad.tenancy.service.api_keys import NewApiKey, create_api_key
from samvad.tenancy.service.members import NewMember, add_member
from samvad.tenancy.service.sign_in import SignIn, Visitor
from samvad.tenancy.service.tenants import NewTenant, create_tenant
from samvad.tenancy.types import Member, Permission, Role, TenantSettings

PASSWORD = "correct horse"
VISITOR = Visitor("203.0.113.7", "tests")


@dataclass
class PlainHasher:
    """A PasswordHasher that does not hash; remembers what it was asked to verify."""

    asked: list[str] = field(default_factory=list)

    async def hash(self, password: str) -> str:
        return f"plain:{password}"

    async def verify(self, stored: str, password: str) -> bool:
        self.asked.append(stored)
        return stored == f"plain:{password}"


@dataclass(frozen=True)
class House:
    """A tenant with one member of each role, each signed in."""

    tenant: TenantId
    members: dict[Role, Member]
    tokens: dict[Role, str]

    @property
    def owner(self) -> Member:
        return self.members[Role.OWNER]

    def actor(self, role: Role = Role.OWNER) -> Actor:
        return Actor(MemberId(self.members[role].id))


async def make_house(
    database: Database, clock: FrozenClock, slug: str = "dairy", *, then: Sequence[OnTenantCreated] = ()
) -> House:
    now = clock.now()
    new = NewTenant(slug, TenantSettings(slug.title()), f"owner@{slug}.test", "Owner", f"plain:{PASSWORD}")
    tenant, owner = await create_tenant(database, new, now=now, then=then)
    members = {Role.OWNER: owner}
    async with database.unit_of_work(tenant) as scope:
        for role in (Role.ADMIN, Role.AGENT, Role.VIEWER):
            wanted = NewMember(f"{role}@{slug}.test", role.title(), role, f"plain:{PASSWORD}")
            members[role] = await add_member(scope, wanted, now=now)
    sign_in = SignIn(database, PlainHasher(), clock)
    tokens = {
        role: await sign_in.with_password(member.email, PASSWORD, visitor=VISITOR)
        for role, member in members.items()
    }
    return House(tenant, members, tokens)


async def make_key(
    database: Database,
    house: House,
    clock: FrozenClock,
    *,
    scopes: Sequence[Permission] | None = None,
    life: timedelta | None = None,
) -> str:
    expires_at = clock.now() + life if life else None
    async with database.unit_of_work(house.tenant, house.actor()) as scope:
        _, key = await create_api_key(scope, NewApiKey("test", scopes, expires_at), now=clock.now())
    return key
