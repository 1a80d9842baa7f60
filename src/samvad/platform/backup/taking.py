"""Making a backup: one snapshot of every table, sealed into a file that appears whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import asyncpg

from samvad.platform.backup import repository
from samvad.platform.backup.archive import ArchiveWriter, Manifest, Sum
from samvad.platform.backup.errors import BackupFailed
from samvad.platform.backup.sealed import COST, SHORTEST

if TYPE_CHECKING:
    from samvad.platform.db.connection import Connection

SUFFIX = ".backup"
_SPARE = 64 << 20  # bytes that are left free beside a backup
_CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up: the migrating role's URL, and the secret key of the installation."""

    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Taken:
    path: Path
    bytes: int
    manifest: Manifest
    sums: dict[str, Sum]

    @property
    def rows(self) -> int:
        return sum(total.rows for total in self.sums.values())


def name_of(at: datetime, *, prefix: str = "samvad") -> str:
    return f"{prefix}-{at:%Y%m%dT%H%M%SZ}{SUFFIX}"


async def take(source: Source, target: Path, passphrase: str, *, cost: int = COST) -> Taken:
    """Writes `target`, mode 0600, from one snapshot; works while the product runs. Raises BackupFailed."""
    if len(passphrase) < SHORTEST:
        raise BackupFailed(f"A passphrase has at least {SHORTEST} characters")
    with _file(target) as file:
        connection = await asyncpg.connect(source.url, timeout=_CONNECT_SECONDS)
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                await repository.begin_reading(connection)
                manifest = await _survey(connection, target.parent)
                writer = ArchiveWriter(file, passphrase, cost=cost)
                writer.begin(manifest, source.key)
                for table, columns in manifest.tables.items():
                    writer.table(table)
                    await repository.copy_out(connection, table, list(columns), writer.data)
                writer.close()
        finally:
            await connection.close()
    return Taken(target, writer.written, manifest, writer.sums)


async def _survey(connection: "Connection", folder: Path) -> Manifest:
    tables = await repository.tables(connection)
    hidden = await repository.unreadable(connection, list(tables))
    if hidden:
        raise BackupFailed(f"Rows of {', '.join(hidden)} cannot be read: run `samvad migrate` first")
    size = await repository.size(connection, list(tables))
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise BackupFailed(
            f"{folder} has {free >> 20} MiB free, and the backup may need {(size + _SPARE) >> 20} MiB"
        )
    now, postgres = await repository.moment(connection)
    schema = await repository.schema(connection)
    order = await repository.parents_first(connection, list(tables))
    return Manifest(now, schema, version("samvad"), postgres, size, {name: tables[name] for name in order})


@contextmanager
def _file(target: Path) -> Iterator[BinaryIO]:
    """A file beside `target` that becomes it at the end, on disk; after a failure neither is there."""
    if target.exists():
        raise BackupFailed(f"{target} is there already; a backup overwrites nothing")
    draft = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
        _sync_folder(target.parent)
    except (ConnectionError, TimeoutError):  # the database's, not the file's
        raise
    except OSError as failure:
        full = failure.errno in (errno.ENOSPC, errno.EDQUOT)
        said = "the disk is full" if full else failure.strerror
        raise BackupFailed(f"{target} could not be written: {said}") from failure
    finally:
        with suppress(OSError):
            draft.unlink()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
