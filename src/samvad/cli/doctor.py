"""`samvad doctor`: what of this installation works; exit status 1 when a necessary part does not."""

import asyncio
import os
import shutil
from collections.abc import Sequence
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import typer

from samvad.bootstrap.engine import CannotStart
from samvad.bootstrap.parts import Parts
from samvad.channels.service.numbers import every
from samvad.channels.types import ChannelStatus
from samvad.cli.output import Json, show
from samvad.cli.runtime import Runtime, run
from samvad.kernel.ids import TenantId
from samvad.platform.health import (
    Check,
    Examiner,
    Finding,
    Report,
    State,
    database_check,
    migrations_check,
    queue_checks,
    reachable_check,
)
from samvad.platform.http import HostPolicy
from samvad.platform.migrations.roles import check_bound
from samvad.platform.migrations.version import HEAD
from samvad.platform.settings import Settings
from samvad.tenancy.service.tenants import all_tenants

PATIENCE = 10.0  # seconds for all checks together
LITTLE, TOO_LITTLE = 2 << 30, 200 << 20  # bytes of free disk
CLOCKS_DIFFER = 5.0  # seconds
_SECONDS = 5.0
_OK = Finding(State.OK)


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Check data folder, disk, database, roles, secrets, public URL, clock, sandbox and channels."""
    report = run(_examine(context.obj()))
    findings = report.findings.items()
    components = {name: {"status": f.state.value, "detail": f.detail, **f.facts} for name, f in findings}
    lines = [_line(name, finding) for name, finding in findings]
    answer = {"status": report.state.value, "down": list(report.missing), "components": components}
    show(answer, as_json=as_json, text="\n".join([*lines, f"Samvad is {report.state.value}."]))
    if report.missing:
        raise typer.Exit(1)


def _line(name: str, finding: Finding) -> str:
    facts = ", ".join(f"{key} {value}" for key, value in finding.facts.items())
    said = "; ".join(part for part in (finding.detail, facts) if part)
    return f"{finding.state.value:<9} {name:<12} {said}".rstrip()


async def _examine(runtime: Runtime) -> Report:
    settings = runtime.settings
    checks = [_folder_check(settings), _disk_check(settings), _secret_check(settings)]
    async with AsyncExitStack() as stack:
        try:
            built = await stack.enter_async_context(runtime.open_parts())
        except CannotStart as cannot:
            checks.append(_said("database", str(cannot)))
        else:
            checks += _checks(built)
        return await Examiner(checks, wait_seconds=PATIENCE).examine()


def _checks(built: Parts) -> Sequence[Check]:
    found = [
        database_check(built.database),
        migrations_check(built.database, expected=HEAD),
        _roles_check(built),
        _clock_check(built),
        *queue_checks(built.database, built.clock),
        _public_url_check(built),
        _channels_check(built),
    ]
    if built.settings.sandbox.enabled:
        found.append(reachable_check("sandbox", built.settings.sandbox.host, built.settings.sandbox.port))
    return found


def _said(name: str, sentence: str) -> Check:
    async def probe() -> Finding:
        return Finding(State.DOWN, sentence)

    return Check(name, True, probe)


def _folder_check(settings: Settings) -> Check:
    async def probe() -> Finding:
        folder = settings.data_dir.absolute()
        if settings.database_url is not None and not folder.exists():
            return Finding(State.OK, "not needed so far")
        fine = folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)
        return _OK if fine else Finding(State.DOWN, f"{folder} cannot be read and written")

    return Check("data folder", True, probe)


def _disk_check(settings: Settings) -> Check:
    async def probe() -> Finding:
        folder = settings.data_dir.absolute()
        while not folder.exists():
            folder = folder.parent
        free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
        facts = {"free_mb": free >> 20}
        if free < TOO_LITTLE:
            return Finding(State.DOWN, "the disk is nearly full", facts)
        return Finding(State.OK if free >= LITTLE else State.DEGRADED, "", facts)

    return Check("disk", True, probe)


def _secret_check(settings: Settings) -> Check:
    """It may be set, or kept in the data folder for its owner's eyes alone."""

    async def probe() -> Finding:
        file = settings.data_dir.absolute() / "secret.key"
        if settings.secret_key is not None:
            return Finding(State.OK, "set")
        if not file.exists():
            return Finding(State.DOWN, f"there is none: neither SAMVAD_SECRET_KEY nor {file}")
        open_to_all = file.stat().st_mode & 0o077
        return Finding(State.DEGRADED, f"{file} can be read by others") if open_to_all else _OK

    return Check("secret key", True, probe)


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


def _public_url_check(built: Parts) -> Check:
    """Not necessary: this command also helps while nothing runs."""

    async def probe() -> Finding:
        url = f"{built.settings.base_url}/healthz"
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        allow = HostPolicy().including(parts.hostname or "", port)
        answer = await built.http.request("GET", url, timeout=_SECONDS, allow=allow)
        if answer.status != 200:
            return Finding(State.DEGRADED, f"{url} answers {answer.status}")
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
        return Finding(State.OK, f"{url}, which only this machine reaches" if local else url)

    return Check("public URL", False, probe)


def _channels_check(built: Parts) -> Check:
    async def probe() -> Finding:
        async with built.database.system() as system:
            tenants = [TenantId(tenant.id) for tenant in await all_tenants(system)]
        channels = []
        for tenant in tenants:
            async with built.database.reading(tenant) as scope:
                channels += await every(scope)
        idle = [f"{c.name}: {c.status.value} {c.status_reason}".strip() for c in channels
                if c.status is not ChannelStatus.ACTIVE]  # fmt: skip
        facts = {"tenants": len(tenants), "channels": len(channels)}
        return Finding(State.DEGRADED if idle else State.OK, "; ".join(idle), facts)

    return Check("channels", False, probe)
