"""Ten messages a second over a hundred conversations at a time, for ten minutes: whether all is answered."""

from benchmarks import machine
from benchmarks.figures import Figure, percentile
from benchmarks.installation import Installation
from benchmarks.peers.control import provider
from benchmarks.places import place
from benchmarks.replies import open_shop, walk

RATE, TALKS, TURNS = 10, 100, 8  # more of one customer in ten minutes would meet the guard against loops
WAVES = 8  # of so many conversations, 80 s each


async def run(*, quick: bool) -> list[Figure]:
    """Once: the minutes are the repetition. Raises when something is lost, doubled or out of turn."""
    rate, seconds, waves = (40, 2, 1) if quick else (RATE, TALKS * TURNS // RATE, WAVES)
    async with place() as folder, provider() as peer, Installation(folder, peer.allowed) as house:
        await open_shop(house, peer)
        await walk(house, peer, "warm", rate=rate, seconds=2)
        memory, before = machine.rss_mb(house.server_pid()), house.cpu_seconds()
        outcomes = [
            await walk(house, peer, f"wave{n}", rate=rate, seconds=seconds, turns=TURNS) for n in range(waves)
        ]
        cpu, total = house.cpu_seconds() - before, rate * seconds * waves
        grown = machine.rss_mb(house.server_pid()) - memory
    waits = [one for outcome in outcomes for one in outcome.latencies]
    return [
        Figure("capacity: messages answered, in order, none lost", "", [len(waits)], at_least=total),
        Figure("capacity: p50 to the reply", "ms", [percentile(waits, 0.5) * 1000]),
        Figure("capacity: p95 to the reply", "ms", [percentile(waits, 0.95) * 1000], at_most=3000),
        Figure("capacity: worst", "ms", [max(waits) * 1000]),
        Figure("capacity: share of one core", "", [cpu / (seconds * waves)]),
        Figure("capacity: RSS of the server grew by", "MB", [grown]),
    ]
