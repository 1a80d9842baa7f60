"""A minute of customers, each reply followed by its three statuses: whether all arrives, and how late."""

import asyncio
import time

from benchmarks import machine
from benchmarks.figures import Figure, percentile
from benchmarks.installation import APP_SECRET, NUMBER, Installation
from benchmarks.peers.control import provider
from benchmarks.peers.statuses import AFTER, Where
from benchmarks.places import place
from benchmarks.replies import open_shop, walk

RATE = 200
_PATIENCE = 60.0  # seconds for the last status
_UNREAD = "SELECT count(*) FROM messages WHERE author = 'assistant' AND status <> 'read'"


async def run(*, quick: bool) -> list[Figure]:
    """Once, not three times: the minute is the repetition. Raises when something is lost or doubled;
    a latency is infinite when messages were answered together, as the rate was too high."""
    rate, seconds = (20, 2) if quick else (RATE, 60)
    async with place() as folder, provider() as peer, Installation(folder, peer.allowed) as house:
        await open_shop(house, peer)
        await peer.tell_statuses(Where(house.port, NUMBER, APP_SECRET))
        await walk(house, peer, "warm", rate=rate, seconds=1 if quick else 10)
        replies = len(await peer.calls())
        memory, before = machine.rss_mb(house.server_pid()), house.cpu_seconds()
        minute = await walk(house, peer, "minute", rate=rate, seconds=seconds)
        late = await _all_read(house, since=time.monotonic())
        cpu = (house.cpu_seconds() - before) / (rate * seconds) * 1e6
        grown = machine.rss_mb(house.server_pid()) - memory
        replies += len(await peer.calls())
        taken, refused = await peer.statuses()
    if taken != replies * len(AFTER):
        raise RuntimeError(f"{taken} statuses of {replies} messages were taken")
    return [
        Figure("statuses: messages, with three statuses each", "/s", [rate], note=f"for {seconds} s"),
        Figure("statuses: p50 to the reply", "ms", [percentile(minute.latencies, 0.5) * 1000]),
        Figure("statuses: p99 to the reply", "ms", [percentile(minute.latencies, 0.99) * 1000]),
        Figure("statuses: the last reply after the last webhook", "s", [minute.lag], at_most=1),
        Figure("statuses: every message read after", "s", [late], at_most=5),
        Figure("statuses: told to come again (503)", "", [refused], note=f"of {taken:,}"),
        Figure("statuses: CPU a message with its statuses", "us", [cpu]),
        Figure("statuses: RSS of the server grew by", "MB", [grown]),
    ]


async def _all_read(house: Installation, *, since: float) -> float:
    """Seconds until every message of ours has its last status."""
    async with house.superuser() as connection:
        while await connection.fetchval(_UNREAD):
            if time.monotonic() - since > _PATIENCE:
                raise RuntimeError(f"{await connection.fetchval(_UNREAD)} messages are not read")
            await asyncio.sleep(0.1)
    return time.monotonic() - since
