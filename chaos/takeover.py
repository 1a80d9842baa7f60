"""A person takes over while automation is speaking: no provider call may begin after the answer.

Each interleaving queues an automatic reply of one to five parts and takes the conversation over a random
moment later, so that its parts are queued, claimed, called or sent. Two senders work, the provider is
slow at random and refuses one call in twenty. A leak is a call that reached the provider after the
takeover was answered and that the answer did not name in `in_flight`.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from tests.support.house import House

from chaos.senders import NO_LOOP_GUARD, open_talks, say, senders
from samvad.bootstrap.engine import Engine
from samvad.conversations.service.mode import set_mode
from samvad.conversations.types import Mode, ModeChange

TALKS = 40  # conversations raced at the same time
SLOTS = 6  # calls at a time of one sender: fewer than wanted, so that some takeovers find the reply queued
CONNECTIONS = 8  # fewer than the pool has: a busy machine must not look like a dead database
LONGEST_CALL, LONGEST_WAIT = 0.030, 0.120  # seconds
REFUSED, AT_ONCE = 0.05, 0.15  # of the calls, of the takeovers
_TEMPORARY = 131000


@dataclass(frozen=True, slots=True)
class Takeover:
    """One interleaving. `answered` is monotonic, like the times of calls."""

    ids: Sequence[UUID]
    answered: float
    change: ModeChange


@dataclass(slots=True)
class Report:
    takeovers: list[Takeover] = field(default_factory=list)
    calls: list[tuple[UUID, float]] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    order: list[UUID] = field(default_factory=list)  # ids in the order of acceptance
    seconds: float = 0

    def leaks(self) -> list[UUID]:
        began: dict[UUID, list[float]] = {}
        for id, at in self.calls:
            began.setdefault(id, []).append(at)
        return [
            id
            for takeover in self.takeovers
            for id in takeover.ids
            if id not in takeover.change.in_flight and any(at > takeover.answered for at in began.get(id, ()))
        ]

    def doubled(self) -> list[str]:
        return [id for id, times in self.accepted.items() if times > 1]

    def swapped(self) -> list[UUID]:
        """Parts that were accepted before an earlier part of their reply."""
        place = {id: number for number, id in enumerate(self.order)}
        found = []
        for takeover in self.takeovers:
            said = [id for id in takeover.ids if id in place]
            found += [b for a, b in pairwise(said) if place[b] < place[a]]
        return found

    def where(self) -> Counter[str]:
        """In which states the takeovers met their replies; a fair trial has many of each."""
        called = {id for id, _ in self.calls}
        states: Counter[str] = Counter()
        for takeover in self.takeovers:
            states["withdrawn from the queue"] += bool(takeover.change.skipped)
            states["in flight"] += bool(takeover.change.in_flight)
            states["nothing had begun"] += not any(id in called for id in takeover.ids)
            states["everything was sent"] += not takeover.change.skipped and not takeover.change.in_flight
        return states


async def race(house: House, engine: Engine, *, count: int, seed: int) -> Report:
    """`count` interleavings on a house without workers of its own."""
    dice = random.Random(seed)
    report = Report()
    _listen(house, dice, report)
    talks = await open_talks(house, TALKS)
    shares = [count // TALKS + (n < count % TALKS) for n in range(TALKS)]
    began, turns = time.monotonic(), asyncio.Semaphore(CONNECTIONS)
    async with senders(house, engine, limits=NO_LOOP_GUARD):
        await asyncio.gather(
            *(
                _rounds(house, talk, share, random.Random(dice.random()), report, turns)
                for talk, share in zip(talks, shares, strict=True)
            )
        )
        await house.idle()
    report.order = [UUID(body["biz_opaque_callback_data"]) for body in house.graph.sends]
    report.accepted = house.graph.count_of()
    report.seconds = time.monotonic() - began
    return report


def _listen(house: House, dice: random.Random, report: Report) -> None:
    def on_call(body: dict[str, str]) -> None:
        report.calls.append((UUID(body["biz_opaque_callback_data"]), time.monotonic()))
        if dice.random() < REFUSED:
            house.graph.next_answers.append(house.graph.refuse(_TEMPORARY, status=500))

    house.graph.on_call = on_call
    house.graph.delay = lambda: dice.random() * LONGEST_CALL


async def _rounds(
    house: House, talk: UUID, count: int, dice: random.Random, report: Report, turns: asyncio.Semaphore
) -> None:
    for _ in range(count):
        async with turns:
            await switch(house, talk, Mode.AI)
            ids = await say(house, talk, [f"part {n}" for n in range(dice.randint(1, 5))])
        await asyncio.sleep(0 if dice.random() < AT_ONCE else dice.random() ** 2 * LONGEST_WAIT)
        async with turns:
            change = await switch(house, talk, Mode.HUMAN)
            answered = time.monotonic()
        report.takeovers.append(Takeover(ids, answered, change))


async def switch(house: House, talk: UUID, mode: Mode) -> ModeChange:
    """As `PUT /conversations/{id}/mode` does it; answers after the commit."""
    at = house.parts.clock.now()
    async with house.parts.database.unit_of_work(house.tenant) as scope:
        return await set_mode(scope, talk, mode, reason="trial", at=at)
