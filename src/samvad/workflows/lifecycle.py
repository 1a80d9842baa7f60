"""A conversation's later life: a promise unkept, a day without a word, the end of a snooze."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from samvad.conversations.service import care, records
from samvad.conversations.service import mode as modes
from samvad.conversations.service.announce import announce, mode_event
from samvad.conversations.types import Conversation, Mode, ModeChange, State
from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer, NewTimer, TimerKind
from samvad.kernel.clock import Clock
from samvad.kernel.errors import Conflict
from samvad.kernel.ids import TenantId, new_id
from samvad.platform.crashpoints import Point
from samvad.platform.db import Database, Scope, is_down, retrying
from samvad.platform.events import NewEvent
from samvad.platform.logging import get_logger
from samvad.platform.periodic import every
from samvad.tenancy.rules import is_open, next_opening
from samvad.tenancy.service import alerts
from samvad.workflows.identities import evidence
from samvad.workflows.inbound.tenants import Tenants

log = get_logger("workflows.lifecycle")

IDLE, IDLE_WORD = timedelta(hours=24), "idle"
SILENCE = timedelta(minutes=30)
_LOOK_SECONDS = 5.0
_LEASE = timedelta(seconds=30)
_MOST = 100


class Lifecycle:
    """Works off SILENCE, IDLE, SNOOZE and MERGE timers of all tenants."""

    def __init__(self, *, database: Database, tenants: Tenants, clock: Clock) -> None:
        self._database = database
        self._tenants = tenants
        self._clock = clock
        self._owner = new_id()

    async def run(self) -> None:
        """Until cancelled."""
        await every(_LOOK_SECONDS, self._rounds, log=log, event="lifecycle.round_failed")

    async def _rounds(self) -> None:
        while await self.round():
            pass

    async def round(self) -> int:
        """How many timers were due."""
        now = self._clock.now()
        due: list[DueTimer] = []
        async with self._database.system_statement(point=Point.LIFECYCLE_CLAIM) as scope:
            for kind in (TimerKind.SILENCE, TimerKind.IDLE, TimerKind.SNOOZE):
                due += await jobs.claim_due(scope, kind, now=now, lease=_LEASE, owner=self._owner, most=_MOST)
            merges = await jobs.claim_due(
                scope, TimerKind.MERGE, now=now, lease=_LEASE, owner=self._owner, most=_MOST
            )
        for tenant, mine in groupby(sorted(due, key=_tenant), key=_tenant):
            await self._work_off(TenantId(tenant), list(mine))
        for timer in merges:
            await self._weigh(timer)
        return len(due) + len(merges)

    async def _weigh(self, timer: DueTimer) -> None:
        """Each by itself: one that must wait, or fails, holds up no other."""
        try:
            await retrying(lambda: self._merge(timer))
        except Exception as failure:
            if is_down(failure):
                raise
            if not isinstance(failure, Conflict):
                log.exception("lifecycle.merge_failed", contact=timer.payload.get("other"))
            async with self._database.unit_of_work(timer.tenant, point=Point.LIFECYCLE_APPLY) as scope:
                await jobs.retry_later(scope, timer, owner=self._owner, now=self._clock.now())

    async def _merge(self, timer: DueTimer) -> None:
        at = self._clock.now()
        async with self._database.unit_of_work(timer.tenant, point=Point.CONTACT_MERGE) as scope:
            await evidence.weigh(scope, timer, at=at)
            await jobs.done(scope, [timer], owner=self._owner, now=at)

    async def _work_off(self, tenant: TenantId, timers: Sequence[DueTimer]) -> None:
        at = self._clock.now()
        async with self._database.unit_of_work(tenant, point=Point.LIFECYCLE_APPLY) as scope:
            locked = await records.lock(scope, [t.key for t in timers])
            extra: list[NewEvent] = []
            lines: list[UUID] = []
            for timer in timers:
                conversation = locked.get(timer.key)
                if conversation is None:
                    continue
                if timer.kind is TimerKind.SILENCE:
                    await self._break_silence(scope, conversation)
                elif timer.kind is TimerKind.SNOOZE:
                    care.wake(conversation, at=at)
                else:
                    ahead = timedelta(seconds=int(timer.payload.get("ahead", 0)))
                    found = await self._expire(scope, conversation, ahead=ahead)
                    if found:
                        lines += found.lines
                        extra.append(mode_event(conversation, by="system", reason=IDLE_WORD))
            await records.save(scope, list(locked.values()), at=at)
            await announce(scope, at=at, created=lines, conversations=list(locked), extra=extra)
            await jobs.done(scope, timers, owner=self._owner, now=at)

    async def _break_silence(self, scope: Scope, conversation: Conversation) -> None:
        """HUMAN without a human word for 30 minutes of business hours: the team is alerted."""
        if conversation.mode is not Mode.HUMAN or conversation.human_word_at:
            return
        at = self._clock.now()
        profile = await self._tenants.profile(scope)
        zone = ZoneInfo(profile.time_zone)
        if not is_open(profile.hours, at, zone):
            due = next_opening(profile.hours, at, zone) + SILENCE
            await jobs.arm(scope, [NewTimer(TimerKind.SILENCE, conversation.id, due, at)])
            return
        conversation.call_person("nobody_answered")
        detail = "A customer was promised a person and nobody has written for 30 minutes"
        subject = str(conversation.id)
        await alerts.raise_alert(scope, "nobody_answered", subject=subject, detail=detail, now=at)

    async def _expire(
        self, scope: Scope, conversation: Conversation, *, ahead: timedelta
    ) -> ModeChange | None:
        """A day without a message resolves, and gives the conversation back to the assistant. `ahead`: how
        much of it passed on a sandbox's clock alone."""
        at = self._clock.now()
        due = conversation.last_message_at + IDLE - ahead
        if conversation.state is State.SNOOZED and conversation.snoozed_until:
            due = conversation.snoozed_until + IDLE  # asleep is not forgotten
        if due > at:
            passed: dict[str, str | int] = {"ahead": round(ahead.total_seconds())} if ahead else {}
            await jobs.arm(scope, [NewTimer(TimerKind.IDLE, conversation.id, due, at, payload=passed)])
            return None
        change = None
        if conversation.mode is Mode.HUMAN:
            change = await modes.switch(scope, conversation, Mode.AI, reason=IDLE_WORD, at=at)
        if conversation.state is not State.RESOLVED:
            conversation.state, conversation.resolved_by = State.RESOLVED, IDLE_WORD
        conversation.needs_person_reason = None
        return change


def _tenant(timer: DueTimer) -> UUID:
    return timer.tenant
