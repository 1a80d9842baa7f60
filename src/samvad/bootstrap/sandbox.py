"""The sandbox as a child process: started, watched, restarted; its ledger survives us."""

import asyncio
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from samvad.platform.logging import get_logger
from samvad.platform.settings import SandboxSettings, Settings

log = get_logger("bootstrap")

_SECRET_VARIABLE = "SAMVAD_SANDBOX_SECRET"  # noqa: S105 - the name of a variable
_LEDGER, _PORT_FILE, _PID_FILE = "sandbox.sqlite", "sandbox.port", "sandbox.pid"
_STOP_SECONDS, _POLL_SECONDS = 5.0, 0.05
_AGAIN_SECONDS, _LOOK_SECONDS = 1.0, 0.5


@asynccontextmanager
async def sandbox(settings: Settings, *, folder: Path, secret: str) -> AsyncIterator[Settings]:
    """Yields the settings with the sandbox's real port. One that a killed parent left behind is used."""
    if not settings.sandbox.enabled:
        yield settings
        return
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    placed = settings.sandbox.model_copy(update={"port": await _port(settings, folder)})
    seed = await asyncio.to_thread(_seed, folder)
    keeping = asyncio.create_task(_keep(placed, folder, secret, seed), name="sandbox")
    try:
        yield settings.model_copy(update={"sandbox": placed})
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def known_port(settings: Settings) -> Settings:
    """For processes that only talk to the sandbox: where the one of this data folder listens."""
    kept = settings.data_dir.absolute() / _PORT_FILE
    if settings.sandbox.port or not kept.exists():
        return settings
    port = int(kept.read_text())
    return settings.model_copy(update={"sandbox": settings.sandbox.model_copy(update={"port": port})})


async def _port(settings: Settings, folder: Path) -> int:
    """The set port; else the one it had before while that is free or still ours; else the next after
    Samvad's own, or any free one."""
    wanted = settings.sandbox
    if wanted.port:
        return wanted.port
    kept = folder / _PORT_FILE
    before = int(kept.read_text()) if kept.exists() else 0
    if before and _left_behind(folder):
        return before
    found = next(
        p for port in (before or settings.port + 1, settings.port + 1, 0) if (p := _free(wanted.host, port))
    )
    kept.write_text(str(found))
    return found


def _free(host: str, port: int) -> int:
    """The port when it can be bound (any free one for 0), else 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return 0
        return int(trial.getsockname()[1])


def _left_behind(folder: Path) -> int | None:
    """The sandbox of this very data folder that a killed parent left running, by its process id."""
    try:
        pid = int((folder / _PID_FILE).read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (OSError, ValueError):
        return None
    return pid if str(folder / _LEDGER) in command else None


def _seed(folder: Path) -> int:
    """A fresh ledger must not repeat the ids of an earlier one: its seed is drawn once and kept."""
    kept = folder / "sandbox.seed"
    if not kept.exists() or not (folder / _LEDGER).exists():
        kept.write_text(str(secrets.randbelow(2**31)))
    return int(kept.read_text())


async def _keep(settings: SandboxSettings, folder: Path, secret: str, seed: int) -> None:
    while True:
        pid, process = _left_behind(folder), None
        try:
            if pid is None:
                process = await _start(settings, folder, secret, seed)
                pid = process.pid
            while _left_behind(folder) == pid:  # noqa: ASYNC110 - one that is not our child sends no event
                await asyncio.sleep(_LOOK_SECONDS)
            log.warning("sandbox.ended")
        except asyncio.CancelledError:
            if pid is not None:
                await _end(folder, pid)
            raise
        await asyncio.sleep(_AGAIN_SECONDS)


async def _start(
    settings: SandboxSettings, folder: Path, secret: str, seed: int
) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "samvad.sandbox",
        "--data-file",
        str(folder / _LEDGER),
        "--host",
        settings.host,
        "--port",
        str(settings.port),
        "--seed",
        str(seed),
        env={**os.environ, _SECRET_VARIABLE: secret},
        start_new_session=True,  # a Ctrl+C is ours to pass on
    )
    (folder / _PID_FILE).write_text(str(process.pid))
    return process  # asyncio kills a child whose process object is let go


async def _end(folder: Path, pid: int) -> None:
    """Asked to end, then made to."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        for _ in range(int(_STOP_SECONDS / _POLL_SECONDS)):
            if _left_behind(folder) != pid:
                return
            await asyncio.sleep(_POLL_SECONDS)
