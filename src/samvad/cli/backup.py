"""`samvad backup` and `samvad restore`: the whole installation in one sealed file, and back."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from samvad.bootstrap import backing_up, restoring
from samvad.cli import consents as record
from samvad.cli.output import Json, Row, show, show_all
from samvad.cli.runtime import Runtime, run
from samvad.kernel.errors import Invalid
from samvad.platform.backup.archive import Manifest, Sum
from samvad.platform.backup.taking import Taken
from samvad.platform.settings import Settings

app = typer.Typer(name="backup", help="The whole installation in one encrypted file.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="the backup", dir_okay=False)]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="its first line; else SAMVAD_BACKUP_PASSPHRASE, else asked for"),
]
Consents = Annotated[
    list[Path] | None,
    typer.Option("--consents", help="one more folder with a log of consents", file_okay=False, exists=True),
]


@app.callback()
def backups() -> None:
    """The whole installation in one encrypted file."""


@app.command()
def create(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option(help="a file; else one in SAMVAD_BACKUP_DIR, by the time")
    ] = None,
    keep: Annotated[int | None, typer.Option(min=1, help="then delete all but the newest so many")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Back up every tenant and the secret key, while Samvad runs or not."""
    runtime: Runtime = context.obj()
    taken = run(_create(runtime, out, passphrase_file))
    gone = backing_up.thin_out(runtime.settings.backup_folder, keep=keep) if keep else []
    answer = {**_described(taken.manifest, taken.sums), "file": str(taken.path), "bytes": taken.bytes,
              "deleted": [str(path) for path in gone]}  # fmt: skip
    text = f"Backed up {taken.rows} rows to {taken.path} ({_size(taken.bytes)})."
    show(answer, as_json=as_json, text="\n".join([text, *(f"Deleted {path}." for path in gone)]))


async def _create(runtime: Runtime, out: Path | None, passphrase_file: Path | None) -> Taken:
    passphrase = _passphrase(runtime.settings, passphrase_file, twice=True)
    return await backing_up.back_up(runtime.settings, passphrase, to=out, at=runtime.clock.now())


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """The backups in SAMVAD_BACKUP_DIR, the newest first."""
    found = backing_up.kept(context.obj().settings.backup_folder)
    rows = [{"file": str(k.path), "made_at": k.made_at.isoformat(timespec="seconds"), "bytes": k.bytes,
             "size": _size(k.bytes)} for k in found]  # fmt: skip
    show_all(rows, ["file", "made_at", "size"], as_json=as_json)


@app.command()
def verify(
    context: typer.Context, file: File, passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Read a backup to its end: every piece, row and sum. Nothing is restored."""
    manifest, sums = run(_verify(context.obj(), file, passphrase_file))
    rows = sum(total.rows for total in sums.values())
    of = f"{rows} rows of {len(sums)} tables, version {manifest.schema}, {manifest.made_at:%c}"
    text = f"{file} is whole: {of}."
    show({**_described(manifest, sums), "file": str(file)}, as_json=as_json, text=text)


async def _verify(
    runtime: Runtime, file: Path, passphrase_file: Path | None
) -> tuple[Manifest, dict[str, Sum]]:
    archive, sums = await backing_up.read_through(file, _passphrase(runtime.settings, passphrase_file))
    return archive.manifest, sums


@app.command()
def key(
    context: typer.Context,
    file: File,
    out: Annotated[Path, typer.Option(help="a new file, which only its owner can read")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the secret key of a backup into a file, for SAMVAD_SECRET_KEY_FILE."""
    if out.exists():
        typer.echo(f"samvad: {out} is there already", err=True)
        raise typer.Exit(1)
    run(_key(context.obj(), file, out, passphrase_file))
    typer.echo(f"The secret key is in {out}.")


async def _key(runtime: Runtime, file: Path, out: Path, passphrase_file: Path | None) -> None:
    archive, _ = await backing_up.read_through(file, _passphrase(runtime.settings, passphrase_file))
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(archive.key)


def restore(
    context: typer.Context,
    file: File,
    replace: Annotated[bool, typer.Option("--replace", help="the present installation is lost")] = False,
    consents: Consents = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make a backup the installation that the settings name; it must be empty, and stopped."""
    done = run(_restore(context.obj(), file, passphrase_file, replace=replace, consents=consents or ()))
    answer = {**_described(done.manifest, done.sums), "seconds": done.seconds, **asdict(done.settled)}
    lines = [
        f"Restored {done.rows} rows of {done.manifest.made_at:%c} in {done.seconds} s; "
        "each was read again and is as it was saved.",
        f"{done.settled.held} messages that waited then are held for a person; of {done.settled.unknown} "
        "nobody knows whether they were sent. Everybody signs in anew.",
        record.told(done.settled.consents),
    ]
    if done.old_key:
        lines.append(f"The secret key that was here before is now {done.old_key}.")
    show(answer, as_json=as_json, text="\n".join(lines))


def settle(context: typer.Context, consents: Consents = None, as_json: Json = False) -> None:
    """After a point-in-time recovery of PostgreSQL: what waited then is held and not sent again."""
    runtime: Runtime = context.obj()
    at = runtime.clock.now()
    done = run(restoring.settle_recovered(runtime.settings, at=at, consents=consents or ()))
    text = (
        f"{done.held} messages are held for a person; of {done.unknown} nobody knows whether they were sent."
        f"\n{record.told(done.consents)}"
    )
    show(asdict(done), as_json=as_json, text=text)


async def _restore(
    runtime: Runtime, file: Path, passphrase_file: Path | None, *, replace: bool, consents: Sequence[Path]
) -> restoring.Restored:
    settings = runtime.settings
    passphrase = _passphrase(settings, passphrase_file)
    return await restoring.restore(
        settings, file, passphrase, replace=replace, at=runtime.clock.now(), consents=consents
    )


def _described(manifest: Manifest, sums: Mapping[str, Sum]) -> Row:
    return {
        "made_at": manifest.made_at.isoformat(),
        "schema": manifest.schema,
        "package": manifest.package,
        "rows": {name: total.rows for name, total in sums.items()},
    }


def _passphrase(settings: Settings, file: Path | None, *, twice: bool = False) -> str:
    """Raises Invalid when there is none and nobody to ask."""
    if file is not None:
        try:
            return (file.read_text().splitlines() or [""])[0].strip()
        except OSError as failure:
            raise Invalid(f"{file} cannot be read: {failure.strerror}") from failure
    if settings.backup_passphrase is not None:
        return settings.backup_passphrase.get_secret_value()
    if not sys.stdin.isatty():
        raise Invalid("A backup needs a passphrase: set SAMVAD_BACKUP_PASSPHRASE or give --passphrase-file")
    asked: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice)
    return asked


def _size(count: int) -> str:
    return f"{count / (1 << 20):.1f} MiB"
