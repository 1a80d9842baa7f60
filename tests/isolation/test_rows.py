"""Row-level security on living data: without a tenant nothing, with one only its own."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from samvad.platform.db.database import APP, url_for
from tests.api.rows import ROWS
from tests.isolation.conftest import Pair

LIVED_IN = {
    "alerts", "api_keys", "audit_log", "channel_routes", "channel_send_facts", "channels", "contacts",
    "conversations", "deliveries", "events", "identities", "members", "messages",
    "outlets", "rules", "send_facts", "sessions", "tenant_send_facts",
}  # fmt: skip


async def tables(connection: asyncpg.Connection) -> list[str]:
    """Every table that holds rows of tenants."""
    rows = await connection.fetch(
        """SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p')
             AND c.relnamespace = 'public'::regnamespace ORDER BY 1"""
    )
    return [row["relname"] for row in rows]


@pytest.fixture
async def app(pair: Pair, passwords: dict[str, str]) -> AsyncIterator[asyncpg.Connection]:
    """The role that the product works with, by hand."""
    base = pair.stage.parts.database.connect_settings()
    connection = await asyncpg.connect(url_for(base, APP, passwords[APP]))
    yield connection
    await connection.close()


async def lived_in(pair: Pair) -> set[str]:
    found = set()
    for table in await tables(pair.stage.superuser):
        query = f'SELECT count(DISTINCT tenant_id) FROM "{table}" WHERE tenant_id = ANY($1)'
        tenants = [pair.ours.house.tenant, pair.theirs.house.tenant]
        if await pair.superuser(query, tenants) == 2:
            found.add(table)
    return found


async def test_both_tenants_have_rows_everywhere(pair: Pair) -> None:
    missing = LIVED_IN - await lived_in(pair)
    assert not missing
    for name, identity in pair.ids.items():
        query = f"SELECT count(*) FROM {ROWS[name].table} WHERE tenant_id = $1 AND id = $2"
        assert await pair.superuser(query, pair.theirs.house.tenant, identity) == 1, name


async def test_without_a_tenant_the_app_role_sees_and_changes_nothing(
    pair: Pair, app: asyncpg.Connection
) -> None:
    for table in await tables(pair.stage.superuser):
        try:
            assert await app.fetchval(f'SELECT count(*) FROM "{table}"') == 0, table
            assert await app.execute(f'DELETE FROM "{table}"') == "DELETE 0", table
        except asyncpg.InsufficientPrivilegeError:
            continue  # even less


async def test_with_a_tenant_the_app_role_sees_its_rows_only(pair: Pair, app: asyncpg.Connection) -> None:
    ours, theirs = pair.ours.house.tenant, pair.theirs.house.tenant
    for table in sorted(await lived_in(pair)):
        async with app.transaction():
            await app.execute(f"SET LOCAL app.tenant = '{ours}'")
            try:
                async with app.transaction():
                    seen = await app.fetch(f'SELECT DISTINCT tenant_id FROM "{table}"')
                    changed = await app.execute(
                        f'UPDATE "{table}" SET tenant_id = tenant_id WHERE tenant_id = $1', theirs
                    )
            except asyncpg.InsufficientPrivilegeError:
                continue
        assert [row["tenant_id"] for row in seen] in ([ours], []), table
        assert changed == "UPDATE 0", table


async def test_a_tenant_that_is_no_id_sees_nothing(app: asyncpg.Connection) -> None:
    for word in ("", "00000000-0000-0000-0000-000000000000"):
        async with app.transaction():
            await app.execute(f"SET LOCAL app.tenant = '{word}'")
            assert await app.fetchval("SELECT count(*) FROM messages") == 0


async def test_the_app_role_cannot_shake_off_its_chains(app: asyncpg.Connection) -> None:
    for statement in ("SET ROLE postgres", "ALTER TABLE messages DISABLE ROW LEVEL SECURITY",
                      "ALTER TABLE messages NO FORCE ROW LEVEL SECURITY", "CREATE TABLE mine (x int)",
                      "DROP POLICY tenant ON messages"):  # fmt: skip
        with pytest.raises(asyncpg.PostgresError):
            await app.execute(statement)
    await app.execute("SET row_security = off")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.fetchval("SELECT count(*) FROM messages")
