"""What came from each number: when last, and how much just now, for a provider that counts both ways into one
limit. Gathered in memory and written twice a second: a process that dies loses half a second of it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Self

from samvad.channels.repository import facts
from samvad.channels.types import Arrived
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.db import Database, is_down
from samvad.platform.logging import get_logger

log = get_logger("channels.arrivals")

_GATHER = 0.5  # seconds
_PATIENCE = 2.0  # for the last writing when a process ends

_Number = tuple[TenantId, ChannelId]


class Arrivals:
    """One per process that takes webhooks in; all of them add to the same facts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: dict[_Number, Arrived] = {}
        self._some = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="arrivals")
        return self

    async def __aexit__(self, *details: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._write()
        except Exception as failure:
            log.warning("arrivals.lost", numbers=len(self._seen), why=type(failure).__name__)

    def note(self, tenant: TenantId, channel: ChannelId, *, messages: int, at: datetime) -> None:
        """Something genuine came at `at`, with `messages` that count into the number's limit."""
        number = (tenant, channel)
        self._seen[number] = Arrived(tenant, channel, messages, at).after(self._seen.get(number))
        self._some.set()

    async def _run(self) -> None:
        while True:
            await self._some.wait()
            await asyncio.sleep(_GATHER)
            try:
                await self._write()
            except Exception as failure:
                if not is_down(failure):
                    log.exception("arrivals.failed")

    async def _write(self) -> None:
        self._some.clear()
        batch, self._seen = self._seen, {}
        if not batch:
            return
        try:
            async with self._database.system_statement() as scope:
                await facts.arrived(scope, list(batch.values()))
        except BaseException:
            self._keep(batch)
            raise

    def _keep(self, batch: Mapping[_Number, Arrived]) -> None:
        for number, older in batch.items():
            newer = self._seen.get(number)
            self._seen[number] = newer.after(older) if newer else older
        self._some.set()
