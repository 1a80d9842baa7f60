"""For test suites: one throw-away cluster a session, databases copied from templates in milliseconds."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import asyncpg

from samvad.platform.postgres.cluster import SUPERUSER, Cluster
from samvad.platform.postgres.settings_text import Tuning
from samvad.platform.postgres.supervisor import Supervisor


@dataclass(slots=True)
class Scratch:
    """A running throw-away cluster."""

    cluster: Cluster
    _numbers: Iterator[int] = field(default_factory=count)
    # To connect costs as much as to copy a database.
    _kept: "asyncpg.Connection[asyncpg.Record] | None" = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def dsn(self, database: str, *, user: str = SUPERUSER, driver: str = "postgresql") -> str:
        return self.cluster.dsn(database=database, user=user, driver=driver)

    async def execute(self, statement: str, *, database: str = "postgres") -> None:
        """Run statements as the superuser."""
        connection = await self.cluster.connect(database, patience=60)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def _maintain(self, statement: str) -> None:
        async with self._turn:
            if self._kept is None or self._kept.is_closed():
                self._kept = await self.cluster.connect("postgres", patience=60)
            await self._kept.execute(statement)

    async def aclose(self) -> None:
        if self._kept is not None:
            await self._kept.close()

    async def create(self, *, template: str = "template1", name: str | None = None) -> str:
        """The name of a new database like `template`, which nobody may be connected to."""
        name = name or f"scratch_{next(self._numbers)}"
        await self._maintain(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    async def drop(self, name: str) -> None:
        """Whoever is still connected is thrown out."""
        await self._maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @asynccontextmanager
    async def database(self, *, template: str = "template1") -> AsyncIterator[str]:
        """A database for the length of one test."""
        name = await self.create(template=template)
        try:
            yield name
        finally:
            await self.drop(name)


@asynccontextmanager
async def scratch_cluster(*, durable: bool = False, tuning: Tuning | None = None) -> AsyncIterator[Scratch]:
    """For a session fixture. Ends with this process, even when that is killed. `durable=True` keeps
    fsync, for tests that kill the server."""
    folder = Path(tempfile.mkdtemp(prefix="samvad-test-"))
    supervisor = Supervisor(folder / "postgres", tuning=tuning or Tuning(durable=durable), outlive=False)
    try:
        async with aclosing(Scratch(await supervisor.start())) as scratch:
            yield scratch
    finally:
        await supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)
