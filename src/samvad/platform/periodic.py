"""Work that is done again and again for as long as a process lives."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from samvad.platform.db import is_down


class _Log(Protocol):
    def exception(self, event: str, /) -> object: ...


async def every(seconds: float, work: Callable[[], Awaitable[object]], *, log: _Log, event: str) -> None:
    """Until cancelled, first after `seconds`. What goes wrong is logged as `event` and tried again the next
    time; that the database is away is said elsewhere."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as failure:
            if not is_down(failure):
                log.exception(event)
