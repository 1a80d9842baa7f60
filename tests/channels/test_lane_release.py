"""A lane that the door renews while its worker lets go of it stays, and is free for the next claim."""

import asyncio
from datetime import UTC, datetime, timedelta

from samvad.channels.repository import inbound
from samvad.channels.types import ClaimedLane
from samvad.kernel.ids import ChannelId, TenantId, new_id
from samvad.platform.db import Database

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


async def _claimed(database: Database, tenant: TenantId, owner: object) -> list[ClaimedLane]:
    async with database.system() as scope:
        await scope.db.execute(
            """INSERT INTO inbound_lanes (tenant_id, channel_id, lane, ready_at, gen)
               VALUES ($1, $2, 'm:1', $3, 1)""",
            tenant, ChannelId(new_id()), NOW,
        )  # fmt: skip
        return await inbound.claim(
            scope, now=NOW, lease_until=NOW + timedelta(seconds=9), owner=owner, most=9
        )


async def _let_go(database: Database, tenant: TenantId, lanes: list[ClaimedLane], owner: object) -> int:
    async with database.unit_of_work(tenant) as scope:
        return await inbound.release(scope, lanes, unfinished=frozenset(), owner=owner, ready_at=NOW)


async def test_a_lane_renewed_during_its_release_is_kept_and_free(
    database: Database, tenant: TenantId
) -> None:
    owner = new_id()
    lanes = await _claimed(database, tenant, owner)
    async with database.system() as door:
        await door.db.execute("UPDATE inbound_lanes SET gen = gen + 1")
        letting_go = asyncio.create_task(_let_go(database, tenant, lanes, owner))
        while not await door.db.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert await letting_go == 1
    async with database.system() as scope:
        row = await scope.db.fetchrow("SELECT gen, lease_owner FROM inbound_lanes")
    assert (row["gen"], row["lease_owner"]) == (2, None)
