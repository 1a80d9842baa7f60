"""`samvad consents`: the record of opt-outs beside the database, and its acceptance after a restore."""

from pathlib import Path
from typing import Annotated

import typer

from samvad.bootstrap.consents import logs_in
from samvad.bootstrap.engine import secret_of
from samvad.cli.output import Json, TenantOption, show
from samvad.cli.runtime import Runtime, chosen_tenant, run, work_in
from samvad.platform.backup.consent_log import ConsentLog
from samvad.platform.crypto import Keyring
from samvad.workflows import consent_copies

app = typer.Typer(name="consents", help="The record of opt-outs beside the database.", no_args_is_help=True)


@app.callback()
def consents() -> None:
    """The record of opt-outs beside the database."""


@app.command("show")
def show_(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="else SAMVAD_BACKUP_DIR", file_okay=False)] = None,
    as_json: Json = False,
) -> None:
    """How many lines can be read, and up to when nothing is missing."""
    settings = context.obj().settings
    where = folder or settings.backup_folder
    found = ConsentLog(where, Keyring(secret_of(settings))).read()
    answer = {"folder": str(where), "lines": len(found.entries), "unreadable": found.unreadable,
              "through": found.through and found.through.isoformat(timespec="seconds")}  # fmt: skip
    until = f"complete up to {found.through:%c} UTC" if found.through else "nobody has completed it yet"
    text = f"{len(found.entries)} lines in {where}, {found.unreadable} unreadable; {until}."
    show(answer, as_json=as_json, text=text)


@app.command()
def accept(context: typer.Context, tenant: TenantOption = None, as_json: Json = False) -> None:
    """After a restore: the opt-outs are complete as they are, templates and bulk may leave again."""
    freed = run(_accept(context.obj(), tenant))
    show({"numbers": freed}, as_json=as_json, text=f"Templates and bulk leave again from {freed} numbers.")


@app.command()
def erase(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="a number, or whatever names the person at the provider")],
    folder: Annotated[list[Path] | None, typer.Option(help="else SAMVAD_BACKUP_DIR", file_okay=False)] = None,
    tenant: TenantOption = None,
    as_json: Json = False,
) -> None:
    """Take a person's name, addresses and words out of the record; that they opted out stays."""
    count = run(_erase(context.obj(), tenant, address, folder))
    text = f"{count} lines name this person no longer." if count else "The record has no line of this person."
    show({"erased": count}, as_json=as_json, text=text)


async def _erase(runtime: Runtime, slug: str | None, address: str, folders: list[Path] | None) -> int:
    async with runtime.open_database() as database:
        tenant = await chosen_tenant(database, slug)
    keyring = Keyring(secret_of(runtime.settings))
    logs = logs_in(folders or [runtime.settings.backup_folder], keyring)
    return sum(consent_copies.erase(log, tenant, address) for log in logs)


async def _accept(runtime: Runtime, slug: str | None) -> int:
    async with work_in(runtime, slug) as scope:
        return await consent_copies.accept(scope, at=runtime.clock.now())


def told(found: consent_copies.Consents) -> str:
    """For whoever restored."""
    until = f"up to {found.through:%c} UTC" if found.through else "none"
    text = f"Consents since the backup: {found.put_back} brought back from the log ({until})."
    if found.complete:
        return text
    return (
        f"{text} Opt-outs may be missing, so templates and bulk wait: look at who opted out, then run "
        "`samvad consents accept`."
    )
