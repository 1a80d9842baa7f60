"""The consent record beside the database: files of a month each, a sealed line for each word of a customer.

`<id> <base64>`: the id in the open, so that a copy knows what it has without the key; the rest under the
secret key of the installation, which a backup brings along. Appended to, each piece on disk before the next,
and rewritten only where a person is erased; `consents.through` says up to when nothing is missing.
"""

import base64
import binascii
import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

import orjson

from samvad.kernel.ids import made_at, parse_id
from samvad.kernel.json import JsonObject
from samvad.platform.crypto import Keyring, Tampered

_NAME = "consents-{:%Y-%m}.log"
_ALL = "consents-*.log"
_THROUGH = "consents.through"
_LOCK = ".consents.lock"
_WRITING = ".consents.writing"


@dataclass(slots=True)
class Found:
    """What was read. `unreadable`: lines of another installation, or damaged ones."""

    entries: dict[UUID, JsonObject] = field(default_factory=dict)
    unreadable: int = 0
    through: datetime | None = None


class ConsentLog:
    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self._folder = folder
        self._keyring = keyring
        self._lock: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether this process is the one that writes here, from now on."""
        if self._lock is not None:
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = (self._folder / _LOCK).open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        return True

    def leave(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def ids(self) -> set[UUID]:
        """Those that are written down and open."""
        return set(self.read().entries)

    def append(self, entries: Mapping[UUID, JsonObject]) -> None:
        """On disk when it returns. Raises OSError."""
        months: dict[str, list[bytes]] = {}
        for id, entry in entries.items():
            months.setdefault(_NAME.format(made_at(id)), []).append(self._line(id, entry))
        with self._writing():
            for name, lines in months.items():
                self._append(self._folder / name, lines)

    def rewrite(self, entries: Mapping[UUID, JsonObject]) -> None:
        """These lines say this from now on, and what they said is on the disk no more. Whoever appends
        meanwhile waits; a file is the old one or the new one. Raises OSError."""
        with self._writing():
            for path in self._files():
                lines = path.read_bytes().splitlines(keepends=True)
                changed = [self._rewritten(line, entries) for line in lines]
                if changed != lines:
                    _replace(path, b"".join(changed))

    def _rewritten(self, line: bytes, entries: Mapping[UUID, JsonObject]) -> bytes:
        id = _id_of(line)
        return self._line(id, entries[id]) if id and id in entries else line

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One at a time, of other processes too: who appends goes by a name, and rewriting moves it."""
        with (self._folder / _WRITING).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _line(self, id: UUID, entry: JsonObject) -> bytes:
        sealed = self._keyring.encrypt(orjson.dumps(entry).decode(), owner=_owner(id))
        return str(id).encode() + b" " + base64.b64encode(sealed) + b"\n"

    def _append(self, path: Path, lines: Sequence[bytes]) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            end = file.seek(0, os.SEEK_END)
            if end:
                file.seek(end - 1)
                if file.read(1) != b"\n":  # we were killed within a line: it is written again
                    lines = [b"\n", *lines]
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())

    def say_through(self, at: datetime) -> None:
        """Nothing that was said before `at` is missing."""
        draft = self._folder / f".{_THROUGH}"
        draft.write_text(at.isoformat())
        draft.replace(self._folder / _THROUGH)

    def forget(self, *, before: datetime) -> None:
        """Files of months that were over by then."""
        for path in self._files():
            with suppress(ValueError):
                month = datetime.strptime(path.name, "consents-%Y-%m.log").replace(tzinfo=before.tzinfo)
                if month + timedelta(days=31) < before:
                    path.unlink()

    def read(self) -> Found:
        """Every line once; an empty folder is no error. Raises OSError."""
        found = Found()
        broken: set[bytes] = set()
        for path in self._files():
            with path.open("rb") as file:
                self._take_in(file, found, broken)
        with suppress(FileNotFoundError, ValueError):
            found.through = datetime.fromisoformat((self._folder / _THROUGH).read_text().strip())
        found.unreadable = len(broken - {str(id).encode() for id in found.entries})
        return found

    def _take_in(self, lines: IO[bytes], found: Found, broken: set[bytes]) -> None:
        for line in lines:
            name, _, sealed = line.strip().partition(b" ")
            id = _id_of(line)
            entry = self._open(id, sealed) if id else None
            if id is not None and entry is not None:
                found.entries[id] = entry
            elif name:
                broken.add(name)

    def _open(self, id: UUID, sealed: bytes) -> JsonObject | None:
        try:
            plain = self._keyring.decrypt(base64.b64decode(sealed, validate=True), owner=_owner(id))
        except (Tampered, binascii.Error, UnicodeDecodeError):
            return None
        entry: JsonObject = orjson.loads(plain)
        return entry

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(_ALL))


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _id_of(line: bytes) -> UUID | None:
    return parse_id(line.strip().partition(b" ")[0].decode("ascii", "replace"))


def _owner(id: UUID) -> str:
    return f"consent {id}"
