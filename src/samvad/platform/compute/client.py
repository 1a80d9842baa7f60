"""The app's side of the compute process: starts it on demand, calls it, ends it when idle."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Set
from contextlib import suppress
from typing import Self

from samvad.platform.compute.codec import HEADER, Value, length, pack, unpack
from samvad.platform.compute.errors import ComputeFailed, ComputeTimeout, FunctionFailed
from samvad.platform.compute.registry import FUNCTIONS
from samvad.platform.logging import get_logger

log = get_logger("platform")

IDLE_SECONDS = 600.0
_CHILD = "samvad.platform.compute.child"
_STREAM_LIMIT = 1 << 20
# Documents of strangers are parsed there: none of our secrets may be found in its environment.
_ENVIRONMENT = frozenset(
    {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"}
    | {"LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME"}
)


class Compute:
    """Opens with `async with Compute()`. Calls run one at a time, in the order in which they came."""

    def __init__(self, *, functions: Set[str] = FUNCTIONS, idle_seconds: float = IDLE_SECONDS) -> None:
        self._functions = functions
        self._idle_seconds = idle_seconds
        self._turn = asyncio.Lock()  # first come, first served
        self._process: Process | None = None
        self._idle: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._idle:
            self._idle.cancel()
        async with self._turn:
            await self._end()

    @property
    def running(self) -> bool:
        """Whether the process is there; it is not while nobody needs it, and that is no fault."""
        return self._process is not None and self._process.returncode is None

    async def call(self, function: str, *arguments: Value, timeout: float = 30) -> Value:
        """Runs `module:function` of the allow-list in the child. `timeout` counts from the call's turn.

        Raises FunctionFailed when the function raised, ComputeTimeout, or ComputeFailed when the child
        died; after the last two, and when the caller is cancelled, the child is gone and the next call
        starts a new one.
        """
        if function not in self._functions:
            raise LookupError(f"{function} is not in the list of compute functions")
        request = pack({"function": function, "arguments": arguments})
        async with self._turn:
            if self._idle:
                self._idle.cancel()
            try:
                answer = await self._run(request, timeout)
            finally:
                self._idle = asyncio.create_task(self._end_when_idle(), name="compute idle")
        return _value(answer)

    async def _run(self, request: bytes, timeout: float) -> Value:
        try:
            async with asyncio.timeout(timeout):
                return await _exchange(await self._started(), request)
        except TimeoutError as late:
            await self._kill()
            raise ComputeTimeout from late
        except (OSError, EOFError, ValueError) as broken:
            await self._kill()
            raise ComputeFailed from broken
        except BaseException:
            await self._kill()  # its answer would be taken for the next call's
            raise

    async def _started(self) -> Process:
        if self._process and self._process.returncode is None:
            return self._process
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", _CHILD,
            stdin=PIPE, stdout=PIPE, limit=_STREAM_LIMIT, env=_environment(os.environ),
        )  # fmt: skip
        log.info("compute.started", pid=self._process.pid)
        return self._process

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        """Lets it go in peace: end of input is its signal."""
        if self._process and self._process.stdin:
            self._process.stdin.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await self._process.wait()
        await self._kill()

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.wait())
        log.info("compute.ended", pid=process.pid, status=process.returncode)


async def _exchange(process: Process, request: bytes) -> Value:
    calls, answers = process.stdin, process.stdout
    if calls is None or answers is None:
        raise EOFError
    calls.write(request)
    await calls.drain()
    size = length(await answers.readexactly(HEADER.size))
    return unpack(await answers.readexactly(size))


def _value(answer: Value) -> Value:
    if not isinstance(answer, dict):
        raise ComputeFailed
    if "kind" in answer:
        raise FunctionFailed(str(answer["kind"]), str(answer["detail"]))
    value: Value = answer["value"]
    return value


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in ours.items() if name.upper() in _ENVIRONMENT}
