"""Putting a backup's rows into a database of the backup's own version: all of them, or none."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from samvad.platform.backup import repository
from samvad.platform.backup.archive import Archive, Kind, Sum, open_archive
from samvad.platform.backup.errors import RestoreRefused

if TYPE_CHECKING:
    from samvad.platform.db.connection import Connection

_CONNECT_SECONDS = 10
_VECTOR, _ARRAY = b"[]", b"{}"  # how pgvector and an array of numbers write the same embedding


async def load(url: str, file: Path, passphrase: str, *, at: datetime) -> Mapping[str, Sum]:
    """Fills the tables, reads every row again and compares; `at` is the moment of the restore.

    The database stays marked as unsettled: whoever called goes on with what must not leave twice.
    Raises RestoreRefused, BackupUnreadable; then the database is as it was.
    """
    connection = await asyncpg.connect(url, timeout=_CONNECT_SECONDS)
    try:
        async with connection.transaction():
            await repository.begin_writing(connection)
            with file.open("rb") as opened:
                archive = await asyncio.to_thread(open_archive, opened, passphrase)
                sums = await _fill(connection, archive, at)
        await repository.count_anew(connection, list(sums))
        return sums
    finally:
        await connection.close()


async def _fill(connection: "Connection", archive: Archive, at: datetime) -> Mapping[str, Sum]:
    present = await repository.tables(connection)
    brought = archive.manifest.tables
    strange = sorted(set(brought) - set(present))
    if strange:
        raise RestoreRefused(f"This database has no table {', '.join(strange)}")
    await repository.empty(connection, list(present))
    sums = await _fill_tables(connection, archive, present)
    for name, expected in sums.items():
        found = await _sum(connection, name, brought[name], present[name])
        if found != expected:
            raise RestoreRefused(f"The rows of {name} did not come back as they were saved")
    await repository.mark_unsettled(connection, at=at)
    await repository.secure(connection, list(present))
    return sums


async def _fill_tables(
    connection: "Connection", archive: Archive, present: Mapping[str, repository.Columns]
) -> dict[str, Sum]:
    """The archive has the tables in their order of filling."""
    sums: dict[str, Sum] = {}
    frames = _Frames(archive.frames)
    while (name := frames.next_table()) is not None:
        columns = list(archive.manifest.tables[name])
        change = _change(columns, present[name])
        sums[name] = Sum()
        await repository.copy_in(connection, name, columns, _counted(frames.pieces(), sums[name], change))
    return sums


async def _counted(pieces: Iterator[bytes], total: Sum, change: bytes | None) -> AsyncIterator[bytes]:
    for piece in pieces:
        total.add(piece)
        yield piece.translate(change) if change else piece


class _Frames:
    """A walk over an archive's frames that can be held at the end of a table."""

    def __init__(self, frames: Iterator[tuple[Kind, bytes]]) -> None:
        self._frames = frames
        self._held: tuple[Kind, bytes] = next(frames)

    def next_table(self) -> str | None:
        kind, payload = self._held
        return payload.decode() if kind is Kind.TABLE else None

    def pieces(self) -> Iterator[bytes]:
        for kind, payload in self._frames:
            if kind is not Kind.DATA:
                self._held = (kind, payload)
                return
            yield payload


async def _sum(
    connection: "Connection", name: str, brought: repository.Columns, present: repository.Columns
) -> Sum:
    total, waiting = Sum(), bytearray()
    change = _change(present, brought)

    async def add(text: bytes) -> None:
        waiting.extend(text)
        whole = waiting.rfind(b"\n") + 1
        if whole:
            lines = bytes(waiting[:whole])
            total.add(lines.translate(change) if change else lines)
            del waiting[:whole]

    await repository.copy_out(connection, name, list(brought), add)
    return total


def _change(source: repository.Columns, target: repository.Columns) -> bytes | None:
    """How text of `source` must be altered for `target`: an embedding is a vector here, an array there."""
    there, here = dict(source), dict(target)
    for name in there:
        kinds = {there[name].startswith("vector"), here.get(name, there[name]).startswith("vector")}
        if len(kinds) == 2:
            return bytes.maketrans(*((_VECTOR, _ARRAY) if there[name].startswith("vector")
                                     else (_ARRAY, _VECTOR)))  # fmt: skip
    return None
