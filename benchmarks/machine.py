"""What the machine is, and what processes cost on it: CPU seconds and memory, read from /proc."""

import os
import platform
from collections.abc import Iterable
from pathlib import Path

from samvad.platform.postgres.binaries import MAJOR

_TICKS = os.sysconf("SC_CLK_TCK")


def facts() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "processor": model[0].partition(":")[2].strip() if model else platform.machine(),
        "memory": f"{memory:.0f} GiB",
        "kernel": platform.release(),
        "python": platform.python_version(),
        "postgresql": str(MAJOR),
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def busy_seconds() -> float:
    """CPU time that anybody used on this machine."""
    user, nice, system, _, _, irq, soft, steal = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    return sum(int(ticks) for ticks in (user, nice, system, irq, soft, steal)) / _TICKS


def own_seconds() -> float:
    """CPU time of this process and of all that it started and buried, with theirs."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def tree(root: int) -> list[int]:
    """`root` and all its living descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def _stat(pid: int) -> list[str]:
    """From the state on: the name before it may hold anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def name_of(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return words.strip()


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of these and of the children that they already buried."""
    return sum(sum(int(ticks) for ticks in _stat(pid)[11:15]) for pid in pids) / _TICKS


def pss_mb(pid: int) -> float:
    """Memory with shared pages divided among those that share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def rss_mb(pid: int) -> float:
    fields = _stat(pid)
    return int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if fields else 0.0
