"""Webhook in to provider call begun: latency when idle, the rate that is sustained, order and loss."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from math import inf

from benchmarks.figures import Figure, percentile
from benchmarks.installation import APP_SECRET, NUMBER, Installation
from benchmarks.peers.control import Provider, load, provider
from benchmarks.peers.load import Plan, Result, contact_of, word_of
from benchmarks.peers.provider import Call
from benchmarks.places import place, repeat

WORDS = ["amber", "birch", "cedar", "delta"]
LADDER = (400, 600, 800, 1000)
IDLE_RATE = 5
_blocks = count()  # of contacts: none is used twice
LAG_SECONDS = 1.0  # a rate is sustained if the last reply begins this soon after the last webhook


@dataclass(frozen=True, slots=True)
class Outcome:
    """`latencies` in seconds, infinite when the backlog grew until messages were answered together;
    `cpu` in microseconds a message, of (our processes, PostgreSQL)."""

    latencies: Sequence[float]
    lag: float
    rate: float
    cpu: tuple[float, float]


async def run(*, quick: bool) -> list[Figure]:
    async with place() as folder, provider() as peer, Installation(folder, peer.allowed) as house:
        await open_shop(house, peer)
        await walk(house, peer, "warm", rate=50, seconds=1 if quick else 2)
        idle, base, best = [], [], []
        for number in repeat(quick=quick):
            idle.append(await walk(house, peer, f"idle{number}", rate=IDLE_RATE, seconds=2 if quick else 12))
            rungs = await climb(house, peer, f"rung{number}", seconds=1 if quick else 10, quick=quick)
            base.append(rungs[0])
            best.append(max((r.rate for r in rungs if r.lag <= LAG_SECONDS), default=0.0))
    return [
        Figure("reply: p50 idle", "ms", [_ms(o, 0.5) for o in idle], at_most=50),
        Figure("reply: p99 idle", "ms", [_ms(o, 0.99) for o in idle]),
        Figure("reply: p50 at 400/s", "ms", [_ms(o, 0.5) for o in base]),
        Figure("reply: p99 at 400/s", "ms", [_ms(o, 0.99) for o in base]),
        Figure("reply: our CPU a message at 400/s", "us", [o.cpu[0] for o in base]),
        Figure("reply: PostgreSQL CPU a message at 400/s", "us", [o.cpu[1] for o in base]),
        Figure("reply: sustained, in order, none lost", "/s", best, at_least=400, note="steps of 200"),
    ]


async def open_shop(house: Installation, peer: Provider, *, mark_read: str = "reply") -> None:
    await house.start()
    await house.sign_in()
    await house.connect(peer.url, mark_read=mark_read)
    await house.add_words(WORDS)


async def climb(
    house: Installation, peer: Provider, name: str, *, seconds: int, quick: bool
) -> list[Outcome]:
    """Higher until it lags."""
    rungs: list[Outcome] = []
    for rate in LADDER[: 1 if quick else None]:
        rungs.append(await walk(house, peer, f"{name}.{rate}", rate=40 if quick else rate, seconds=seconds))
        if rungs[-1].lag > LAG_SECONDS:
            break
    return rungs


async def walk(
    house: Installation, peer: Provider, name: str, *, rate: float, seconds: int, turns: int = len(WORDS)
) -> Outcome:
    """Every contact says so many words, in turn; raises unless each got each answer once and in order."""
    contacts = max(1, int(rate * seconds) // turns)
    messages = contacts * turns
    plan = Plan(
        port=house.port, number=NUMBER, secret=APP_SECRET, count=messages, contacts=contacts, words=WORDS,
        run=name, rate=rate, first_contact=919_100_000_000 + next(_blocks) * 1_000_000,
    )  # fmt: skip
    await peer.forget()
    before = house.cpu_split()
    result = await load(plan)
    await house.settle()
    own, postgres = (after - b for after, b in zip(house.cpu_split(), before, strict=True))
    calls = await peer.calls()
    latencies = judged(plan, result, calls) or [inf]
    lag = max(max(call[0] for call in calls) - max(result.sent), latencies[-1])
    return Outcome(latencies, lag, rate, (own / messages * 1e6, postgres / messages * 1e6))


def judged(plan: Plan, result: Result, calls: Sequence[Call]) -> list[float] | None:
    """Seconds from each webhook to its reply's call; None when messages were answered together.

    Raises when an answer is missing, doubled or out of turn.
    """
    heard: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for at, to, text in calls:
        heard[to].append((text, at))
    latencies, together = [], False
    for first in range(plan.contacts):
        numbers = range(first, plan.count, plan.contacts)
        asked = [f"re {word_of(plan, i)}" for i in numbers]
        answers = heard.get(contact_of(plan, first), [])
        said = [text for text, _ in answers]
        if said == asked:
            latencies += [at - result.sent[i] for i, (_, at) in zip(numbers, answers, strict=True)]
        elif _in_turn(said, asked):
            together = True
        else:
            raise RuntimeError(f"asked {asked} and heard {said}")
    return None if together else latencies


def _in_turn(said: Sequence[str], asked: Sequence[str]) -> bool:
    """Each answer at most once and in order; what answers several messages at once may say other words."""
    known = [text for text in said if text in asked]
    return bool(said) and len(said) <= len(asked) and known == [text for text in asked if text in known]


def _ms(outcome: Outcome, share: float) -> float:
    return percentile(outcome.latencies, share) * 1000
