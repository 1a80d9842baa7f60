"""What a tenant begins with, and the first owner of an installation."""

from datetime import datetime

from samvad.assistant.service.rules import create_builtin
from samvad.bootstrap.parts import Parts
from samvad.kernel.ids import TenantId
from samvad.platform.db import Scope
from samvad.platform.logging import get_logger
from samvad.tenancy.service import OnTenantCreated
from samvad.tenancy.service.members import LinkAddress, make_link
from samvad.tenancy.service.tenants import NewTenant, all_tenants, create_tenant, get_tenant
from samvad.tenancy.types import LinkPurpose, TenantSettings
from samvad.workflows.demo.types import DemoName

log = get_logger("bootstrap")

FIRST_SLUG, FIRST_NAME, FIRST_EMAIL = "main", "My business", "owner@localhost"


def on_tenant_created(parts: Parts) -> list[OnTenantCreated]:
    """Every tenant gets the first set of rules and a sandbox number."""

    async def rules(scope: Scope, *, now: datetime) -> None:
        tenant = await get_tenant(scope)
        await create_builtin(scope, tenant.settings.language, at=now)

    async def number(scope: Scope, *, now: datetime) -> None:
        if parts.settings.sandbox.enabled:
            await parts.simulator.open_number(scope, now=now)

    return [rules, number]


def _demo(parts: Parts) -> list[OnTenantCreated]:
    """The business that an installation is first seen with, where one is wanted."""
    wanted = parts.settings.demo

    async def business(scope: Scope, *, now: datetime) -> None:
        await parts.demos.load(scope, DemoName(wanted), now=now)

    return [] if wanted == "none" else [business]


async def first_boot(parts: Parts) -> str | None:
    """Makes the first tenant when there is none; its sign-in link when no password was given."""
    async with parts.database.system() as scope:
        if await all_tenants(scope):
            return None
    settings = parts.settings
    password = settings.admin_password.get_secret_value() if settings.admin_password else None
    tenant, owner = await create_tenant(
        parts.database,
        NewTenant(
            slug=FIRST_SLUG,
            settings=TenantSettings(FIRST_NAME),
            owner_email=settings.admin_email or FIRST_EMAIL,
            owner_password_hash=await parts.hasher.hash(password) if password else None,
        ),
        now=parts.clock.now(),
        then=[*on_tenant_created(parts), *_demo(parts)],
    )
    log.info("tenant.first", tenant=str(tenant))
    if password:
        return None
    async with parts.database.unit_of_work(tenant) as unit:
        link = await make_link(unit, owner.id, purpose=LinkPurpose.SIGN_IN, now=parts.clock.now())
    return LinkAddress(settings.base_url).of(link)


async def tell_sandbox(parts: Parts) -> bool:
    """The emulator learns of every sandbox number and its people; it may have lost its file, or be new.
    False: not yet."""
    if not parts.settings.sandbox.enabled:
        return True
    async with parts.database.system() as scope:
        tenants = [TenantId(tenant.id) for tenant in await all_tenants(scope)]
    told = await parts.simulator.register_all(parts.database, tenants)
    settled = [await parts.demos.settle_phone(parts.database, tenant) for tenant in tenants]
    return told and all(settled)
