"""The reply worker: due timers in batches, a snapshot, decisions with no transaction open, one final one."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from samvad.assistant.service.rules import rules_of
from samvad.channels.service.receipts import Receipts
from samvad.channels.types import Channel
from samvad.conversations.service import records
from samvad.conversations.service.agents import recipients
from samvad.conversations.service.announce import announce
from samvad.conversations.service.bursts import said_before, unanswered
from samvad.conversations.service.hints import hint_for
from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer, TimerKind
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId, new_id
from samvad.knowledge.service import sources
from samvad.platform import metrics
from samvad.platform.crashpoints import Point
from samvad.platform.db import Database, is_down, retrying
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.platform.settings import WorkerSettings
from samvad.platform.wakeups import Topic, Waiter, Wakeups
from samvad.tenancy.rules import is_open, next_opening
from samvad.workflows.inbound.tenants import Tenants
from samvad.workflows.reply.decide import Act, Situation, decide
from samvad.workflows.reply.finish import Decided, Effects, cited, finish
from samvad.workflows.reply.flock import Flock
from samvad.workflows.reply.followup import question_before
from samvad.workflows.reply.types import Records

log = get_logger("workflows.reply")

_MOST_ASKING = 16  # conversations that wait for the records at a time
_PATIENCE = timedelta(seconds=30)  # of a customer, while files that were just added are read
_GLANCE = timedelta(seconds=0.5)


class ReplyWorker:
    def __init__(
        self,
        *,
        database: Database,
        tenants: Tenants,
        receipts: Receipts,
        wakeups: Wakeups,
        clock: Clock,
        settings: WorkerSettings,
        records: Records,
    ) -> None:
        self._database = database
        self._tenants = tenants
        self._receipts = receipts
        self._wakeups = wakeups
        self._clock = clock
        self._settings = settings
        self._records = records
        self._asking = Flock(_MOST_ASKING)
        self._owner = new_id()
        self._round: frozenset[UUID] = frozenset()  # conversations of the timers that are worked on
        self._asked: set[UUID] = set()

    async def run(self) -> None:
        """Until cancelled."""
        waiter = self._wakeups.waiter(Topic.TIMERS)
        async with self._asking:
            await self._rounds(waiter)

    async def _rounds(self, waiter: Waiter) -> None:
        while True:
            wait = self._settings.poll_seconds
            try:
                due, wait = await self._claim()
                for tenant, mine in groupby(sorted(due, key=_tenant), key=_tenant):
                    await self._answer(TenantId(tenant), list(mine))
            except Exception as failure:
                if not is_down(failure):
                    log.exception("reply.round_failed")
                due, wait = [], 0.2
            if not due:
                await waiter.wait(wait)

    async def keep_alive(self) -> None:
        """Renews our leases until cancelled."""
        await every(self._settings.lease_seconds / 3, self._renew, log=log, event="reply.renew_failed")

    async def _renew(self) -> None:
        async with self._database.system_statement() as scope:
            until = self._clock.now() + self._lease
            await jobs.renew(scope, self._round | self._asked, owner=self._owner, until=until)

    @property
    def _lease(self) -> timedelta:
        return timedelta(seconds=self._settings.lease_seconds)

    async def _claim(self) -> tuple[list[DueTimer], float]:
        """(due timers, seconds until the next one is)."""
        now, self._round = self._clock.now(), frozenset()
        async with self._database.system_statement(point=Point.REPLY_CLAIM) as scope:
            due = await jobs.claim_due(
                scope,
                TimerKind.REPLY,
                now=now,
                lease=self._lease,
                owner=self._owner,
                most=self._settings.replies,
            )
            self._round = frozenset(timer.key for timer in due)
            upcoming = None if due else await jobs.next_due(scope, TimerKind.REPLY)
        soon = (upcoming - now).total_seconds() if upcoming else self._settings.poll_seconds
        return due, min(max(soon, 0.001), self._settings.poll_seconds)

    async def _answer(self, tenant: TenantId, timers: Sequence[DueTimer]) -> None:
        """Who needs the records waits for them alone; everybody else is answered at once."""
        try:
            with metrics.stage_seconds.labels("reply").time():
                considered = await self._consider(tenant, timers)
                asking: dict[UUID, Decided] = {
                    one.burst.conversation: one for one in considered if one.decision.act is Act.ASK
                }
                at_once = [t for t in timers if t.key not in asking]
                decided = [one for one in considered if one.decision.act is not Act.ASK]
                if at_once:
                    await retrying(lambda: self._finish(tenant, at_once, decided))
        except Exception as failure:
            if is_down(failure):
                raise
            await self._alone_or_later(tenant, timers, failure)
            return
        for timer in timers:
            if timer.key in asking:
                self._asked.add(timer.key)
                await self._asking.start(self._answer_from_records(tenant, timer, asking[timer.key]))

    async def _alone_or_later(self, tenant: TenantId, timers: Sequence[DueTimer], failure: Exception) -> None:
        """One poisonous conversation harms itself only."""
        log.error("reply.failed", timers=len(timers), exc_info=failure)
        if len(timers) > 1:
            for timer in timers:
                await self._answer(tenant, [timer])
        else:
            await self._later(tenant, timers[0])

    async def _consider(self, tenant: TenantId, timers: Sequence[DueTimer]) -> list[Decided]:
        async with self._database.reading(tenant) as scope:
            profile = await self._tenants.profile(scope)
            rules = await rules_of(scope)
            bursts = await unanswered(scope, [t.key for t in timers])
        restarts = {t.key: t.restarts for t in timers}
        now = self._clock.now()
        zone = ZoneInfo(profile.time_zone)
        back_at = None if is_open(profile.hours, now, zone) else next_opening(profile.hours, now, zone)
        return [
            _decided(
                Situation(
                    burst,
                    rules,
                    profile.name,
                    profile.language,
                    back_at,
                    profile.time_zone,
                    restored_at=profile.restored_at,
                ),
                silence_from=back_at or now,
                restarts=restarts[burst.conversation],
            )
            for burst in bursts
        ]

    async def _answer_from_records(self, tenant: TenantId, timer: DueTimer, first: Decided) -> None:
        """Asks with no transaction open, then decides the same snapshot again."""
        try:
            with metrics.stage_seconds.labels("answer").time():
                situation = first.situation
                question = "\n".join(situation.said)
                async with self._database.reading(tenant) as scope:
                    after = question_before(await said_before(scope, first.burst))
                    hint = await hint_for(scope, first.burst, now=self._clock.now())
                heard = await self._records.ask(
                    tenant, question, language=situation.language, after=after, hint=hint
                )
                if not heard.says and await self._may_know_soon(tenant, first):
                    await self._look_again(tenant, timer)
                    return
            decided = _decided(
                replace(situation, heard=heard), silence_from=first.silence_from, restarts=first.restarts
            )
            await retrying(lambda: self._finish(tenant, [timer], [decided]))
        except Exception as failure:
            log.exception("reply.failed", timers=1)
            if not is_down(failure):  # else its lease runs out and it comes again
                await self._later(tenant, timer)
        finally:
            self._asked.discard(timer.key)

    async def _may_know_soon(self, tenant: TenantId, first: Decided) -> bool:
        """A price list that was added a moment ago is no reason to call a person."""
        now = self._clock.now()
        waited = now - first.burst.messages[-1].arrived_at
        return waited < _PATIENCE and await self._records.growing(tenant, at=now)

    async def _look_again(self, tenant: TenantId, timer: DueTimer) -> None:
        async with self._database.unit_of_work(tenant, point=Point.REPLY_RETRY) as scope:
            at = self._clock.now() + _GLANCE
            await jobs.postpone(scope, timer, owner=self._owner, run_at=at)

    async def _finish(self, tenant: TenantId, timers: Sequence[DueTimer], decided: Sequence[Decided]) -> None:
        at = self._clock.now()
        again: set[UUID] = set()
        async with self._database.unit_of_work(tenant, point=Point.REPLY_QUEUE) as scope:
            channels = await self._tenants.channels(scope)
            locked = await records.lock(scope, [d.burst.conversation for d in decided])
            removed = await sources.removed(scope, {id for one in decided for id in cited(one.decision)})
            effects = Effects(await recipients(scope, list(locked)), removed)
            for one in decided:
                conversation = locked.get(one.burst.conversation)
                if conversation and not await finish(scope, one, conversation, effects, at=at):
                    again.add(conversation.id)
            await effects.write(scope, at=at)
            await announce(
                scope,
                at=at,
                created=effects.created,
                updated=effects.updated,
                conversations=effects.conversations,
                extra=effects.events,
            )
            over = [t for t in timers if t.key not in again]
            await jobs.done(scope, over, owner=self._owner, now=at)
            await jobs.restart(scope, [t for t in timers if t.key in again], owner=self._owner)
        self._wakeups.poke(Topic.OUTBOUND, Topic.EVENTS, Topic.TIMERS)
        answered = [d for d in decided if d.burst.conversation in effects.conversations]
        metrics.replies_saved.inc(sum(len(d.burst.messages) - 1 for d in answered if d.decision.texts))
        self._show_ticks(tenant, answered, channels)

    def _show_ticks(
        self, tenant: TenantId, answered: Sequence[Decided], channels: Mapping[UUID, Channel]
    ) -> None:
        """Blue ticks with the reply, where typing did not show them before."""
        for one in answered:
            channel = channels.get(one.burst.channel)
            newest = one.burst.messages[-1].external_id if one.burst.messages else None
            if channel is None or newest is None or one.decision.act is Act.SILENCE:
                continue
            settings = channel.settings
            if settings.mark_read == "reply" and not settings.reply_quiet_ms:
                self._receipts.show(tenant, channel.id, newest, typing=False)

    async def _later(self, tenant: TenantId, timer: DueTimer) -> None:
        async with self._database.unit_of_work(tenant, point=Point.REPLY_RETRY) as scope:
            await jobs.retry_later(scope, timer, owner=self._owner, now=self._clock.now())


def _decided(situation: Situation, *, silence_from: datetime, restarts: int) -> Decided:
    began = time.perf_counter()
    decision, trace = decide(situation)
    ms = round((time.perf_counter() - began) * 1000, 3)
    if decision.act is not Act.ASK:
        metrics.reply_decisions.labels(decision.act.value).inc()
    last = trace[-1]
    timed = [*trace[:-1], replace(last, ms=last.ms or ms)]
    return Decided(situation, decision, timed, silence_from, restarts)


def _tenant(timer: DueTimer) -> UUID:
    return timer.tenant
