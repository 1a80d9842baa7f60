"""Starting, resting memory, and the event loop while the compute process works."""

import asyncio
import time
from contextlib import suppress

from benchmarks import machine
from benchmarks.figures import Figure, percentile
from benchmarks.installation import APP_SECRET, EMAIL, NUMBER, Installation
from benchmarks.peers.control import load, provider
from benchmarks.peers.load import Plan
from benchmarks.places import place, repeat

IDLE_SECONDS = 60


async def run(*, quick: bool) -> list[Figure]:
    firsts, warms, idles, useds, lags = [], [], [], [], []
    rest = 1 if quick else IDLE_SECONDS
    for _ in repeat(quick=quick):
        async with (
            place(empty=True) as folder,
            provider() as peer,
            Installation(folder, peer.allowed) as house,
        ):
            firsts.append(await _first_visit(house))
            await house.stop()
            warms.append(await house.start())
            await asyncio.sleep(rest)
            idles.append(_memory(house))
            await house.sign_in()
            await house.connect(peer.url)
            plan = Plan(house.port, NUMBER, APP_SECRET, 100, 25, ["hello"], "used", rate=50)
            await load(plan)
            await house.settle()
            useds.append(_memory(house))
            lags.append(await _lag(house, seconds=1 if quick else 5))
    return [
        Figure("life: first visit (initdb to page)", "s", firsts, at_most=5),
        Figure("life: warm start to ready", "s", warms, at_most=2),
        Figure("life: memory idle, all processes", "MB PSS", idles, at_most=250, note=f"after {rest} s"),
        Figure("life: memory after 100 messages", "MB PSS", useds, at_most=600, note="compute loaded"),
        Figure("life: /healthz p99 while passwords are hashed", "ms", lags, at_most=10, note="over lag"),
    ]


async def _first_visit(house: Installation) -> float:
    began = time.monotonic()
    await house.start()
    async with house.http.get("/") as page:
        await page.read()
    return time.monotonic() - began


def _memory(house: Installation) -> float:
    return sum(machine.pss_mb(pid) for pid in house.pids())


async def _lag(house: Installation, *, seconds: float) -> float:
    """Client-side p99 of the lightest answer, which no lag of the loop can be larger than."""
    busy = asyncio.create_task(_hash(house))
    times: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        async with house.http.get("/healthz") as answer:
            await answer.read()
        times.append(time.perf_counter() - began)
        await asyncio.sleep(0.005)
    busy.cancel()
    with suppress(asyncio.CancelledError):
        await busy
    return percentile(times, 0.99) * 1000


async def _hash(house: Installation) -> None:
    """One wrong password after the other, each of a stranger, so that none is locked out."""
    number = 0
    while True:
        number += 1
        told = {"email": f"{number}.{EMAIL}", "password": "wrong-on-purpose"}
        async with house.http.post("/api/v1/auth/login", json=told) as answer:
            await answer.read()
