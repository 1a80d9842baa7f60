"""An older database is backed up and upgraded, or stays as it is; an embedded one comes back."""

import stat
from pathlib import Path

import asyncpg
import pytest

from samvad.bootstrap.backing_up import back_up, kept, read_through
from samvad.bootstrap.engine import CannotStart, Schema, engine, migrate
from samvad.bootstrap.restoring import restore
from samvad.kernel.clock import SystemClock
from samvad.platform.backup.errors import RestoreRefused
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.settings import Settings
from tests.conftest import SECRET, make_tenant

WORDS = "a passphrase of the test"


def embedded(folder: Path, **more: str) -> Settings:
    return Settings.model_validate({"data_dir": folder, "sandbox": {"enabled": False}, **more})


async def change(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def test_an_embedded_installation_is_upgraded_backed_up_and_restored(tmp_path: Path) -> None:
    """One story, for each start of PostgreSQL takes half a second."""
    settings = embedded(tmp_path / "data")
    async with engine(settings) as made:
        async with made.database() as database:
            await make_tenant(database)
        await migrate(made, to="0010")
        await change(made.url, "CREATE TABLE message_files (in_the_way int)")
    assert not kept(settings.backup_folder)  # there was nothing to upgrade

    with pytest.raises(CannotStart, match=r"already exists.*stays at version 0010; a backup of it is"):
        async with engine(settings):
            raise AssertionError("it cannot start")
    async with engine(settings, schema=Schema.ANY) as made:
        assert await current(made.url) == "0010"
        await change(made.url, "DROP TABLE message_files")

    secret = (tmp_path / "data" / "secret.key").read_text()
    async with engine(settings) as made:
        assert await current(made.url) == HEAD
        before = kept(settings.backup_folder)[0].path
        async with made.database() as database, database.system() as scope:
            assert await scope.db.fetchval("SELECT slug FROM tenants") == "dairy"
        with pytest.raises(RestoreRefused, match="is running on"):
            await restore(settings, before, secret, replace=True, at=SystemClock().now())
    assert (await read_through(before, secret))[0].manifest.schema == "0010"

    taken = await back_up(settings, WORDS, to=None, at=SystemClock().now())
    other = embedded(tmp_path / "other")
    key = tmp_path / "other" / "secret.key"
    key.parent.mkdir()
    key.write_text("of another installation")
    done = await restore(other, taken.path, WORDS, replace=False, at=SystemClock().now())
    assert (key.read_text(), stat.S_IMODE(key.stat().st_mode)) == (secret, 0o600)
    assert done.old_key is not None
    assert done.old_key.read_text() == "of another installation"
    with pytest.raises(RestoreRefused, match="installation already"):
        await restore(other, taken.path, WORDS, replace=False, at=SystemClock().now())
    await restore(other, taken.path, WORDS, replace=True, at=SystemClock().now())
    async with (
        engine(other, schema=Schema.CURRENT) as made,
        made.database() as database,
        database.system() as scope,
    ):
        assert await scope.db.fetchval("SELECT slug FROM tenants") == "dairy"
        names = await scope.db.fetch("SELECT datname FROM pg_database WHERE datname LIKE 'samvad%'")
    assert [row["datname"] for row in names] == ["samvad"]


async def test_an_external_database_is_upgraded_when_asked_only(database_url: str, tmp_path: Path) -> None:
    settings = embedded(tmp_path, database_url=database_url, secret_key=SECRET)
    async with engine(settings) as made:
        await migrate(made, to="0011")
    for schema, said in (
        (Schema.UPGRADED, "nothing was changed: back it up"),
        (Schema.CURRENT, "older than"),
    ):
        with pytest.raises(CannotStart, match=said):
            async with engine(settings, schema=schema):
                raise AssertionError("it cannot start")
    assert await current(database_url) == "0011"
    async with engine(settings, backup=False):
        assert await current(database_url) == HEAD
    await change(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CannotStart, match=r"9999, newer than this program .*restore the backup"):
        async with engine(settings):
            raise AssertionError("it cannot start")
