"""Processes of `samvad` that are there at once: forked from one that has loaded everything and run nothing.

A trial kills them by the dozen, a smoke run of the benchmarks starts as many; to load the product takes each
ten times as long as what is asked of it.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Self

_NURSERY = get_context("forkserver")
_NURSERY.set_forkserver_preload(["samvad.cli.main", "samvad.api.main"])


class Process:
    """One `samvad ROLE`. Its output goes to the end of a file."""

    def __init__(self, role: str, env: Mapping[str, str], log: Path) -> None:
        self._process = _NURSERY.Process(target=_live, args=(role, dict(env), str(log)), daemon=True)

    @classmethod
    async def begin(cls, role: str, env: Mapping[str, str], log: Path) -> Self:
        process = cls(role, env, log)
        await asyncio.to_thread(process._process.start)  # the first one waits until everything is loaded
        return process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """As of a subprocess: negative for the signal that ended it."""
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    async def wait(self) -> int | None:
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        return self.returncode


def _live(role: str, env: Mapping[str, str], log: str) -> None:
    os.environ.clear()
    os.environ.update(env)
    said = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.argv = ["samvad", role]
    import_module("samvad.cli.main").main()
