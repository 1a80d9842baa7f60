"""Two APIs behind a balancer and three workers on two hosts: killed, restarted in turn, cut off.

The second host reaches PostgreSQL by a cable that falls silent for a while. Afterwards both ledgers agree,
what was said in a conversation left in its order, and nobody waited longer than leases explain.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import aiohttp
from tests.support.cable import Cable, cable

from chaos.audit import Verdict, audit, drained
from chaos.balancer import balanced
from chaos.installation import LEASE_SECONDS, Child, Installation, free_port, installation
from chaos.traffic import traffic

# The reply's quiet time, a lane's and a reply's lease, and twice the time that PostgreSQL gives a transaction
# of a host that was cut off; then a busy machine.
LONGEST_WAIT = 1.2 + 2 * LEASE_SECONDS + 2 * 10 + 15
_GAP = 0.1
_SILENCE = (1.0, 4.0)  # seconds of a cut

_DELAYS = """
SELECT extract(epoch FROM min(o.sent_at) - i.created_at)::float8 AS waited FROM messages i
JOIN messages o ON o.tenant_id = $1 AND o.conversation_id = i.conversation_id AND o.direction = 'out'
  AND o.author = 'assistant' AND o.sent_at IS NOT NULL
WHERE i.tenant_id = $1 AND i.direction = 'in' GROUP BY i.id, i.created_at
"""
_PLACES = "SELECT id, conversation_id, sort_at FROM messages WHERE tenant_id = $1 AND direction = 'out'"


@dataclass(slots=True)
class Fleet:
    """What happened, and what did not hold."""

    events: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0

    def wait(self, share: float) -> float:
        """The quantile of seconds from a message's arrival to the call that answered it."""
        ordered = sorted(self.waits)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process stands: its role, and the settings of its host."""

    role: str
    env: dict[str, str]


async def fleet(*, blows: int, seed: int) -> Fleet:
    """`blows` kills, restarts in turn and cuts while customers write."""
    told, dice, began = Fleet(), random.Random(seed), time.monotonic()
    async with AsyncExitStack() as stack:
        where = await stack.enter_async_context(installation())
        line = await stack.enter_async_context(cable(where.env["SAMVAD_DATABASE_URL"]))
        doors = [free_port(), free_port()]
        await stack.enter_async_context(balanced(where.port, doors))
        places = _places(line, doors)
        running = [await where.start(place.role, env=place.env) for place in places]
        await where.listening()
        made = await stack.enter_async_context(traffic(where, gap=_GAP))
        for n in range(blows):
            await asyncio.sleep(dice.uniform(0.3, 1.0))
            if n == blows // 2:
                await _roll(where, places, running, told)
            else:
                await _strike(where, places, running, line, dice, told)
        await made.wrote(3 * blows)
        await made.end()
        await where.listening()
        await made.finished()
        await drained(where)
        told.verdict = await audit(where, made)
        await _judge(where, told)
    told.seconds = time.monotonic() - began
    return told


def _places(line: Cable, doors: Sequence[int]) -> list[Place]:
    """An API and a worker on the host of PostgreSQL, an API and two workers on the other."""
    far = {"SAMVAD_DATABASE_URL": line.url}
    here, there = ({"SAMVAD_PORT": str(port)} for port in doors)
    return [
        Place("serve", here), Place("worker", {"SAMVAD_WORKER__PORT": str(free_port())}),
        Place("serve", {**there, **far}), Place("worker", far), Place("worker", far),
    ]  # fmt: skip


async def _strike(
    where: Installation, places: Sequence[Place], running: list[Child], line: Cable, dice: random.Random,
    told: Fleet,
) -> None:  # fmt: skip
    if dice.random() < 0.3:
        line.cut()
        await asyncio.sleep(dice.uniform(*_SILENCE))
        line.mend()
        told.events["second host cut off"] += 1
        return
    at = dice.randrange(len(running))
    await running[at].kill()
    told.events[f"{places[at].role} killed"] += 1
    running[at] = await where.start(places[at].role, env=places[at].env)


async def _roll(where: Installation, places: Sequence[Place], running: list[Child], told: Fleet) -> None:
    """As an upgrade does: one after the other is told to end, and its successor started."""
    for at, place in enumerate(places):
        code = await running[at].end()
        if code != 0:
            told.faults.append(f"{place.role} told to end: status {code}")
        running[at] = await where.start(place.role, env=place.env)
        port = place.env.get("SAMVAD_WORKER__PORT")
        if port:
            await _ready(where, port)
        told.events["restarted in turn"] += 1


async def _ready(where: Installation, port: str) -> None:
    """Until a worker says that it works; an API behind the balancer needs no asking."""
    async with asyncio.timeout(LONGEST_WAIT):
        while True:
            with suppress(aiohttp.ClientError):
                async with where.http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.05)


async def _judge(where: Installation, told: Fleet) -> None:
    async with where.parts.database.reading(where.tenant) as scope:
        told.waits = [row["waited"] for row in await scope.db.fetch(_DELAYS, where.tenant)]
        rows = await scope.db.fetch(_PLACES, where.tenant)
    told.faults += told.verdict.faults
    told.faults += [f"answered after {wait:.1f} s" for wait in told.waits if wait > LONGEST_WAIT]
    said = {str(row["id"]): (row["conversation_id"], row["sort_at"]) for row in rows}
    last: dict[UUID, datetime] = {}
    for id in await _accepted_in_order(where):
        talk, place = said.get(id, (None, None))
        if talk is None or place is None:
            continue  # the audit has it already
        if place < last.get(talk, place):
            told.faults.append(f"left after a later one of its conversation: {id}")
        last[talk] = max(place, last.get(talk, place))


async def _accepted_in_order(where: Installation) -> list[str]:
    found: list[str] = []
    after = ""
    while True:
        page = await where.control("GET", f"/ledger?limit=500&after={after}")
        found += [item["client_id"] for item in page["items"]]
        if not page["next_cursor"]:
            return found
        after = page["next_cursor"]
