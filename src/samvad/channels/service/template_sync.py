"""The worker that keeps templates as their providers have them, and once a day what these say of a number."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from samvad.channels.errors import AccountMissing, NoTemplates, ProviderAway, ProviderRefused
from samvad.channels.repository import templates as stored
from samvad.channels.repository.channels import Channels
from samvad.channels.service.standing import StandingDesk
from samvad.channels.service.template_desk import TemplateDesk
from samvad.channels.types import ChannelAdapter, HasTemplates, Provider
from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer, TimerKind
from samvad.kernel.clock import Clock
from samvad.kernel.ids import new_id
from samvad.platform.db import Database, is_down
from samvad.platform.logging import get_logger
from samvad.platform.wakeups import Topic, Wakeups

log = get_logger("channels.templates")

EVERY = timedelta(hours=6)
WHILE_PENDING = timedelta(minutes=10)  # where an app is not subscribed to news of templates
_LATER = timedelta()  # soon, and later each time
_LEASE = timedelta(minutes=5)
_LOOK_SECONDS = 5.0
_AT_ONCE = 4
_IN_A_ROW = 5  # failures after which it waits for the usual time


class TemplateSyncer:
    """Works off TEMPLATES timers of all tenants, one a channel."""

    def __init__(
        self,
        *,
        database: Database,
        desk: TemplateDesk,
        adapters: Mapping[Provider, ChannelAdapter],
        wakeups: Wakeups,
        clock: Clock,
        standings: StandingDesk,
    ) -> None:
        self._standings = standings
        self._database = database
        self._desk = desk
        self._families = sorted({one.family for one in adapters.values() if isinstance(one, HasTemplates)})
        self._wakeups = wakeups
        self._clock = clock
        self._owner = new_id()

    async def run(self) -> None:
        """Until cancelled."""
        begun = False
        while True:
            try:
                if not begun:
                    await self.arm_all()
                    begun = True
                while await self.round():
                    pass
            except Exception as failure:
                if not is_down(failure):
                    log.exception("templates.round_failed")
            await asyncio.sleep(_LOOK_SECONDS)

    async def arm_all(self) -> None:
        """Channels that were connected before there were templates are asked too."""
        async with self._database.system_statement() as scope:
            now = self._clock.now()
            await stored.channels_without_timer(scope, self._families, kind=TimerKind.TEMPLATES, at=now)

    async def round(self) -> bool:
        """Whether a channel was due."""
        async with self._database.system_statement() as scope:
            due = await jobs.claim_due(
                scope,
                TimerKind.TEMPLATES,
                now=self._clock.now(),
                lease=_LEASE,
                owner=self._owner,
                most=_AT_ONCE,
            )
        await asyncio.gather(*(self._work_off(timer) for timer in due))
        return bool(due)

    async def _work_off(self, timer: DueTimer) -> None:
        """A timer that was armed again meanwhile keeps that time."""
        outcome = await self._outcome(timer)
        now = self._clock.now()
        async with self._database.unit_of_work(timer.tenant) as scope:
            if outcome is None:
                await jobs.done(scope, [timer], owner=self._owner, now=now)
            elif outcome is _LATER:
                await jobs.retry_later(scope, timer, owner=self._owner, now=now)
            else:
                await jobs.again(scope, timer, owner=self._owner, run_at=now + outcome, now=now)
        self._wakeups.poke(Topic.EVENTS)

    async def _outcome(self, timer: DueTimer) -> timedelta | None:
        try:
            return await self._attempt(timer)
        except Exception as failure:
            if is_down(failure):
                raise  # the lease ends
            log.exception("templates.failed", channel=str(timer.key))
            return EVERY

    async def _attempt(self, timer: DueTimer) -> timedelta | None:
        """How long until it is asked again; None: there is nothing to ask any more."""
        async with self._database.reading(timer.tenant) as scope:
            channel = await Channels(scope).get(timer.key)
        if channel is None:
            return None
        await self._standings.ask_daily(timer.tenant, channel)
        try:
            synced = await self._desk.sync(timer.tenant, channel)
        except (NoTemplates, AccountMissing):
            return None
        except ProviderRefused as failure:
            log.warning("templates.refused", channel=str(timer.key), detail=failure.detail)
            return EVERY
        except ProviderAway as failure:
            log.warning("templates.away", channel=str(timer.key), detail=failure.detail)
            return _LATER if timer.attempts < _IN_A_ROW else EVERY
        return WHILE_PENDING if synced.pending else EVERY
