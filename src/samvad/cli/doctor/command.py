"""The command: all checks together, one line each with its remedy; exit status 1 when one fails."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack

import typer

from samvad.bootstrap.engine import CannotStart
from samvad.bootstrap.parts import Parts
from samvad.cli.doctor import inside, machine, outside
from samvad.cli.output import Json, Row, show
from samvad.cli.runtime import Runtime, run
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
from samvad.platform.migrations.version import HEAD

PATIENCE = 25.0  # seconds for all checks together; those of providers take up to 10 each, side by side

_QUEUE = "start a worker (`samvad up` or `samvad worker`); if one runs, look into its log"
REMEDIES: Mapping[str, str] = {
    "data folder": "let the user who runs Samvad own it: chown -R; or set SAMVAD_DATA_DIR",
    "disk": "make room, or move SAMVAD_BACKUP_DIR and the data folder to a larger disk",
    "secret key": "bring the file back from a backup (`samvad backup key`) and chmod 600 it",
    "database": "start its server, look at SAMVAD_DATABASE_URL and the sentence beside this",
    "migrations": "run `samvad migrate`, or start the program that fits",
    "versions": "use PostgreSQL 15 or newer",
    "roles": "run `samvad migrate`; the roles samvad_app and samvad_system must not bypass row security",
    "row security": "run `samvad migrate`; if that changes nothing, restore a backup",
    "clock": "let NTP set the clocks of this machine and of the database's",
    "provider clock": "let NTP set this machine's clock: 24-hour windows and tokens depend on it",
    "public URL": "start `samvad up` or `serve`; point the proxy of SAMVAD_PUBLIC_URL at it",
    "certificate": "renew it at the proxy, with its whole chain",
    "backups": "run `samvad backup create`, every night by cron",
    "consents": "start a worker; if one runs, the folder of backups must be writable (`consents.not_copied`)",
    "sandbox": "start `samvad up`, or set SAMVAD_SANDBOX__ENABLED=false",
    "channels": "run the channel's test, under Settings or by `samvad channel test`; that starts it again",
    "channel": "do what the step says under Settings, Channels, then run its test",
    "lanes": _QUEUE, "timers": _QUEUE, "outbound": _QUEUE,
}  # fmt: skip
_WORDS = {State.OK: "ok", State.DEGRADED: "warn", State.DOWN: "warn"}


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Check this machine, the database, the way from and to the providers; exit status 1 when one fails."""
    report = run(_examine(context.obj()))
    components = {name: _row(report, name, finding) for name, finding in report.findings.items()}
    overall = "fail" if report.missing else _WORDS[report.state]
    answer = {"status": overall, "failed": list(report.missing), "components": components}
    lines = [_line(name, row, report.findings[name]) for name, row in components.items()]
    verdict = {
        "ok": "All is well.",
        "warn": "Samvad works; look at what is marked.",
        "fail": "Samvad needs you.",
    }
    show(answer, as_json=as_json, text="\n".join([*lines, verdict[overall]]))
    if report.missing:
        raise typer.Exit(1)


def _row(report: Report, name: str, finding: Finding) -> Row:
    status = "fail" if name in report.missing else _WORDS[finding.state]
    kind = "channel" if name.startswith("channel ") else name
    remedy = "" if finding.state is State.OK else REMEDIES[kind]
    return {"status": status, "detail": finding.detail, "remedy": remedy, **finding.facts}


def _line(name: str, row: Row, finding: Finding) -> str:
    facts = ", ".join(f"{key} {value}" for key, value in finding.facts.items())
    said = "; ".join(part for part in (finding.detail, facts) if part)
    line = f"{row['status']:<5} {name:<16} {said}".rstrip()
    return f"{line}\n      -> {row['remedy']}" if row["remedy"] else line


async def _examine(runtime: Runtime) -> Report:
    checks = list(machine.checks(runtime.settings, runtime.clock))
    async with AsyncExitStack() as stack:
        try:
            built = await stack.enter_async_context(runtime.open_parts())
        except CannotStart as cannot:
            checks.append(_said("database", str(cannot)))
        else:
            checks += await checks_of(built)
        return await Examiner(checks, wait_seconds=PATIENCE).examine()


async def checks_of(built: Parts) -> Sequence[Check]:
    numbers = await inside.numbers_of(built)
    found = [
        database_check(built.database),
        migrations_check(built.database, expected=HEAD),
        *inside.checks(built, numbers),
        *queue_checks(built.database, built.clock),
        *outside.checks(built, numbers),
    ]
    if built.settings.sandbox.enabled:
        found.append(reachable_check("sandbox", built.settings.sandbox.host, built.settings.sandbox.port))
    return found


def _said(name: str, sentence: str) -> Check:
    async def probe() -> Finding:
        return Finding(State.DOWN, sentence)

    return Check(name, True, probe)
