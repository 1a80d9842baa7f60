"""Restoring: a backup becomes the installation that the settings name, wholly or not at all.

Embedded: into a database of its own, which takes the place of the present one as the last step. External: in
one transaction, into a database without tenants, or of the backup's own version with `replace`.
"""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg

from samvad.bootstrap.backing_up import read_through
from samvad.bootstrap.consents import catch_up_last, logs_in
from samvad.bootstrap.engine import (
    DATABASE,
    CannotStart,
    Engine,
    Schema,
    embedded,
    engine,
    migrate,
    secret_of,
)
from samvad.platform.backup import repository
from samvad.platform.backup.archive import Manifest, Sum
from samvad.platform.backup.errors import RestoreRefused
from samvad.platform.backup.loading import load
from samvad.platform.crypto import Keyring
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.postgres import Cluster
from samvad.platform.settings import Settings
from samvad.workflows.restored import Settled, settle

_NEW, _OLD = f"{DATABASE}_restoring", f"{DATABASE}_replaced"
_SPARE = 256 << 20  # bytes for the write-ahead log
_INDEXES = 2  # tables with their indexes, by what the tables take


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, read again row by row and found equal; `seconds` is what it took."""

    manifest: Manifest
    sums: Mapping[str, Sum]
    settled: Settled
    seconds: float
    old_key: Path | None = None

    @property
    def rows(self) -> int:
        return sum(total.rows for total in self.sums.values())


@dataclass(frozen=True, slots=True)
class _Backup:
    """A backup that was read to its end and found whole."""

    file: Path
    passphrase: str
    manifest: Manifest
    key: str
    consents: Sequence[Path]


async def restore(
    settings: Settings,
    file: Path,
    passphrase: str,
    *,
    replace: bool,
    at: datetime,
    consents: Sequence[Path] = (),
) -> Restored:
    """`consents`: folders with logs of consent besides those of the settings and of the file. Raises
    BackupUnreadable, RestoreRefused, CannotStart: then the installation is as it was."""
    began = time.monotonic()
    archive, _ = await read_through(file, passphrase)
    folders = [settings.backup_folder, file.parent, *consents]
    backup = _Backup(file, passphrase, archive.manifest, archive.key, folders)
    if backup.manifest.schema > HEAD:
        raise RestoreRefused(
            f"The backup is of version {backup.manifest.schema}, and this program is of {HEAD}: restore it "
            f"with Samvad {backup.manifest.package} or newer"
        )
    _check_key(settings, backup.key)
    work = _into_embedded if settings.database_url is None else _into_external
    sums, settled, old_key = await work(settings, backup, replace=replace, at=at)
    return Restored(backup.manifest, sums, settled, round(time.monotonic() - began, 1), old_key)


async def settle_recovered(settings: Settings, *, at: datetime, consents: Sequence[Path] = ()) -> Settled:
    """After PostgreSQL itself was brought back to an earlier moment: what waited then is not sent again.

    Raises RestoreRefused while the product runs, CannotStart."""
    async with engine(settings, schema=Schema.CURRENT) as made:
        connection = await asyncpg.connect(made.url, timeout=10)
        try:
            if await repository.working(connection):
                raise RestoreRefused("Samvad is running on this database: stop it first")
        finally:
            await connection.close()
        async with made.database() as database:
            async with database.system() as scope:
                await repository.mark_unsettled(scope.db, at=at)
            logs = logs_in([settings.backup_folder, *consents], made.keyring)
            return await settle(database, logs, at=at)


_Outcome = tuple[Mapping[str, Sum], Settled, Path | None]


def _check_key(settings: Settings, key: str) -> None:
    """Credentials in the backup open with its own key alone."""
    if settings.secret_key is not None and settings.secret_key.get_secret_value() != key:
        raise RestoreRefused(
            "The backup was made with another SAMVAD_SECRET_KEY: write it into a file with "
            "`samvad backup key FILE --out KEY`, and set SAMVAD_SECRET_KEY_FILE to that"
        )


async def _into_embedded(settings: Settings, backup: _Backup, *, replace: bool, at: datetime) -> _Outcome:
    folder = settings.data_dir.absolute()
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    needed = backup.manifest.bytes * _INDEXES + _SPARE
    if free < needed:
        raise RestoreRefused(f"{folder} has {free >> 20} MiB free, and the restore needs {needed >> 20} MiB")
    async with embedded(settings) as (supervisor, cluster):
        if not supervisor.is_owner:
            raise RestoreRefused(f"Samvad is running on {folder}: stop it first")
        if await _check_replaceable(cluster, replace=replace):
            present = Engine(
                cluster.dsn(database=DATABASE, user=cluster.superuser), Keyring(secret_of(settings))
            )
            await catch_up_last(settings, present, at=at)
        async with _scratch(cluster) as admin:
            keyring = Keyring(backup.key)
            url = cluster.dsn(database=_NEW, user=cluster.superuser)
            sums, settled = await _fill(Engine(url, keyring, supervisor), backup, at)
            old_key = await asyncio.to_thread(_put_key, settings, backup.key, at)
            await repository.swap(admin, new=_NEW, current=DATABASE, old=_OLD)
            await repository.drop(admin, _OLD)
    return sums, settled, old_key


@asynccontextmanager
async def _scratch(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """A connection beside the databases, and an empty one to fill; after a failure that is gone again."""
    admin = await cluster.connect()
    try:
        for left in (_NEW, _OLD):
            await repository.drop(admin, left)
        await repository.create(admin, _NEW)
        try:
            yield admin
        finally:
            await repository.drop(admin, _NEW)
    finally:
        await admin.close()


async def _check_replaceable(cluster: Cluster, *, replace: bool) -> bool:
    """Whether there is an installation, which may be replaced. Raises RestoreRefused."""
    admin = await cluster.connect()
    try:
        there = await repository.exists(admin, DATABASE)
    finally:
        await admin.close()
    if not there:
        return False
    present = await cluster.connect(DATABASE)
    try:
        occupied = await repository.has_tenants(present)
    finally:
        await present.close()
    if occupied and not replace:
        raise RestoreRefused(_OCCUPIED)
    return occupied


_OCCUPIED = "There is an installation already: choose an empty data folder or database, or add --replace"


def _put_key(settings: Settings, key: str, at: datetime) -> Path | None:
    """The backup's key beside its database; another one is kept under another name, which is returned."""
    if settings.secret_key is not None:
        return None
    place = settings.data_dir.absolute() / "secret.key"
    old = None
    if place.exists() and place.read_text().strip() != key:
        old = place.with_name(f"secret.key.{at:%Y%m%dT%H%M%SZ}")
        os.link(place, old)
    draft = place.with_name(".secret.key.restoring")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    return old


async def _into_external(settings: Settings, backup: _Backup, *, replace: bool, at: datetime) -> _Outcome:
    if settings.database_url is None:
        raise CannotStart("SAMVAD_DATABASE_URL is not set")
    made = Engine(settings.database_url.get_secret_value(), Keyring(backup.key))
    if await _check_external(made.url, backup.manifest, replace=replace):
        await catch_up_last(settings, made, at=at)
    sums, settled = await _fill(made, backup, at)
    return sums, settled, None


async def _check_external(url: str, manifest: Manifest, *, replace: bool) -> bool:
    """Whether there is an installation, which may be replaced. Raises RestoreRefused."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        if await repository.working(connection):
            raise RestoreRefused("Samvad is running on this database: stop every serve and worker first")
        occupied = await _occupied(connection)
        if occupied and not replace:
            raise RestoreRefused(_OCCUPIED)
    finally:
        await connection.close()
    if occupied and await current(url) != manifest.schema:
        raise RestoreRefused(
            f"The database is not of the backup's version ({manifest.schema}): restore into an empty one"
        )
    return occupied


async def _occupied(connection: asyncpg.Connection) -> bool:
    if await repository.unreadable(connection, ["tenants"]):
        return True  # of a version before this role could look
    return await repository.has_tenants(connection)


async def _fill(made: Engine, backup: _Backup, at: datetime) -> tuple[Mapping[str, Sum], Settled]:
    """The backup's own schema, its rows, then this program's schema, then what must not leave twice."""
    version, wanted = await current(made.url), backup.manifest.schema
    if version not in (None, wanted):
        await migrate(made, to="base")
    if version != wanted:
        await migrate(made, to=wanted)
    sums = await load(made.url, backup.file, backup.passphrase, at=at)
    if version == wanted or wanted != HEAD:  # else both schema and roles were just made
        await migrate(made)
    async with made.database() as database:
        return sums, await settle(database, logs_in(backup.consents, made.keyring), at=at)
