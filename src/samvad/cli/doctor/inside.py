"""What the database says of itself: versions, roles, row-level security, its clock, the channels' states."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from samvad.bootstrap.parts import Parts
from samvad.channels.service.numbers import every
from samvad.channels.types import Channel, ChannelStatus
from samvad.kernel.ids import TenantId
from samvad.platform.backup.consent_log import ConsentLog
from samvad.platform.health import Check, Finding, State
from samvad.platform.health.repository import server, unsecured
from samvad.platform.migrations.roles import check_bound
from samvad.platform.migrations.version import HEAD
from samvad.tenancy.service.tenants import all_tenants
from samvad.workflows.consent_copies import behind

OLDEST_POSTGRES = 15
CLOCKS_DIFFER = 5.0  # seconds
RECORD_LATE = 60.0  # seconds; it is written every second, and again after ten where that failed


@dataclass(frozen=True, slots=True)
class Number:
    """A channel and whose it is."""

    tenant: TenantId
    channel: Channel


async def numbers_of(built: Parts) -> list[Number]:
    """Every channel of every tenant."""
    async with built.database.system() as system:
        tenants = [TenantId(tenant.id) for tenant in await all_tenants(system)]
    found = []
    for tenant in tenants:
        async with built.database.reading(tenant) as scope:
            found += [Number(tenant, channel) for channel in await every(scope)]
    return found


def checks(built: Parts, numbers: Sequence[Number]) -> Sequence[Check]:
    return [
        _versions_check(built),
        _roles_check(built),
        _security_check(built),
        _clock_check(built),
        _channels_check(numbers),
        _consents_check(built),
    ]


def _versions_check(built: Parts) -> Check:
    async def probe() -> Finding:
        async with built.database.system_statement() as scope:
            number, shown = await server(scope)
        facts = {"samvad": version("samvad"), "schema": HEAD, "postgresql": shown}
        if number // 10000 < OLDEST_POSTGRES:
            return Finding(State.DOWN, f"PostgreSQL {shown} is too old", facts)
        return Finding(State.OK, "", facts)

    return Check("versions", True, probe)


def _roles_check(built: Parts) -> Check:
    async def probe() -> Finding:
        async with built.database.system() as scope:
            await check_bound(scope.db)
            tenants = await all_tenants(scope)
        if tenants:
            async with built.database.reading(TenantId(tenants[0].id)) as scope_of_one:
                await check_bound(scope_of_one.db)
        return Finding(State.OK, "bound by row-level security")

    return Check("roles", True, probe)


def _security_check(built: Parts) -> Check:
    async def probe() -> Finding:
        async with built.database.system_statement() as scope:
            open_ones = await unsecured(scope)
        if open_ones:
            return Finding(State.DOWN, f"not forced on {', '.join(open_ones)}")
        return Finding(State.OK, "forced on every table")

    return Check("row security", True, probe)


def _clock_check(built: Parts) -> Check:
    """Windows, leases and times of messages come from this machine's clock."""

    async def probe() -> Finding:
        async with built.database.system_statement() as scope:
            theirs = await scope.db.fetchval("SELECT clock_timestamp()")
        apart = round(abs((built.clock.now() - theirs).total_seconds()), 1)
        facts = {"seconds_apart": apart}
        if apart <= CLOCKS_DIFFER:
            return Finding(State.OK, "", facts)
        return Finding(State.DEGRADED, "the database's clock differs", facts)

    return Check("clock", False, probe)


def _channels_check(numbers: Sequence[Number]) -> Check:
    async def probe() -> Finding:
        channels = [number.channel for number in numbers]
        idle = [f"{c.name}: {c.status.value} {c.status_reason}".strip() for c in channels
                if c.status is not ChannelStatus.ACTIVE]  # fmt: skip
        facts = {"tenants": len({number.tenant for number in numbers}), "channels": len(channels)}
        return Finding(State.DEGRADED if idle else State.OK, "; ".join(idle), facts)

    return Check("channels", False, probe)


def _consents_check(built: Parts) -> Check:
    """The record beside the database of what customers withdrew; that of this machine's folder."""

    async def probe() -> Finding:
        log, now = ConsentLog(built.settings.backup_folder, built.keyring), built.clock.now()
        lacking = await behind(built.database, log, now=now)
        late = round((now - min(lacking, default=now)).total_seconds())
        facts = {"lacking": len(lacking), "seconds_behind": late}
        if late > RECORD_LATE:
            return Finding(State.DEGRADED, "the record of consents lacks words of customers", facts)
        return Finding(State.OK, "", facts)

    return Check("consents", False, probe)
