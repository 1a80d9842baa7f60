"""Where a benchmark works, and how often it repeats."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[1] / "bench-results"
REPEATS = 3


def repeat(*, quick: bool) -> range:
    return range(1 if quick else REPEATS)


@asynccontextmanager
async def place() -> AsyncIterator[Path]:
    """A fresh data folder, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="samvad-bench-"))
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
