"""`python -m chaos TRIAL`: one trial on a throw-away installation; exit status 1 when it failed."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.support.house import house

from chaos import drill, fleet, kills, takeover
from samvad.bootstrap.engine import Engine
from samvad.platform import logging
from samvad.platform.crypto import Keyring
from samvad.platform.db.database import APP, SYSTEM_ROLE
from samvad.platform.migrations.migrate import migrate
from samvad.platform.postgres.testing import scratch_cluster
from samvad.platform.settings import LogSettings

SECRET = "only for trials: " + "0123456789abcdef" * 2


@asynccontextmanager
async def fresh() -> AsyncIterator[Engine]:
    """A migrated database on a throw-away cluster."""
    keyring = Keyring(SECRET)
    async with scratch_cluster() as cluster, cluster.database() as name:
        made = Engine(cluster.dsn(name), keyring)
        await migrate(made.url, {role: keyring.password_for(role) for role in (APP, SYSTEM_ROLE)})
        yield made


async def takeovers(count: int, seed: int) -> bool:
    async with (
        fresh() as engine,
        house(engine.url, engine.keyring, working=False, send_slots=takeover.SLOTS) as bare,
    ):
        report = await takeover.race(bare, engine, count=count, seed=seed)
    print(f"{count} takeovers in {report.seconds:.0f} s, {len(report.calls)} provider calls")
    for state, times in report.where().most_common():
        print(f"  {times:6} met a reply with: {state}")
    faults: dict[str, Sequence[object]] = {
        "leaks": report.leaks(),
        "doubled": report.doubled(),
        "swapped": report.swapped(),
    }
    for name, found in faults.items():
        print(f"  {name}: {len(found)}")
    return not any(faults.values())


async def kills_at_random(count: int, seed: int, longest: float) -> bool:
    deaths, verdict, crossed = await kills.storm(count=count, seed=seed, longest=longest)
    print(f"{deaths.total} kills in {deaths.seconds:.0f} s, seed {seed}")
    most = max(deaths.by_place.values(), default=1)
    for place, times in sorted(deaths.by_place.items()):
        print(f"  {place:24} {times:4} {'#' * max(1, times * 40 // most)}")
    print(
        f"{verdict.customers} customers wrote, {verdict.replies} messages answered: {dict(verdict.statuses)}"
    )
    print(f"mishaps of its provider: {dict(deaths.mishaps)}")
    print(f"by other transports answered: {dict(crossed.answered)}, {dict(crossed.statuses)}")
    print(f"mishaps of their providers: { {str(name): times for name, times in crossed.mishaps.items()} }")
    faults = [*deaths.unreached, *verdict.faults, *crossed.faults]
    for fault in faults:
        print(f"  FAULT {fault}")
    return not faults


async def many_hosts(count: int, seed: int) -> bool:
    told = await fleet.fleet(blows=count, seed=seed)
    print(f"{told.events.total()} blows in {told.seconds:.0f} s, seed {seed}: {dict(told.events)}")
    print(f"  {told.verdict.customers} customers wrote, our messages: {dict(told.verdict.statuses)}")
    waits = ", ".join(f"{name} {told.wait(share):.1f} s" for name, share in (("p50", 0.5), ("p99", 0.99)))
    print(f"  from arrival to answer: {waits}, longest {max(told.waits, default=0):.1f} s")
    for fault in told.faults:
        print(f"  FAULT {fault}")
    return not told.faults


async def restore_drill(customers: int) -> bool:
    told = await drill.drill(customers=customers)
    print(
        f"{told.customers} customers; backup: {told.rows} rows, {told.bytes} bytes, {told.backup_seconds} s"
    )
    print(f"  lost: the {told.lost_seconds} s between backup and disaster")
    print(f"  restored and read again in {told.restore_seconds} s, answering after {told.down_seconds} s")
    print(f"  our messages now: {dict(told.statuses)}")
    for fault in told.faults:
        print(f"  FAULT {fault}")
    return not told.faults


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    trials = parser.add_subparsers(dest="trial", required=True)
    one = trials.add_parser("takeover", help="people take over while automation is speaking")
    one.add_argument("--count", type=int, default=10_000)
    one.add_argument("--seed", type=int, default=1)
    two = trials.add_parser("kills", help="SIGKILL at crash points and anywhere")
    two.add_argument("--count", type=int, default=100)
    two.add_argument("--seed", type=int, default=1)
    two.add_argument("--longest", type=float, default=900, help="seconds after which it gives up")
    three = trials.add_parser("drill", help="backed up under traffic, lost, restored")
    three.add_argument("--customers", type=int, default=300)
    four = trials.add_parser("fleet", help="two APIs, three workers, two hosts: killed, restarted, cut off")
    four.add_argument("--count", type=int, default=60)
    four.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.configure(LogSettings(level="error", format="text"))
    if asked.trial == "takeover":
        held = asyncio.run(takeovers(asked.count, asked.seed))
    elif asked.trial == "fleet":
        held = asyncio.run(many_hosts(asked.count, asked.seed))
    elif asked.trial == "drill":
        held = asyncio.run(restore_drill(asked.customers))
    else:
        held = asyncio.run(kills_at_random(asked.count, asked.seed, asked.longest))
    print("chaos: everything held" if held else "chaos: FAILED", flush=True)
    return 0 if held else 1


sys.exit(main())
