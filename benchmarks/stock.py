"""A data folder full of history, made once for a schema and kept in bench-results/stock."""

import asyncio
import hashlib
import shutil
from pathlib import Path

from benchmarks import bulk
from benchmarks.installation import Installation
from benchmarks.places import RESULTS
from samvad.platform.migrations import versions


async def stocked(house: Installation, provider: str, *, people: int, messages: int, keep: bool) -> None:
    """Starts `house` with so many conversations of so many messages each, signed in, with its number.

    `keep` leaves a copy for the next time.
    """
    kept = RESULTS / "stock" / f"{_fingerprint()}-{people}-{messages}"
    if kept.exists():
        await asyncio.to_thread(shutil.copytree, kept, house.folder, dirs_exist_ok=True, symlinks=True)
        await house.start()
        await house.sign_in()
        await _find_number(house, provider)
        return
    await house.start()
    await house.sign_in()
    await house.connect(provider)
    async with house.superuser() as connection:
        await bulk.load_people(connection, house.tenant, house.channel, people=people, messages=messages)
    if not keep:
        return
    await house.stop()
    await asyncio.to_thread(shutil.copytree, house.folder, kept, symlinks=True, ignore=_sockets)
    await house.start()


async def _find_number(house: Installation, provider: str) -> None:
    channels = (await house.call("GET", "/channels"))["items"]
    house.channel = next(c["id"] for c in channels if c["provider"] == "meta")
    await house.call("PATCH", f"/channels/{house.channel}", {"base_url": provider})


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_socket()]


def _fingerprint() -> str:
    """Another schema or another way to fill it makes another stock."""
    folder = Path(next(iter(versions.__path__)))
    sources = [*sorted(folder.glob("*.py")), Path(bulk.__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
