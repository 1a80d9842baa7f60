"""Keeps the embedded PostgreSQL of one data folder running; several processes may share it."""

import asyncio
import fcntl
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from samvad.platform.logging import get_logger
from samvad.platform.postgres.binaries import locate
from samvad.platform.postgres.cluster import Cluster, Reply
from samvad.platform.postgres.errors import AnotherSupervisor, EngineError, StartTimeout
from samvad.platform.postgres.home import naming_disk_faults, settle
from samvad.platform.postgres.processes import read_postmaster
from samvad.platform.postgres.server import Server
from samvad.platform.postgres.settings_text import Tuning

WATCH_SECONDS = 0.25
PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0)

log = get_logger("postgres")


class Lock:
    """An exclusive lock on a file, freed by the kernel when we die."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def acquire(self) -> bool:
        """True when it is ours, False when another process (or object) has it."""
        if self._file is None:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            if os.geteuid() == 0:  # the owner of the folder must be able to use it later
                facts = self._path.parent.stat()
                os.fchown(file, facts.st_uid, facts.st_gid)
            self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for a start, between two questions to a running server, and without any answer before it
    is killed and restarted."""

    start: float = 60
    ask: float = 10
    hung: float = 60


class Supervisor:
    """Starts the cluster of `data_dir`, a folder that belongs to the supervisor alone.

    The first supervisor of a folder owns the server: it starts, restarts and stops it. Later ones, in
    this or other processes, are guests: they attach, their `stop` leaves the server alone, and their
    `watch` takes ownership over when the owner is gone. When the owner is killed its server runs on as
    an orphan; the next owner attaches to it.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        tuning: Tuning | None = None,
        patience: Patience | None = None,
        outlive: bool = True,
    ) -> None:
        """`outlive=False`: the server ends with this process (on Linux), for test suites."""
        self._data_dir = data_dir.absolute()
        self._tuning = tuning or Tuning()
        self._patience = patience or Patience()
        ends_with_us = not outlive and shutil.which("setpriv")
        self._wrapper = ("setpriv", "--pdeathsig", "INT", "--") if ends_with_us else ()
        self._lock = Lock(self._data_dir / "supervisor.lock")
        self._server: Server | None = None

    @property
    def is_owner(self) -> bool:
        return self._lock.held

    async def start(self) -> Cluster:
        """Return when a query was answered. Raises one of `errors`; nothing we started is left behind,
        except after StartTimeout."""
        with naming_disk_faults(self._data_dir):
            self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                return await (self._serve(create=True) if self._lock.acquire() else self._join())
            except StartTimeout:
                self._lock.release()
                raise
            except BaseException:
                await self.stop()
                raise

    async def stop(self) -> None:
        """Stop the server and reap it, when it is ours."""
        if self._server is not None:
            await self._server.stop()
            self._server = None
        self._lock.release()

    async def watch(self) -> None:
        """Keep the server answering until cancelled: restart it when it dies or has hung for a minute."""
        failures, asked = 0, time.monotonic()
        answered = asked
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                if await self._revive():
                    failures, answered = 0, time.monotonic()
                elif self._server is not None and time.monotonic() - asked > self._patience.ask:
                    asked = time.monotonic()
                    answered = await self._judge(self._server, answered)
            except EngineError as fault:
                log.error("postgres.restart_failed", reason=str(fault))  # noqa: TRY400 (the sentence is enough)
                await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1

    async def __aenter__(self) -> Cluster:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _serve(self, *, create: bool) -> Cluster:
        """As the owner: start or attach, wait for an answer."""
        if self._server is None:
            home = settle(self._data_dir, locate())
            self._server = Server(home, self._tuning, wrapper=self._wrapper)
        await self._server.start(create=create)
        await self._server.wait_until_ready(self._patience.start)
        return self._server.cluster()

    async def _join(self) -> Cluster:
        """As a guest: wait for the owner's server; become the owner if it goes away meanwhile."""
        deadline = time.monotonic() + self._patience.start
        while time.monotonic() < deadline:
            found = read_postmaster((self._data_dir / "cluster").resolve())
            if found is not None:
                cluster = Cluster(self._data_dir, found.socket_dir, found.port)
                if await cluster.ask() is Reply.YES:
                    return cluster
            if self._lock.acquire():
                return await self._serve(create=True)
            await asyncio.sleep(WATCH_SECONDS / 5)
        raise AnotherSupervisor(self._data_dir, self._patience.start)

    async def _revive(self) -> bool:
        """Whether the server had to be started, or ownership taken over."""
        if self._server is not None and self._server.alive():
            return False
        with naming_disk_faults(self._data_dir):
            if not self._lock.acquire():
                return False
            log.warning("postgres.gone")
            await self._serve(create=False)
        return True

    async def _judge(self, server: Server, answered: float) -> float:
        """The time of the last answer; a server that gave none for a minute is killed and so restarted."""
        server.rotate_log()
        if await server.cluster().ask() is not Reply.NONE:
            return time.monotonic()
        if time.monotonic() - answered > self._patience.hung:
            log.error("postgres.hung")
            server.kill()
        return answered
