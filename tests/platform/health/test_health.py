"""Checks that fail, hang and share; queues read from the driver tables."""

import asyncio
from datetime import timedelta

import pytest

from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId, new_id
from samvad.platform.compute.client import Compute
from samvad.platform.db import Database
from samvad.platform.health import (
    Check,
    Examiner,
    Finding,
    Queue,
    QueueState,
    State,
    compute_check,
    database_check,
    file_check,
    migrations_check,
    queue_checks,
    reachable_check,
    read_queue,
)
from samvad.platform.migrations.version import HEAD


async def fine() -> Finding:
    return Finding(State.OK)


async def broken() -> Finding:
    raise RuntimeError("postgresql://user:secret@host")


async def test_everything_fine_is_ok() -> None:
    report = await Examiner([Check("a", True, fine), Check("b", False, fine)]).examine()
    assert (report.state, report.missing) == (State.OK, ())


async def test_what_fails_is_down_and_its_words_stay_inside() -> None:
    report = await Examiner([Check("a", True, broken), Check("b", True, fine)]).examine()
    assert (report.state, report.missing) == (State.DOWN, ("a",))
    assert report.findings["a"].detail == "RuntimeError"


async def test_what_is_not_necessary_only_degrades() -> None:
    report = await Examiner([Check("a", True, fine), Check("b", False, broken)]).examine()
    assert (report.state, report.missing) == (State.DEGRADED, ())


async def test_a_probe_that_hangs_is_down_and_hangs_only_once() -> None:
    started: list[None] = []
    free = asyncio.Event()

    async def hang() -> Finding:
        started.append(None)
        await free.wait()
        return Finding(State.OK)

    examiner = Examiner([Check("slow", True, hang), Check("quick", True, fine)], wait_seconds=0.02)
    for report in await asyncio.gather(*(examiner.examine() for _ in range(5))):
        assert report.missing == ("slow",)
    assert len(started) == 1
    free.set()
    assert (await examiner.examine()).state is State.OK


async def test_no_checks_is_ok() -> None:
    assert (await Examiner([]).examine()).state is State.OK


async def queue_of(database: Database, queue: Queue, clock: FrozenClock) -> QueueState:
    async with database.system_statement() as scope:
        return await read_queue(scope, queue, now=clock.now())


async def test_queues_count_what_is_due(database: Database, tenant: TenantId, clock: FrozenClock) -> None:
    now, minute = clock.now(), timedelta(minutes=1)
    due, later = [now - 3 * minute, now - minute], [now + minute]
    async with database.system() as scope:
        for at in due + later:
            await scope.db.execute(
                "INSERT INTO inbound_lanes (tenant_id, channel_id, lane, ready_at, gen) "
                "VALUES ($1, $2, 'x', $3, 1)",
                tenant, new_id(), at,
            )  # fmt: skip
            for kind in ("reply", "expiry"):
                await scope.db.execute(
                    "INSERT INTO timers (tenant_id, kind, key, run_at, first_at, latest_at, gen) "
                    "VALUES ($1, $2, $3, $4, $4, $4, 1)",
                    tenant, kind, new_id(), at,
                )  # fmt: skip
            for state in ("queued", "sending"):
                await scope.db.execute(
                    "INSERT INTO outbound (tenant_id, id, channel_id, conversation_id, contact_id, seq, "
                    "priority, purpose, starts_reply, epoch, message, state, run_at, queued_at, correlation) "
                    "VALUES ($1, $2, $2, $2, $2, 1, 1, 'reply', true, 1, '{}', $3, $4, $4, '')",
                    tenant, new_id(), state, at,
                )  # fmt: skip
    assert await queue_of(database, Queue.LANES, clock) == QueueState(2, 180)
    assert await queue_of(database, Queue.TIMERS, clock) == QueueState(4, 180)
    assert await queue_of(database, Queue.OUTBOUND, clock) == QueueState(2, 180)


@pytest.mark.parametrize("queue", Queue)
async def test_an_empty_queue_is_zero(database: Database, clock: FrozenClock, queue: Queue) -> None:
    assert await queue_of(database, queue, clock) == QueueState(0, 0)


async def test_a_late_queue_degrades(database: Database, tenant: TenantId, clock: FrozenClock) -> None:
    async with database.system() as scope:
        await scope.db.execute(
            "INSERT INTO inbound_lanes (tenant_id, channel_id, lane, ready_at, gen) "
            "VALUES ($1, $2, 'x', $3, 1)",
            tenant, new_id(), clock.now(),
        )  # fmt: skip
    checks = queue_checks(database, clock, late=30)
    assert (await Examiner(checks).examine()).state is State.OK
    clock.advance(timedelta(seconds=31))
    report = await Examiner(checks).examine()
    assert report.state is State.DEGRADED
    assert report.findings["lanes"].facts == {"waiting": 1, "oldest_seconds": 31.0}


async def test_the_usual_checks_on_a_healthy_installation(database: Database, clock: FrozenClock) -> None:
    async with Compute() as compute:
        checks = [
            database_check(database),
            migrations_check(database, expected=HEAD),
            *queue_checks(database, clock),
            compute_check(compute),
        ]
        report = await Examiner(checks).examine()
    assert report.state is State.OK
    assert set(report.findings) == {"database", "migrations", "lanes", "timers", "outbound", "compute"}


async def test_another_version_of_the_database_is_not_ours(database: Database) -> None:
    report = await Examiner([migrations_check(database, expected="9999")]).examine()
    assert report.missing == ("migrations",)
    assert report.findings["migrations"].facts == {"version": HEAD, "expected": "9999"}


async def test_a_missing_file_degrades_and_says_why() -> None:
    report = await Examiner([file_check("web", None, absent="the web app was not built")]).examine()
    assert report.state is State.DEGRADED
    assert report.findings["web"].detail == "the web app was not built"


async def test_a_peer_is_reachable_or_not() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    check = reachable_check("sandbox", "127.0.0.1", port)
    assert (await Examiner([check]).examine()).state is State.OK
    server.close()
    await server.wait_closed()
    assert (await Examiner([check]).examine()).state is State.DEGRADED
