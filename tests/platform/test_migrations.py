"""The schema goes up, down and up again, and the version that the code expects is the newest there is."""

from pathlib import Path

import asyncpg
from alembic.config import Config
from alembic.script import ScriptDirectory

from samvad.platform import migrations
from samvad.platform.migrations.migrate import migrate
from samvad.platform.migrations.version import HEAD, current
from samvad.platform.postgres.testing import Scratch


async def tables(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connection.close()
    return {row["tablename"] for row in rows}


async def test_up_down_up(cluster: Scratch, passwords: dict[str, str]) -> None:
    async with cluster.database() as name:
        url = cluster.dsn(name)
        assert await current(url) is None
        await migrate(url, passwords)
        full = await tables(url)
        assert await current(url) == HEAD
        await migrate(url, passwords)  # twice is once
        assert await tables(url) == full
        await migrate(url, passwords, to="base")
        assert await tables(url) == {"alembic_version"}
        assert await current(url) is None
        await migrate(url, passwords)
        assert await tables(url) == full


def test_the_code_expects_the_newest_version() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
