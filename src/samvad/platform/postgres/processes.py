"""What the kernel says about PostgreSQL processes; without /proc, only whether a pid answers signals."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
HAS_PROC = (PROC / "self" / "stat").exists()


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The facts of a `postmaster.pid`."""

    pid: int
    port: int
    socket_dir: Path


def read_postmaster(cluster: Path) -> Postmaster | None:
    """None when the file is missing, or not yet complete: the server writes it piece by piece."""
    try:
        lines = (cluster / "postmaster.pid").read_text(errors="surrogateescape").splitlines()
        found = Postmaster(pid=abs(int(lines[0])), port=int(lines[3]), socket_dir=Path(lines[4]))
    except (FileNotFoundError, ValueError, IndexError):
        return None
    return found if found.socket_dir.is_absolute() else None


def is_running(pid: int) -> bool:
    """A zombie is not running: many containers' first process reaps nobody."""
    if HAS_PROC:
        try:
            stat = (PROC / str(pid) / "stat").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return False
        return stat.rpartition(")")[2].split()[0] not in "ZX"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def serves(pid: int, cluster: Path) -> bool:
    """Whether `pid` is a live PostgreSQL process of this very cluster, not another program."""
    if not is_running(pid):
        return False
    if not HAS_PROC:
        return True
    try:
        named = (PROC / str(pid) / "comm").read_text().startswith("postgres")
        return named and os.path.samefile(PROC / str(pid) / "cwd", cluster)
    except OSError:
        return False


def kill_leftovers(cluster: Path) -> list[int]:
    """Kill the backends that outlive their dead postmaster: they hold its shared memory."""
    killed = list(_pids_of(cluster))
    for pid in killed:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return killed


def _pids_of(cluster: Path) -> Iterator[int]:
    if HAS_PROC:
        for entry in PROC.iterdir():
            if entry.name.isdigit() and serves(int(entry.name), cluster):
                yield int(entry.name)
