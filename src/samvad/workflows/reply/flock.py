"""Tasks that run beside their maker: at most so many, and none left behind."""

import asyncio
from collections.abc import Coroutine
from typing import Self


class Flock:
    """Open it with `async with`; what still runs at the end is cancelled."""

    def __init__(self, most: int) -> None:
        self._room = asyncio.Semaphore(most)
        self._running: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def start(self, work: Coroutine[None, None, None]) -> None:
        """Waits for a free place, then lets `work` run; it must deal with its own failures."""
        try:
            await self._room.acquire()
        except BaseException:
            work.close()
            raise
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._room.release()
