"""The door: accepted webhooks a second against pgbench, CPU a request, latency at half the rate."""

from benchmarks.ceiling import single_inserts
from benchmarks.figures import Figure, percentile
from benchmarks.installation import APP_SECRET, NUMBER, Installation
from benchmarks.peers.control import load, provider
from benchmarks.peers.load import CUT, Plan, Result
from benchmarks.places import place, repeat

WORDS = ["hello"]


async def run(*, quick: bool) -> list[Figure]:
    """The door alone (`samvad serve`): what it accepts waits in its lanes, as when workers are elsewhere."""
    count, seconds = (300, 1) if quick else (40_000, 5)
    rates, ceilings, ratios, costs, tails, refused = [], [], [], [], [], []
    async with place() as folder, provider() as peer, Installation(folder, peer.allowed) as house:
        await house.start()
        await house.sign_in()
        await house.connect(peer.url)
        await house.stop()
        await house.start("serve")
        await _burst(house, "warm", count // 10)
        for number in repeat(quick=quick):
            ceilings.append(await single_inserts(house, seconds=seconds))
            before = house.cpu_seconds()
            full = await _burst(house, f"full{number}", count)
            costs.append((house.cpu_seconds() - before) / count * 1e6)
            rates.append(full.statuses["200"] / full.seconds)
            refused.append(full.statuses.get("503", 0))
            ratios.append(rates[-1] / ceilings[-1])
            half = await _burst(house, f"half{number}", count // 4, rate=rates[-1] / 2)
            tails.append(percentile(half.latencies, 0.99) * 1000)
            await _empty(house)
    return [
        Figure("accept: pgbench, one row an INSERT", "/s", ceilings),
        Figure("accept: webhooks", "/s", rates),
        Figure("accept: share of pgbench", "", ratios, at_least=0.50),
        Figure("accept: server + PostgreSQL CPU", "us", costs, at_most=200),
        Figure("accept: told to come again (503)", "", refused, note=f"of {count:,}"),
        Figure("accept: p99 at half the rate", "ms", tails, at_most=50),
    ]


async def _burst(house: Installation, name: str, count: int, *, rate: float = 0) -> Result:
    plan = Plan(
        port=house.port, number=NUMBER, secret=APP_SECRET, count=count, contacts=min(count, 5000),
        words=WORDS, run=name, rate=rate,
    )  # fmt: skip
    result = await load(plan)
    if set(result.statuses) - {"200", "503", CUT}:
        raise RuntimeError(f"not everything was accepted: {result.statuses}")
    return result


async def _empty(house: Installation) -> None:
    async with house.superuser() as connection:
        kept = await connection.fetchval("SELECT count(*) FROM inbound_items")
        if not kept:
            raise RuntimeError("nothing was stored")
        await connection.execute("TRUNCATE inbound_items, inbound_lanes, deliveries")
