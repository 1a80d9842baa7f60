"""The helper for other suites copies databases and cleans up behind itself."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import asyncpg

from samvad.platform.postgres.processes import is_running
from samvad.platform.postgres.testing import Scratch, scratch_cluster

from .conftest import until


async def names(scratch: Scratch) -> set[str]:
    connection = await scratch.cluster.connect()
    rows = await connection.fetch("SELECT datname FROM pg_database")
    await connection.close()
    return {row["datname"] for row in rows}


async def test_databases_are_copies_of_their_template_and_go_away() -> None:
    async with scratch_cluster() as scratch:
        await scratch.create(name="template")
        await scratch.execute("CREATE TABLE kept AS SELECT 7 AS id", database="template")
        async with scratch.database(template="template") as one, scratch.database(template="template") as two:
            assert one != two
            connection = await asyncpg.connect(scratch.dsn(one))
            assert await connection.fetchval("SELECT id FROM kept") == 7
            assert {one, two} <= await names(scratch)
        assert not {one, two} & await names(scratch)
        connection.terminate()
        socket_dir = scratch.cluster.socket_dir
    assert not socket_dir.exists()


async def test_a_killed_suite_leaves_no_server(folder: Path) -> None:
    code = (
        "import asyncio, pathlib\n"
        "from samvad.platform.postgres import Supervisor\n"
        f"supervisor = Supervisor(pathlib.Path({str(folder / 'pg')!r}), outlive=False)\n"
        "print(asyncio.run(supervisor.start()), flush=True)\n"
        "input()\n"
    )
    suite = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert suite.stdout is not None
    while b"Cluster(" not in await suite.stdout.readline():
        continue
    server = int((folder / "pg" / "cluster" / "postmaster.pid").read_text().splitlines()[0])
    assert is_running(server)
    os.kill(suite.pid, signal.SIGKILL)
    await suite.wait()

    async def gone() -> bool:
        return not is_running(server)

    await until(gone)
