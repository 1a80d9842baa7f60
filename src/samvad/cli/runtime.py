"""What commands work with: the running database, and how a command begins and ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import asyncpg
import typer

from samvad.bootstrap.engine import Schema, engine
from samvad.bootstrap.parts import Parts, parts
from samvad.bootstrap.sandbox import known_port
from samvad.bootstrap.tenants import on_tenant_created
from samvad.kernel.clock import Clock, SystemClock
from samvad.kernel.errors import Invalid, SamvadError
from samvad.kernel.ids import TenantId
from samvad.platform import logging
from samvad.platform.db import Database, Page, Scope
from samvad.platform.db.database import PoolSizes
from samvad.platform.settings import LogSettings, Settings
from samvad.tenancy.passwords import ThreadHasher
from samvad.tenancy.service import OnTenantCreated
from samvad.tenancy.service.tenants import all_tenants, tenant_by_slug
from samvad.tenancy.types import PasswordHasher

T = TypeVar("T")
_FEW = PoolSizes(app=2, system=1)


@dataclass(frozen=True, slots=True)
class Founding:
    """What it takes to make a tenant: the database, and what every new tenant is given."""

    database: Database
    hooks: Sequence[OnTenantCreated] = ()


@dataclass(frozen=True, slots=True)
class Runtime:
    """The installation that the settings name; each `open_...` joins it for one command."""

    open_database: Callable[[], AbstractAsyncContextManager[Database]]
    open_founding: Callable[[], AbstractAsyncContextManager[Founding]]
    open_parts: Callable[[], AbstractAsyncContextManager[Parts]]
    settings: Settings
    base_url: str
    clock: Clock = field(default_factory=SystemClock)
    hasher: PasswordHasher = field(default_factory=ThreadHasher)


def from_settings() -> Runtime:
    """The installation of the environment's settings; joins a running PostgreSQL, or starts it meanwhile."""
    settings = known_port(Settings())  # type: ignore[call-arg]
    logging.configure(LogSettings(level="warning", format=settings.log.format))

    @asynccontextmanager
    async def open_database() -> AsyncIterator[Database]:
        async with engine(settings, schema=Schema.CURRENT) as made, made.database(sizes=_FEW) as database:
            yield database

    @asynccontextmanager
    async def open_parts() -> AsyncIterator[Parts]:
        async with engine(settings, schema=Schema.CURRENT) as made, parts(settings, made) as built:
            yield built

    @asynccontextmanager
    async def open_founding() -> AsyncIterator[Founding]:
        async with open_parts() as built:
            yield Founding(built.database, on_tenant_created(built))

    return Runtime(open_database, open_founding, open_parts, settings, settings.base_url)


def run(work: Coroutine[object, object, T]) -> T:
    """Runs a command; an expected failure is one sentence and exit status 1."""
    try:
        return asyncio.run(work)
    except (SamvadError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
        typer.echo(f"samvad: {_sentence(failure)}", err=True)
        raise typer.Exit(1) from failure


def _sentence(failure: Exception) -> str:
    if isinstance(failure, Invalid) and failure.errors:
        return "; ".join(f"{e.field}: {e.detail}" for e in failure.errors)
    if isinstance(failure, SamvadError):
        return failure.detail
    if isinstance(failure, asyncpg.UndefinedTableError | asyncpg.InvalidPasswordError):
        return "this database was not prepared with this secret key; run `samvad migrate`"
    return f"the database cannot be used: {failure}"


@asynccontextmanager
async def work_in(runtime: Runtime, slug: str | None) -> AsyncIterator[Scope]:
    """A unit of work in the tenant of this short name, or in the only tenant there is. Raises Invalid."""
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(runtime.open_database())
        tenant = await chosen_tenant(database, slug)
        yield await stack.enter_async_context(database.unit_of_work(tenant))


async def all_of(page: Callable[[str | None], Awaitable[Page[T]]]) -> list[T]:
    """Every item behind a paged list; `page` takes a cursor."""
    items: list[T] = []
    cursor: str | None = None
    while True:
        found = await page(cursor)
        items += found.items
        cursor = found.next_cursor
        if cursor is None:
            return items


async def chosen_tenant(database: Database, slug: str | None) -> TenantId:
    """The tenant of this short name, or the only one there is. Raises Invalid, NotFound."""
    async with database.system() as scope:
        if slug:
            return (await tenant_by_slug(scope, slug)).id
        everyone = await all_tenants(scope)
    if len(everyone) != 1:
        raise Invalid(f"There are {len(everyone)} tenants; say which with --tenant")
    return everyone[0].id
