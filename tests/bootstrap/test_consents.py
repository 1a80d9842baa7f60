"""What customers withdrew after the backup is not lost by a restore; else nothing opens a talk."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samvad.bootstrap.consents import keep_copied
from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import parts
from samvad.bootstrap.restoring import restore, settle_recovered
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId, earliest_id, new_id
from samvad.platform.backup.consent_log import ConsentLog
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.postgres.testing import Scratch
from samvad.platform.settings import Settings
from samvad.workflows.consent_copies import Copier, accept, behind, erase
from tests.bootstrap.test_backup import WORDS, backup_of, fetch
from tests.conftest import SECRET
from tests.support.house import house
from tests.support.waiting import eventually

BEFORE, AFTER, NEW = "919999900001", "919999900002", "919999900003"
OUT = """SELECT i.value, c.opt_out_reason, f.opted_out FROM contacts c
  JOIN identities i ON i.contact_id = c.id AND i.kind = 'wa_id'
  LEFT JOIN contact_send_facts f ON f.contact_id = c.id WHERE c.opted_out_at IS NOT NULL ORDER BY 1"""
HELD = "SELECT bulk_rests_until IS NOT NULL FROM channel_send_facts"
ALERTS = "SELECT name FROM alerts WHERE resolved_at IS NULL"


def settings_of(url: str, folder: Path) -> Settings:
    return Settings.model_validate(
        {"database_url": url, "secret_key": SECRET, "data_dir": folder, "sandbox": {"enabled": False}}
    )


@pytest.fixture
async def empty(cluster: Scratch) -> AsyncIterator[str]:
    async with cluster.database() as name:
        yield cluster.dsn(name)


@dataclass(frozen=True)
class Lost:
    """An installation that was backed up and lived on: one opted out, one who was out came back, one was new
    and opted out at once. Nobody works in it any more."""

    url: str
    tenant: TenantId
    backup: Path

    async def recorded(self, folder: Path, keyring: Keyring, *, now: datetime) -> int:
        async with Engine(self.url, keyring).database() as database:
            log = ConsentLog(folder, keyring)
            log.take()
            found = await Copier(database, log).catch_up(now=now)
            log.leave()
        return found


@pytest.fixture(scope="module")
async def lost(
    cluster: Scratch, template: str, keyring: Keyring, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Lost]:
    async with cluster.database(template=template) as name:
        url = cluster.dsn(name)
        async with house(url, keyring) as shop:
            await shop.say("STOP", sender=BEFORE)
            await shop.say("hello", sender=AFTER)
            await shop.idle()
            taken = await backup_of(url, tmp_path_factory.mktemp("backup"))
            await shop.say("STOP", sender=AFTER)
            await shop.say("START", sender=BEFORE)
            await shop.say("STOP", sender=NEW)
            await shop.idle()
            tenant = shop.tenant
        yield Lost(url, tenant, taken.path)


async def test_opt_outs_after_the_backup_are_brought_back(
    lost: Lost, keyring: Keyring, empty: str, tmp_path: Path
) -> None:
    settings = settings_of(empty, tmp_path)
    folder = settings.backup_folder
    assert [await lost.recorded(folder, keyring, now=datetime.now(UTC)) for _ in range(2)] == [4, 0]
    written = b"".join(file.read_bytes() for file in folder.glob("*.log"))
    assert written.count(b"\n") == 4 and b"STOP" not in written and NEW.encode() not in written
    assert _erased(folder, keyring, lost.tenant, f"+{AFTER}") == (1, 1, 0)
    assert _erased(folder, keyring, TenantId(new_id()), NEW) == (0, 1, 1), "somebody else's customer"
    assert await lost.recorded(folder, keyring, now=datetime.now(UTC)) == 0, "the erased is not written anew"
    done = await restore(settings, lost.backup, WORDS, replace=False, at=datetime.now(UTC))
    assert (done.settled.consents.put_back, done.settled.consents.complete) == (3, True)
    assert await fetch(empty, OUT) == [(AFTER, "", True), (NEW, "STOP", True)], "erased, and still out"
    assert await fetch(empty, "SELECT opted_out FROM contact_send_facts WHERE NOT opted_out") == [(False,)]
    assert await fetch(empty, HELD) == [(False,)]
    lines = await fetch(empty, "SELECT change, method, words, actor FROM consents ORDER BY id")
    words = [("opt_out", "STOP"), ("opt_out", ""), ("opt_in", "START"), ("opt_out", "STOP")]
    assert lines == [(change, "word", said, "system") for change, said in words]


def _erased(folder: Path, keyring: Keyring, tenant: TenantId, address: str) -> tuple[int, int, int]:
    """How many lines were, and how many then name the one who is erased, and the one who is not."""
    log = ConsentLog(folder, keyring)
    count = erase(log, tenant, address)
    found = log.read()
    assert (len(found.entries), found.unreadable) == (4, 0)
    bare = sum(not entry["addresses"] for entry in found.entries.values())
    return count, bare, sum(address in str(entry) for entry in found.entries.values())


async def test_without_a_fresh_record_nothing_opens_a_talk_before_somebody_has_looked(
    lost: Lost, keyring: Keyring, empty: str, tmp_path: Path
) -> None:
    """None at all, and then an old copy of one, which is used and not trusted."""
    settings, now = settings_of(empty, tmp_path), datetime.now(UTC)
    done = await restore(settings, lost.backup, WORDS, replace=False, at=now)
    assert (done.settled.consents.put_back, done.settled.consents.complete) == (0, False)
    assert await fetch(empty, HELD) == [(True,)]
    assert await fetch(empty, ALERTS) == [("consents_lost",)]
    elsewhere = tmp_path / "elsewhere"
    await lost.recorded(elsewhere, keyring, now=now - timedelta(hours=1))
    settled = await settle_recovered(settings, at=now, consents=[elsewhere])
    assert (settled.consents.put_back, settled.consents.complete) == (3, False)
    assert await fetch(empty, HELD) == [(True,)]
    async with Engine(empty, keyring).database() as database, database.unit_of_work(lost.tenant) as scope:
        assert await accept(scope, at=now) == 1
    assert await fetch(empty, HELD) == [(False,)]
    assert await fetch(empty, ALERTS) == []


async def test_what_is_replaced_says_its_last_words(lost: Lost, tmp_path: Path) -> None:
    """Also without a log: the installation that goes is asked first; so is one that was recovered."""
    settings = settings_of(lost.url, tmp_path)
    done = await restore(settings, lost.backup, WORDS, replace=True, at=datetime.now(UTC))
    assert (done.settled.consents.put_back, done.settled.consents.complete) == (3, True)
    assert [row[0] for row in await fetch(lost.url, OUT)] == [AFTER, NEW]
    settled = await settle_recovered(settings, at=datetime.now(UTC))
    assert (settled.consents.put_back, settled.consents.complete) == (0, True)


async def test_one_process_of_a_folder_writes_every_second(
    database_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    async with parts(settings_of(database_url, tmp_path), Engine(database_url, keyring)) as built:
        log = ConsentLog(built.settings.backup_folder, keyring)
        first, second = (asyncio.create_task(keep_copied(built)) for _ in range(2))

        async def written() -> bool:
            return log.read().through is not None

        await eventually(written)
        assert not log.take()
        for task in (first, second):
            task.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        assert log.take()
        log.leave()


def test_a_line_that_was_cut_short_is_written_again(tmp_path: Path, keyring: Keyring) -> None:
    log = ConsentLog(tmp_path, keyring)
    first, second = new_id(), new_id()
    log.append({first: {"tenant": "a"}, second: {"tenant": "b"}})
    (file,) = tmp_path.glob("*.log")
    file.write_bytes(file.read_bytes()[:-20])
    assert log.ids() == {first}
    assert log.read().unreadable == 1
    log.append({second: {"tenant": "b"}})
    assert (log.ids(), log.read().unreadable) == ({first, second}, 0)
    assert (file.stat().st_mode & 0o777) == 0o600
    assert ConsentLog(tmp_path, Keyring("another secret of another house")).read().unreadable == 2


def test_files_of_long_ago_go(tmp_path: Path, keyring: Keyring) -> None:
    for month in ("2025-01", "2026-10"):
        (tmp_path / f"consents-{month}.log").write_text("")
    ConsentLog(tmp_path, keyring).forget(before=datetime(2025, 10, 20, tzinfo=UTC))
    assert [file.name for file in tmp_path.iterdir()] == ["consents-2026-10.log"]


async def test_who_was_away_for_days_catches_up_with_what_others_took(
    database: Database, tenant: TenantId, keyring: Keyring, tmp_path: Path
) -> None:
    """A host that the network cut off, or whose worker was down: its log lacks nothing afterwards."""
    now = datetime.now(UTC)
    days = [now - timedelta(days=age) for age in (9, 5, 3)]
    log = ConsentLog(tmp_path, keyring)
    await _out(database, tenant, [days[0]])
    copier = Copier(database, log)
    assert await copier.catch_up(now=days[0] + timedelta(seconds=1)) == 1
    await _out(database, tenant, [days[1]])
    assert await copier.catch_up(now=days[1] + timedelta(days=1)) == 1, "it heard nothing for long"
    await _out(database, tenant, [days[2]])
    assert await Copier(database, log).catch_up(now=now) == 1, "it was started again"
    assert len(log.ids()) == 3


async def _out(database: Database, tenant: TenantId, moments: list[datetime]) -> None:
    """Somebody opts out at each of these, by ids of that time."""
    async with database.unit_of_work(tenant) as scope:
        for at in moments:
            contact = new_id()
            await scope.db.execute(
                """INSERT INTO contacts (tenant_id, id, name, created_at, updated_at)
                   VALUES ($1, $2, 'x', $3, $3)""",
                tenant, contact, at,
            )  # fmt: skip
            await scope.db.execute(
                """INSERT INTO consents (tenant_id, id, contact_id, change, method, words, actor, at)
                   VALUES ($1, $2, $3, 'opt_out', 'word', 'STOP', 'system', $4)""",
                tenant, earliest_id(at), contact, at,
            )  # fmt: skip


async def test_more_than_a_page_is_followed(database: Database, tenant: TenantId, keyring: Keyring,
                                            tmp_path: Path, clock: FrozenClock) -> None:  # fmt: skip
    contact = new_id()
    async with database.unit_of_work(tenant) as scope:
        await scope.db.execute(
            "INSERT INTO contacts (tenant_id, id, name, created_at, updated_at) VALUES ($1, $2, 'x', $3, $3)",
            tenant, contact, clock.now(),
        )  # fmt: skip
        await scope.db.executemany(
            """INSERT INTO consents (tenant_id, id, contact_id, change, method, words, actor, at)
               VALUES ($1, $2, $3, 'opt_out', 'word', 'STOP', 'system', $4)""",
            [(tenant, new_id(), contact, clock.now()) for _ in range(1001)],
        )
    log = ConsentLog(tmp_path, keyring)
    assert len(await behind(database, log, now=clock.now())) == 1001
    assert await Copier(database, log).catch_up(now=clock.now()) == 1001
    assert len(log.ids()) == 1001
    assert not await behind(database, log, now=clock.now())
