"""A database role that may not make roles: what it prints is what an administrator can run for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from samvad.bootstrap.restoring import restore
from samvad.kernel.clock import SystemClock
from samvad.platform.backup.errors import RestoreRefused
from samvad.platform.backup.taking import Source, take
from samvad.platform.db import Database
from samvad.platform.migrations.migrate import migrate
from samvad.platform.migrations.roles import RolesMissing
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.postgres.testing import Scratch, scratch_cluster
from samvad.platform.settings import Settings
from tests.conftest import SECRET, make_tenant


@pytest.fixture
async def bare() -> AsyncIterator[Scratch]:
    """A cluster of its own: roles belong to clusters, and here there are none of ours yet."""
    async with scratch_cluster() as scratch:
        await scratch.execute("CREATE ROLE shop LOGIN")
        await scratch.execute("CREATE DATABASE crm OWNER shop")
        yield scratch


async def test_the_statements_let_the_migrating_role_go_on(
    bare: Scratch, passwords: dict[str, str], tmp_path: Path
) -> None:
    url = bare.dsn("crm", user="shop")
    with pytest.raises(RolesMissing) as missing:
        await migrate(url, passwords)
    administrator = await asyncpg.connect(bare.dsn("crm"))
    try:
        for statement in missing.value.statements:
            await administrator.execute(statement)
    finally:
        await administrator.close()
    await migrate(url, passwords)
    assert await current(url) == HEAD
    async with Database(url, passwords) as database, database.system() as scope:
        assert await scope.db.fetchval("SELECT count(*) FROM tenants") == 0
    await backed_up_and_restored(url, passwords, tmp_path)


async def backed_up_and_restored(url: str, passwords: dict[str, str], folder: Path) -> None:
    """Row-level security binds this role too, and a backup must not be an empty one for that."""
    words, at = "a passphrase of the test", SystemClock().now()
    async with Database(url, passwords) as database:
        tenant = await make_tenant(database)
        taken = await take(Source(url, SECRET), folder / "x.backup", words, cost=4)
        async with database.system() as scope:
            await scope.db.execute("UPDATE tenants SET name = 'changed since'")
    assert taken.sums["tenants"].rows == 1
    settings = Settings.model_validate({"database_url": url, "secret_key": SECRET})
    with pytest.raises(RestoreRefused, match="installation already"):
        await restore(settings, taken.path, words, replace=False, at=at)
    await restore(settings, taken.path, words, replace=True, at=at)
    async with Database(url, passwords) as database, database.reading(tenant) as scope_of_it:
        assert await scope_of_it.db.fetchval("SELECT name FROM tenants") == "dairy"
