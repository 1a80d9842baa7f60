"""Data folders of a Samvad that has started once: made once a run, by whichever process comes first."""

import asyncio
import fcntl
import os
import shutil
import sys
from pathlib import Path


async def blank_in(shared: Path) -> Path:
    """The one of this run, with an empty database of the newest version; `shared` by all its processes."""
    made = shared / "blank"
    with (shared / "blank.lock").open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        if not made.exists():
            await _make(shared / "blank.begun")
            (shared / "blank.begun").rename(made)
    return made


async def copied(blank: Path, to: Path) -> Path:
    await asyncio.to_thread(shutil.copytree, blank, to)
    return to


async def _make(folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMVAD_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad", "migrate", env={**kept, "SAMVAD_DATA_DIR": str(folder)},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()
    assert process.returncode == 0, said.decode()
