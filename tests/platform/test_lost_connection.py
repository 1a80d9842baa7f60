"""What the database says when a pooled connection was ended while nobody looked."""

import asyncio

import pytest

from samvad.kernel.ids import TenantId
from samvad.platform.db import CommitUnknown, Database, DatabaseDown
from tests.platform.wire import GOODBYE, wired


async def alive(database: Database, tenant: TenantId) -> bool:
    async with database.unit_of_work(tenant) as scope:
        return bool(await scope.db.fetchval("SELECT true"))


async def test_a_connection_told_to_go_while_idle_says_down_once_and_is_replaced(
    database_url: str, passwords: dict[str, str], tenant: TenantId
) -> None:
    async with wired(database_url, passwords) as (database, wire):
        wire.say(GOODBYE)
        await asyncio.sleep(0.05)
        with pytest.raises(DatabaseDown):
            await alive(database, tenant)
        assert await alive(database, tenant)


async def test_a_connection_told_to_go_before_the_commit_leaves_it_unknown(
    database_url: str, passwords: dict[str, str], tenant: TenantId
) -> None:
    async with wired(database_url, passwords) as (database, wire):
        with pytest.raises(CommitUnknown):
            async with database.unit_of_work(tenant) as scope:
                await scope.db.execute("SELECT 1")
                wire.say(GOODBYE)
                await asyncio.sleep(0.05)
        assert await alive(database, tenant)
