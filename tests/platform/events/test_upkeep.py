"""Purging and epochs: whoever may have missed something is told, and nobody else."""

from datetime import datetime, timedelta

from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.events import EventPage, NewEvent, append, ensure_epoch, head, purge, read, renew_epoch
from samvad.platform.events.cursor import Place, decode, encode
from samvad.platform.events.repository.upkeep import ORIGIN
from tests.conftest import make_tenant
from tests.platform.events.test_stream import AT, names, now, read_on, write


async def write_at(database: Database, tenant: TenantId, at: datetime, *texts: str) -> None:
    async with database.unit_of_work(tenant) as scope:
        await append(scope, [NewEvent("note", {"name": text}) for text in texts], at=at)


async def purged(database: Database, before: datetime, limit: int = 1000) -> int:
    async with database.system() as scope:
        return await purge(scope, before=before, limit=limit)


async def test_old_events_go_and_new_ones_stay(database: Database, tenant: TenantId) -> None:
    await write_at(database, tenant, AT, "old", "older")
    middle = await now(database, tenant)
    await write_at(database, tenant, AT + timedelta(hours=2), "new")
    assert await purged(database, AT + timedelta(hours=1)) == 2
    page = await read_on(database, tenant, middle)
    assert (names(page), page.reset) == (["new"], False)


async def test_a_cursor_before_the_purge_is_reset(database: Database, tenant: TenantId) -> None:
    start = await now(database, tenant)
    await write_at(database, tenant, AT, "a", "b")
    first = (await read_on(database, tenant, start, limit=1)).cursor
    await purged(database, AT + timedelta(hours=1))
    for lost in (start, first):
        page = await read_on(database, tenant, lost)
        assert page.reset
        assert not (await read_on(database, tenant, page.cursor)).reset


async def test_whoever_read_all_is_not_reset_by_a_purge(database: Database, tenant: TenantId) -> None:
    start = await now(database, tenant)
    await write_at(database, tenant, AT, "a", "b")
    end = (await read_on(database, tenant, start)).cursor
    await purged(database, AT + timedelta(hours=1))
    assert not (await read_on(database, tenant, end)).reset


async def test_a_purge_goes_in_small_steps_over_all_tenants(database: Database, tenant: TenantId) -> None:
    other = await make_tenant(database, slug="other")
    await write_at(database, tenant, AT, *"abc")
    await write_at(database, other, AT, *"de")
    later = AT + timedelta(hours=1)
    assert [await purged(database, later, limit=2) for _ in range(4)] == [2, 2, 1, 0]


async def test_an_event_with_an_old_date_above_the_mark_waits_for_the_next_purge(
    database: Database, tenant: TenantId
) -> None:
    """A writer whose clock is behind must not make readers lose what stands between."""
    start = await now(database, tenant)
    await write_at(database, tenant, AT + timedelta(minutes=1), "newest of the old")
    middle = await now(database, tenant)
    await write_at(database, tenant, AT, "late, by a slow clock")
    assert await purged(database, AT + timedelta(hours=1)) == 1
    assert names(await read_on(database, tenant, middle)) == ["late, by a slow clock"]
    assert (await read_on(database, tenant, start)).reset


async def test_a_new_epoch_voids_every_cursor(database: Database, tenant: TenantId) -> None:
    await write(database, tenant, "a")
    before = await now(database, tenant)
    async with database.system() as scope:
        await renew_epoch(scope)
    page: EventPage = await read_on(database, tenant, before)
    assert page.reset
    await write(database, tenant, "b")
    assert names(await read_on(database, tenant, page.cursor)) == ["b"]


async def test_a_cursor_from_a_future_that_never_was_is_reset(database: Database, tenant: TenantId) -> None:
    """A database put back to an earlier backup gives the same transaction numbers out again."""
    async with database.reading(tenant) as scope:
        cursor = await head(scope)
        gate = await scope.db.fetchval("SELECT pg_snapshot_xmin(pg_current_snapshot())")
    from_future = _moved(cursor, gate + 1000)
    async with database.reading(tenant) as scope:
        assert (await read(scope, from_future, limit=10)).reset


def _moved(cursor: str, xid: int) -> str:
    epoch, place = decode(cursor)
    return encode(epoch, Place(xid, place.id))


async def test_the_epoch_is_renewed_only_when_the_cluster_changed(
    database: Database, tenant: TenantId
) -> None:
    before = await now(database, tenant)
    async with database.system() as scope:
        assert not await ensure_epoch(scope)  # first start: nothing to compare with
        assert not await ensure_epoch(scope)
    assert not (await read_on(database, tenant, before)).reset
    async with database.system() as scope:
        await scope.db.execute(
            "UPDATE installation SET value = to_jsonb('another cluster'::text) WHERE key = $1", ORIGIN
        )
        assert await ensure_epoch(scope)
        assert not await ensure_epoch(scope)
    assert (await read_on(database, tenant, before)).reset
