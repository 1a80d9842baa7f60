"""A scenario played between a phone and a house that are none: its order, its end, what it leaves."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import anyio
import orjson
import pytest

from samvad.channels.service.simulator import PhonePass
from samvad.kernel.errors import Conflict, SamvadError
from samvad.kernel.ids import new_id
from samvad.platform.db.scope import SYSTEM
from samvad.workflows.scenarios.house import House, Seen
from samvad.workflows.scenarios.reading import parse
from samvad.workflows.scenarios.running import Run
from samvad.workflows.scenarios.service import Playing, Theatre
from samvad.workflows.scenarios.types import TeamWrites, Told
from tests.workflows.demo.conftest import Installation


@dataclass
class Emulator:
    """Answers `hello` at once; remembers what it was told."""

    calls: list[tuple[str, object]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    refused: str = ""

    async def ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        if method == "POST":
            self.calls.append((path, body))
        if self.refused and path.startswith(self.refused):
            raise SamvadError("The phone refused")
        if path.startswith("/events"):
            return await self._news(path)
        if path.endswith("/messages") and body:
            return self._take(body)
        who = {"id": 1, "name": "Asha", "phone": "+919999800001", "bsuid": "IN.1"}
        return {"items": [], "cursor": 0} if path == "/customers" and method == "GET" else who

    async def _news(self, path: str) -> Any:
        seconds = int(path.rpartition("=")[2])
        if seconds:
            await asyncio.sleep(0.01)
        return {"cursor": len(self.messages), "items": [{"message": m} for m in self.messages]}

    def _take(self, body: Mapping[str, Any]) -> Any:
        said = self._message("in", body["kind"], body["content"])
        if body["content"].get("body") == "hello":
            self._message("out", "text", {"body": "Good day"})
        return said

    def _message(self, direction: str, kind: str, content: Mapping[str, Any]) -> Any:
        n = len(self.messages) + 1
        made = {
            "id": n, "wamid": f"w{n}", "customer_id": 1, "direction": direction, "kind": kind,
            "content": content,
            "text": content.get("body"), "state": "delivered", "client_id": None,
        }  # fmt: skip
        self.messages.append(made)
        return made


class Empty(House):
    """Sees what the emulator has; waits for nobody."""

    def __init__(self, emulator: Emulator, *, against: str = "") -> None:
        object.__setattr__(self, "against", against)
        object.__setattr__(self, "phone", emulator)
        object.__setattr__(self, "moves", [])
        object.__setattr__(self, "ended", [])

    @property
    def passed(self) -> list[timedelta]:
        return list(vars(self)["moves"])

    async def later(self, by: timedelta) -> None:
        vars(self)["moves"].append(by)

    async def end(self, bsuid: str) -> None:
        vars(self)["ended"].append(bsuid)

    async def fits(self, business: str) -> str:
        return str(vars(self)["against"])

    async def reads_still(self) -> bool:
        return False

    async def look(self, bsuid: str) -> Seen | None:
        talk = {"id": "1", "needs_person": False, "mode": "ai", "contact": {"opted_out": False}}
        return Seen(talk, [])

    async def write(self, conversation: str, asked: TeamWrites) -> None:
        raise Conflict("not now")


async def played(steps: str, emulator: Emulator, *, against: str = "") -> list[Told]:
    told: list[Told] = []
    scenario = parse(f"name: n\nsteps:\n{steps}")
    await Run(scenario, emulator, Empty(emulator, against=against), told.append).play()
    return told


def states(told: list[Told]) -> list[tuple[object, object]]:
    return [(t.facts["number"], t.facts["state"]) for t in told if t.event == "step"]


async def test_steps_are_told_one_after_the_other() -> None:
    emulator = Emulator()
    told = await played("  - customer says: hello\n  - expect reply: day\n", emulator)
    assert states(told) == [(1, "running"), (1, "passed"), (2, "running"), (2, "passed")]
    assert told[-1].facts["outcome"] == "passed"


async def test_the_first_wrong_step_ends_it() -> None:
    emulator = Emulator()
    told = await played(
        "  - customer says: bye\n  - expect reply:\n      within: 0.05\n  - customer reads\n", emulator
    )
    assert states(told)[-1] == (2, "failed")
    assert told[-2].facts["why"] == "nothing came (after 0.05 seconds)"
    assert told[-2].facts["line"] == 4
    assert (told[-1].facts["outcome"], told[-1].facts["failed_step"]) == ("failed", 2)


async def test_what_the_team_may_not_do_fails_the_step() -> None:
    told = await played("  - team says: hello\n", Emulator())
    assert told[-2].facts["why"] == "not now"


async def test_silence_is_counted_from_what_the_customer_did_last() -> None:
    told = await played("  - customer says: hello\n  - expect nothing for: 0.05\n", Emulator())
    assert told[-2].facts["why"] == "the business wrote: Good day"
    told = await played(
        "  - customer says: hello\n  - wait: 0.05\n  - customer says: bye\n  - expect nothing for: 0.05\n",
        Emulator(),
    )
    assert told[-1].facts["outcome"] == "passed"


@pytest.mark.parametrize("ends", ["by itself", "refused", "cancelled"])
async def test_no_fault_and_no_moved_clock_stay_behind(ends: str) -> None:
    emulator = Emulator(refused="/rules" if ends == "refused" else "")
    steps = (
        "  - clock forward: 25 hours\n  - fault: phone off\n  - fault: error after accept\n  - wait: 1 min\n"
    )
    running = asyncio.create_task(
        played(steps if ends != "by itself" else steps.replace("1 min", "0.01"), emulator)
    )
    if ends == "cancelled":
        while ("/rules", {"fault": "error_after_accept", "count": 1}) not in emulator.calls:  # noqa: ASYNC110
            await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    else:
        await running
    left = [("/calm", {}), ("/clock", {"set_back": True}), ("/customers/1/forget", {})]
    assert emulator.calls[-3:] == left


async def test_a_day_passes_here_too_and_is_taken_back() -> None:
    emulator = Emulator()
    house = Empty(emulator)
    file = parse("name: t\nsteps:\n  - advance: 25 hours\n  - advance: 1 h\n")
    await Run(file, emulator, house, [].append, keep=True).play()
    assert house.passed == [timedelta(hours=25), timedelta(hours=1), -timedelta(hours=26)]
    assert ("/clock", {"advance_seconds": 25 * 3600}) in emulator.calls
    assert ("/customers/1/forget", {}) not in emulator.calls, "kept, as was asked"
    assert vars(house)["ended"] == []
    await Run(file, emulator, house, [].append).play()
    assert vars(house)["ended"] == ["IN.1"], "the conversation ends with its customer"


async def test_where_the_demo_is_another_nothing_is_touched() -> None:
    emulator = Emulator()
    with pytest.raises(Conflict, match="another demo"):
        await played("  - customer says: hello\n", emulator, against="another demo")
    assert emulator.calls == []


class Simulator:
    """One number, whose phone page never has news."""

    def __init__(self) -> None:
        self.channel = new_id()
        self.emulator = Emulator()

    async def passes(self, scope: object, *, now: datetime) -> list[PhonePass]:
        number: Any = SimpleNamespace(id=self.channel)
        return [PhonePass(number, "pass", now)]

    async def forward(
        self, method: str, path: str, *, query: str, body: bytes, **_: Any
    ) -> tuple[int, str, bytes]:
        address = f"/{path}?{query}" if query else f"/{path}"
        said = await self.emulator.ask(method, address, orjson.loads(body) if body else None)
        return 200, "application/json", orjson.dumps(said)


async def test_whoever_hangs_up_stops_it_also_where_nothing_can_be_awaited_any_more(
    bare: Installation,
) -> None:
    """As the server ends an answer: each wait is cancelled at once."""
    simulator: Any = Simulator()
    parts = bare.parts
    theatre = Theatre(parts.database, simulator, parts.demos, parts.clock, parts.wakeups)
    scenario = parse("name: n\nsteps:\n  - customer says: hello\n  - wait: 1 min\n")

    async def listen() -> None:
        async for told in await theatre.play(bare.tenant, SYSTEM, scenario, channel=None):
            if told.facts.get("number") == 2:
                began.set()

    began = asyncio.Event()
    async with anyio.create_task_group() as listeners:
        listeners.start_soon(listen)
        await began.wait()
        with pytest.raises(Playing):
            await theatre.play(bare.tenant, SYSTEM, scenario, channel=None)
        listeners.cancel_scope.cancel()
    async with asyncio.timeout(10):
        while theatre.playing:  # noqa: ASYNC110 - the run tidies up after its listener
            await asyncio.sleep(0.01)
    assert simulator.emulator.calls[-1] == ("/calm", {})
