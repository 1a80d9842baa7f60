"""Real clusters in folders of their own; the supervisor under test is the one users run."""

import asyncio
import contextlib
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from samvad.platform.postgres import Cluster, Supervisor
from samvad.platform.postgres.processes import Postmaster, read_postmaster


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: pytest's own names are long enough to change where sockets go."""
    path = Path(tempfile.mkdtemp(prefix="samvad-pg-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
async def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a cluster made by one start and stop, to be copied."""
    place = tmp_path_factory.mktemp("made") / "pg"
    async with Supervisor(place):
        pass
    return place


def postmaster_of(data_dir: Path) -> Postmaster:
    found = read_postmaster(data_dir / "cluster")
    assert found is not None
    return found


@asynccontextmanager
async def watched(supervisor: Supervisor) -> AsyncIterator[Cluster]:
    """A running cluster that is restarted when it dies."""
    async with supervisor as cluster:
        watching = asyncio.create_task(supervisor.watch())
        try:
            yield cluster
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching


async def until(condition: Callable[[], Awaitable[bool]], *, turns: int = 600) -> None:
    """Wait for `condition`, half a minute at most."""
    for _ in range(turns):
        if await condition():
            return
        await asyncio.sleep(0.05)
    pytest.fail("it did not happen")


async def in_another_process(data_dir: Path) -> tuple[asyncio.subprocess.Process, str]:
    """A supervisor of its own process, and the first line it says: `owner DSN` or `guest DSN`."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "samvad.platform.postgres", "--data-dir", str(data_dir)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    return process, (await process.stdout.readline()).decode().strip()
