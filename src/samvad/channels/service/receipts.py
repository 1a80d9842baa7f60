"""Blue ticks and "typing...": shown when possible, never worth a queue of their own."""

import asyncio
from collections.abc import Mapping
from typing import Self
from uuid import UUID

from samvad.channels.errors import SendError
from samvad.channels.service.vault import Vault
from samvad.channels.types import ChannelAdapter, Provider
from samvad.kernel.errors import SamvadError
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform import metrics
from samvad.platform.logging import get_logger

log = get_logger("channels.receipts")

AT_ONCE = 16
MOST_WAITING = 1000


class Receipts:
    """Best effort: beyond a thousand waiting, new ones are dropped and counted."""

    def __init__(self, vault: Vault, adapters: Mapping[Provider, ChannelAdapter]) -> None:
        self._vault = vault
        self._adapters = adapters
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def show(self, tenant: TenantId, channel: UUID, external_id: str, *, typing: bool) -> None:
        """Call it after the commit; returns at once."""
        if len(self._tasks) >= MOST_WAITING:
            metrics.sends.labels("receipt_dropped").inc()
            return
        work = self._show(tenant, ChannelId(channel), external_id, typing=typing)
        task = asyncio.create_task(work, name="receipt")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _show(self, tenant: TenantId, channel: ChannelId, external_id: str, *, typing: bool) -> None:
        async with self._slots:
            try:
                found, credentials = await self._vault.open(tenant, channel, version=None)
                adapter = self._adapters[found.provider]
                can = adapter.capabilities
                if can.mark_read or (typing and can.typing):
                    await adapter.mark_read(external_id, via=credentials, typing=typing)
            except (SendError, SamvadError) as failure:
                metrics.sends.labels("receipt_failed").inc()
                log.info("receipt.failed", code=failure.code)
