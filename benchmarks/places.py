"""Where a benchmark works, and how often it repeats."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[1] / "bench-results"
REPEATS = 3


def repeat(*, quick: bool) -> range:
    return range(1 if quick else REPEATS)


# A data folder with an empty database, stopped; to copy it is a twentieth of making one.
blank: ContextVar[Path | None] = ContextVar("blank", default=None)


@asynccontextmanager
async def place(*, empty: bool = False) -> AsyncIterator[Path]:
    """A fresh data folder, gone afterwards; a copy of `blank`, where that is set, unless it must be empty."""
    folder, model = Path(tempfile.mkdtemp(prefix="samvad-bench-")), blank.get()
    if model is not None and not empty:
        await asyncio.to_thread(shutil.copytree, model, folder, dirs_exist_ok=True)
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
