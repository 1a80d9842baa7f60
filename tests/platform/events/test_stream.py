"""Appending and reading events on real PostgreSQL: order, cursors, resets, tenants."""

from datetime import UTC, datetime

import pytest

from samvad.kernel.errors import Invalid
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.events import EventPage, NewEvent, append, head, read
from samvad.platform.events.cursor import decode, encode
from tests.conftest import make_tenant

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


async def write(database: Database, tenant: TenantId, *names: str) -> None:
    async with database.unit_of_work(tenant) as scope:
        await append(scope, [NewEvent("note", {"name": name}) for name in names], at=AT)


async def read_on(database: Database, tenant: TenantId, cursor: str | None, limit: int = 100) -> EventPage:
    async with database.reading(tenant) as scope:
        return await read(scope, cursor, limit=limit)


async def now(database: Database, tenant: TenantId) -> str:
    async with database.reading(tenant) as scope:
        return await head(scope)


def names(page: EventPage) -> list[object]:
    return [event.data["name"] for event in page.events]


async def test_events_come_back_in_the_order_of_the_writers(database: Database, tenant: TenantId) -> None:
    start = await now(database, tenant)
    await write(database, tenant, "a", "b", "c")
    await write(database, tenant, "d")
    page = await read_on(database, tenant, start)
    assert names(page) == ["a", "b", "c", "d"]
    assert not page.reset
    assert (await read_on(database, tenant, page.cursor)).events == []


async def test_each_event_carries_the_cursor_to_read_on_from(database: Database, tenant: TenantId) -> None:
    start = await now(database, tenant)
    await write(database, tenant, "a", "b", "c")
    page = await read_on(database, tenant, start)
    assert names(await read_on(database, tenant, page.events[0].cursor)) == ["b", "c"]


async def test_pages_of_a_limit_follow_each_other(database: Database, tenant: TenantId) -> None:
    cursor = await now(database, tenant)
    await write(database, tenant, *"abcde")
    seen: list[object] = []
    for _ in range(3):
        page = await read_on(database, tenant, cursor, limit=2)
        seen += names(page)
        cursor = page.cursor
    assert seen == list("abcde")


async def test_data_keeps_its_json_types(database: Database, tenant: TenantId) -> None:
    start = await now(database, tenant)
    data = {"text": 'नमस्ते "x" {1,2} \\', "many": [1, 2.5, None, True], "in": {"a": {}}}
    async with database.unit_of_work(tenant) as scope:
        await append(scope, [NewEvent("note", data)], at=AT)
    assert (await read_on(database, tenant, start)).events[0].data == data


async def test_without_a_cursor_reading_starts_now(database: Database, tenant: TenantId) -> None:
    await write(database, tenant, "before")
    page = await read_on(database, tenant, None)
    assert page.events == ()
    await write(database, tenant, "after")
    assert names(await read_on(database, tenant, page.cursor)) == ["after"]


async def test_one_tenant_reads_one_tenant(database: Database, tenant: TenantId) -> None:
    other = await make_tenant(database, slug="other")
    start = await now(database, tenant)
    await write(database, other, "theirs")
    await write(database, tenant, "ours")
    assert names(await read_on(database, other, start)) == ["theirs"]
    assert names(await read_on(database, tenant, start)) == ["ours"]


async def test_an_open_transaction_holds_later_ones_back_and_none_is_lost(
    database: Database, tenant: TenantId
) -> None:
    start = await now(database, tenant)
    async with database.unit_of_work(tenant) as slow:
        await append(slow, [NewEvent("note", {"name": "first"})], at=AT)
        await write(database, tenant, "second")
        page = await read_on(database, tenant, start)
        assert page.events == []
    assert names(await read_on(database, tenant, page.cursor)) == ["first", "second"]


async def test_a_rolled_back_event_never_shows(database: Database, tenant: TenantId) -> None:
    start = await now(database, tenant)
    with pytest.raises(RuntimeError):
        async with database.unit_of_work(tenant) as scope:
            await append(scope, [NewEvent("note", {"name": "never"})], at=AT)
            raise RuntimeError
    assert (await read_on(database, tenant, start)).events == []


async def test_a_cursor_of_another_epoch_is_reset_to_now(database: Database, tenant: TenantId) -> None:
    _, place = decode(await now(database, tenant))
    await write(database, tenant, "missed")
    page = await read_on(database, tenant, encode("of another life", place))
    assert page.reset
    assert page.events == ()
    await write(database, tenant, "next")
    assert names(await read_on(database, tenant, page.cursor)) == ["next"]


@pytest.mark.parametrize("cursor", ["", "x", "bm90IGpzb24", "WyJlIiwiYSIsImIiXQ", "WyJlIiwtMSwiYiJd"])
async def test_a_cursor_we_did_not_make_is_refused(database: Database, tenant: TenantId, cursor: str) -> None:
    with pytest.raises(Invalid):
        await read_on(database, tenant, cursor)
