"""Scenarios kept by a tenant, and played for whoever watches."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from samvad.channels.service.simulator import PhonePass, Simulator
from samvad.kernel.clock import Clock
from samvad.kernel.errors import Conflict, NotFound, SamvadError
from samvad.kernel.ids import TenantId, new_id
from samvad.platform.db import Actor, Database, ReadScope, Scope
from samvad.platform.wakeups import Wakeups
from samvad.tenancy.service.audit import record
from samvad.workflows.demo.service import Demos
from samvad.workflows.scenarios import repository
from samvad.workflows.scenarios.emulator import PassHolder
from samvad.workflows.scenarios.house import House
from samvad.workflows.scenarios.phone import Phone
from samvad.workflows.scenarios.reading import parse
from samvad.workflows.scenarios.repository import Saved
from samvad.workflows.scenarios.running import Run
from samvad.workflows.scenarios.types import Scenario, Told

MOST = 100  # of a tenant
_ENDING = 2.0  # seconds


class Playing(Conflict):
    code = "scenario_playing"
    title = "A scenario is being played on this number already"


async def every(scope: ReadScope) -> Sequence[Saved]:
    return await repository.every(scope, most=MOST)


async def save(scope: Scope, source: str, *, now: datetime, id: UUID | None = None) -> Saved:
    """A new one, or this one written anew. Raises BadScenario, NotFound, Conflict."""
    saved = Saved(id or new_id(), parse(source).name, source, now)
    if id is None:
        if await repository.count(scope) >= MOST:
            raise Conflict(f"An organisation keeps at most {MOST} scenarios; delete one first")
        await repository.insert(scope, saved)
    elif not await repository.update(scope, saved):
        raise NotFound
    await _note(scope, "scenario.saved", saved.id, now=now)
    return saved


async def remove(scope: Scope, id: UUID, *, now: datetime) -> None:
    """Raises NotFound."""
    if not await repository.delete(scope, id):
        raise NotFound
    await _note(scope, "scenario.removed", id, now=now)


async def _note(scope: Scope, action: str, id: UUID, *, now: datetime) -> None:
    await record(scope, action, subject=f"scenario:{id}", now=now)


@dataclass(frozen=True, slots=True)
class Theatre:
    """Plays scenarios, one at a time on each number of this process."""

    database: Database
    simulator: Simulator
    demos: Demos
    clock: Clock
    wakeups: Wakeups
    _runs: dict[UUID, "asyncio.Task[None]"] = field(default_factory=dict)
    _left: dict[UUID, Sequence[Phone]] = field(default_factory=dict)  # to be looked at until the next run

    @property
    def playing(self) -> bool:
        return bool(self._runs)

    def leave(self) -> None:
        """The process ends: what is being played is stopped."""
        for run in self._runs.values():
            run.cancel()

    async def play(
        self, tenant: TenantId, actor: Actor, scenario: Scenario, *, channel: UUID | None
    ) -> AsyncIterator[Told]:
        """What happens, as it happens; whoever stops listening stops it. Raises NotFound without a sandbox
        number, Playing."""
        line = await self._number(tenant, channel)
        if running := self._runs.get(line.channel.id):
            await asyncio.wait([running], timeout=_ENDING)  # one whose listener has just gone tidies up
            if not running.done():
                raise Playing
        return self._listen(line, tenant, actor, scenario)

    async def _number(self, tenant: TenantId, channel: UUID | None) -> PhonePass:
        async with self.database.reading(tenant) as scope:
            passes = await self.simulator.passes(scope, now=self.clock.now())
        found = next((one for one in passes if channel in (None, one.channel.id)), None)
        if found is None:
            raise NotFound("There is no such sandbox number")
        return found

    async def _listen(
        self, line: PhonePass, tenant: TenantId, actor: Actor, scenario: Scenario
    ) -> AsyncIterator[Told]:
        number = line.channel.id
        if number in self._runs:
            raise Playing
        told = asyncio.Queue[Told | None]()
        house = House(self.database, tenant, actor, number, self.clock, self.wakeups, self.demos)
        run = Run(scenario, PassHolder(self.simulator, line.token), house, told.put_nowait, keep=True)
        before = self._left.pop(number, ())
        task = self._runs[number] = asyncio.create_task(_play(run, told, house, before=before))
        task.add_done_callback(lambda _: self._ended(number, run))
        try:
            while (one := await told.get()) is not None:
                yield one
        finally:
            task.cancel()  # nothing is awaited here: the server may not let us; the run tidies up by itself

    def _ended(self, number: UUID, run: Run) -> None:
        self._runs.pop(number)
        self._left[number] = run.fresh


async def _play(
    run: Run, told: "asyncio.Queue[Told | None]", house: House, *, before: Sequence[Phone]
) -> None:
    """Whoever the run `before` made goes first. Its end is told too, whatever it is."""
    try:
        for phone in before:
            with suppress(SamvadError):  # gone already, by a reset
                await phone.forget()
            await house.end(phone.bsuid)
        await run.play()
    except SamvadError as failure:
        told.put_nowait(Told("ended", {"outcome": "failed", "failed_step": None, "why": failure.detail}))
    except asyncio.CancelledError:
        told.put_nowait(Told("ended", {"outcome": "stopped", "failed_step": None}))
        raise
    finally:
        told.put_nowait(None)
