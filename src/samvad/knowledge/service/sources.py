"""Sources: taken in, listed, replaced, indexed anew, removed, brought back. A job indexes and purges them."""

import hashlib
from collections.abc import AsyncIterator, Collection
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import new_id
from samvad.kernel.text import display_name
from samvad.knowledge.errors import NoSuchSource, TooBig, TooManySources
from samvad.knowledge.repository.editions import Editions
from samvad.knowledge.repository.passages import Passages
from samvad.knowledge.repository.sources import Sources, SourceWriter
from samvad.knowledge.service.announce import announce
from samvad.knowledge.types import NewSource, Passage, Source, SourceState
from samvad.platform.db import Page, ReadScope, Scope
from samvad.platform.db.paging import decode_cursor, page_of, pair
from samvad.tenancy.service.audit import record

MOST_SOURCES = 10_000
KEPT = timedelta(seconds=30)
_PART = 1 << 20
_MOST_NAME = 200


class File(Protocol):
    """Something that was uploaded and stands on disk when it is large."""

    async def read(self, size: int = -1) -> bytes: ...

    async def seek(self, offset: int) -> None: ...


async def add(scope: Scope, name: str, file: File, *, most: int, at: datetime) -> Source:
    """Stored at once, indexed soon. Raises TooBig above `most` bytes, TooManySources."""
    if await Sources(scope).count() >= MOST_SOURCES:
        raise TooManySources
    new = await _measured(new_id(), name, file, most=most)
    await SourceWriter(scope).add(new, at=at)
    return await _stored(scope, new, file, action="knowledge.added", at=at)


async def replace(scope: Scope, id: UUID, name: str, file: File, *, most: int, at: datetime) -> Source:
    """Another file in its place; until that is indexed, searches find the old one."""
    await _locked(scope, id)
    new = await _measured(id, name, file, most=most)
    await SourceWriter(scope).replace(new, at=at)
    return await _stored(scope, new, file, action="knowledge.replaced", at=at)


async def _measured(id: UUID, name: str, file: File, *, most: int) -> NewSource:
    size, digest = 0, hashlib.sha256()
    async for part in _parts(file):
        size += len(part)
        digest.update(part)
        if size > most:
            raise TooBig(errors=[FieldError("file", f"at most {most >> 20} MB are taken")])
    if not size:
        raise Invalid(errors=[FieldError("file", "the file is empty")])
    return NewSource(id, _name(name), size, digest.hexdigest())


def _name(name: str) -> str:
    """The last part of a path: browsers and clients may send more."""
    shown = display_name(name.replace("\\", "/").rpartition("/")[2], limit=_MOST_NAME)
    if not shown:
        raise Invalid(errors=[FieldError("file", "the file needs a name")])
    return shown


async def _parts(file: File) -> AsyncIterator[bytes]:
    await file.seek(0)
    while part := await file.read(_PART):
        yield part


async def _stored(scope: Scope, new: NewSource, file: File, *, action: str, at: datetime) -> Source:
    writer = SourceWriter(scope)
    number = 0
    async for part in _parts(file):
        await writer.add_part(new.id, number, part)
        number += 1
    return await _due(scope, new.id, action=action, at=at, uploaded=True)


async def reindex(scope: Scope, id: UUID, *, at: datetime) -> Source:
    await _locked(scope, id)
    await SourceWriter(scope).again(id, at=at)
    return await _due(scope, id, action="knowledge.reindexed", at=at)


async def _due(scope: Scope, id: UUID, *, action: str, at: datetime, uploaded: bool = False) -> Source:
    await jobs.arm(scope, [NewTimer(TimerKind.INDEX, id, at, at)])
    source = await get(scope, id)
    await record(scope, action, subject=f"source:{id}", now=at, name=source.name)
    await announce(scope, source, at=at, uploaded=uploaded)
    return source


async def remove(scope: Scope, id: UUID, *, at: datetime) -> None:
    """Gone for whoever asks or looks, also an indexing under way; for KEPT it can be restored as it was, then
    the indexing worker purges it."""
    editions = Editions(scope)
    await editions.take_turn()
    source = await _locked(scope, id)
    await editions.withdraw(id)
    await SourceWriter(scope).hide(id, at=at)
    await jobs.arm(scope, [NewTimer(TimerKind.INDEX, id, at + KEPT, at)])
    await record(scope, "knowledge.removed", subject=f"source:{id}", now=at, name=source.name)
    await announce(scope, source, at=at, removed=True)


async def restore(scope: Scope, id: UUID, *, at: datetime) -> Source:
    """What was removed a moment ago, found again without being read again. Raises NoSuchSource."""
    editions = Editions(scope)
    await editions.take_turn()
    source = _there(await SourceWriter(scope).show(id))
    await editions.count(id)
    if source.state in (SourceState.PENDING, SourceState.PROCESSING):
        await SourceWriter(scope).again(id, at=at)
        return await _due(scope, id, action="knowledge.restored", at=at)
    await jobs.disarm(scope, TimerKind.INDEX, [id])
    await record(scope, "knowledge.restored", subject=f"source:{id}", now=at, name=source.name)
    await announce(scope, source, at=at)
    return source


async def removed(scope: Scope, cited: Collection[UUID]) -> frozenset[UUID]:
    """Those of these sources that nobody is to be told of any more. The others stay so until the transaction
    ends: who removes one waits for it."""
    return await SourceWriter(scope).hidden(cited) if cited else frozenset()


async def purge(scope: Scope, id: UUID, *, at: datetime) -> None:
    """Of one that was removed KEPT ago nothing is left."""
    await SourceWriter(scope).purge(id, hidden_before=at - KEPT)


async def list_sources(scope: ReadScope, *, cursor: str | None, limit: int) -> Page[Source]:
    rows = await Sources(scope).page(pair(cursor), limit + 1)
    return page_of(rows, limit, lambda s: (s.created_at.isoformat(), str(s.id)))


async def get(scope: ReadScope, id: UUID) -> Source:
    return _there(await Sources(scope).get(id))


async def being_read(scope: ReadScope, *, since: datetime) -> bool:
    """Whether something added since then was not read yet: soon more may be known than now."""
    return await Sources(scope).any_unread(since=since)


async def list_passages(scope: ReadScope, id: UUID, *, cursor: str | None, limit: int) -> Page[Passage]:
    """As they stand in the document; none while it was never indexed."""
    source = await get(scope, id)
    rows = await Passages(scope).page(source, _after(cursor), limit + 1)
    return page_of(rows, limit, lambda p: (p.position,))


async def passages_around(scope: ReadScope, id: UUID, position: int) -> list[Passage]:
    """The passage at this position between the one before and the one after it, where there are such."""
    source = await get(scope, id)
    after = max(position - 2, -1)
    return await Passages(scope).page(source, after, position + 1 - after)


def _after(cursor: str | None) -> int:
    if cursor is None:
        return -1
    (position,) = decode_cursor(cursor, 1)
    if not position.isdecimal() or len(position) > 9:
        raise Invalid(errors=[FieldError("cursor", "use the next_cursor of an earlier answer")])
    return int(position)


async def _locked(scope: Scope, id: UUID) -> Source:
    return _there(await SourceWriter(scope).lock(id))


def _there(source: Source | None) -> Source:
    if source is None:
        raise NoSuchSource
    return source
