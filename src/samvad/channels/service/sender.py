"""The sender: claims through the gate as many messages as it has free slots, calls, writes outcomes."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Self
from uuid import UUID

from samvad.channels.repository import gate, outbound
from samvad.channels.service import outbox
from samvad.channels.service.dispatch import Dispatch, Failure
from samvad.channels.service.reactions import Befallen, react
from samvad.channels.service.slots import Slots, in_turn
from samvad.channels.types import (
    ClaimedMessage,
    DueChannel,
    ExpiredMessage,
    GateLimits,
    Priority,
    RefusedMessage,
    SendOutcome,
    SendResult,
)
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId, new_id
from samvad.platform import metrics
from samvad.platform.batching import MicroBatcher
from samvad.platform.crashpoints import Point
from samvad.platform.db import CommitUnknown, Database, Scope, is_down, retrying
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.platform.settings import WorkerSettings
from samvad.platform.wakeups import Topic, Wakeups

log = get_logger("channels.sender")

_OUTCOMES_GATHER = 0.02  # seconds between two transactions of outcomes
_SHORTEST, _LONGEST = 0.01, 0.2  # seconds between looks while something is queued but may not leave yet


@dataclass(frozen=True, slots=True)
class Done:
    outcome: SendOutcome
    failure: Failure | None = None

    @property
    def answered(self) -> bool:
        """Whether the provider is there: it took the message, or said why it does not."""
        if self.failure:
            return not self.failure.reaction.provider_down
        return self.outcome.result is SendResult.SENT


@dataclass(frozen=True, slots=True)
class _Progress:
    """How many rows moved, and how many seconds to wait for the next look; 0: soon, by growing pauses."""

    moved: int
    wait: float


class Sender:
    """One per worker process; any number of them share the queues."""

    def __init__(
        self,
        *,
        database: Database,
        dispatch: Dispatch,
        sink: outbox.OutcomeSink,
        wakeups: Wakeups,
        clock: Clock,
        settings: WorkerSettings,
        limits: GateLimits | None = None,
    ) -> None:
        self._database = database
        self._dispatch = dispatch
        self._sink = sink
        self._wakeups = wakeups
        self._clock = clock
        self._settings = settings
        self._limits = limits or GateLimits()
        self._owner = new_id()
        self._calls: set[asyncio.Task[None]] = set()
        self._slots = Slots(settings.send_slots)
        self._waiter = wakeups.waiter(Topic.OUTBOUND)
        self._starved = False  # something was due and no slot free for it
        self._outcomes: MicroBatcher[Done, None] = MicroBatcher(
            self._write, flushers=1, rest=_OUTCOMES_GATHER, bisect=_not_down
        )
        self._turn = 0
        self._troubled: set[UUID] = set()  # numbers whose last send failed, as far as we know

    async def __aenter__(self) -> Self:
        await self._outcomes.__aenter__()
        return self

    async def __aexit__(self, *details: object) -> None:
        """Lets calls under way end and their outcomes be written."""
        if self._calls:
            await asyncio.wait(self._calls, timeout=self._settings.send_timeout)
        await self._outcomes.__aexit__(*details)

    async def run(self) -> None:
        """Until cancelled."""
        pause = _SHORTEST
        while True:
            try:
                progress = await self._round()
            except Exception as failure:
                if not is_down(failure):
                    log.exception("sender.round_failed")
                progress = _Progress(0, self._settings.poll_seconds)
            if progress.moved:
                pause = _SHORTEST
                continue
            poked = await self._waiter.wait(progress.wait or pause)
            pause = _SHORTEST if poked else min(pause * 2, _LONGEST)

    async def _round(self) -> _Progress:
        async with self._database.system_statement() as scope:
            due = await gate.channels_due(scope, now=self._clock.now())
        moved, self._starved = 0, False
        ready = [number for number in due if number.wait <= 0]
        self._troubled.update(number.channel for number in due if number.troubled)
        self._turn += 1
        for number in in_turn(ready, self._turn):
            moved += await self._claim(number)
        if moved or ready:  # what is ready but did not move waits for its turn or a slot
            return _Progress(moved, 0)
        return _Progress(0, min((number.wait for number in due), default=self._settings.poll_seconds))

    async def _claim(self, number: DueChannel) -> int:
        """Begins as many calls as there is room for; without any for bulk, only what somebody waits for."""
        bulk, urgent = (self._slots.room(number.tenant, each) for each in (Priority.BULK, Priority.NOW))
        if number.priority is Priority.NOW and bulk < self._settings.send_claim:
            most, least_urgent = urgent, Priority.NOW
        else:
            most, least_urgent = bulk, Priority.BULK
        if most <= 0:
            self._starved = True
            return 0
        most = min(most, self._settings.send_claim)
        rows = await retrying(lambda: self._pass_gate(number, most, least_urgent))
        for row in rows:
            self._begin(row, number)
        return len(rows)

    def _begin(self, row: ClaimedMessage | RefusedMessage, number: DueChannel) -> None:
        priority = Priority.NOW if isinstance(row, RefusedMessage) else row.priority
        work = (
            self._settle(_refused(row, self._clock))
            if isinstance(row, RefusedMessage)
            else self._send(row, number)
        )
        self._slots.take(number.tenant, priority)
        task = asyncio.create_task(work)
        self._calls.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, number.tenant, priority))

    def _ended(self, call: asyncio.Task[None], tenant: TenantId, priority: Priority) -> None:
        self._calls.discard(call)
        self._slots.give(tenant, priority)
        if self._starved:
            self._waiter.poke()

    async def _pass_gate(
        self, number: DueChannel, most: int, least_urgent: Priority
    ) -> list[ClaimedMessage | RefusedMessage]:
        now = self._clock.now()
        async with self._database.system_statement(point=Point.GATE_CLAIM) as scope:
            return await gate.pass_gate(
                scope,
                number.tenant,
                number.channel,
                now=now,
                lease_until=now + timedelta(seconds=self._settings.lease_seconds),
                owner=self._owner,
                most=most,
                least_urgent=least_urgent,
                limits=self._limits,
            )

    async def _send(self, claimed: ClaimedMessage, number: DueChannel) -> None:
        outcome, failure = await self._dispatch.send(
            claimed, version=number.version, down_since=number.down_since
        )
        await self._settle(Done(outcome, failure))

    async def _settle(self, done: Done) -> None:
        label = done.outcome.reason if done.outcome.result is SendResult.REFUSED else done.outcome.result
        (metrics.gate_refusals if done.outcome.result is SendResult.REFUSED else metrics.sends).labels(
            label
        ).inc()
        await self._outcomes.submit(done)

    async def _write(self, batch: Sequence[Done]) -> Sequence[None]:
        """Outcomes are facts: they are written however often the database has to be asked."""
        for _, of_tenant in groupby(sorted(batch, key=_tenant), key=_tenant):
            mine = list(of_tenant)
            await self._insist(mine[0].outcome.tenant, mine)
        self._wakeups.poke(Topic.OUTBOUND, Topic.EVENTS)
        return [None] * len(batch)

    async def _insist(self, tenant: TenantId, batch: Sequence[Done]) -> None:
        wait = 0.05
        while True:
            try:
                await retrying(lambda: self._record(tenant, batch))
            except Exception as failure:
                if not is_down(failure) and not isinstance(failure, CommitUnknown):
                    raise
                await asyncio.sleep(wait)
                wait = min(wait * 2, 2)
            else:
                return

    async def _record(self, tenant: TenantId, batch: Sequence[Done]) -> None:
        async with self._database.unit_of_work(tenant, point=Point.SEND_OUTCOME) as scope:
            for done in batch:
                await self._react(scope, done)
            outcomes = [done.outcome for done in batch]
            answered = self._troubled & {done.outcome.channel for done in batch if done.answered}
            if answered:
                await outbox.note_answers(scope, sorted(answered))
            await outbox.settle(scope, outcomes)
            await self._sink.record(scope, outcomes)
        self._troubled -= answered

    async def _react(self, scope: Scope, done: Done) -> None:
        if done.failure is None:
            return
        outcome, reaction = done.outcome, done.failure.reaction
        if reaction.provider_down:
            await outbox.note_failure(scope, outcome.channel, at=outcome.at)
            self._troubled.add(outcome.channel)
        error = done.failure.error
        said, after = outcome.detail or error.title, done.failure.retry_after
        await react(scope, Befallen(outcome.channel, error.code, said, outcome.at, after))

    async def keep_alive(self) -> None:
        """Renews our leases and takes over what dead senders left, until cancelled."""
        await every(self._settings.lease_seconds / 3, self._sweep, log=log, event="sender.sweep_failed")

    async def _sweep(self) -> None:
        now = self._clock.now()
        async with self._database.system_statement(point=Point.SEND_EXPIRE) as scope:
            until = now + timedelta(seconds=self._settings.lease_seconds)
            await outbound.renew(scope, owner=self._owner, until=until)
            expired = await outbound.take_expired(scope, now=now, owner=self._owner, lease_until=until)
            refused = await outbound.orphaned_refusals(scope, now=now)
        outcomes = [_lost(row, self._clock) for row in expired] + [_refused(r, self._clock) for r in refused]
        await asyncio.gather(*(self._outcomes.submit(done) for done in outcomes))


def _tenant(done: Done) -> UUID:
    return done.outcome.tenant


def _not_down(failure: Exception) -> bool:
    return not is_down(failure)


def _refused(row: RefusedMessage, clock: Clock) -> Done:
    return Done(
        SendOutcome(
            tenant=row.tenant,
            id=row.id,
            conversation=row.conversation,
            channel=row.channel,
            result=SendResult.REFUSED,
            at=clock.now(),
            purpose=row.purpose,
            reason=row.reason,
        )
    )


def _lost(row: ExpiredMessage, clock: Clock) -> Done:
    return Done(
        SendOutcome(
            tenant=row.tenant,
            id=row.id,
            conversation=row.conversation,
            channel=row.channel,
            result=SendResult.UNKNOWN,
            at=clock.now(),
            reason="sender_died",
        )
    )
