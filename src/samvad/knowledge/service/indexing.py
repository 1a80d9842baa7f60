"""The indexing worker: a due source is read and embedded in the compute process and stored in small steps.

Each attempt grows an edition of its own that no search sees; one last transaction puts it in the place of
the old one. A worker that dies leaves a lease that ends and an edition that the next attempt drops.
"""

from datetime import timedelta
from uuid import UUID

import asyncpg

from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer, TimerKind
from samvad.kernel.clock import Clock
from samvad.kernel.ids import new_id
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.repository.editions import Editions
from samvad.knowledge.repository.sources import SourceWriter
from samvad.knowledge.service.announce import announce
from samvad.knowledge.service.attempt import Attempt
from samvad.knowledge.service.search import Call
from samvad.knowledge.service.sources import get
from samvad.knowledge.types import SourceState
from samvad.platform.compute.errors import ComputeTimeout
from samvad.platform.crashpoints import Point
from samvad.platform.db import Database, is_down
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.platform.wakeups import Topic, Wakeups

log = get_logger("knowledge.indexing")

_LEASE = timedelta(seconds=60)
_LOOK_SECONDS = 5.0
_ATTEMPTS = 3
_GIVEN_UP = "Reading the file failed several times; if it opens elsewhere, save it anew and upload it again"
_TOO_LONG = "Reading the file takes too long: split it"


class Indexer:
    """Works off INDEX timers of all tenants, one after the other. `call` is a compute process of its own:
    a question's embedding never waits behind a document."""

    def __init__(self, *, database: Database, call: Call, wakeups: Wakeups, clock: Clock) -> None:
        self._database = database
        self._call = call
        self._wakeups = wakeups
        self._clock = clock
        self._owner = new_id()
        self._held: frozenset[UUID] = frozenset()

    async def run(self) -> None:
        """Until cancelled."""
        waiter = self._wakeups.waiter(Topic.INDEXING)
        while True:
            try:
                while await self.round():
                    pass
            except Exception as failure:
                if not is_down(failure):
                    log.exception("indexing.round_failed")
            await waiter.wait(_LOOK_SECONDS)

    async def keep_alive(self) -> None:
        """Renews our lease until cancelled."""
        await every(_LEASE.total_seconds() / 3, self._renew, log=log, event="indexing.renew_failed")

    async def _renew(self) -> None:
        async with self._database.system_statement() as scope:
            until = self._clock.now() + _LEASE
            await jobs.renew(scope, self._held, owner=self._owner, until=until)

    async def round(self) -> bool:
        """Whether a source was due."""
        async with self._database.system_statement(point=Point.INDEX_CLAIM) as scope:
            due = await jobs.claim_due(
                scope, TimerKind.INDEX, now=self._clock.now(), lease=_LEASE, owner=self._owner, most=1
            )
        for timer in due:
            self._held = frozenset({timer.key})
            try:
                await self._work_off(timer)
            finally:
                self._held = frozenset()
        return bool(due)

    async def _work_off(self, timer: DueTimer) -> None:
        try:
            await Attempt(self._database, self._call, self._clock, timer, self._owner).make()
        except (Unreadable, ComputeTimeout) as failure:
            reason = failure.detail if isinstance(failure, Unreadable) else _TOO_LONG
            await self._failed(timer, reason)
        except asyncpg.ForeignKeyViolationError:
            log.info("indexing.source_removed", source=str(timer.key))
        except Exception as failure:
            if is_down(failure):
                raise
            log.exception("indexing.failed", source=str(timer.key), attempts=timer.attempts)
            if timer.attempts + 1 >= _ATTEMPTS:
                await self._failed(timer, _GIVEN_UP)
            else:
                await self._later(timer)
        self._wakeups.poke(Topic.EVENTS)

    async def _failed(self, timer: DueTimer, reason: str) -> None:
        """What searches found before they find still."""
        at = self._clock.now()
        async with self._database.unit_of_work(timer.tenant, point=Point.INDEX_FAIL) as scope:
            source = await SourceWriter(scope).lock(timer.key)
            if not await jobs.holds(scope, timer, owner=self._owner):
                return
            if source:
                await SourceWriter(scope).mark(timer.key, SourceState.FAILED, at=at, error=reason)
                await Editions(scope).drop_unfinished(timer.key)
                await announce(scope, await get(scope, timer.key), at=at)
            await jobs.done(scope, [timer], owner=self._owner, now=at)

    async def _later(self, timer: DueTimer) -> None:
        async with self._database.unit_of_work(timer.tenant, point=Point.INDEX_FAIL) as scope:
            await jobs.retry_later(scope, timer, owner=self._owner, now=self._clock.now())
