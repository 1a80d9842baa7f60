"""Waiting for what other tasks and processes do."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


async def eventually(holds: Callable[[], Awaitable[object]], *, seconds: float = 15) -> Any:
    """Waits for a condition; the seconds are a safety net, not a measurement."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while True:
        found = await holds()
        if found:
            return found
        if loop.time() > until:
            raise AssertionError(f"it never held: {holds}")
        await asyncio.sleep(0.02)
