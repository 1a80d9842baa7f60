"""One cluster on disk and its server process: made, started, attached to, stopped."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence

from samvad.platform.logging import get_logger
from samvad.platform.postgres.binaries import MAJOR
from samvad.platform.postgres.cluster import SUPERUSER, Cluster, Reply
from samvad.platform.postgres.errors import (
    ClusterGone,
    DiskFull,
    EngineError,
    SocketTaken,
    StartFailed,
    StartTimeout,
    WrongVersion,
)
from samvad.platform.postgres.home import Home
from samvad.platform.postgres.identity import Process
from samvad.platform.postgres.processes import is_running, kill_leftovers, read_postmaster, serves
from samvad.platform.postgres.settings_text import HBA, INCLUDES, LOCAL, Tuning, render

POLL = 0.02
STOP_SECONDS = 30.0
INITDB_OPTIONS = (
    *("-U", SUPERUSER, "--auth=trust", "--data-checksums", "--no-instructions"),
    *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
)
NEW_CLUSTER_BYTES = 128 << 20
TAIL_BYTES = 4096

log = get_logger("postgres")


class Server:
    """The server of one home, our child or an orphan we attached to."""

    def __init__(self, home: Home, tuning: Tuning, *, wrapper: Sequence[str] = ()) -> None:
        self._home = home
        self._tuning = tuning
        self._wrapper = tuple(wrapper)
        self._child: Process | None = None
        self._pid: int | None = None
        self._log_start = 0

    def cluster(self) -> Cluster:
        """Where the running server says it listens, else where ours would."""
        found = read_postmaster(self._home.cluster)
        if found is None or not serves(found.pid, self._home.cluster):
            return Cluster(self._home.folder, self._home.sockets)
        return Cluster(self._home.folder, found.socket_dir, found.port)

    def alive(self) -> bool:
        """Reaps our child when it is dead."""
        if self._child is not None:
            return self._child.poll() is None
        return self._pid is not None and serves(self._pid, self._home.cluster)

    async def start(self, *, create: bool) -> None:
        """Attach to the server that runs already, else start it, after making the cluster where there is
        none and `create` allows it."""
        found = read_postmaster(self._home.cluster)
        if found is not None and serves(found.pid, self._home.cluster):
            self._child, self._pid = None, found.pid
            log.info("postgres.attached", pid=found.pid)
            return
        if not (self._home.cluster / "PG_VERSION").exists():
            if not create:
                raise ClusterGone(self._home.cluster)
            await asyncio.to_thread(self._create)
        self._check_version()
        await asyncio.to_thread(self._clear_traces_of_the_dead)
        self._launch()

    async def wait_until_ready(self, seconds: float) -> None:
        """After StartTimeout the server runs on: recovery may need longer, and the next start attaches."""
        deadline = time.monotonic() + seconds
        while await self.cluster().ask() is not Reply.YES:
            if not self.alive():
                raise self._failure()
            if time.monotonic() > deadline:
                raise StartTimeout(self._home.log, seconds, self._tail())
            await asyncio.sleep(POLL)

    async def stop(self) -> None:
        """Fast shutdown; a server that ignores it is stopped like in a crash, which loses nothing."""
        for how, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if not self.alive():
                break
            os.kill(self._child.pid if self._child else self._pid or 0, how)
            await self._wait_until_dead(seconds)
        kill_leftovers(self._home.cluster)
        self._child = self._pid = None
        self._home.forget_sockets()

    def kill(self) -> None:
        """For a server that runs and answers nobody: its data survives, as after a power cut."""
        if self.alive():
            os.kill(self._child.pid if self._child else self._pid or 0, signal.SIGKILL)

    def rotate_log(self) -> None:
        """Keep one old file: the server appends to an open file, so it is copied and cut."""
        if self._home.log.exists() and self._home.log.stat().st_size > self._tuning.log_bytes:
            old = self._home.log.with_suffix(".log.1")
            old.touch(mode=0o600)
            self._home.own(old)
            shutil.copyfile(self._home.log, old)
            os.truncate(self._home.log, 0)
            self._log_start = 0

    async def _wait_until_dead(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.alive() and time.monotonic() < deadline:  # noqa: ASYNC110 (a pid has no event)
            await asyncio.sleep(POLL)

    def _create(self) -> None:
        """A cluster appears whole or not at all: it is made beside its place and moved there."""
        if (free := self._home.free_bytes()) < NEW_CLUSTER_BYTES:
            raise DiskFull(self._home.folder, free)
        for old in self._home.folder.glob("cluster.new*"):
            shutil.rmtree(old, ignore_errors=True)
        draft = self._home.folder / f"cluster.new-{os.getpid()}"
        self._run_tool(
            [self._home.binaries.initdb, *INITDB_OPTIONS, "-D", str(draft)]
            + ([] if self._tuning.durable else ["--no-sync"])
        )
        if self._home.binaries.has_vector:
            self._run_tool(
                [self._home.binaries.postgres, "--single", "-D", str(draft), "template1"],
                text="CREATE EXTENSION vector;\n",
            )
        (draft / "pg_hba.conf").write_text(HBA)
        (draft / "local.conf").write_text(LOCAL)
        self._home.own(draft / "local.conf")
        with (draft / "postgresql.conf").open("a") as file:
            file.write(INCLUDES)
        if self._home.cluster.is_symlink():
            self._home.cluster.unlink()
        draft.rename(self._home.cluster)

    def _run_tool(self, argv: Sequence[str], *, text: str = "") -> None:
        code, output = self._home.identity.run(argv, cwd=self._home.folder, text=text)
        if code:
            raise self._explain(output)

    def _check_version(self) -> None:
        found = (self._home.cluster / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            raise WrongVersion(self._home.cluster, found, MAJOR)

    def _clear_traces_of_the_dead(self) -> None:
        """Backends without postmaster, its pid file, its socket's lock: nobody serves this cluster now."""
        killed = kill_leftovers(self._home.cluster)
        deadline = time.monotonic() + 5
        while any(is_running(pid) for pid in killed) and time.monotonic() < deadline:
            time.sleep(POLL)
        (self._home.cluster / "postmaster.pid").unlink(missing_ok=True)
        for trace in self._home.sockets.glob(".s.PGSQL.*"):
            trace.unlink(missing_ok=True)

    def _launch(self) -> None:
        self._home.prepare()
        self._write_settings()
        self.rotate_log()
        self._log_start = self._home.log.stat().st_size
        argv = [*self._wrapper, self._home.binaries.postgres, "-D", str(self._home.cluster)]
        argv += ["-k", str(self._home.sockets)]
        with self._home.log.open("ab") as output:
            self._child = self._home.identity.popen(
                argv, cwd=self._home.cluster, output=output, stdin=subprocess.DEVNULL
            )
        self._pid = None
        log.info("postgres.started", pid=self._child.pid)

    def _write_settings(self) -> None:
        path, text = self._home.cluster / "samvad.conf", render(self._tuning)
        if not path.exists() or path.read_text() != text:
            draft = path.with_suffix(".new")
            draft.write_text(text)
            draft.chmod(0o600)
            self._home.own(draft)
            draft.replace(path)

    def _tail(self) -> str:
        """The last complaint in the log since our start, without its prefix."""
        with self._home.log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(self._log_start, size - TAIL_BYTES))
            return _complaint(file.read().decode(errors="replace"))

    def _failure(self) -> EngineError:
        return self._explain(self._tail())

    def _explain(self, output: str) -> EngineError:
        if "No space left on device" in output or self._home.free_bytes() < 1 << 20:
            return DiskFull(self._home.folder, self._home.free_bytes())
        if ".s.PGSQL." in output and ("already in use" in output or "already exists" in output):
            return SocketTaken(self._home.sockets)
        return StartFailed(self._home.log, _complaint(output))


def _complaint(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for word in ("PANIC:", "FATAL:", "ERROR:", "error:"):
        found = [line.partition(word)[2].strip() for line in lines if word in line]
        if found:
            return found[-1]
    return lines[-1] if lines else ""
