"""The supervisor keeps one cluster alive through kills, stale traces and rivals, and loses no row."""
# ruff: noqa: ASYNC220, ASYNC222 (files and processes of the test itself are quick)

import asyncio
import os
import shutil
import signal
import subprocess
from pathlib import Path

import asyncpg
import pytest

from samvad.platform.postgres import Cluster, Patience, Supervisor, Tuning
from samvad.platform.postgres.cluster import Reply
from samvad.platform.postgres.errors import AnotherSupervisor, ClusterGone, StartFailed, WrongVersion
from samvad.platform.postgres.processes import is_running, serves

from .conftest import in_another_process, postmaster_of, until, watched


@pytest.fixture
def folder(folder: Path, made: Path) -> Path:
    """With a cluster in `pg`, quicker than making one for each test."""
    shutil.copytree(made, folder / "pg")
    return folder


async def execute(cluster: Cluster, statement: str) -> None:
    connection = await cluster.connect()
    await connection.execute(statement)
    await connection.close()


async def count(cluster: Cluster) -> int:
    connection = await cluster.connect()
    number = await connection.fetchval("SELECT count(*) FROM kept")
    await connection.close()
    return int(number)


async def seeded(supervisor: Supervisor) -> None:
    """One start and stop that leaves a table with one row."""
    async with supervisor as cluster:
        await execute(cluster, "CREATE TABLE kept (id int)")
        await execute(cluster, "INSERT INTO kept VALUES (1)")


async def test_a_new_cluster_is_durable_private_and_utf8(folder: Path) -> None:
    async with Supervisor(folder / "pg") as cluster:
        connection = await cluster.connect("template1")
        wanted = {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "jit": "off",
            "track_io_timing": "off",
            "TimeZone": "UTC",
            "server_encoding": "UTF8",
        }
        for name, value in wanted.items():
            assert await connection.fetchval("SELECT current_setting($1)", name) == value, name
        locales = await connection.fetch("SELECT DISTINCT datlocale FROM pg_database")
        assert [row["datlocale"] for row in locales] == ["C.UTF-8"]
        assert await connection.fetchval("SELECT count(*) FROM pg_extension WHERE extname = 'vector'") == 1
        await connection.close()
        for private in (folder / "pg", folder / "pg" / "cluster", folder / "pg" / "run"):
            assert private.stat().st_mode & 0o077 == 0, private


async def test_a_stop_leaves_no_process_and_the_next_start_finds_the_data(folder: Path) -> None:
    await seeded(Supervisor(folder / "pg"))
    async with Supervisor(folder / "pg") as cluster:
        pid = postmaster_of(folder / "pg").pid
        assert await count(cluster) == 1
    assert not is_running(pid)


async def test_acknowledged_rows_survive_kill_9_of_the_server(folder: Path) -> None:
    acknowledged = 0
    async with watched(Supervisor(folder / "pg")) as cluster:
        await execute(cluster, "CREATE TABLE kept (id int)")
        for _ in range(5):
            connection = await cluster.connect()
            for _ in range(20):
                await connection.execute("INSERT INTO kept VALUES (1)")
                acknowledged += 1
            killed = postmaster_of(folder / "pg").pid
            os.kill(killed, signal.SIGKILL)

            async def back(gone: int = killed) -> bool:
                return not is_running(gone) and await cluster.ask() is Reply.YES

            await until(back)
            connection.terminate()
        assert await count(cluster) == acknowledged


async def test_a_backend_that_outlives_its_server_does_not_block_the_next(folder: Path) -> None:
    async with watched(Supervisor(folder / "pg")) as cluster:
        connection = await cluster.connect(patience=60)
        backend = await connection.fetchval("SELECT pg_backend_pid()")
        busy = asyncio.create_task(connection.execute("SELECT count(*) FROM generate_series(1, 10000000000)"))
        await asyncio.sleep(0.1)
        killed = postmaster_of(folder / "pg").pid
        os.kill(killed, signal.SIGKILL)

        async def back() -> bool:
            return not is_running(backend) and await cluster.ask() is Reply.YES

        await until(back)
        with pytest.raises((OSError, asyncpg.PostgresError, asyncpg.InterfaceError)):
            await busy


async def test_a_server_that_hangs_is_replaced(folder: Path) -> None:
    async with watched(Supervisor(folder / "pg", patience=Patience(ask=0.1, hung=1))) as cluster:
        hung = postmaster_of(folder / "pg").pid
        os.kill(hung, signal.SIGSTOP)

        async def back() -> bool:
            return not is_running(hung) and await cluster.ask() is Reply.YES

        await until(back)


async def test_an_orphan_is_attached_to_and_stopped(folder: Path) -> None:
    await seeded(Supervisor(folder / "pg"))
    other, line = await in_another_process(folder / "pg")
    assert line.startswith("owner ")
    orphan = postmaster_of(folder / "pg").pid
    other.kill()
    await other.wait()
    async with Supervisor(folder / "pg") as cluster:
        assert postmaster_of(folder / "pg").pid == orphan
        assert await count(cluster) == 1
    assert not is_running(orphan)


async def test_a_dead_orphan_is_restarted(folder: Path) -> None:
    other, _ = await in_another_process(folder / "pg")
    orphan = postmaster_of(folder / "pg").pid
    other.kill()
    await other.wait()
    async with watched(Supervisor(folder / "pg")) as cluster:
        os.kill(orphan, signal.SIGKILL)

        async def back() -> bool:
            return not is_running(orphan) and await cluster.ask() is Reply.YES

        await until(back)


async def test_a_zombie_is_not_taken_for_a_server(folder: Path) -> None:
    supervisor = Supervisor(folder / "pg")
    async with supervisor:
        pid_file = folder / "pg" / "cluster" / "postmaster.pid"
        facts = pid_file.read_text().splitlines()
    zombie = subprocess.Popen(["sleep", "1000"])
    os.kill(zombie.pid, signal.SIGKILL)
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    pid_file.write_text("\n".join([str(zombie.pid), *facts[1:]]))
    assert not is_running(zombie.pid)
    async with Supervisor(folder / "pg") as cluster:
        assert await cluster.ask() is Reply.YES
    zombie.wait()


@pytest.mark.parametrize("content", ["{alive}\n{rest}", "999999\n{rest}", "{alive}", "", "rubbish"])
async def test_a_stale_pid_file_is_dropped(folder: Path, content: str) -> None:
    """`alive` is a pid that another program uses now; the lock of the socket names it too."""
    async with Supervisor(folder / "pg"):
        pid_file = folder / "pg" / "cluster" / "postmaster.pid"
        rest = "\n".join(pid_file.read_text().splitlines()[1:])
    stranger = subprocess.Popen(["sleep", "1000"])
    pid_file.write_text(content.format(alive=stranger.pid, rest=rest))
    (folder / "pg" / "run").mkdir(mode=0o700)
    (folder / "pg" / "run" / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n{rest}")
    try:
        assert not serves(stranger.pid, folder / "pg" / "cluster")
        async with Supervisor(folder / "pg") as cluster:
            assert await cluster.ask() is Reply.YES
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


async def test_of_two_starts_at_once_one_owns_and_one_is_guest(folder: Path) -> None:
    one, two = Supervisor(folder / "pg"), Supervisor(folder / "pg")
    first, second = await asyncio.gather(one.start(), two.start())
    assert first.socket_dir == second.socket_dir
    assert [one.is_owner, two.is_owner].count(True) == 1
    guest, owner = (two, one) if one.is_owner else (one, two)
    await guest.stop()
    assert await first.ask() is Reply.YES
    await owner.stop()
    assert await first.ask() is Reply.NONE


async def test_two_processes_at_once_share_one_server(folder: Path) -> None:
    (one, said), (two, replied) = await asyncio.gather(
        in_another_process(folder / "pg"), in_another_process(folder / "pg")
    )
    assert sorted(line.split()[0] for line in (said, replied)) == ["guest", "owner"]
    assert said.split()[1] == replied.split()[1]
    for process in (one, two):
        process.terminate()
    assert [await one.wait(), await two.wait()] == [0, 0]


async def test_a_guest_takes_over_when_the_owner_is_killed(folder: Path) -> None:
    other, _ = await in_another_process(folder / "pg")
    guest = Supervisor(folder / "pg")
    async with watched(guest) as cluster:
        assert not guest.is_owner
        other.kill()
        await other.wait()

        async def owns() -> bool:
            return guest.is_owner

        await until(owns)
        os.kill(postmaster_of(folder / "pg").pid, signal.SIGKILL)
        await asyncio.sleep(0.1)

        async def back() -> bool:
            return await cluster.ask() is Reply.YES

        await until(back)


async def test_a_guest_of_an_owner_without_server_says_so(folder: Path) -> None:
    async with Supervisor(folder / "pg"):
        os.kill(postmaster_of(folder / "pg").pid, signal.SIGKILL)
        with pytest.raises(AnotherSupervisor, match="Another Samvad holds"):
            await Supervisor(folder / "pg", patience=Patience(start=0.3)).start()


async def test_a_cluster_of_another_version_is_left_alone(folder: Path) -> None:
    await seeded(Supervisor(folder / "pg"))
    (folder / "pg" / "cluster" / "PG_VERSION").write_text("17\n")
    with pytest.raises(WrongVersion, match="PostgreSQL 17"):
        await Supervisor(folder / "pg").start()


async def test_a_server_that_does_not_start_gives_its_reason(folder: Path) -> None:
    await seeded(Supervisor(folder / "pg"))
    (folder / "pg" / "cluster" / "local.conf").write_text("shared_buffers = nonsense\n")
    with pytest.raises(StartFailed, match=r"local\.conf"):
        await Supervisor(folder / "pg").start()
    (folder / "pg" / "cluster" / "local.conf").write_text("work_mem = '9MB'\n")
    async with Supervisor(folder / "pg") as cluster:
        connection = await cluster.connect()
        assert await connection.fetchval("SHOW work_mem") == "9MB"
        await connection.close()


async def test_half_a_cluster_left_by_a_killed_start_is_made_anew(folder: Path) -> None:
    half = folder / "new" / "cluster.new-1"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    await seeded(Supervisor(folder / "new"))
    assert not half.exists()


async def test_a_cluster_that_disappears_is_not_made_anew(folder: Path) -> None:
    """An unmounted disk must not become an empty database; back in place it is served again."""
    supervisor = Supervisor(folder / "pg")
    async with watched(supervisor) as cluster:
        await execute(cluster, "CREATE TABLE kept (id int)")
        (folder / "pg").rename(folder / "away")
        killed = postmaster_of(folder / "away").pid
        os.kill(killed, signal.SIGKILL)

        async def dead() -> bool:
            return not is_running(killed)

        await until(dead)
        with pytest.raises(ClusterGone, match="has disappeared"):
            await supervisor._revive()
        assert not (folder / "pg").exists()
        (folder / "away").rename(folder / "pg")

        async def back() -> bool:
            return await cluster.ask() is Reply.YES

        await until(back)
        assert await count(cluster) == 0


async def test_the_log_keeps_one_old_file(folder: Path) -> None:
    await seeded(Supervisor(folder / "pg"))
    async with Supervisor(folder / "pg", tuning=Tuning(log_bytes=0)):
        old = folder / "pg" / "postgres.log.1"
        assert "database system is shut down" in old.read_text()
        assert "database system is shut down" not in (folder / "pg" / "postgres.log").read_text()
        assert old.stat().st_mode & 0o077 == 0
