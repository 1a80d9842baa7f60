"""What a person feels: the AI/HUMAN switch and inbox pages among a million messages."""

import random
import time
from collections.abc import Sequence

from benchmarks import bulk
from benchmarks.figures import Figure, percentile
from benchmarks.installation import Installation
from benchmarks.peers.control import provider
from benchmarks.places import place, repeat
from benchmarks.stock import stocked
from benchmarks.stream import away

PAGES = (
    "/conversations?limit=50",
    "/conversations?limit=50&status=open",
    "/conversations?limit=50&mode=human",
    "/conversations?limit=50&status=resolved",
)
SECONDS_AWAY = 60
FIRST_CONTACT = 917_000_000_000  # people whom nobody knows yet


async def run(*, quick: bool) -> list[Figure]:
    people, calls = (300, 4) if quick else (100_000, 200)
    toggles, pages, costs, threads, searches, labelled = [], [], [], [], [], []
    async with place() as folder, provider() as peer, Installation(folder, peer.allowed) as house:
        await stocked(house, peer.url, people=people, messages=10, keep=not quick)
        chance = random.Random(7)
        async with house.superuser() as connection:
            await bulk.put_labels(connection, house.tenant)
            rows = await connection.fetch("SELECT id FROM conversations ORDER BY id")
        ids = [str(row["id"]) for row in rows]
        known = [label["id"] for label in (await house.call("GET", "/labels"))["items"]]
        await _times(house, "GET", _pages(chance, 20))
        for _ in repeat(quick=quick):
            chosen = [chance.choice(ids) for _ in range(calls)]
            toggles.append(await _toggle(house, chosen))
            spent = house.cpu_seconds()
            pages.append(await _p95(house, _pages(chance, calls)))
            costs.append((house.cpu_seconds() - spent) / calls * 1000)
            threads.append(await _p95(house, [f"/conversations/{one}/messages?limit=50" for one in chosen]))
            labels = [f"/conversations?limit=50&status=active&label_id={one}" for one in known]
            labelled.append(await _p95(house, [chance.choice(labels) for _ in range(calls)]))
            words = [f"/conversations?limit=50&q=person+{chance.randrange(people)}" for _ in range(calls)]
            searches.append(await _p95(house, words))
        seconds = 1 if quick else SECONDS_AWAY
        missed = await away(house, seconds=seconds, first_contact=FIRST_CONTACT)
    return [
        Figure("screen: mode switch p95", "ms", toggles, at_most=10, note="HTTP PUT, seen by the client"),
        Figure("screen: inbox page p95", "ms", pages, at_most=30, note=f"{people:,} conversations"),
        Figure("screen: CPU an inbox page", "ms", costs, note="server + PostgreSQL"),
        Figure("screen: thread page p95", "ms", threads),
        Figure("screen: search p95", "ms", searches, at_most=200),
        Figure(
            "screen: inbox page by label p95", "ms", labelled, at_most=30, note="of one in 20, one in 500"
        ),
        *missed,
    ]


def _pages(chance: random.Random, count: int) -> list[str]:
    return [chance.choice(PAGES) for _ in range(count)]


async def _toggle(house: Installation, conversations: Sequence[str]) -> float:
    times = []
    for one in conversations:
        for mode in ("human", "ai"):
            began = time.perf_counter()
            await house.call("PUT", f"/conversations/{one}/mode", {"mode": mode})
            times.append(time.perf_counter() - began)
    return percentile(times, 0.95) * 1000


async def _p95(house: Installation, paths: Sequence[str]) -> float:
    return percentile(await _times(house, "GET", paths), 0.95) * 1000


async def _times(house: Installation, method: str, paths: Sequence[str]) -> list[float]:
    times = []
    for path in paths:
        began = time.perf_counter()
        await house.call(method, path)
        times.append(time.perf_counter() - began)
    return times
