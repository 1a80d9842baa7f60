"""Brings a database to the newest version, or back: roles first, then Alembic as the owner role."""

from collections.abc import Mapping
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from samvad.platform.db.database import OWNER
from samvad.platform.migrations import roles


async def migrate(url: str, passwords: Mapping[str, str], *, to: str = "head") -> None:
    """Upgrades (or downgrades, when `to` is older) with the migrating role's `url`."""
    connection = await asyncpg.connect(url, timeout=5)
    try:
        await roles.ensure(connection, passwords)
    finally:
        await connection.close()
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.connect() as migrating:
            await migrating.run_sync(_run, to)
            await migrating.commit()
    finally:
        await engine.dispose()


def _run(connection: SyncConnection, to: str) -> None:
    connection.execute(text(f"SET ROLE {OWNER}"))
    connection.execute(text("SELECT pg_advisory_xact_lock(7310)"))  # two starts at once take turns
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    (command.downgrade if _older(connection, to) else command.upgrade)(config, to)
    connection.execute(text("GRANT SELECT ON alembic_version TO samvad_app, samvad_system"))


def _older(connection: SyncConnection, to: str) -> bool:
    if to == "head" or not connection.execute(text("SELECT to_regclass('alembic_version')")).scalar():
        return False
    now = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return to == "base" or (now is not None and to < now)
