"""From settings to a migrated database: the secret key, embedded or external PostgreSQL, the schema."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import asyncpg

from samvad.kernel.clock import SystemClock
from samvad.kernel.errors import SamvadError
from samvad.platform.backup import repository as backups
from samvad.platform.backup.errors import BackupFailed
from samvad.platform.backup.taking import Source, Taken, name_of, take
from samvad.platform.crypto import Keyring, load_or_make_secret
from samvad.platform.db import Database
from samvad.platform.db.database import APP, SYSTEM_ROLE, PoolSizes
from samvad.platform.logging import get_logger
from samvad.platform.migrations.roles import RoleTooStrong, check_bound
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.postgres import Cluster, EngineError, Supervisor
from samvad.platform.settings import Settings

log = get_logger("bootstrap")

DATABASE = "samvad"
_RECOVERY_SECONDS, _LOOK_SECONDS = 60.0, 0.5
_UNPREPARED = "lacks Samvad's roles or version"


class CannotStart(SamvadError):
    """One sentence for whoever started us."""

    code = "cannot_start"


class Schema(StrEnum):
    """Which schema a command needs."""

    UPGRADED = "upgraded"  # brought to this program's version, when it is older
    CURRENT = "current"  # of this program's version already
    ANY = "any"  # whatever it is, as long as it is not newer


@dataclass(frozen=True, slots=True)
class Engine:
    """A database at the newest version. `url` is the migrating role's."""

    url: str = field(repr=False)
    keyring: Keyring = field(repr=False)
    supervisor: Supervisor | None = None

    @property
    def passwords(self) -> dict[str, str]:
        return {role: self.keyring.password_for(role) for role in (APP, SYSTEM_ROLE)}

    def database(self, *, sizes: PoolSizes | None = None) -> Database:
        return Database(self.url, self.passwords, sizes=sizes)


@asynccontextmanager
async def engine(
    settings: Settings, *, schema: Schema = Schema.UPGRADED, backup: bool | None = None
) -> AsyncIterator[Engine]:
    """Before an older schema is upgraded the database is backed up (`backup`; None: an embedded one is, an
    external one is not upgraded). Raises CannotStart with the sentence to show."""
    keyring = Keyring(secret_of(settings))
    if settings.database_url is not None:
        made = Engine(settings.database_url.get_secret_value(), keyring)
        await _bring_up(made, settings, schema, backup=backup)
        yield made
        return
    async with embedded(settings) as (supervisor, cluster):
        made = Engine(await _own_database(cluster), keyring, supervisor)
        await _bring_up(made, settings, schema, backup=backup)
        yield made


@asynccontextmanager
async def embedded(settings: Settings) -> AsyncIterator[tuple[Supervisor, Cluster]]:
    """The PostgreSQL of the data folder, started or joined, and watched. Raises CannotStart."""
    supervisor = Supervisor(settings.data_dir.absolute() / "postgres")
    try:
        cluster = await supervisor.start()
    except EngineError as failure:
        raise CannotStart(str(failure)) from failure
    watching = asyncio.create_task(supervisor.watch(), name="postgres")
    try:
        yield supervisor, cluster
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await supervisor.stop()


def secret_of(settings: Settings) -> str:
    """The set key, else the one kept in the data folder, made where there is none. Raises CannotStart."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    folder = settings.data_dir.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return load_or_make_secret(folder / "secret.key")
    except OSError as failure:
        raise CannotStart(f"The data folder {folder} cannot be written: {failure.strerror}") from failure


async def _own_database(cluster: Cluster) -> str:
    connection = await cluster.connect()
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE}")
    except asyncpg.DuplicateDatabaseError:
        log.info("engine.database_exists")  # another start made it in the same moment
    finally:
        await connection.close()
    return cluster.dsn(database=DATABASE, user=cluster.superuser)


async def _bring_up(made: Engine, settings: Settings, schema: Schema, *, backup: bool | None) -> None:
    version = await _version(made.url)
    if version is not None and version > HEAD:
        raise CannotStart(
            f"The database is at version {version}, newer than this program ({HEAD}): start the newer "
            "program, or restore the backup that was made before the upgrade"
        )
    if schema is Schema.ANY or (version == HEAD and await _works(made)):
        return
    older = version is not None and version < HEAD
    if schema is Schema.CURRENT:
        fault = f"is at version {version}, older than this program ({HEAD})" if older else _UNPREPARED
        raise CannotStart(f"The database {fault}: run `samvad migrate` first")
    if older:
        await _upgrade(made, settings, str(version), backup=backup)
    else:
        await migrate(made)
    if not await _works(made):
        raise CannotStart(f"The database {_UNPREPARED}: run `samvad migrate` first")


async def _upgrade(made: Engine, settings: Settings, version: str, *, backup: bool | None) -> None:
    """First a backup, then all migrations in one transaction: a failing one leaves the schema as it was."""
    wanted = made.supervisor is not None if backup is None else backup
    if made.supervisor is None and backup is None:
        raise CannotStart(
            f"The database is at version {version} and this program needs {HEAD}. It is not ours alone, so "
            "nothing was changed: back it up, then run `samvad migrate`"
        )
    taken = await _back_up_before(made, settings) if wanted else None
    try:
        await migrate(made)
    except CannotStart as failure:
        kept = f"; a backup of it is {taken.path}" if taken else ""
        raise CannotStart(f"{failure.detail}. It stays at version {version}{kept}") from failure
    log.info("engine.upgraded", was=version, now=HEAD, backup=str(taken.path) if taken else None)


async def _back_up_before(made: Engine, settings: Settings) -> Taken:
    secret = secret_of(settings)
    passphrase = settings.backup_passphrase.get_secret_value() if settings.backup_passphrase else secret
    target = settings.backup_folder / name_of(SystemClock().now(), prefix=f"before-{HEAD}")
    try:
        return await take(Source(made.url, secret), target, passphrase)
    except BackupFailed as failure:
        raise CannotStart(
            f"Not upgraded, because the backup before it failed: {failure.detail}. Make room, or run "
            "`samvad migrate --no-backup`"
        ) from failure


async def _version(url: str) -> str | None:
    try:
        return await _once_recovered(url)
    except asyncpg.ClientConfigurationError as wrong:
        raise CannotStart("SAMVAD_DATABASE_URL is no postgresql:// address") from wrong
    except (OSError, TimeoutError, asyncpg.PostgresError) as failure:
        raise CannotStart(f"The database does not answer: {failure}") from failure


async def _once_recovered(url: str) -> str | None:
    """After a crash PostgreSQL refuses everybody until it has read its log again."""
    until = asyncio.get_running_loop().time() + _RECOVERY_SECONDS
    while True:
        try:
            return await current(url)
        except asyncpg.CannotConnectNowError as recovering:
            if asyncio.get_running_loop().time() > until:
                raise
            log.info("engine.waits", why=str(recovering))
        await asyncio.sleep(_LOOK_SECONDS)


async def _works(made: Engine) -> bool:
    """Whether both roles can sign in. Raises CannotStart where row-level security does not bind them,
    or a restore was broken off: what it brought must not be sent again, so nothing starts before that."""
    try:
        async with made.database(sizes=PoolSizes(1, 1)) as database, database.system() as scope:
            await check_bound(scope.db)
            unsettled = await backups.is_unsettled(scope.db)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError):
        return False
    except RoleTooStrong as strong:
        raise CannotStart(str(strong)) from strong
    if unsettled:
        raise CannotStart("A restore of this database was broken off: run `samvad restore --replace` again")
    return True


async def migrate(made: Engine, *, to: str = "head") -> None:
    """Runs the migrations in a process of their own. Raises CannotStart with what it said."""
    told = json.dumps({"url": made.url, "passwords": made.passwords, "to": to}).encode()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "samvad.platform.migrations",
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate(told)
    if process.returncode:
        raise CannotStart(f"The database could not be migrated: {said.decode(errors='replace').strip()}")


def web_folder(settings: Settings) -> Path | None:
    """The built web app: beside the sources, or where SAMVAD_WEB_DIR says."""
    if settings.web_dir is not None:
        return settings.web_dir
    return Path(__file__).resolve().parents[3] / "web" / "dist"
