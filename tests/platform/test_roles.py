"""Row-level security, proved from PostgreSQL's own catalogue."""

import asyncpg
import pytest

from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from tests.conftest import make_tenant

SYSTEM_MAY = {
    "tenants", "installation", "sign_in_attempts", "member_directory", "channel_routes", "deliveries",
    "inbound_items", "inbound_lanes", "outbound", "timers", "events", "send_facts",
    "account_limits", "account_recipients", "rate_buckets", "open_windows",
    "contact_send_facts", "channel_send_facts", "channel_polls", "alerts", "tenant_send_facts",
}  # fmt: skip
SYSTEM_MAY_SEE = {"consents": {"tenant_id", "id"}}  # these columns alone
NOT_A_TENANTS = {"installation", "sign_in_attempts", "rate_buckets", "open_windows", "alembic_version"}


async def catalogue(url: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(
            """SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
                 coalesce(array_agg(p.polname || ' ' || r.rolname) FILTER (WHERE p.oid IS NOT NULL),
                   '{}') AS policies,
                 EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                         AND a.attname = 'tenant_id') AS has_tenant
               FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
               LEFT JOIN pg_roles r ON r.oid = ANY(p.polroles)
               WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
               GROUP BY c.oid ORDER BY 1"""
        )
    finally:
        await connection.close()


async def test_every_tenant_table_has_forced_security_and_a_policy(database_url: str) -> None:
    rows = await catalogue(database_url)
    assert len(rows) > 25
    for row in rows:
        if row["name"] in NOT_A_TENANTS:
            continue
        assert row["has_tenant"] or row["name"] == "tenants", row["name"]
        assert row["enabled"] and row["forced"], row["name"]
        assert "one_tenant samvad_app" in row["policies"], row["name"]
        assert "backup samvad_owner" in row["policies"], row["name"]


async def test_the_system_role_sees_only_its_closed_list(database_url: str) -> None:
    rows = await catalogue(database_url)
    seen = {row["name"] for row in rows if "system samvad_system" in row["policies"]}
    assert seen == SYSTEM_MAY | set(SYSTEM_MAY_SEE)
    connection = await asyncpg.connect(database_url)
    try:
        granted = await connection.fetch(
            """SELECT DISTINCT table_name AS name FROM information_schema.role_table_grants
               WHERE grantee = 'samvad_system'"""
        )
        columns = await connection.fetch(
            """SELECT table_name, column_name, privilege_type FROM information_schema.role_column_grants
               WHERE grantee = 'samvad_system' AND table_name = ANY($1)""",
            list(SYSTEM_MAY_SEE),
        )
    finally:
        await connection.close()
    assert {row["name"] for row in granted} == SYSTEM_MAY | {"alembic_version"}
    assert {tuple(row) for row in columns} == {
        (table, column, "SELECT") for table, names in SYSTEM_MAY_SEE.items() for column in names
    }


async def test_no_role_of_ours_bypasses_security(database: Database) -> None:
    async with database.system() as scope:
        rows = await scope.db.fetch(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname LIKE 'samvad%'"
        )
    assert len(rows) == 3
    assert not any(row["rolsuper"] or row["rolbypassrls"] or row["rolcreaterole"] for row in rows)


async def test_one_tenant_sees_one_tenant(database: Database, tenant: TenantId) -> None:
    other = await make_tenant(database, slug="rival")
    async with database.system() as system:
        assert await system.db.fetchval("SELECT count(*) FROM tenants") == 2
    async with database.reading(tenant) as scope:
        assert [r["id"] for r in await scope.db.fetch("SELECT id FROM tenants")] == [tenant]
        assert await scope.db.fetchval("SELECT count(*) FROM tenant_send_facts") == 1
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.unit_of_work(tenant) as scope:
            await scope.db.execute(
                "INSERT INTO outlets (tenant_id, id, name, created_at) VALUES ($1, $1, 'x', now())", other
            )


async def test_a_failed_unit_of_work_leaves_nothing_and_a_clean_connection(
    database: Database, tenant: TenantId
) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        async with database.unit_of_work(tenant) as scope:
            await scope.db.execute("UPDATE tenants SET name = 'gone' WHERE id = $1", tenant)
            await scope.db.execute("SELECT * FROM no_such_table")
    async with database.reading(tenant) as scope:
        assert await scope.db.fetchval("SELECT name FROM tenants") == "dairy"
