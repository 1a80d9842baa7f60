"""Backups of an installation as its settings name it: made, listed, read, thrown away when old."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samvad.bootstrap.engine import Schema, engine, secret_of
from samvad.platform.backup.archive import Archive, Sum, verify
from samvad.platform.backup.errors import BackupUnreadable
from samvad.platform.backup.taking import SUFFIX, Source, Taken, name_of, take
from samvad.platform.settings import Settings

REGULAR = "samvad-"  # how names of backups begin that are not those before an upgrade


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the folder of backups, by what can be said without its passphrase."""

    path: Path
    made_at: datetime
    bytes: int


async def back_up(settings: Settings, passphrase: str, *, to: Path | None, at: datetime) -> Taken:
    """Into the folder of backups, or the file `to`. Raises CannotStart, BackupFailed."""
    target = to or settings.backup_folder / name_of(at)
    async with engine(settings, schema=Schema.ANY) as made:
        return await take(Source(made.url, secret_of(settings)), target, passphrase)


def kept(folder: Path) -> list[Kept]:
    """The newest first."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        facts = path.stat()
        found.append(Kept(path, datetime.fromtimestamp(facts.st_mtime).astimezone(), facts.st_size))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def thin_out(folder: Path, *, keep: int) -> list[Path]:
    """Deletes all but the newest `keep` of the backups that `back_up` named; returns what went."""
    mine = [one.path for one in kept(folder) if one.path.name.startswith(REGULAR)]
    for path in mine[keep:]:
        path.unlink()
    return mine[keep:]


async def read_through(file: Path, passphrase: str) -> tuple[Archive, dict[str, Sum]]:
    """Every byte of it. Raises BackupUnreadable."""

    def walk() -> tuple[Archive, dict[str, Sum]]:
        try:
            with file.open("rb") as opened:
                return verify(opened, passphrase)
        except OSError as failure:
            raise BackupUnreadable(f"{file} cannot be read: {failure.strerror}") from failure

    return await asyncio.to_thread(walk)
