"""Where a data folder may be: odd names, long paths, foreign owners, read-only and full disks."""
# ruff: noqa: ASYNC240 (files and processes of the test itself are quick)

import asyncio
import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from samvad.platform.postgres import Cluster, Supervisor
from samvad.platform.postgres.binaries import locate
from samvad.platform.postgres.cluster import Reply
from samvad.platform.postgres.errors import DataDirNotWritable, DataDirPathTooLong, DiskFull, RuntimeDirTaken
from samvad.platform.postgres.identity import Identity, namespaced

from .conftest import postmaster_of, until, watched

IS_ROOT = os.geteuid() == 0
AS_ROOT = pytest.mark.skipif(not IS_ROOT, reason="needs root: it mounts a small disk")
AS_USER = pytest.mark.skipif(IS_ROOT, reason="root may write everywhere")
ODD_NAMES = ("with space", "संवाद é 🐘", "comma,quote'\"dollar$", "percent%2F?x=y&z#")
LONG_NAMES = ("deep/" + "x" * 120, "d" * 200)


async def works(cluster: Cluster) -> bool:
    """By asyncpg and by SQLAlchemy, each through the text of its DSN."""
    connection = await asyncpg.connect(cluster.dsn(database="postgres", user="postgres"))
    try:
        first = await connection.fetchval("SELECT 1")
    finally:
        await connection.close()
    engine = create_async_engine(
        cluster.dsn(database="postgres", user="postgres", driver="postgresql+asyncpg")
    )
    async with engine.connect() as session:
        second = (await session.execute(text("SELECT 1"))).scalar()
    await engine.dispose()
    return first == second == 1


@contextmanager
def small_disk(folder: Path, megabytes: int, *options: str) -> Iterator[Path]:
    folder.mkdir()
    size = f"size={megabytes}m,mode=0755"
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", ",".join((size, *options)), "tmpfs", str(folder)], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("name", ODD_NAMES + LONG_NAMES)
async def test_odd_and_long_names_work(folder: Path, name: str) -> None:
    async with Supervisor(folder / name) as cluster:
        assert await works(cluster)
        assert stat.S_IMODE(cluster.socket_dir.stat().st_mode) == 0o700
    async with Supervisor(folder / name) as cluster:
        assert await works(cluster)


async def test_a_path_beyond_postgresql_is_refused(folder: Path) -> None:
    with pytest.raises(DataDirPathTooLong, match="bytes"):
        await Supervisor(folder.joinpath(*["x" * 200] * 5)).start()


async def test_a_data_folder_behind_a_link_works(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "link").symlink_to(folder / "real")
    async with Supervisor(folder / "link") as cluster:
        assert await works(cluster)


async def test_a_short_socket_folder_of_somebody_else_is_refused(folder: Path) -> None:
    far = folder / ("y" * 150)
    async with Supervisor(far) as cluster:
        short = cluster.socket_dir
    short.mkdir(mode=0o777)
    short.chmod(0o777)
    with pytest.raises(RuntimeDirTaken, match=r"samvad-"):
        await Supervisor(far).start()


async def test_a_file_in_the_place_of_the_folder_is_named(folder: Path) -> None:
    (folder / "pg").write_text("")
    with pytest.raises(DataDirNotWritable, match="cannot be written"):
        await Supervisor(folder / "pg").start()


async def test_a_parent_of_0700_and_a_loose_umask_change_no_permission(folder: Path) -> None:
    parent = folder / "home"
    parent.mkdir(mode=0o700)
    before = parent.stat()
    old = os.umask(0)
    try:
        async with Supervisor(parent / "data" / "pg") as cluster:
            assert await works(cluster)
    finally:
        os.umask(old)
    after = parent.stat()
    assert (before.st_mode, before.st_uid) == (after.st_mode, after.st_uid)
    for private in (parent / "data" / "pg", parent / "data" / "pg" / "cluster"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700


@pytest.mark.skipif(not IS_ROOT or namespaced() is None, reason="needs root and user namespaces")
async def test_root_with_namespaces_keeps_the_files_and_makes_no_os_user(folder: Path) -> None:
    before = Path("/etc/passwd").read_bytes()
    async with Supervisor(folder / "pg") as cluster:
        assert await works(cluster)
    assert Path("/etc/passwd").read_bytes() == before
    assert {path.lstat().st_uid for path in (folder / "pg").rglob("*")} == {0}


@pytest.mark.skipif(not IS_ROOT, reason="only root may become another user")
async def test_root_runs_the_cluster_of_another_user_as_that_user(folder: Path) -> None:
    folder.chmod(0o755)
    nobody = 65534
    async with Supervisor(folder / "pg"):
        pass
    for path in ((folder / "pg"), *(folder / "pg").rglob("*")):
        os.chown(path, nobody, nobody)
    async with Supervisor(folder / "pg") as cluster:
        assert await works(cluster)
        assert Path(f"/proc/{postmaster_of(folder / 'pg').pid}").stat().st_uid == nobody
    strangers = [path for path in (folder / "pg").rglob("*") if path.lstat().st_uid != nobody]
    assert strangers == []


@pytest.mark.skipif(not IS_ROOT, reason="only root may become another user")
def test_the_programs_can_be_copied_for_a_user_who_cannot_enter_their_place(folder: Path) -> None:
    folder.chmod(0o755)
    old = os.umask(0o077)
    try:
        copied = locate().copied_under(folder)
    finally:
        os.umask(old)
    assert copied == locate().copied_under(folder)
    code, said = Identity(65534, 65534).run([copied.initdb, "--version"])
    assert (code, said.split()[0]) == (0, "initdb"), said


@AS_USER
async def test_a_folder_without_write_permission_is_named(folder: Path) -> None:
    folder.chmod(0o500)
    with pytest.raises(DataDirNotWritable, match="Permission denied"):
        await Supervisor(folder / "pg").start()
    folder.chmod(0o700)


@AS_ROOT
async def test_a_read_only_disk_is_named(folder: Path) -> None:
    with small_disk(folder / "disk", 1, "ro") as disk, pytest.raises(DataDirNotWritable, match="Read-only"):
        await Supervisor(disk / "pg").start()


@AS_ROOT
async def test_a_disk_too_small_for_a_cluster_is_named(folder: Path) -> None:
    with small_disk(folder / "disk", 40) as disk, pytest.raises(DiskFull, match="40 MiB free"):
        await Supervisor(disk / "pg").start()


@AS_ROOT
async def test_a_disk_that_fills_up_loses_nothing_and_recovers(folder: Path) -> None:
    with small_disk(folder / "disk", 160) as disk:
        async with watched(Supervisor(disk / "pg")) as cluster:
            kept = await fill_until_refused(cluster, disk)
            (disk / "filler").unlink()
            await until(answering(cluster))
            connection = await cluster.connect()
            assert await connection.fetchval("SELECT count(*) FROM kept") >= kept > 0
            await connection.close()


@AS_ROOT
async def test_a_start_on_a_full_disk_says_so(folder: Path) -> None:
    with small_disk(folder / "disk", 160) as disk:
        async with Supervisor(disk / "pg"):
            pass
        fill(disk / "filler")
        with pytest.raises(DiskFull, match="is full"):
            await Supervisor(disk / "pg").start()
        (disk / "filler").unlink()
        async with Supervisor(disk / "pg") as cluster:
            assert await works(cluster)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            return


async def fill_until_refused(cluster: Cluster, disk: Path) -> int:
    """The number of acknowledged rows of 16 kB each."""
    acknowledged = 0
    connection = await cluster.connect()
    await connection.execute("CREATE TABLE kept (body bytea STORAGE EXTERNAL)")
    await connection.execute("INSERT INTO kept VALUES ($1)", bytes(1 << 14))
    acknowledged += 1
    fill(disk / "filler")
    try:
        while True:
            await connection.execute("INSERT INTO kept VALUES ($1)", bytes(1 << 14))
            acknowledged += 1
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        connection.terminate()
    return acknowledged


def answering(cluster: Cluster) -> Callable[[], "asyncio.Future[bool]"]:
    async def ask() -> bool:
        return await cluster.ask() is Reply.YES

    return lambda: asyncio.ensure_future(ask())
