"""A tenant's index over real PostgreSQL, filled by the real indexing worker."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO

import pytest

from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId
from samvad.knowledge.service import sources
from samvad.knowledge.service.indexing import Indexer
from samvad.knowledge.service.search import Search
from samvad.knowledge.types import Source
from samvad.platform.compute.codec import Value, pack, unpack
from samvad.platform.compute.errors import FunctionFailed
from samvad.platform.compute.registry import FUNCTIONS, resolve
from samvad.platform.db import Database
from samvad.platform.wakeups import Wakeups

MOST = 1 << 20


class Upload:
    def __init__(self, data: bytes) -> None:
        self._file = BytesIO(data)

    async def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    async def seek(self, offset: int) -> None:
        self._file.seek(offset)


async def here(function: str, *arguments: Value, timeout: float = 30) -> Value:
    """The compute process's own functions and messages, in this process: started in no time."""
    assert function in FUNCTIONS
    told = unpack(pack(list(arguments))[4:])
    assert isinstance(told, list)
    try:
        return unpack(pack({"value": resolve(function)(*told)})[4:])["value"]  # type: ignore[index, call-overload]
    except Exception as failure:
        raise FunctionFailed(type(failure).__name__, str(failure)) from failure


@dataclass
class Room:
    database: Database
    clock: FrozenClock
    indexer: Indexer
    finder: Search

    async def add(self, tenant: TenantId, name: str, data: bytes | str) -> Source:
        upload = Upload(data.encode() if isinstance(data, str) else data)
        async with self.database.unit_of_work(tenant) as scope:
            return await sources.add(scope, name, upload, most=MOST, at=self.clock.now())

    async def index(self) -> None:
        while await self.indexer.round():
            pass

    async def added(self, tenant: TenantId, name: str, data: bytes | str) -> Source:
        source = await self.add(tenant, name, data)
        await self.index()
        return await self.get(tenant, source)

    async def kept_no_longer(self) -> None:
        """What was removed cannot be restored any more."""
        self.clock.advance(sources.KEPT)
        while await self.indexer.round():
            pass

    async def get(self, tenant: TenantId, source: Source) -> Source:
        async with self.database.reading(tenant) as scope:
            return await sources.get(scope, source.id)

    async def found(self, tenant: TenantId, question: str) -> list[str]:
        return [f.passage.text for f in await self.finder.search(question, tenant=tenant)]

    async def rows(self, tenant: TenantId) -> dict[str, int]:
        """How many rows the tenant has in each table of the room."""
        tables = ("sources", "files", "passages", "postings", "terms", "vectors")
        async with self.database.reading(tenant) as scope:
            return {
                name: await scope.db.fetchval(
                    f"SELECT count(*) FROM knowledge_{name} WHERE tenant_id = $1", tenant
                )
                for name in tables
            }


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> AsyncIterator[Room]:
    async with Wakeups(database.connect_settings()) as wakeups:
        indexer = Indexer(database=database, call=here, wakeups=wakeups, clock=clock)
        yield Room(database, clock, indexer, Search(database, here))
