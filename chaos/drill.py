"""A restore drill: backed up under traffic, lost, restored; its time, what is lost, nothing twice."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import asyncpg

from chaos.audit import accepted, drained
from chaos.installation import SECRET, Installation, installation
from chaos.traffic import Traffic
from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import parts
from samvad.bootstrap.restoring import Restored, restore
from samvad.platform.backup.taking import Source, Taken, take
from samvad.platform.crypto import Keyring
from samvad.platform.settings import Settings

_WORDS = "a passphrase of the drill"
_GAP = 0.05  # seconds between two customers
_OUT = "SELECT id, status FROM messages WHERE tenant_id = $1 AND direction = 'out' AND author <> 'system'"


@dataclass(slots=True)
class Drill:
    """`lost_seconds` lie between the backup and the disaster; `down_seconds` from there to the first 200."""

    customers: int = 0
    rows: int = 0
    bytes: int = 0
    backup_seconds: float = 0
    lost_seconds: float = 0
    restore_seconds: float = 0
    down_seconds: float = 0
    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


async def drill(*, customers: int) -> Drill:
    """A third of the customers write before the backup, a third before the disaster, a third afterwards."""
    told = Drill()
    third = customers // 3
    async with installation() as where:
        before = Traffic(where, _GAP)
        for role in ("serve", "worker"):
            await where.start(role)
        await where.listening()
        await _write(before, 1, third)
        taken = await _back_up(where, told)
        await _write(before, third + 1, 2 * third)
        lost = await _disaster(where, taken, told)
        restored = await _restore(where, taken, told)
        told.down_seconds = round(time.monotonic() - lost, 1)
        async with _elsewhere(where) as again:
            after = Traffic(again, _GAP)
            await _write(after, 2 * third + 1, customers)
            await drained(again, settled=False)  # evidence may have gone to the lost installation
            await _judge(again, taken, restored, after, told)
    told.customers = customers
    return told


async def _write(traffic: Traffic, first: int, last: int) -> None:
    for number in range(first, last + 1):
        if number % 5:  # a person who takes over may leave a customer without an automatic answer
            await traffic.customer(number)
            await asyncio.sleep(_GAP)


async def _back_up(where: Installation, told: Drill) -> Taken:
    began = time.monotonic()
    source = Source(where.env["SAMVAD_DATABASE_URL"], SECRET)
    taken = await take(source, where.folder / "drill.backup", _WORDS)
    told.backup_seconds = round(time.monotonic() - began, 1)
    told.rows, told.bytes = taken.rows, taken.bytes
    return taken


async def _disaster(where: Installation, taken: Taken, told: Drill) -> float:
    """Every process dies, and the database is gone."""
    for child in where.children:
        await child.kill()
    where.children.clear()
    connection = await asyncpg.connect(where.env["SAMVAD_DATABASE_URL"])
    try:
        told.lost_seconds = round(
            ((await connection.fetchval("SELECT now()")) - taken.manifest.made_at).total_seconds(), 1
        )
    finally:
        await connection.close()
    return time.monotonic()


async def _restore(where: Installation, taken: Taken, told: Drill) -> Restored:
    """Into a database of another name; from here on that is the installation."""
    connection = await asyncpg.connect(where.env["SAMVAD_DATABASE_URL"])
    try:
        await connection.execute("CREATE DATABASE elsewhere")
    finally:
        await connection.close()
    where.env["SAMVAD_DATABASE_URL"] = where.env["SAMVAD_DATABASE_URL"].replace("/samvad?", "/elsewhere?")
    settings = Settings.model_validate(
        {
            "database_url": where.env["SAMVAD_DATABASE_URL"],
            "secret_key": SECRET,
            "sandbox": {"enabled": False},
        }
    )
    restored = await restore(settings, taken.path, _WORDS, replace=False, at=where.parts.clock.now())
    told.restore_seconds = restored.seconds
    for role in ("serve", "worker"):
        await where.start(role)
    await where.listening()
    return restored


@asynccontextmanager
async def _elsewhere(where: Installation) -> AsyncIterator[Installation]:
    """The same processes; our own look goes to the restored database."""
    engine = Engine(where.env["SAMVAD_DATABASE_URL"], Keyring(SECRET))
    async with parts(where.parts.settings, engine) as built:
        yield replace(where, parts=built)


async def _judge(where: Installation, taken: Taken, restored: Restored, after: Traffic, told: Drill) -> None:
    ledger = await accepted(where)
    async with where.parts.database.reading(where.tenant) as scope:
        ours = {str(row["id"]): row["status"] for row in await scope.db.fetch(_OUT, where.tenant)}
        heard = {
            row[0] for row in await scope.db.fetch("SELECT external_id FROM messages WHERE direction = 'in'")
        }
    told.statuses = Counter(ours.values())
    if restored.sums != taken.sums:
        told.faults.append("the rows are not those of the backup")
    told.faults += [f"accepted {times} times: {id}" for id, times in ledger.items() if times > 1]
    told.faults += [
        f"answered {times} times: {to}" for to, times in (await _answers(where)).items() if times > 1
    ]
    told.faults += [f"acknowledged after the restore and lost: {id}" for id in after.said if id not in heard]
    told.faults += [
        f"{status} for ever: {id}" for id, status in ours.items() if status in ("queued", "sending")
    ]
    told.faults += _unproved(ours, ledger)


def _unproved(ours: Mapping[str, str], ledger: Mapping[str, int]) -> list[str]:
    """What we call sent the provider has. What it has beyond that was said by the lost installation."""
    return [
        f"we say {status}, the ledger does not have it: {id}"
        for id, status in ours.items()
        if status in ("sent", "delivered", "read") and id not in ledger
    ]


async def _answers(where: Installation) -> Counter[str]:
    """How many messages each customer got; each of them wrote once."""
    found: Counter[str] = Counter()
    after = ""
    while True:
        page = await where.control("GET", f"/ledger?limit=500&after={after}")
        found.update(item["to"] for item in page["items"])
        if not page["next_cursor"]:
            return found
        after = page["next_cursor"]
