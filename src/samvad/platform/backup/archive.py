"""What lies in a sealed backup: a manifest, the secret key, every table as text, and the sums of all of it.

Frames (kind, length, payload) in one deflated stream. A table is `T` with its name, then `D` pieces of
PostgreSQL's COPY text, each of whole lines; `E` closes the archive with rows and sum of every table.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import BinaryIO

import orjson

from samvad.platform.backup.errors import BackupUnreadable
from samvad.platform.backup.sealed import COST, SealedWriter, opened

FORMAT = 1
PIECE = 64 * 1024
_FRAME = struct.Struct(">BI")
_LEVEL = 3
_SUM = 1 << 128


class Kind(IntEnum):
    MANIFEST = 1
    KEY = 2
    TABLE = 3
    DATA = 4
    END = 5


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was backed up. `bytes` is what the tables took on disk; columns are (name, type) as PostgreSQL
    says them."""

    made_at: datetime
    schema: str
    package: str
    postgres: str
    bytes: int
    tables: Mapping[str, list[tuple[str, str]]]
    format: int = FORMAT


@dataclass(slots=True)
class Sum:
    """Rows of a table and the sum of their hashes, whatever their order."""

    rows: int = 0
    total: int = 0

    def add(self, lines: bytes) -> None:
        """`lines` are whole lines of COPY text."""
        for line in lines.removesuffix(b"\n").split(b"\n"):
            self.rows += 1
            digest = hashlib.blake2b(line, digest_size=16).digest()
            self.total = (self.total + int.from_bytes(digest)) % _SUM

    def shown(self) -> dict[str, int | str]:
        return {"rows": self.rows, "sum": f"{self.total:032x}"}


class ArchiveWriter:
    """Into an open file; memory stays at a few pieces. Finish with `close`."""

    def __init__(self, file: BinaryIO, passphrase: str, *, cost: int = COST) -> None:
        self._file = file
        self._sealed = SealedWriter(file, passphrase, cost=cost)
        self._deflate = zlib.compressobj(_LEVEL)
        self._waiting = bytearray()
        self._table = ""
        self.sums: dict[str, Sum] = {}
        self.written = 0  # bytes of the file, once it is closed

    def begin(self, manifest: Manifest, key: str) -> None:
        self._frame(Kind.MANIFEST, orjson.dumps(asdict(manifest)))
        self._frame(Kind.KEY, key.encode())

    def table(self, name: str) -> None:
        self._flush()
        self._table = name
        self.sums[name] = Sum()
        self._frame(Kind.TABLE, name.encode())

    async def data(self, text: bytes) -> None:
        """COPY text of the table that was begun, cut anywhere."""
        self._waiting += text
        if len(self._waiting) >= PIECE:
            self._flush(self._waiting.rfind(b"\n") + 1)

    def close(self) -> None:
        self._flush()
        self._frame(Kind.END, orjson.dumps({name: total.shown() for name, total in self.sums.items()}))
        self._sealed.write(self._deflate.flush())
        self._sealed.close()
        self.written = self._file.tell()

    def _flush(self, most: int | None = None) -> None:
        lines = bytes(self._waiting[:most])
        if lines:
            self.sums[self._table].add(lines)
            self._frame(Kind.DATA, lines)
        del self._waiting[:most]

    def _frame(self, kind: Kind, payload: bytes) -> None:
        self._sealed.write(self._deflate.compress(_FRAME.pack(kind, len(payload)) + payload))


@dataclass(slots=True)
class Archive:
    """A backup being read: `manifest` and `key` at once, tables by walking over `frames`."""

    manifest: Manifest
    key: str = field(repr=False)
    frames: Iterator[tuple[Kind, bytes]] = field(repr=False)


def open_archive(file: BinaryIO, passphrase: str) -> Archive:
    """Raises BackupUnreadable, also while frames are walked over."""
    frames = _frames(_inflated(opened(file, passphrase)))
    kind, payload = next(frames, (Kind.END, b""))
    after, key = next(frames, (Kind.END, b""))
    if kind is not Kind.MANIFEST or after is not Kind.KEY:
        raise BackupUnreadable("The backup does not begin as one")
    said = orjson.loads(payload)
    if said["format"] != FORMAT:
        raise BackupUnreadable(f"The backup's contents have format {said['format']}, newer than this program")
    said["made_at"] = datetime.fromisoformat(said["made_at"])
    said["tables"] = {name: [tuple(c) for c in columns] for name, columns in said["tables"].items()}
    return Archive(Manifest(**said), key.decode(), frames)


def verify(file: BinaryIO, passphrase: str) -> tuple[Archive, dict[str, Sum]]:
    """Reads everything and holds it against its sums. Raises BackupUnreadable."""
    archive = open_archive(file, passphrase)
    sums: dict[str, Sum] = {}
    ended = None
    for kind, payload in archive.frames:
        if kind is Kind.TABLE:
            current = sums[payload.decode()] = Sum()
        elif kind is Kind.DATA:
            current.add(payload)
        elif kind is Kind.END:
            ended = orjson.loads(payload)
    if ended != {name: total.shown() for name, total in sums.items()}:
        raise BackupUnreadable("The backup's tables do not add up to its own sums")
    return archive, sums


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    for piece in pieces:
        waiting = piece
        while waiting and not inflate.eof:
            yield inflate.decompress(waiting, PIECE * 4)
            waiting = inflate.unconsumed_tail
    yield inflate.flush()


def _frames(pieces: Iterator[bytes]) -> Iterator[tuple[Kind, bytes]]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= _FRAME.size:
            kind, length = _FRAME.unpack_from(waiting)
            if len(waiting) < _FRAME.size + length:
                break
            yield Kind(kind), bytes(waiting[_FRAME.size : _FRAME.size + length])
            del waiting[: _FRAME.size + length]
    if waiting:
        raise BackupUnreadable("The backup ends within a table")
