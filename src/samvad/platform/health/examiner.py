"""Runs checks together, each one at most once at a time, and does not wait for those that hang."""

import asyncio
from collections.abc import Sequence

from samvad.platform.health.types import Check, Finding, Report, State
from samvad.platform.logging import get_logger

log = get_logger("platform")

WAIT_SECONDS = 0.7


class Examiner:
    """However often it is asked, a probe that hangs hangs once: everybody shares its answer."""

    def __init__(self, checks: Sequence[Check], *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._checks = checks
        self._wait_seconds = wait_seconds
        self._probing: dict[str, asyncio.Task[Finding]] = {}

    async def examine(self) -> Report:
        """Takes `wait_seconds` at most; whatever has not answered by then is down."""
        tasks = {check.name: self._task(check) for check in self._checks}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=self._wait_seconds)
        findings = {name: _finding(task) for name, task in tasks.items()}
        missing = [c.name for c in self._checks if c.necessary and findings[c.name].state is State.DOWN]
        return Report(findings, tuple(missing))

    def _task(self, check: Check) -> asyncio.Task[Finding]:
        task = self._probing.get(check.name)
        if task is None or task.done():
            task = self._probing[check.name] = asyncio.create_task(_probe(check), name=f"check {check.name}")
        return task


async def _probe(check: Check) -> Finding:
    """Whatever a probe raises is its finding; words of exceptions may hold addresses, so only the kind."""
    try:
        return await check.probe()
    except Exception as failure:
        log.warning("check.failed", check=check.name, reason=repr(failure))
        return Finding(State.DOWN, type(failure).__name__)


def _finding(task: asyncio.Task[Finding]) -> Finding:
    return task.result() if task.done() else Finding(State.DOWN, "no answer")
