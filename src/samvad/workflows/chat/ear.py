"""Hears of one conversation's changes among a tenant's live events."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager

from samvad.kernel.ids import TenantId
from samvad.platform.db import is_down
from samvad.platform.events.hub import Hub, Subscription
from samvad.platform.logging import get_logger

log = get_logger("workflows.chat")


class Ear:
    """`ended`: nothing will be heard any more; whoever listens has to come again."""

    def __init__(self) -> None:
        self.ended = False
        self._stirred = asyncio.Event()

    def stir(self) -> None:
        self._stirred.set()

    def end(self) -> None:
        self.ended = True
        self._stirred.set()

    async def wait(self, seconds: float) -> bool:
        """Whether something changed since the last time, within this time."""
        try:
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        except TimeoutError:
            return False
        self._stirred.clear()
        return True


class Ears:
    """All of a process, so that they can be let go at its end."""

    def __init__(self) -> None:
        self._open: set[Ear] = set()
        self._leaving = False

    def leave(self) -> None:
        self._leaving = True
        for ear in self._open:
            ear.end()

    @asynccontextmanager
    async def listening(
        self, hub: Hub, tenant: TenantId, concerned: Callable[[str], bool]
    ) -> AsyncIterator[Ear]:
        """It stirs at once, from when on nothing passes by, and then at each event that concerns it."""
        ear = Ear()
        with hub.subscribed(tenant) as subscription:
            listening = asyncio.create_task(_listen(hub, subscription, ear, concerned))
            self._open.add(ear)
            if self._leaving:
                ear.end()
            try:
                yield ear
            finally:
                self._open.discard(ear)
                listening.cancel()
                await asyncio.wait([listening])


async def _listen(hub: Hub, subscription: Subscription, ear: Ear, concerned: Callable[[str], bool]) -> None:
    full = asyncio.create_task(_overflow(subscription, ear))
    ready = False
    try:
        async with aclosing(hub.stream(subscription, None)) as texts:
            async for text in texts:
                if not ready or concerned(text):
                    ear.stir()
                ready = True
    except Exception as failure:
        if not is_down(failure):
            log.exception("chat.deaf")
    finally:
        full.cancel()
        ear.end()


async def _overflow(subscription: Subscription, ear: Ear) -> None:
    """More happened than one listener could take."""
    await subscription.overflowed.wait()
    ear.end()
