"""The ceiling of an accepting database: pgbench, one row an INSERT, on the same server and disk."""

import asyncio
import re
from pathlib import Path

from benchmarks.installation import Installation
from samvad.platform.postgres.binaries import locate

BODY_BYTES = 640
_TABLE = "CREATE TABLE IF NOT EXISTS bench_inserts (id bigserial PRIMARY KEY, at timestamptz, body bytea)"
_INSERT = f"INSERT INTO bench_inserts (at, body) VALUES (now(), decode(repeat('5a', {BODY_BYTES}), 'hex'));\n"
_RATE = re.compile(r"tps = ([\d.]+)")


async def single_inserts(house: Installation, *, seconds: int, clients: int = 64) -> float:
    """Inserts a second: two threads, prepared statements, one transaction each."""
    async with house.superuser() as connection:
        await connection.execute(_TABLE)
    script = house.folder / "insert.sql"
    await asyncio.to_thread(script.write_text, _INSERT)
    pgbench = str(Path(locate().root) / "bin" / "pgbench")
    process = await asyncio.create_subprocess_exec(
        pgbench, "-n", "-M", "prepared", "-c", str(min(clients, 40)), "-j", "2", "-T", str(seconds),
        "-f", str(script), "-h", str(house.cluster.socket_dir), "-U", "postgres", "samvad",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    async with house.superuser() as connection:
        await connection.execute("DROP TABLE bench_inserts")
    found = _RATE.search(said.decode())
    if found is None:
        raise RuntimeError("pgbench did not say a rate")
    return float(found[1])
