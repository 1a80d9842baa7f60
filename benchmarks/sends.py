"""The sender: a cap of 1,000/s held and never passed, CPU a send, memory, and how fast a queue fills."""

import time

from benchmarks import machine
from benchmarks.bulk import analyze, load_people, queue_sends
from benchmarks.figures import Figure
from benchmarks.installation import Installation
from benchmarks.peers.control import Provider, provider
from benchmarks.places import place, repeat

CAP = 1000
DELAY_MS = 100  # a provider that takes its time


async def run(*, quick: bool) -> list[Figure]:
    count = 200 if quick else 12_000
    people = count * 11 // 10  # one in twenty is with a person
    shares, peaks, costs, slopes = [], [], [], []
    async with (
        place() as folder,
        provider(delay_ms=DELAY_MS) as peer,
        Installation(folder, peer.allowed) as house,
    ):
        await house.start()
        await house.sign_in()
        await house.connect(peer.url, per_second=CAP)
        async with house.superuser() as connection:
            await load_people(connection, house.tenant, house.channel, people=people, messages=0)
        await _drain(house, peer, count // 10)
        for _ in repeat(quick=quick):
            memory = machine.rss_mb(house.server_pid())
            times, cpu = await _drain(house, peer, count)
            costs.append(cpu / count * 1e6)
            slopes.append((machine.rss_mb(house.server_pid()) - memory) / count * 100_000)
            shares.append((count - CAP * 0.015) / (times[-1] - times[0]) / CAP)
            peaks.append(busiest_second(times))
        queued = await _fill(house, quick=quick)
    return [
        Figure("sends: share of the 1,000/s cap", "", shares, at_least=0.97),
        Figure("sends: most in any 1 s window", "", peaks, at_most=CAP),
        Figure("sends: server + PostgreSQL CPU", "us", costs, at_most=400),
        Figure("sends: RSS a 100,000 messages", "MB", slopes, at_most=1, note=f"from {count:,}"),
        Figure("sends: 100,000 queued with their messages", "s", queued, at_most=2),
    ]


async def _drain(house: Installation, peer: Provider, count: int) -> tuple[list[float], float]:
    """When each call began, and the CPU seconds from the first claim to the last outcome.

    The number is stopped while its queue fills; the loop guard forgets the ten replies before.
    """
    await peer.forget()
    async with house.superuser() as connection:
        await connection.execute("UPDATE channel_send_facts SET status = 'stopped'")
        await connection.execute("UPDATE send_facts SET recent_replies = '{}'")
        await queue_sends(connection, house.tenant, house.channel, count=count)
        await analyze(connection)
        before = house.cpu_seconds()
        await connection.execute("UPDATE channel_send_facts SET status = 'active'")
    await house.settle()
    cpu = house.cpu_seconds() - before
    calls = await peer.calls()
    if len({to for _, to, _ in calls}) != count or len(calls) != count:
        raise RuntimeError(f"{count} queued, {len(calls)} calls")
    return sorted(at for at, _, _ in calls), cpu


def busiest_second(times: list[float]) -> int:
    """The most calls that began within one second, wherever that second lies."""
    most, first = 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


async def _fill(house: Installation, *, quick: bool) -> list[float]:
    """Seconds to queue 100,000 messages; the number is stopped, so nothing leaves."""
    count, seconds = 1_000 if quick else 100_000, []
    async with house.superuser() as connection:
        await connection.execute("UPDATE channel_send_facts SET status = 'stopped'")
        await connection.execute("TRUNCATE contacts, outbound CASCADE")
        await load_people(connection, house.tenant, house.channel, people=count * 106 // 100, messages=0)
        for _ in repeat(quick=quick):
            began = time.monotonic()
            await queue_sends(connection, house.tenant, house.channel, count=count)
            seconds.append(time.monotonic() - began)
            await connection.execute("TRUNCATE outbound, messages CASCADE")
    return seconds
