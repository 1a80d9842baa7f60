"""Whether a message costs more among a million others than among ten thousand."""

from benchmarks.figures import Figure
from benchmarks.installation import Installation
from benchmarks.peers.control import Provider, provider
from benchmarks.places import place, repeat
from benchmarks.replies import WORDS, Outcome, walk
from benchmarks.stock import stocked

RATE = 200


async def run(*, quick: bool) -> list[Figure]:
    few, many = (100, 100) if quick else (1_000, 100_000)
    small = await _costs(few, quick=quick)
    large = small if few == many else await _costs(many, quick=quick)
    slower = [(b / a - 1) * 100 for a, b in zip(small, large, strict=True)]
    return [
        Figure(f"growth: CPU a message among {few * 10:,}", "us", small),
        Figure(f"growth: CPU a message among {many * 10:,}", "us", large),
        Figure("growth: dearer by", "%", slower, at_most=10),
    ]


async def _costs(people: int, *, quick: bool) -> list[float]:
    async with place() as folder, provider() as peer, Installation(folder, peer.allowed) as house:
        await stocked(house, peer.url, people=people, messages=10, keep=not quick)
        await house.call("PATCH", f"/channels/{house.channel}", {"settings": _AT_ONCE})
        await house.add_words(WORDS)
        await _walk(house, peer, "warm", quick=quick)
        outcomes = [await _walk(house, peer, f"run{i}", quick=quick) for i in repeat(quick=quick)]
        return [sum(outcome.cpu) for outcome in outcomes]


_AT_ONCE = {"reply_quiet_ms": 0, "reply_cap_ms": 0, "mark_read": "reply", "limits": {"per_second": 1000}}


async def _walk(house: Installation, peer: Provider, name: str, *, quick: bool) -> Outcome:
    return await walk(house, peer, name, rate=40 if quick else RATE, seconds=1 if quick else 10)
