"""Which version a database has, without the weight of the migration tools."""

import asyncpg

HEAD = "0039"


async def current(url: str) -> str | None:
    """The version of the database behind `url`, None before the first migration."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        if not await connection.fetchval("SELECT to_regclass('public.alembic_version')"):
            return None
        version: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return version
    finally:
        await connection.close()
