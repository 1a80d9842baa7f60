"""A backup is the whole installation; a restore brings all of it or nothing, and sends nothing twice."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from chaos.senders import open_talks, say

from samvad.bootstrap.backing_up import kept, read_through, thin_out
from samvad.bootstrap.engine import CannotStart, Engine, Schema, engine
from samvad.bootstrap.parts import parts
from samvad.bootstrap.regular_backups import back_up_now, due_in
from samvad.bootstrap.restoring import restore, settle_recovered
from samvad.bootstrap.workers import workers
from samvad.platform.backup.errors import BackupFailed, BackupUnreadable, RestoreRefused
from samvad.platform.backup.taking import Source, Taken, name_of, take
from samvad.platform.crypto import Keyring
from samvad.platform.migrations.migrate import migrate
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.postgres.testing import Scratch
from samvad.platform.settings import Settings
from tests.conftest import SECRET
from tests.support.house import House, house

WORDS = "a passphrase of the test"
LATE = "919999900077"  # wrote when the backup was made, and nobody had taken it up yet
STOPPED = "919999900078"  # the same, with STOP


def settings_of(url: str) -> Settings:
    return Settings.model_validate({"database_url": url, "secret_key": SECRET, "sandbox": {"enabled": False}})


async def backup_of(url: str, folder: Path, name: str = "x.backup") -> Taken:
    return await take(Source(url, SECRET), folder / name, WORDS, cost=4)


async def fetch(url: str, query: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


@pytest.fixture
async def shop(database_url: str, keyring: Keyring) -> AsyncIterator[House]:
    """No workers. Two conversations: in the first two parts wait, in the second one is with the
    provider; two customers wrote and were not taken up yet."""
    async with house(database_url, keyring, working=False) as built:
        first, second = await open_talks(built, 2)
        await say(built, first, ("one", "two"))
        await say(built, second, ("three",))
        async with built.parts.database.unit_of_work(built.tenant) as scope:
            await scope.db.execute(
                """UPDATE outbound SET state = 'sending', lease_until = now()
                   WHERE tenant_id = $1 AND conversation_id = $2""",
                built.tenant, second,
            )  # fmt: skip
        await built.say("hello", sender=LATE)
        await built.say("STOP", sender=STOPPED)
        yield built


@pytest.fixture
async def empty(cluster: Scratch) -> AsyncIterator[str]:
    async with cluster.database() as name:
        yield cluster.dsn(name)


@asynccontextmanager
async def revived(shop: House, url: str, keyring: Keyring) -> AsyncIterator[House]:
    """The restored installation with its workers; its provider is the one of before."""
    async with parts(shop.parts.settings, Engine(url, keyring)) as built, workers(built):
        yield changed(shop, parts=built)


async def test_nothing_leaves_twice_after_a_restore(
    shop: House, database_url: str, empty: str, keyring: Keyring, tmp_path: Path
) -> None:
    taken = await backup_of(database_url, tmp_path)
    async with workers(shop.parts):  # the old installation lives on and sends all of it, then it is lost
        await shop.sent(4)
        await shop.idle()
    sent = list(shop.graph.sends)
    at = shop.parts.clock.now()
    done = await restore(settings_of(empty), taken.path, WORDS, replace=False, at=at)
    assert (done.settled.held, done.settled.unknown) == (2, 1)
    async with revived(shop, empty, keyring) as again:
        await again.idle()
        assert again.graph.sends == sent
        states = await again.rows(
            "SELECT text, status, reason FROM messages WHERE author = 'assistant' ORDER BY id"
        )
        assert [tuple(row) for row in states] == [
            ("one", "held", "restored"), ("two", "held", "restored"), ("three", "unknown", "sender_died"),
        ]  # fmt: skip
        talks = await again.rows(
            "SELECT mode, needs_person_reason FROM conversations ORDER BY needs_person_reason, mode"
        )
        reasons = [(row["mode"], row["needs_person_reason"]) for row in talks]
        assert reasons == [("ai", "restored"), ("human", "restored"), ("ai", None), ("ai", None)]
        assert await again.value("SELECT count(*) FROM contacts WHERE opted_out_at IS NOT NULL") == 1
        await again.say("and now?", sender="919999900079", at=int(at.timestamp()) + 2)
        await again.sent(len(sent) + 1)  # life goes on: what is new is answered


async def test_a_database_that_came_from_the_past_sends_nothing_twice(
    database_url: str, keyring: Keyring
) -> None:
    """As after a point-in-time recovery, of which nobody tells us."""
    async with house(database_url, keyring, working=False) as built:
        (talk,) = await open_talks(built, 1)
        await say(built, talk, ("one",))
        with pytest.raises(RestoreRefused, match="is running"):
            await settle_recovered(settings_of(database_url), at=built.parts.clock.now())
    settled = await settle_recovered(settings_of(database_url), at=datetime.now(UTC))
    assert (settled.held, settled.unknown) == (1, 0)
    assert await fetch(database_url, "SELECT text, status FROM messages WHERE author = 'assistant'") == [
        ("one", "held")
    ]
    assert await fetch(database_url, "SELECT count(*) FROM outbound") == [(0,)]


async def test_every_row_comes_back_into_another_database(
    shop: House, database_url: str, empty: str, tmp_path: Path
) -> None:
    taken = await backup_of(database_url, tmp_path)
    assert stat.S_IMODE(taken.path.stat().st_mode) == 0o600
    assert b"hello" not in taken.path.read_bytes()
    assert SECRET.encode() not in taken.path.read_bytes()
    archive, sums = await read_through(taken.path, WORDS)
    assert (archive.key, sums) == (SECRET, taken.sums)
    done = await restore(settings_of(empty), taken.path, WORDS, replace=False, at=shop.parts.clock.now())
    assert done.sums == taken.sums
    assert {"messages", "channels", "inbound_items", "outbound", "tenants", "installation"} <= set(sums)
    for table in ("channels", "contacts", "inbound_items", "deliveries", "rules", "members"):
        query = f"SELECT t::text FROM {table} t ORDER BY 1"
        assert await fetch(empty, query) == await fetch(database_url, query)
    forced = "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
    assert await fetch(empty, forced) == []


async def test_it_is_one_moment_and_the_product_runs_on(
    shop: House, database_url: str, tmp_path: Path
) -> None:
    """Rows that are written while the tables are read are in none of them."""
    writer = await asyncpg.connect(database_url)
    try:
        async with writer.transaction():  # holds a table back: the backup is under way meanwhile
            await writer.execute("LOCK TABLE tenant_send_facts IN ACCESS EXCLUSIVE MODE")
            taking = asyncio.create_task(backup_of(database_url, tmp_path))
            await _waits_for_a_lock(database_url)
            await shop.say("too late", sender="919999900099")
        taken = await taking
    finally:
        await writer.close()
    assert taken.sums["inbound_items"].rows == 2
    assert await shop.value("SELECT count(*) FROM inbound_items") == 3


async def _waits_for_a_lock(url: str) -> None:
    while not await fetch(url, "SELECT 1 FROM pg_locks WHERE NOT granted"):
        pass


@pytest.mark.parametrize("damage", ["passphrase", "short", "changed", "newer"])
async def test_what_cannot_be_read_touches_nothing(
    shop: House, database_url: str, tmp_path: Path, damage: str
) -> None:
    taken = await backup_of(database_url, tmp_path)
    data, words = taken.path.read_bytes(), WORDS
    if damage == "passphrase":
        words = "another passphrase"
    elif damage == "short":
        taken.path.write_bytes(data[:-40])
    elif damage == "changed":
        taken.path.write_bytes(data[:-40] + b"x" * 40)
    before = await fetch(database_url, "SELECT id, status FROM messages ORDER BY id")
    where = settings_of(database_url)
    if damage == "newer":
        connection = await asyncpg.connect(database_url)
        await connection.execute("UPDATE alembic_version SET version_num = '9999'")
        taken = await backup_of(database_url, tmp_path, "newer.backup")
        await connection.execute(f"UPDATE alembic_version SET version_num = '{HEAD}'")
        await connection.close()
    with pytest.raises((BackupUnreadable, RestoreRefused)):
        await restore(where, taken.path, words, replace=True, at=shop.parts.clock.now())
    assert await fetch(database_url, "SELECT id, status FROM messages ORDER BY id") == before


async def test_a_restore_needs_an_empty_and_stopped_installation(
    database_url: str, keyring: Keyring, tmp_path: Path, empty: str
) -> None:
    async with house(database_url, keyring, working=False) as built:
        taken = await backup_of(database_url, tmp_path)
        at = built.parts.clock.now()
        with pytest.raises(RestoreRefused, match="running on this database"):
            await restore(settings_of(database_url), taken.path, WORDS, replace=True, at=at)
    with pytest.raises(RestoreRefused, match="installation already"):
        await restore(settings_of(database_url), taken.path, WORDS, replace=False, at=at)
    other = Settings.model_validate({"database_url": empty, "secret_key": "y" * 40})
    with pytest.raises(RestoreRefused, match="another SAMVAD_SECRET_KEY"):
        await restore(other, taken.path, WORDS, replace=False, at=at)
    done = await restore(settings_of(database_url), taken.path, WORDS, replace=True, at=at)
    assert done.sums == taken.sums


async def test_a_restore_that_was_broken_off_starts_nothing(
    shop: House, database_url: str, empty: str, keyring: Keyring, tmp_path: Path
) -> None:
    await migrate(empty, Engine(empty, keyring).passwords)
    connection = await asyncpg.connect(empty)
    await connection.execute("""INSERT INTO installation VALUES ('restore_state', '"unsettled"')""")
    await connection.close()
    with pytest.raises(CannotStart, match="broken off"):
        async with engine(settings_of(empty), schema=Schema.CURRENT):
            raise AssertionError("it cannot start")
    taken = await backup_of(database_url, tmp_path)
    await restore(settings_of(empty), taken.path, WORDS, replace=False, at=shop.parts.clock.now())
    async with engine(settings_of(empty), schema=Schema.CURRENT):
        pass


async def test_an_older_backup_is_migrated(
    cluster: Scratch, empty: str, keyring: Keyring, tmp_path: Path
) -> None:
    async with cluster.database() as name:
        old = cluster.dsn(name)
        await migrate(old, Engine(old, keyring).passwords, to="0007")
        connection = await asyncpg.connect(old)
        await connection.execute(
            """INSERT INTO tenants (id, slug, name, time_zone, country, currency, language, business_hours,
                 created_at, updated_at)
               VALUES (gen_random_uuid(), 'old', 'Old', 'UTC', 'IN', 'INR', 'en', '{}', now(), now())"""
        )
        await connection.close()
        taken = await backup_of(old, tmp_path)
    assert taken.manifest.schema == "0007"
    await restore(settings_of(empty), taken.path, WORDS, replace=False, at=datetime.now(UTC))
    assert await current(empty) == HEAD
    assert await fetch(empty, "SELECT slug FROM tenants") == [("old",)]


async def test_a_backup_that_cannot_be_made_leaves_no_file(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="at least 12"):
        await take(Source(database_url, SECRET), tmp_path / "x.backup", "short")
    (tmp_path / "there.backup").write_text("of before")
    with pytest.raises(BackupFailed, match="there already"):
        await backup_of(database_url, tmp_path, "there.backup")
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupFailed, match="could not be written"):
        await backup_of(database_url, tmp_path / "file")
    assert sorted(os.listdir(tmp_path)) == ["file", "there.backup"]


def test_old_backups_are_thrown_away_and_others_are_not(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    names = [name_of(at + timedelta(days=day)) for day in range(4)] + [name_of(at, prefix="before-0012")]
    for age, name in enumerate(reversed(names)):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (1_700_000_000 - age, 1_700_000_000 - age))
    assert [p.name for p in thin_out(tmp_path, keep=2)] == names[1::-1]
    assert {k.path.name for k in kept(tmp_path)} == set(names[2:])


async def test_up_backs_up_when_the_last_one_is_old(database_url: str, tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {
            "database_url": database_url, "secret_key": SECRET, "data_dir": tmp_path,
            "backup_passphrase": WORDS, "backup_every_hours": 6, "backup_keep": 1,
        }
    )  # fmt: skip
    now = datetime.now(UTC)
    assert due_in(settings, now=now) <= 0
    folder = settings.backup_folder
    folder.mkdir()
    for name, hours in (("samvad-old.backup", 7), ("before-0012-new.backup", 1)):
        (folder / name).write_text("")
        os.utime(folder / name, (now.timestamp() - hours * 3600,) * 2)
    assert round(due_in(settings, now=now) / 3600) == -1
    assert await back_up_now(settings)
    assert round(due_in(settings, now=datetime.now(UTC)) / 3600) == 6
    (made,) = [one for one in kept(folder) if one.path.name.startswith("samvad-")]
    assert (await read_through(made.path, WORDS))[0].key == SECRET
