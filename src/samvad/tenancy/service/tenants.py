"""Tenants and outlets: made, changed, suspended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.kernel.ids import OutletId, TenantId, new_id
from samvad.platform.db import Database, Page, ReadScope, Scope, SystemScope
from samvad.platform.db.paging import page_of
from samvad.tenancy import rules
from samvad.tenancy.errors import NoSuchTenant
from samvad.tenancy.repository import Outlets, OutletWriter, SystemTenants, Tenants, TenantWriter
from samvad.tenancy.repository.base import after
from samvad.tenancy.service.audit import record
from samvad.tenancy.service.members import NewMember, add_member
from samvad.tenancy.types import Member, Outlet, OutletDetails, Role, Tenant, TenantSettings


class OnTenantCreated(Protocol):
    """What other rooms add to a new tenant, in the very transaction that makes it."""

    async def __call__(self, scope: Scope, *, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class NewTenant:
    slug: str
    settings: TenantSettings
    owner_email: str
    owner_name: str = ""
    owner_password_hash: str | None = None


async def create_tenant(
    database: Database, new: NewTenant, *, now: datetime, then: Sequence[OnTenantCreated] = ()
) -> tuple[TenantId, Member]:
    """A tenant with its first owner and whatever `then` adds: all of it, or nothing."""
    rules.check_slug(new.slug)
    rules.check_settings(new.settings)
    tenant = TenantId(new_id())
    async with database.unit_of_work(tenant) as scope:
        await TenantWriter(scope).add(new.slug, new.settings, now=now)
        wanted = NewMember(new.owner_email, new.owner_name, Role.OWNER, new.owner_password_hash)
        owner = await add_member(scope, wanted, now=now)
        for hook in then:
            await hook(scope, now=now)
        await record(scope, "tenant.created", subject=f"tenant:{tenant}", now=now, slug=new.slug)
    return tenant, owner


async def get_tenant(scope: ReadScope) -> Tenant:
    return _there(await Tenants(scope).get())


async def change_tenant(scope: Scope, change: "SettingsChange", *, now: datetime) -> Tenant:
    writer = TenantWriter(scope)
    changed = change.apply(_there(await writer.lock()).settings)
    rules.check_settings(changed)
    await writer.save(changed, now=now)
    await record(scope, "tenant.changed", subject=f"tenant:{scope.tenant}", now=now)
    return await get_tenant(scope)


class SettingsChange(Protocol):
    """A partial change that knows which fields it names."""

    def apply(self, settings: TenantSettings) -> TenantSettings: ...


async def suspend_tenant(scope: Scope, *, now: datetime) -> None:
    """Nothing leaves for this tenant from this commit on; its people can still read."""
    await TenantWriter(scope).suspend(now, now=now)
    await record(scope, "tenant.suspended", subject=f"tenant:{scope.tenant}", now=now)


async def resume_tenant(scope: Scope, *, now: datetime) -> None:
    await TenantWriter(scope).suspend(None, now=now)
    await record(scope, "tenant.resumed", subject=f"tenant:{scope.tenant}", now=now)


async def all_tenants(scope: SystemScope) -> list[Tenant]:
    return await SystemTenants(scope).all()


async def tenant_by_slug(scope: SystemScope, slug: str) -> Tenant:
    return _there(await SystemTenants(scope).by_slug(slug))


def _there(tenant: Tenant | None) -> Tenant:
    if tenant is None:
        raise NoSuchTenant
    return tenant


async def list_outlets(scope: ReadScope, *, cursor: str | None, limit: int) -> Page[Outlet]:
    rows = await Outlets(scope).page(after(cursor), limit + 1)
    return page_of(rows, limit, lambda outlet: (str(outlet.id),))


async def get_outlet(scope: ReadScope, outlet: OutletId) -> Outlet:
    return _found(await Outlets(scope).get(outlet))


async def add_outlet(scope: Scope, details: OutletDetails, *, now: datetime) -> Outlet:
    _check(details)
    outlet = Outlet(OutletId(new_id()), details, now)
    await OutletWriter(scope).add(outlet)
    await record(scope, "outlet.created", subject=f"outlet:{outlet.id}", now=now)
    return outlet


class OutletChange(Protocol):
    def apply(self, details: OutletDetails) -> OutletDetails: ...


async def change_outlet(scope: Scope, outlet: OutletId, change: OutletChange, *, now: datetime) -> Outlet:
    writer = OutletWriter(scope)
    present = _found(await writer.lock(outlet))
    changed = Outlet(outlet, change.apply(present.details), present.created_at)
    _check(changed.details)
    await writer.save(outlet, changed.details)
    await record(scope, "outlet.changed", subject=f"outlet:{outlet}", now=now)
    return changed


async def remove_outlet(scope: Scope, outlet: OutletId, *, now: datetime) -> None:
    if not await OutletWriter(scope).remove(outlet):
        raise NotFound
    await record(scope, "outlet.removed", subject=f"outlet:{outlet}", now=now)


def _check(details: OutletDetails) -> None:
    rules.check_time_zone(details.time_zone)
    if not 1 <= len(details.name) <= 120:
        raise Invalid(errors=[FieldError("name", "a name has 1 to 120 characters")])


def _found(outlet: Outlet | None) -> Outlet:
    if outlet is None:
        raise NotFound
    return outlet
