"""A database role that may not make roles: what it prints is what an administrator can run for it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from samvad.platform.db import Database
from samvad.platform.migrations.migrate import migrate
from samvad.platform.migrations.roles import RolesMissing
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.postgres.testing import Scratch, scratch_cluster


@pytest.fixture
async def bare() -> AsyncIterator[Scratch]:
    """A cluster of its own: roles belong to clusters, and here there are none of ours yet."""
    async with scratch_cluster() as scratch:
        await scratch.execute("CREATE ROLE shop LOGIN")
        await scratch.execute("CREATE DATABASE crm OWNER shop")
        yield scratch


async def test_the_statements_let_the_migrating_role_go_on(bare: Scratch, passwords: dict[str, str]) -> None:
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
