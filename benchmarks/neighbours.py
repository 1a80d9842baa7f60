"""One tenant sends as fast as its number may; how much later is another tenant answered?"""

import asyncio
from collections.abc import Sequence
from itertools import count

from benchmarks.bulk import analyze, load_people, queue_sends
from benchmarks.figures import Figure, percentile
from benchmarks.installation import APP_SECRET, Installation
from benchmarks.peers.control import Provider, load, provider
from benchmarks.peers.load import Plan
from benchmarks.places import place, repeat
from benchmarks.replies import judged

CAP = 1000
DELAY_MS = 100
RATE = 5  # messages a second to the neighbour
WORDS = ["amber", "birch"]
NUMBER = "106540352242923"
_blocks = count()  # of contacts: none is used twice


async def run(*, quick: bool) -> list[Figure]:
    sends, seconds = (200, 2) if quick else (12_000, 10)
    alone, beside = [], []
    async with (
        place() as folder,
        provider(delay_ms=DELAY_MS) as peer,
        Installation(folder, peer.allowed) as busy,
    ):
        await open_house(busy, peer, people=sends * 11 // 10)  # one in twenty is with a person
        await ask(busy, peer, seconds=2)
        for _ in repeat(quick=quick):
            alone.append(await ask(busy, peer, seconds=seconds))
            await flood(busy, sends)
            beside.append(await ask(busy, peer, seconds=seconds))
    later = [after - before for before, after in zip(_p95(alone), _p95(beside), strict=True)]
    return [
        Figure("neighbours: p95 of a reply, alone", "ms", _p95(alone)),
        Figure(f"neighbours: p95 beside {CAP}/s of another tenant", "ms", _p95(beside)),
        Figure("neighbours: how much later", "ms", later, at_most=100),
    ]


async def open_house(busy: Installation, peer: Provider, *, people: int) -> None:
    """The busy tenant with its people, and a quiet one beside it."""
    await busy.start()
    await busy.sign_in()
    await busy.connect(peer.url, per_second=CAP)
    async with busy.superuser() as connection:
        await load_people(connection, busy.tenant, busy.channel, people=people, messages=0)
    async with await busy.neighbour() as quiet:
        await quiet.sign_in()
        await quiet.connect(peer.url, number=NUMBER)
        await quiet.add_words(WORDS)


async def flood(house: Installation, sends: int) -> None:
    """Fills the queue of the busy tenant while its number stands still, then lets it go."""
    async with house.superuser() as connection:
        mine = f"tenant_id = '{house.tenant}'"
        await connection.execute(f"UPDATE channel_send_facts SET status = 'stopped' WHERE {mine}")
        await connection.execute(f"UPDATE send_facts SET recent_replies = '{{}}' WHERE {mine}")
        await queue_sends(connection, house.tenant, house.channel, count=sends)
        await analyze(connection)
        await connection.execute(f"UPDATE channel_send_facts SET status = 'active' WHERE {mine}")


async def ask(house: Installation, peer: Provider, *, seconds: int) -> list[float]:
    """Seconds from each webhook to its reply's call; raises when one is missing, doubled or out of turn."""
    contacts = max(1, RATE * seconds // len(WORDS))
    run = next(_blocks)
    plan = Plan(
        port=house.port, number=NUMBER, secret=APP_SECRET, count=contacts * len(WORDS), contacts=contacts,
        words=WORDS, run=f"beside{run}", rate=RATE, first_contact=919_500_000_000 + run * 1_000_000,
    )  # fmt: skip
    await peer.forget()
    result = await load(plan)
    await asyncio.sleep(1)
    await house.settle()
    latencies = judged(plan, result, await peer.calls())
    if latencies is None:
        raise RuntimeError("messages were answered together")
    return latencies


def _p95(runs: Sequence[Sequence[float]]) -> list[float]:
    return [percentile(latencies, 0.95) * 1000 for latencies in runs]
