"""The polling worker: channels that are due are leased and asked, each in a task of its own, so that a slow
provider delays no other. Whoever dies between storing and settling is told the same again."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from samvad.channels.repository import polls
from samvad.channels.service.asking import Asker
from samvad.channels.types import DuePoll
from samvad.kernel.clock import Clock
from samvad.kernel.ids import ChannelId, new_id
from samvad.platform.crashpoints import Point
from samvad.platform.db import Database, is_down
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.platform.settings import WorkerSettings
from samvad.platform.wakeups import Topic, Wakeups

log = get_logger("channels.polling")

_SHORTEST = 0.05  # seconds between two looks, however short an adapter's pause is


class Poller:
    """One a worker process; any number of them share the channels."""

    def __init__(
        self, *, database: Database, asker: Asker, wakeups: Wakeups, clock: Clock, settings: WorkerSettings
    ) -> None:
        self._database = database
        self._asker = asker
        self._waiter = wakeups.waiter(Topic.POLLS)
        self._clock = clock
        self._settings = settings
        self._owner = new_id()
        self._visits: dict[asyncio.Task[None], ChannelId] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        """What is under way is given up: the provider says it again to the next worker, who need not wait."""
        for visit in self._visits:
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)
        try:
            async with self._database.system_statement(point=Point.POLL_RELEASE) as scope:
                await polls.let_go(scope, owner=self._owner)
        except Exception as failure:
            if not is_down(failure):
                log.exception("polling.not_let_go")

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.round()
            except Exception as failure:
                if not is_down(failure):
                    log.exception("polling.round_failed")
            await self._waiter.wait(self._settings.poll_seconds)

    async def round(self) -> Iterable[asyncio.Task[None]]:
        """Begins to ask what is due, as far as there are slots: one task a channel."""
        free = self._settings.poll_slots - len(self._visits)
        if free <= 0:
            await asyncio.wait(self._visits, return_when=asyncio.FIRST_COMPLETED)
            self._waiter.poke()
            return []
        return [self._begin(due) for due in await self._claim(free)]

    async def _claim(self, most: int) -> list[DuePoll]:
        now = self._clock.now()
        async with self._database.system_statement(point=Point.POLL_CLAIM) as scope:
            return await polls.claim(
                scope, now=now, lease_until=self._lease(now), owner=self._owner, most=most
            )

    def _begin(self, due: DuePoll) -> asyncio.Task[None]:
        visit = asyncio.create_task(self._visit(due), name="poll")
        self._visits[visit] = due.channel
        visit.add_done_callback(self._visits.pop)
        return visit

    async def _visit(self, due: DuePoll) -> None:
        wait = await self._asker.visit(due)
        if wait < self._settings.poll_seconds:  # else the next look comes soon enough
            asyncio.get_running_loop().call_later(max(wait, _SHORTEST), self._waiter.poke)

    def _lease(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._settings.lease_seconds)

    async def keep_alive(self) -> None:
        """Renews the leases of what is under way, until cancelled."""
        await every(self._settings.lease_seconds / 3, self._renew, log=log, event="polling.renew_failed")

    async def _renew(self) -> None:
        async with self._database.system_statement() as scope:
            until = self._lease(self._clock.now())
            await polls.renew(scope, list(self._visits.values()), owner=self._owner, until=until)
