"""Processes die at crash points and at random; after a restart everything drains and the ledgers agree."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import asyncpg

from chaos.audit import Verdict, audit, drained
from chaos.installation import Child, Installation, installation
from chaos.traffic import POISON, Traffic, traffic
from chaos.transports import Crossed, transports
from samvad.platform.crashpoints import Point, every_place

SERVED = (Point.INTAKE_STORE, Point.MODE_CHANGE, Point.AGENT_MESSAGE)  # points of the API's process
ASIDE = (
    "index.",
    "poll.",
    "contact.",
)  # no message leads there: tests/crash/test_{indexing,polling,merging}.py
_REACH_SECONDS = 40.0  # a safety net: how long one place may take to be reached
_FEWEST = 30  # customers who write, also where all deaths are soon over
_LANES = 2  # workers that run, and die, side by side

# Faults of the trial: one text cannot be stored, and one reply in ten fails on its way into the queue.
_FAULTS = f"""
ALTER TABLE messages ADD CONSTRAINT trial CHECK (
  CASE WHEN direction = 'in' THEN text <> '{POISON}'
  ELSE author = 'agent' OR status <> 'queued' OR random() < 0.9 END) NOT VALID
"""
# What a provider does to a send, or to a webhook of its own, once. An error after it has accepted is not
# among them: a complete refusal is believed.
_MISHAPS = (
    "close_after_accept", "cut_after_accept", "timeout_after_accept", "close_before_accept",
    "timeout_before_accept", "server_error", "rate_limited", "pair_rate", "webhook_bad_signature",
    "webhook_duplicate",
)  # fmt: skip
_LATER_LIFE = """
UPDATE timers SET run_at = now() WHERE kind IN ('silence', 'idle') AND lease_until IS NULL
"""


@dataclass(slots=True)
class Deaths:
    by_place: Counter[str] = field(default_factory=Counter)
    mishaps: Counter[str] = field(default_factory=Counter)  # of the provider, not deaths
    unreached: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def total(self) -> int:
        return self.by_place.total()


def places_of(role: str) -> list[str]:
    reached = [p for p in every_place() if not p.startswith(ASIDE)]
    return [p for p in reached if p.startswith(SERVED) == (role == "serve")]


async def walk(places: Sequence[str], *, gap: float = 0.25) -> tuple[Deaths, Verdict]:
    """Each place kills one process, whatever else is going on; then what is left drains."""
    deaths, began = Deaths(), time.monotonic()
    workers = [p for p in places if not p.startswith(SERVED)]
    serving = [p for p in places if p.startswith(SERVED)]
    async with installation() as where, traffic(where, gap=gap) as made:
        await asyncio.gather(
            _die_in_turn(where, "serve", serving, deaths),
            *(_die_in_turn(where, "worker", workers[n::_LANES], deaths) for n in range(_LANES)),
        )
        await where.start("worker")
        await made.wrote(_FEWEST)
        verdict = await _settle(where, made)
    deaths.seconds = time.monotonic() - began
    return deaths, verdict


async def _die_in_turn(where: Installation, role: str, places: Sequence[str], deaths: Deaths) -> None:
    for place in places:
        child = await where.start(role, place)
        await _death(child, deaths)
    if role == "serve":
        await where.start(role)


async def _death(child: Child, deaths: Deaths) -> None:
    try:
        code = await asyncio.wait_for(child.process.wait(), _REACH_SECONDS)
    except TimeoutError:
        await child.kill()
        deaths.unreached.append(child.place or child.role)
        return
    if code != -signal.SIGKILL:
        raise RuntimeError(f"{child.role} at {child.place} ended by itself with status {code}")
    deaths.by_place[child.place or child.role] += 1


async def _settle(where: Installation, made: Traffic) -> Verdict:
    await made.end()
    await where.listening()
    await made.finished()
    await drained(where)
    return await audit(where, made)


async def storm(*, count: int, seed: int, longest: float) -> tuple[Deaths, Verdict, Crossed]:
    """Random places, random plain kills of API, workers and PostgreSQL, until `count` have died; meanwhile
    people write by every transport, and every provider fails in its ways."""
    dice, deaths, began = random.Random(seed), Deaths(), time.monotonic()
    async with installation() as where, transports(where, seed=seed, gap=0.3) as others:
        await _provoke(where, _FAULTS)
        async with traffic(where, gap=0.1, poison_every=97) as made:
            try:
                async with asyncio.timeout(longest):
                    await _rage(where, dice, deaths, count)
            except TimeoutError:
                deaths.unreached.append(f"{count - deaths.total} kills: out of time")
            for child in where.children:
                await child.kill()
            await where.start("serve")
            await where.listening()  # so PostgreSQL is there
            await where.start("worker")
            await others.end()
            await others.finished()
            verdict = await _settle(where, made)
            crossed = await others.audit()
    deaths.seconds = time.monotonic() - began
    return deaths, verdict, crossed


async def _rage(where: Installation, dice: random.Random, deaths: Deaths, count: int) -> None:
    roles = ("serve", *("worker",) * _LANES)
    running = [await where.start(role, _armed(dice, role)) for role in roles]
    while deaths.total < count:
        await asyncio.sleep(dice.uniform(0.1, 0.6))
        for n, child in enumerate(running):
            if not child.alive:
                if child.place and child.process.returncode == -signal.SIGKILL:
                    deaths.by_place[child.place.rsplit(":", 1)[0]] += 1
                running[n] = await where.start(child.role, _armed(dice, child.role))
        blow = dice.random()
        if blow < 0.06:
            deaths.by_place["postmaster"] += where.kill_postmaster()
        elif blow < 0.20:
            victim = running[dice.randrange(len(running))]
            if victim.alive:
                await victim.kill()
                deaths.by_place[f"{victim.role}, anywhere"] += 1
                running[running.index(victim)] = await where.start(victim.role, _armed(dice, victim.role))
        elif blow < 0.30:
            await _provoke(where, _LATER_LIFE)
        elif blow < 0.45:
            mishap = dice.choice(_MISHAPS)
            await where.control("POST", "/faults/rules", {"fault": mishap, "count": 1})
            deaths.mishaps[mishap] += 1


def _armed(dice: random.Random, role: str) -> str:
    return f"{dice.choice(places_of(role))}:{dice.randint(1, 3)}"


async def _provoke(where: Installation, statement: str) -> None:
    """As the superuser; while PostgreSQL is down nothing is provoked."""
    with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        connection = await asyncpg.connect(where.env["SAMVAD_DATABASE_URL"], timeout=5)
        try:
            await connection.execute(statement)
        finally:
            connection.terminate()
