"""The inbound worker: claims lanes, works them off in batches, one transaction per tenant and batch."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from samvad.channels.service import lanes
from samvad.channels.service.receipts import Receipts
from samvad.channels.types import ClaimedLane
from samvad.contacts.service import Contended
from samvad.conversations.service.announce import announce
from samvad.conversations.service.traces import keep as keep_traces
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId, new_id
from samvad.platform import metrics
from samvad.platform.crashpoints import Point
from samvad.platform.db import CommitUnknown, Database, Scope, is_down, retrying
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.platform.settings import WorkerSettings
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.service import alerts
from samvad.workflows.inbound import stages
from samvad.workflows.inbound.tenants import Tenants
from samvad.workflows.inbound.turns import MOST as MOST_TURNS
from samvad.workflows.inbound.turns import turns_of
from samvad.workflows.inbound.types import Batch, Context

log = get_logger("workflows.inbound")

MAX_ATTEMPTS = 5
MOST_ITEMS = 500
COME_AGAIN = timedelta(seconds=0.5)
_CONTENTIONS = 4


class LeaseLost(Exception):
    """Another worker holds one of the lanes by now: nothing of this batch may count."""


@dataclass(frozen=True, slots=True)
class Work:
    """One tenant's lanes, or a single item of one lane."""

    tenant: TenantId
    lanes: Sequence[ClaimedLane]
    most: int = MOST_ITEMS


class InboundWorker:
    def __init__(
        self,
        *,
        database: Database,
        tenants: Tenants,
        receipts: Receipts,
        wakeups: Wakeups,
        clock: Clock,
        settings: WorkerSettings,
    ) -> None:
        self._database = database
        self._tenants = tenants
        self._receipts = receipts
        self._wakeups = wakeups
        self._clock = clock
        self._settings = settings
        self._owner = new_id()

    async def run(self) -> None:
        """Until cancelled."""
        waiter = self._wakeups.waiter(Topic.LANES)
        while True:
            claimed: Sequence[ClaimedLane] = ()
            try:
                claimed = await self._claim()
                for tenant, mine in groupby(sorted(claimed, key=_tenant), key=_tenant):
                    await self._work_off(Work(TenantId(tenant), list(mine)))
            except Exception as failure:
                if not is_down(failure):
                    log.exception("inbound.round_failed")
                await asyncio.sleep(0.2)
            if not claimed:
                await waiter.wait(self._settings.poll_seconds)

    async def keep_alive(self) -> None:
        """Renews our leases until cancelled."""
        await every(self._settings.lease_seconds / 3, self._renew, log=log, event="inbound.renew_failed")

    async def _renew(self) -> None:
        async with self._database.system_statement() as scope:
            await lanes.renew(scope, owner=self._owner, until=self._clock.now() + self._lease)

    @property
    def _lease(self) -> timedelta:
        return timedelta(seconds=self._settings.lease_seconds)

    async def _claim(self) -> list[ClaimedLane]:
        """Each round under a name of its own: what it could not let go, because the database was away, is not
        renewed any more, so that the leases run out and others, or we, take it up again."""
        self._owner = new_id()
        async with self._database.system_statement(point=Point.INBOUND_CLAIM) as scope:
            return await lanes.claim(
                scope,
                now=self._clock.now(),
                lease=self._lease,
                owner=self._owner,
                most=self._settings.lanes,
            )

    async def _work_off(self, work: Work) -> None:
        """A batch that fails for its content is bisected down to the one item that harms it."""
        try:
            with metrics.stage_seconds.labels("inbound").time():
                await self._until_uncontended(work)
        except (LeaseLost, Contended, CommitUnknown) as setback:
            log.warning("inbound.again", why=type(setback).__name__)
        except Exception as failure:
            if is_down(failure):
                raise
            if len(work.lanes) > 1:
                middle = len(work.lanes) // 2
                await self._work_off(Work(work.tenant, work.lanes[:middle]))
                await self._work_off(Work(work.tenant, work.lanes[middle:]))
            elif work.most > 1:
                await self._work_off(Work(work.tenant, work.lanes, most=1))
            else:
                log.exception("inbound.item_failed")
                await self._reject(work, failure)

    async def _until_uncontended(self, work: Work) -> None:
        """Two numbers can make the same person at once; whoever comes second finds them made."""
        for _ in range(_CONTENTIONS):
            try:
                return await retrying(lambda: self._apply(work))
            except Contended:
                continue
        await retrying(lambda: self._apply(work))

    async def _apply(self, work: Work) -> None:
        at = self._clock.now()
        async with self._database.unit_of_work(work.tenant, point=Point.INBOUND_APPLY) as scope:
            profile = await self._tenants.profile(scope)
            items = await lanes.waiting(scope, work.lanes, most=work.most)
            contexts, orphans = await self._tenants.contexts(scope, items)
            turns = turns_of(contexts)
            batch = Batch(at, profile.language, profile.name, profile.own_numbers, profile.restored_at)
            deferred = await self._take(scope, batch, turns[:MOST_TURNS])
            later = [c for turn in turns[MOST_TURNS:] for c in turn]
            await self._finish(scope, batch, contexts)
            again = {c.item.id for c in [*deferred, *later]}
            await lanes.note_duplicates(scope, _repeated(contexts))
            await lanes.forget(scope, [i.id for i in items if i.id not in again])
            left = bool(later) or len(items) == work.most
            await self._release(scope, work, items_left=left, deferred=deferred)
        self._count(len(contexts) - len(again), len(orphans), len(deferred))
        self._wakeups.poke(Topic.TIMERS, Topic.OUTBOUND, Topic.EVENTS)
        if batch.files:
            self._wakeups.poke(Topic.FILES)
        for channel, external_id in batch.typing:
            self._receipts.show(work.tenant, channel, external_id, typing=True)

    async def _take(self, scope: Scope, batch: Batch, turns: Sequence[list[Context]]) -> list[Context]:
        """Those that are deferred."""
        deferred: list[Context] = []
        for turn in turns:
            deferred += await stages.run(scope, batch, turn, stopwatch=time.perf_counter)
        return deferred

    async def _finish(self, scope: Scope, batch: Batch, contexts: Sequence[Context]) -> None:
        await keep_traces(
            scope,
            [(c.appended.message, c.trace) for c in contexts if c.appended and not c.appended.duplicate],
        )
        await announce(
            scope,
            at=batch.at,
            created=batch.new_messages,
            updated=batch.changed_messages,
            conversations=batch.conversations,
            new_conversations=batch.new_conversations,
        )

    async def _release(
        self, scope: Scope, work: Work, *, items_left: bool, deferred: Sequence[Context]
    ) -> None:
        waiting = {(c.item.channel, c.item.lane) for c in deferred}
        if items_left:
            waiting |= {(lane.channel, lane.lane) for lane in work.lanes}
        later = self._clock.now() + (COME_AGAIN if deferred and not items_left else timedelta())
        released = await lanes.release(
            scope, work.lanes, unfinished=frozenset(waiting), owner=self._owner, ready_at=later
        )
        if released < len(work.lanes):
            raise LeaseLost

    async def _reject(self, work: Work, failure: Exception) -> None:
        """The first item of a single lane failed alone: tried five times, then it goes to the journal."""
        at = self._clock.now()
        async with self._database.unit_of_work(work.tenant, point=Point.INBOUND_REJECT) as scope:
            item = (await lanes.waiting(scope, work.lanes, most=1))[0]
            wait = timedelta(seconds=2**item.attempts / 4)
            if item.attempts + 1 >= MAX_ATTEMPTS:
                await lanes.give_up(scope, item, why=f"{type(failure).__name__}: {failure}"[:500])
                await alerts.raise_alert(
                    scope, "inbound_failed", subject=str(item.channel), detail=str(failure)[:200], now=at
                )
                wait = timedelta()
            else:
                await lanes.count_attempt(scope, item)
            everything = frozenset((lane.channel, lane.lane) for lane in work.lanes)
            await lanes.release(
                scope, work.lanes, unfinished=everything, owner=self._owner, ready_at=at + wait
            )

    def _count(self, done: int, orphans: int, deferred: int) -> None:
        metrics.inbound_processed.labels("done").inc(done)
        metrics.inbound_processed.labels("deferred").inc(deferred)
        metrics.inbound_processed.labels("orphaned").inc(orphans)


def _repeated(contexts: Sequence[Context]) -> Mapping[UUID, int]:
    """How many messages of each delivery had come before."""
    return Counter(c.item.delivery for c in contexts if c.appended and c.appended.duplicate)


def _tenant(lane: ClaimedLane) -> UUID:
    return lane.tenant
