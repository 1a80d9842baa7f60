"""The compute process for real: calls, crashes, timeouts, queues, idleness, the death of its parent."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from samvad.platform.compute.client import Compute
from samvad.platform.compute.errors import ComputeFailed, ComputeTimeout, FunctionFailed
from samvad.platform.compute.registry import FUNCTIONS, resolve

PID, SLEEP, ECHO, CRASH = "os:getpid", "time:sleep", "copy:copy", "os:abort"
ROOT, PRINT, ENVIRONMENT, EXIT = "math:sqrt", "builtins:print", "os:getenv", "os:_exit"
FEW = frozenset({PID, SLEEP, ECHO, CRASH, ROOT, PRINT, ENVIRONMENT, EXIT, "decimal:Decimal", "no.such:thing"})
FOREVER = 600.0


@pytest.fixture
async def compute() -> AsyncIterator[Compute]:
    async with Compute(functions=FEW) as opened:
        yield opened


async def pid_of(compute: Compute) -> int:
    pid = await compute.call(PID)
    assert isinstance(pid, int)
    return pid


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


async def gone(pid: int) -> None:
    async with asyncio.timeout(20):
        while alive(pid):  # noqa: ASYNC110 - another process gives no event
            await asyncio.sleep(0.01)


async def test_it_starts_on_demand_and_stays(compute: Compute) -> None:
    assert not compute.running
    first = await pid_of(compute)
    assert first != os.getpid()
    assert compute.running
    assert await pid_of(compute) == first


@pytest.mark.parametrize("value", [None, "नमस्ते", b"\x00\xff", {"a": [1, b"x"]}, "long " * 500_000])
async def test_values_come_back(compute: Compute, value: str) -> None:
    assert await compute.call(ECHO, value) == value


async def test_what_the_function_raises_is_told_and_the_child_lives(compute: Compute) -> None:
    pid = await pid_of(compute)
    with pytest.raises(FunctionFailed) as failed:
        await compute.call(ROOT, -1)
    assert failed.value.kind == "ValueError"
    assert failed.value.reason
    assert await pid_of(compute) == pid


@pytest.mark.parametrize("function", ["no.such:thing", "decimal:Decimal"])
async def test_a_missing_function_or_an_answer_that_cannot_travel_is_a_failure(
    compute: Compute, function: str
) -> None:
    with pytest.raises(FunctionFailed):
        await compute.call(function)
    assert await compute.call(ECHO, 1) == 1


async def test_only_listed_functions_run(compute: Compute) -> None:
    with pytest.raises(LookupError):
        await compute.call("os:system", "true")
    assert not compute.running


async def test_a_crash_fails_the_call_and_the_next_one_works(compute: Compute) -> None:
    pid = await pid_of(compute)
    with pytest.raises(ComputeFailed):
        await compute.call(CRASH)
    assert await pid_of(compute) != pid


async def test_a_child_killed_while_idle_is_replaced(compute: Compute) -> None:
    pid = await pid_of(compute)
    os.kill(pid, signal.SIGKILL)
    async with asyncio.timeout(20):
        while compute.running:  # noqa: ASYNC110 - until the loop has reaped it
            await asyncio.sleep(0.005)
    assert await pid_of(compute) != pid


async def test_a_timeout_ends_the_child_and_the_next_call_works(compute: Compute) -> None:
    pid = await pid_of(compute)
    with pytest.raises(ComputeTimeout):
        await compute.call(SLEEP, FOREVER, timeout=0.05)
    assert not alive(pid)
    assert await compute.call(ECHO, "next") == "next"


async def test_a_cancelled_caller_does_not_leave_its_answer_to_the_next(compute: Compute) -> None:
    await pid_of(compute)
    caller = asyncio.create_task(compute.call(SLEEP, FOREVER))
    await asyncio.sleep(0.05)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert await compute.call(ECHO, "mine") == "mine"


async def test_calls_take_turns_in_their_order(compute: Compute) -> None:
    done: list[int] = []

    async def one(number: int) -> None:
        assert await compute.call(ECHO, number) == number
        done.append(number)

    await asyncio.gather(*(one(number) for number in range(50)))
    assert done == list(range(50))


async def test_waiting_for_a_turn_does_not_use_up_the_timeout(compute: Compute) -> None:
    await pid_of(compute)
    slow = asyncio.create_task(compute.call(SLEEP, 0.8))
    await asyncio.sleep(0)
    assert await compute.call(ECHO, 1, timeout=0.7) == 1
    await slow


async def test_what_a_library_prints_does_not_disturb_the_answers(compute: Compute) -> None:
    assert await compute.call(PRINT, "chatter") is None
    assert await compute.call(ECHO, 1) == 1


async def test_the_child_has_none_of_our_secrets(compute: Compute, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVAD_SECRET_KEY", "x" * 40)
    assert await compute.call(ENVIRONMENT, "SAMVAD_SECRET_KEY") is None
    assert await compute.call(ENVIRONMENT, "PATH")


async def test_it_ends_when_idle_and_comes_back() -> None:
    async with Compute(functions=FEW, idle_seconds=0.05) as compute:
        pid = await pid_of(compute)
        await gone(pid)
        async with asyncio.timeout(30):
            while compute.running:  # noqa: ASYNC110 - its end is noticed a moment after it
                await asyncio.sleep(0.01)
        assert await pid_of(compute) != pid


async def test_closing_ends_the_child() -> None:
    async with Compute(functions=FEW) as compute:
        pid = await pid_of(compute)
    assert not alive(pid)


PARENT = """
import asyncio, os
from samvad.platform.compute.client import Compute

async def main():
    async with Compute(functions={"os:getpid", "time:sleep"}) as compute:
        print(await compute.call("os:getpid"), flush=True)
        await compute.call("time:sleep", 600, timeout=600)

asyncio.run(main())
"""


async def test_it_dies_with_a_killed_parent_in_the_middle_of_a_computation() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert parent.stdout
    lines = [await parent.stdout.readline() for _ in ("the log's", "ours")]
    pid = int(lines[-1])
    await asyncio.sleep(0.05)
    assert alive(pid)
    parent.kill()
    await parent.wait()
    await gone(pid)


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_every_listed_function_is_there(function: str) -> None:
    assert callable(resolve(function))


async def test_passwords_are_made_and_verified_there() -> None:
    async with Compute() as compute:
        made = await compute.call("samvad.tenancy.passwords:make", "correct horse")
        assert await compute.call("samvad.tenancy.passwords:verify", made, "correct horse")
        assert not await compute.call("samvad.tenancy.passwords:verify", made, "battery staple")
