"""A worker in a process of its own, killed at a named place."""

import asyncio
import os
import sys

import asyncpg

from samvad.platform.crashpoints import VARIABLE
from tests.conftest import SECRET


async def killed(module: str, url: str, place: str, *more: str) -> int:
    """Its exit code, once PostgreSQL has let go of its locks: a claim skips locked rows."""
    looking = await asyncpg.connect(url)
    try:
        before = await backends(looking)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, url, SECRET, *more, env={**os.environ, VARIABLE: place}
        )
        code = await process.wait()
        while await backends(looking) - before:  # noqa: ASYNC110 - the server gives no event
            await asyncio.sleep(0.01)
        return code
    finally:
        await looking.close()


async def backends(looking: asyncpg.Connection) -> set[int]:
    """Of the pools. A test's own listener may connect at any time, and locks nothing."""
    found = await looking.fetch(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND application_name <> 'samvad_wakeups'"
    )
    return {row["pid"] for row in found}
