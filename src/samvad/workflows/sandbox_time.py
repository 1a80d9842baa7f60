"""The time of a sandbox number, moved ahead: the provider's, and with it how long ago its customers wrote.

The house's own clock does not move. What moves is what waits for the passing of time in this number's
conversations: the 24-hour window, a snooze, the idle day, a promise of a person, tries and pauses.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import orjson

from samvad.channels.service import windows
from samvad.channels.service.simulator import Simulator
from samvad.conversations.service import records
from samvad.conversations.service.announce import announce
from samvad.jobs import service as jobs
from samvad.jobs.types import TimerKind
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.wakeups import Topic, Wakeups

_WAITING = (TimerKind.SNOOZE, TimerKind.IDLE, TimerKind.SILENCE)
_SHOWN = 200  # conversations whose screens are told


async def shift(
    database: Database, wakeups: Wakeups, clock: Clock, *, tenant: TenantId, channel: UUID, by: timedelta
) -> None:
    """So much later for every conversation of this number; less than nothing: earlier again."""
    async with database.unit_of_work(tenant) as scope:
        ids = await records.of_channel(scope, channel)
        await windows.shift(scope, ids, by=by)
        if by > timedelta():
            await windows.hasten(scope, channel, by=by, now=clock.now())
        moved = await jobs.shift(scope, _WAITING, ids, by=by)
        asleep = [(talk, far) for kind, talk, far in moved if kind is TimerKind.SNOOZE]
        await records.shift_snoozes(scope, asleep)
        await announce(scope, at=clock.now(), conversations=ids[:_SHOWN])
    wakeups.poke(Topic.EVENTS, Topic.OUTBOUND, Topic.TIMERS)


@dataclass(frozen=True, slots=True)
class SandboxTime:
    """For calls of the phone page that move the clock."""

    database: Database
    simulator: Simulator
    wakeups: Wakeups
    clock: Clock

    async def ahead(self, authorization: str) -> timedelta:
        """By how much the number's clock is ahead; nothing where it cannot be asked. Raises HttpError."""
        status, _, said = await self.simulator.forward(
            "GET", "clock", query="", token=authorization, body=b"", content_type=""
        )
        return timedelta(milliseconds=orjson.loads(said)["offset_ms"]) if status < 300 else timedelta()

    async def moved(self, authorization: str, *, by: timedelta) -> None:
        token = authorization.partition(" ")[2]
        async with self.database.system() as scope:
            found = await self.simulator.whose(scope, token, now=self.clock.now())
        if found and by:
            tenant, channel = found
            await shift(self.database, self.wakeups, self.clock, tenant=tenant, channel=channel, by=by)
