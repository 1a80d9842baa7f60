"""The usual checks, made from the parts that bootstrap has."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samvad.kernel.clock import Clock
from samvad.platform.compute.client import Compute
from samvad.platform.db import Database
from samvad.platform.health import repository
from samvad.platform.health.types import Check, Finding, Queue, State

LATE_SECONDS = 60.0  # a queue whose oldest due row has waited longer has no worker, or too few

OK = Finding(State.OK)


def database_check(database: Database) -> Check:
    async def probe() -> Finding:
        async with database.system_statement() as scope:
            await repository.answers(scope)
        return OK

    return Check("database", True, probe)


def migrations_check(database: Database, *, expected: str) -> Check:
    """We serve only a database of our own version: another host may be migrating it right now."""

    async def probe() -> Finding:
        async with database.system_statement() as scope:
            version = await repository.version(scope) or "none"
        state = State.OK if version == expected else State.DOWN
        return Finding(state, "", {"version": version, "expected": expected})

    return Check("migrations", True, probe)


def queue_checks(database: Database, clock: Clock, *, late: float = LATE_SECONDS) -> Sequence[Check]:
    """One per queue. A late queue is not ours alone, so it degrades: taking this host out heals nothing."""
    return [_queue_check(database, clock, queue, late) for queue in Queue]


def _queue_check(database: Database, clock: Clock, queue: Queue, late: float) -> Check:
    async def probe() -> Finding:
        async with database.system_statement() as scope:
            seen = await repository.read_queue(scope, queue, now=clock.now())
        facts = {"waiting": seen.waiting, "oldest_seconds": round(seen.oldest_seconds, 1)}
        if seen.oldest_seconds <= late:
            return Finding(State.OK, "", facts)
        return Finding(State.DEGRADED, "work waits too long: is a worker running?", facts)

    return Check(queue.value, False, probe)


def tasks_check(name: str, tasks: Sequence["asyncio.Task[Any]"]) -> Check:
    """Of loops that never end by themselves: one that did has died, and only a new process brings it back."""

    async def probe() -> Finding:
        ended = [task.get_name() for task in tasks if task.done()]
        if ended:
            return Finding(State.DOWN, f"ended: {', '.join(ended)}")
        return Finding(State.OK, "", {"running": len(tasks)})

    return Check(name, True, probe)


def alerts_check(database: Database) -> Check:
    """How many are open, by name. They are tenants' affairs: none makes this host any worse."""

    async def probe() -> Finding:
        async with database.system_statement() as scope:
            return Finding(State.OK, "", await repository.open_alerts(scope))

    return Check("alerts", False, probe)


def compute_check(compute: Compute) -> Check:
    """It starts on demand, so not running is no fault."""

    async def probe() -> Finding:
        return Finding(State.OK, "", {"running": compute.running})

    return Check("compute", False, probe)


def reachable_check(name: str, host: str, port: int, *, necessary: bool = False) -> Check:
    """Whether somebody listens there, such as the sandbox."""

    async def probe() -> Finding:
        _, writer = await asyncio.open_connection(host, port)
        writer.close()
        return OK

    return Check(name, necessary, probe)


def file_check(name: str, file: Path | None, *, absent: str) -> Check:
    """Whether a built file is there; without it that part is degraded, and the rest works."""

    async def probe() -> Finding:
        present = file is not None and await asyncio.to_thread(file.is_file)
        return OK if present else Finding(State.DEGRADED, absent)

    return Check(name, False, probe)
