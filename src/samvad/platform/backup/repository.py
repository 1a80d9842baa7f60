"""All SQL of backups: what tables there are, their rows as COPY text, and putting them back.

Where the migrating role is no superuser, row-level security binds it: reading goes by the policy `backup` of
every table; writing is done while security is not forced, inside the one transaction that fills the tables.
"""

from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import datetime
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from samvad.platform.db.database import APP, OWNER, SYSTEM_ROLE

if TYPE_CHECKING:
    from samvad.platform.db.connection import Connection

Columns = list[tuple[str, str]]

# Void after a restore: who was signed in signs in again, and live events begin anew.
LEFT_OUT = ("alembic_version", "events", "sessions", "sign_in_links", "sign_in_attempts")

_PLAIN = """
SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '10s'
"""

_COLUMNS = """
SELECT c.relname AS name, a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL($1)
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY c.relname, a.attnum
"""

_REFERENCES = """
SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid
"""

_STATE, _RESTORED_AT = "restore_state", "restored_at"


async def begin_reading(connection: "Connection") -> None:
    """For the rest of this transaction: who may read everything, and values in the words of a backup."""
    await connection.execute(_PLAIN)
    if not await sees_everything(connection):
        await connection.execute(f"SET LOCAL ROLE {OWNER}")


async def begin_writing(connection: "Connection") -> None:
    """For the rest of this transaction: the owner of the tables."""
    await connection.execute(_PLAIN)
    await connection.execute(f"SET LOCAL ROLE {OWNER}")


async def sees_everything(connection: "Connection") -> bool:
    """Whether row-level security does not bind the role of this connection."""
    found: bool = await connection.fetchval(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    return found


async def tables(connection: "Connection") -> dict[str, Columns]:
    """Every table that a backup holds, with the columns that are stored rather than computed."""
    found: dict[str, Columns] = {}
    for row in await connection.fetch(_COLUMNS, LEFT_OUT):
        found.setdefault(row["name"], []).append((row["column"], row["type"]))
    return found


async def unreadable(connection: "Connection", names: Sequence[str]) -> list[str]:
    """Tables whose rows this role does not see all of: secured, and without the policy that shows them."""
    if await sees_everything(connection):
        return []
    rows = await connection.fetch(
        """SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace
             AND relname = ANY($1) AND relforcerowsecurity AND NOT EXISTS (
               SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'backup')""",
        names,
    )
    return [row["relname"] for row in rows]


async def size(connection: "Connection", names: Sequence[str]) -> int:
    """Bytes of the tables on disk, without their indexes."""
    found: int = await connection.fetchval(
        """SELECT coalesce(sum(pg_table_size(oid)), 0)::bigint FROM pg_class
           WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1)""",
        names,
    )
    return found


async def moment(connection: "Connection") -> tuple[datetime, str]:
    """The database's clock and version."""
    row = await connection.fetchrow("SELECT clock_timestamp() AS now, current_setting('server_version') AS v")
    assert row is not None  # noqa: S101 - a SELECT without FROM has one row
    return row["now"], row["v"]


async def schema(connection: "Connection") -> str:
    """The migration that the database stands at."""
    found: str = await connection.fetchval("SELECT version_num FROM alembic_version")
    return found


async def copy_out(
    connection: "Connection",
    name: str,
    columns: Columns,
    into: Callable[[bytes], Coroutine[None, None, None]],
) -> None:
    await connection.copy_from_query(f"SELECT {_list(columns)} FROM {name}", output=into, format="text")


async def copy_in(
    connection: "Connection", name: str, columns: Columns, source: AsyncIterator[bytes]
) -> None:
    await connection.copy_to_table(
        name, columns=[column for column, _ in columns], source=source, format="text"
    )


def _list(columns: Columns) -> str:
    return ", ".join(f'"{name}"' for name, _ in columns)


async def parents_first(connection: "Connection", names: Sequence[str]) -> list[str]:
    """In an order in which no table comes before one that its rows refer to."""
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(names, ()))
    for row in await connection.fetch(_REFERENCES):
        order.add(row["child"], row["parent"])
    return [name for name in order.static_order() if name in set(names)]


async def empty(connection: "Connection", names: Sequence[str]) -> None:
    """Takes every row away and lets the owner put rows in; `secure` ends that in the same transaction."""
    await connection.execute(f"TRUNCATE {', '.join([*names, *LEFT_OUT[1:]])}")
    for name in names:
        await connection.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")


async def secure(connection: "Connection", names: Sequence[str]) -> None:
    for name in names:
        await connection.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")


async def count_anew(connection: "Connection", names: Sequence[str]) -> None:
    """So that the planner knows what was filled before it is asked the first question."""
    async with connection.transaction():
        await connection.execute(f"SET LOCAL ROLE {OWNER}")
        await connection.execute(f"ANALYZE {', '.join(names)}")


async def mark_unsettled(connection: "Connection", *, at: datetime) -> None:
    """Until `settled` nothing may start on this database: what was queued would leave a second time."""
    for key, value in ((_STATE, "unsettled"), (_RESTORED_AT, at.isoformat())):
        await connection.execute(
            """INSERT INTO installation (key, value) VALUES ($1, to_jsonb($2::text))
               ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
            key,
            value,
        )


async def mark_settled(connection: "Connection") -> None:
    await connection.execute("UPDATE installation SET value = to_jsonb('done'::text) WHERE key = $1", _STATE)


async def restored_at(connection: "Connection") -> datetime | None:
    """When this database was filled from a backup, if it was; every role may ask."""
    said = await connection.fetchval("SELECT value #>> '{}' FROM installation WHERE key = $1", _RESTORED_AT)
    return datetime.fromisoformat(said) if said else None


async def is_unsettled(connection: "Connection") -> bool:
    said = await connection.fetchval("SELECT value #>> '{}' FROM installation WHERE key = $1", _STATE)
    return bool(said == "unsettled")


async def has_tenants(connection: "Connection") -> bool:
    """Whether somebody works here already; asked by the owner, as which it runs."""
    if not await connection.fetchval("SELECT to_regclass('public.tenants')"):
        return False
    return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM tenants)"))


async def working(connection: "Connection") -> int:
    """How many connections of the running product this database has."""
    found: int = await connection.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = ANY($1)",
        [APP, SYSTEM_ROLE],
    )
    return found


async def swap(connection: "Connection", *, new: str, current: str, old: str) -> None:
    """`new` takes the place of the database `current`, which is called `old` from then on: both or neither.
    Asked from another database, while nobody is connected to these."""
    async with connection.transaction():
        if await exists(connection, current):
            await connection.execute(f"ALTER DATABASE {current} RENAME TO {old}")
        await connection.execute(f"ALTER DATABASE {new} RENAME TO {current}")


async def exists(connection: "Connection", database: str) -> bool:
    return bool(
        await connection.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database)
    )


async def drop(connection: "Connection", database: str) -> None:
    await connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


async def create(connection: "Connection", database: str) -> None:
    await connection.execute(f"CREATE DATABASE {database}")
