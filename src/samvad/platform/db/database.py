"""Connection pools of the app and the system role, and the units of work that they open."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import orjson

from samvad.kernel.ids import TenantId
from samvad.platform.crashpoints import Moment, Point, reach
from samvad.platform.db.connection import Connection, Pool
from samvad.platform.db.errors import DRIVER_FAILURES, CommitUnknown, DatabaseDown, is_down
from samvad.platform.db.scope import SYSTEM, Actor, ReadScope, Scope, SystemScope

APP, SYSTEM_ROLE, OWNER = "samvad_app", "samvad_system", "samvad_owner"
_CONNECT_SECONDS = 5
_LOST = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
)


# A host that the network cut off leaves its transaction open, and its locks with it: PostgreSQL itself would
# wait for hours. Ours never rest this long between two statements.
_ABANDONED = {
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


@dataclass(frozen=True, slots=True)
class PoolSizes:
    app: int = 12
    system: int = 6


class Database:
    """Opens with `async with Database(...)`; every transaction of the product goes through it."""

    def __init__(
        self,
        url: str,
        passwords: Mapping[str, str],
        *,
        sizes: PoolSizes | None = None,
        connect_timeout: float = 5,
    ) -> None:
        self._url = url
        self._passwords = passwords
        self._sizes = sizes or PoolSizes()
        self._app: Pool
        self._system: Pool

    async def __aenter__(self) -> Self:
        self._app = await self._pool(APP, self._sizes.app)
        self._system = await self._pool(SYSTEM_ROLE, self._sizes.system)
        return self

    async def __aexit__(self, *_: object) -> None:
        for pool in (self._app, self._system):
            try:
                await asyncio.wait_for(pool.close(), 5)
            except TimeoutError:
                pool.terminate()

    async def _pool(self, role: str, size: int) -> Pool:
        return await asyncpg.create_pool(
            url_for(self._url, role, self._passwords[role]),
            min_size=1,
            max_size=size,
            timeout=_CONNECT_SECONDS,
            command_timeout=30,
            max_inactive_connection_lifetime=300,
            init=_set_codecs,
            reset=_no_reset,
            server_settings={"application_name": role, "timezone": "UTC", "jit": "off", **_ABANDONED},
        )

    def connect_settings(self) -> str:
        """The system role's URL, for one long-lived LISTEN connection."""
        return url_for(self._url, SYSTEM_ROLE, self._passwords[SYSTEM_ROLE])

    @asynccontextmanager
    async def unit_of_work(
        self, tenant: TenantId, actor: Actor = SYSTEM, *, point: Point | None = None
    ) -> AsyncIterator[Scope]:
        """One transaction that may write one tenant's rows; commits at the end, else rolls back."""
        async with _transaction(self._app, _begin(tenant), point) as connection:
            yield Scope(connection, tenant, actor)

    @asynccontextmanager
    async def reading(self, tenant: TenantId, actor: Actor = SYSTEM) -> AsyncIterator[ReadScope]:
        """One read-only transaction with one snapshot per statement."""
        async with _transaction(self._app, _begin(tenant, " READ ONLY")) as connection:
            yield ReadScope(connection, tenant, actor)

    @asynccontextmanager
    async def system(self, *, point: Point | None = None) -> AsyncIterator[SystemScope]:
        """One transaction over the driver and directory tables of all tenants."""
        async with _transaction(self._system, "BEGIN", point) as connection:
            yield SystemScope(connection)

    @asynccontextmanager
    async def system_statement(self, *, point: Point | None = None) -> AsyncIterator[SystemScope]:
        """A system connection without BEGIN: each statement is its own transaction."""
        async with _acquired(self._system) as connection:
            reach(point, Moment.BEFORE)
            yield SystemScope(connection)
            reach(point, Moment.AFTER)


@asynccontextmanager
async def savepoint(scope: Scope) -> AsyncIterator[None]:
    """What fails inside is undone alone; the transaction goes on."""
    await scope.db.execute("SAVEPOINT inner_work")
    try:
        yield
    except BaseException:
        await scope.db.execute("ROLLBACK TO SAVEPOINT inner_work")
        raise
    await scope.db.execute("RELEASE SAVEPOINT inner_work")


def _begin(tenant: TenantId, mode: str = "") -> str:
    if not isinstance(tenant, UUID):
        raise TypeError("a tenant is a UUID")
    return f"BEGIN{mode}; SET LOCAL app.tenant = '{tenant}'"


@asynccontextmanager
async def _acquired(pool: Pool) -> AsyncIterator[Connection]:
    try:
        connection = await pool.acquire(timeout=5)
    except DRIVER_FAILURES as failure:
        if is_down(failure):
            raise DatabaseDown from failure
        raise
    try:
        yield connection
    finally:
        await pool.release(connection)


@asynccontextmanager
async def _transaction(pool: Pool, begin: str, point: Point | None = None) -> AsyncIterator[Connection]:
    """BEGIN with the tenant in one round trip; asyncpg's own transaction() would take two."""
    async with _acquired(pool) as connection:
        try:
            await _open(connection, begin)
            yield connection
        except BaseException:
            await _roll_back(connection)
            raise
        reach(point, Moment.BEFORE)
        await _commit(connection)
        reach(point, Moment.AFTER)


async def _open(connection: Connection, begin: str) -> None:
    try:
        await connection.execute(begin)
    except DRIVER_FAILURES as failure:
        if is_down(failure):
            raise DatabaseDown from failure
        raise


async def _commit(connection: Connection) -> None:
    try:
        await connection.execute("COMMIT")
    except _LOST as cut:
        raise CommitUnknown from cut


async def _roll_back(connection: Connection) -> None:
    if connection.is_closed():
        return
    try:
        await connection.execute("ROLLBACK")
    except DRIVER_FAILURES:
        connection.terminate()  # whoever holds a broken transaction must not go back into the pool


async def _set_codecs(connection: Connection) -> None:
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", format="text", decoder=orjson.loads, encoder=_to_json
    )
    await connection.set_type_codec("xid8", schema="pg_catalog", format="text", decoder=int, encoder=str)


def _to_json(value: object) -> str:
    return orjson.dumps(value, default=_plain).decode()


def _plain(value: object) -> str:
    """Ids that came from the database are of asyncpg's own class, which orjson does not know."""
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


async def _no_reset(_: Connection) -> None:
    """Transactions end themselves and SET LOCAL ends with them: asyncpg's reset is a wasted round trip."""


def url_for(url: str, role: str, password: str) -> str:
    """`url` with another user. The database, host and options stay."""
    parts = urlsplit(url.replace("postgresql+asyncpg://", "postgresql://", 1))
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{host}"))
