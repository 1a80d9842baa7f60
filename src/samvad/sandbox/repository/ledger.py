"""One connection on the event loop; writes that arrive together share one commit."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from samvad.sandbox.repository.schema import SCHEMA

T = TypeVar("T")
_HIGHEST_CHANGE = """
SELECT max(coalesce((SELECT max(changed) FROM numbers), 0), coalesce((SELECT max(changed) FROM messages), 0),
           coalesce((SELECT max(changed) FROM customers), 0))
"""


class _Waiting(Protocol):
    def attempt(self, db: sqlite3.Connection) -> None: ...
    def settle(self, failure: Exception | None) -> None: ...


class _Work(Generic[T]):
    """One unit of work and the future that waits for its commit."""

    def __init__(self, run: Callable[[sqlite3.Connection], T], future: "asyncio.Future[T]") -> None:
        self._run, self._future = run, future
        self._results: list[T] = []
        self._failure: Exception | None = None

    def attempt(self, db: sqlite3.Connection) -> None:
        """In a savepoint: what fails harms itself only, and is told to the one who asked."""
        db.execute("SAVEPOINT work")
        try:
            self._results.append(self._run(db))
        except Exception as failure:
            self._failure = failure
            db.execute("ROLLBACK TO work")
        db.execute("RELEASE work")

    def settle(self, failure: Exception | None) -> None:
        problem = failure or self._failure
        if self._future.done():
            return
        if problem is None:
            self._future.set_result(self._results[0])
        else:
            self._future.set_exception(problem)


class Ledger:
    """`after_commit` is called once a commit, to wake whoever waits for changes."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(file, isolation_level=None, cached_statements=256)
        self.db.execute("PRAGMA journal_mode = WAL")
        # NORMAL outlives a kill of any process; only a power cut may take the last commits.
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.executescript(SCHEMA)
        self._change: int = self.db.execute(_HIGHEST_CHANGE).fetchone()[0]
        self._waiting: list[_Waiting] = []
        self.after_commit: Callable[[], None] = lambda: None

    def next_change(self) -> int:
        """The cursor of a change: grows for ever, also over a reset and a restart."""
        self._change += 1
        return self._change

    @property
    def last_change(self) -> int:
        return self._change

    def write(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Done when the work is committed, together with all that was asked in the same turn of the loop."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._flush)
        self._waiting.append(_Work(work, future))
        return future

    def _flush(self) -> None:
        batch, self._waiting = self._waiting, []
        failure: Exception | None = None
        try:
            self.db.execute("BEGIN IMMEDIATE")
            for work in batch:
                work.attempt(self.db)
            self.db.execute("COMMIT")
        except sqlite3.Error as error:
            failure = error
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
        for work in batch:
            work.settle(failure)
        self.after_commit()

    def close(self) -> None:
        if self._waiting:
            self._flush()
        self.db.close()
