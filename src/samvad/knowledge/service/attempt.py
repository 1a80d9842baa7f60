"""One attempt to index one source: read, embed, store in steps, publish."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypedDict
from uuid import UUID

import orjson

from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer
from samvad.kernel.clock import Clock
from samvad.kernel.ids import new_id
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.repository.editions import Editions
from samvad.knowledge.repository.search import has_vectors
from samvad.knowledge.repository.sources import Sources, SourceWriter
from samvad.knowledge.service.announce import announce
from samvad.knowledge.service.search import EMBED, Call
from samvad.knowledge.service.sources import get, purge
from samvad.knowledge.types import NewPassage, Outcome, PassageKind, Source, SourceState, Vector
from samvad.platform.compute.errors import FunctionFailed
from samvad.platform.crashpoints import Point
from samvad.platform.db import Database, retrying

READ = "samvad.knowledge.adapters.worker:read_file"
_READ_SECONDS, _EMBED_SECONDS = 300.0, 120.0
_BATCH = 50  # passages stored in one transaction
_EMBEDDED = 16  # windows embedded in one call
_TERMS = 2000  # postings stored in one transaction


class Line(TypedDict):
    """A passage as `adapters.worker` wrote it."""

    kind: str
    text: str
    heading: str
    page: int | None
    fields: list[list[str]]
    weights: dict[str, float]
    windows: list[str]


class Attempt:
    """Its edition is its own: another attempt, of this worker or another, touches nothing of it but to
    drop it whole, and then it is not published."""

    def __init__(self, database: Database, call: Call, clock: Clock, timer: DueTimer, owner: UUID) -> None:
        self._database = database
        self._call = call
        self._clock = clock
        self._timer = timer
        self._owner = owner
        self._edition = new_id()
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._windows = 0

    async def make(self) -> None:
        """Raises Unreadable, and what a failing compute process or database raises."""
        source = await self._begin()
        if source is None:
            return
        with tempfile.TemporaryDirectory(prefix="samvad-knowledge-") as folder:
            file, lines = Path(folder) / "file", Path(folder) / "passages"
            await self._fetch(file)
            read = await self._read(file, source.name, lines)
            await self._store(lines)
        await self._store_postings()
        outcome = Outcome(
            self._edition, str(read["kind"]), int(read["passages"]), self._windows, int(read["hidden"]),
            bool(read["superseded"]),
        )  # fmt: skip
        await retrying(lambda: self._publish(source, outcome))

    async def _begin(self) -> Source | None:
        at = self._clock.now()
        async with self._database.unit_of_work(self._timer.tenant, point=Point.INDEX_BEGIN) as scope:
            source = await SourceWriter(scope).lock(self._timer.key)
            if source is None:
                await purge(scope, self._timer.key, at=at)
                await jobs.done(scope, [self._timer], owner=self._owner, now=at)
                return None
            await Editions(scope).drop_unfinished(source.id)
            await SourceWriter(scope).mark(source.id, SourceState.PROCESSING, at=at)
            await announce(scope, await get(scope, source.id), at=at)
            return source

    async def _fetch(self, target: Path) -> None:
        """Part by part: the file is never whole in this process."""
        with target.open("wb") as file:
            async with self._database.reading(self._timer.tenant) as scope:
                async for part in Sources(scope).file(self._timer.key):
                    await asyncio.to_thread(file.write, part)

    async def _read(self, file: Path, name: str, lines: Path) -> dict[str, str | int | bool]:
        try:
            found = await self._call(READ, str(file), name, str(lines), timeout=_READ_SECONDS)
        except FunctionFailed as failure:
            if failure.kind == Unreadable.__name__:
                raise Unreadable(failure.reason) from failure
            raise
        if not isinstance(found, dict):
            raise TypeError("the reader gave no summary")
        return found

    async def _store(self, lines: Path) -> None:
        position = 0
        with lines.open("rb") as file:
            while batch := await asyncio.to_thread(_some, file):
                embedded = await self._embedded([window for line in batch for window in line["windows"]])
                await self._store_batch(position, batch, embedded)
                position += len(batch)

    async def _embedded(self, windows: Sequence[str]) -> Iterator[Vector]:
        """One each; none at all without the model."""
        vectors: list[Vector] = []
        for at in range(0, len(windows), _EMBEDDED):
            some = windows[at : at + _EMBEDDED]
            found = await self._call(EMBED, some, timeout=_EMBED_SECONDS)
            vectors += found if isinstance(found, list) else []
        return iter(vectors)

    async def _store_batch(self, first: int, batch: Sequence[Line], embedded: Iterator[Vector]) -> None:
        passages, vectors = [], []
        for position, line in enumerate(batch, first):
            passages.append((position, _passage(line)))
            parts = islice(embedded, len(line["windows"]))
            vectors += [(position, part, vector) for part, vector in enumerate(parts)]
            for term, weight in line["weights"].items():
                self._postings[term][position] = weight
        self._windows += len(vectors)
        async with self._database.unit_of_work(self._timer.tenant, point=Point.INDEX_STORE) as scope:
            editions = Editions(scope)
            await editions.add_passages(self._timer.key, self._edition, passages)
            typed = await has_vectors(scope)
            await editions.add_vectors(self._timer.key, self._edition, vectors, typed=typed)

    async def _store_postings(self) -> None:
        terms = iter(self._postings.items())
        while some := dict(islice(terms, _TERMS)):
            async with self._database.unit_of_work(self._timer.tenant, point=Point.INDEX_STORE) as scope:
                await Editions(scope).add_postings(self._timer.key, self._edition, some)

    async def _publish(self, begun: Source, outcome: Outcome) -> None:
        """Nothing, where the source was removed or replaced, or the lease is another worker's."""
        at = self._clock.now()
        async with self._database.unit_of_work(self._timer.tenant, point=Point.INDEX_PUBLISH) as scope:
            editions = Editions(scope)
            await editions.take_turn()
            source = await SourceWriter(scope).lock(begun.id)
            if not await jobs.holds(scope, self._timer, owner=self._owner):
                return
            if source and source.version == begun.version:
                await editions.publish(source.id, outcome, at=at)
                await announce(scope, await get(scope, source.id), at=at)
            await jobs.done(scope, [self._timer], owner=self._owner, now=at)


def _some(file: BinaryIO) -> list[Line]:
    return [orjson.loads(line) for line in islice(file, _BATCH)]


def _passage(line: Line) -> NewPassage:
    return NewPassage(
        new_id(), PassageKind(line["kind"]), line["text"], line["heading"], line["page"], line["fields"]
    )
