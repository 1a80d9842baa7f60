"""The demo's documents in the tenant's knowledge: put there as an upload puts them, taken back untouched."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from uuid import UUID

from samvad.knowledge.errors import NoSuchSource
from samvad.knowledge.service import sources
from samvad.knowledge.types import Source
from samvad.platform.db import Scope
from samvad.workflows.demo.types import Document


async def fill(scope: Scope, documents: Sequence[Document], *, now: datetime) -> Mapping[UUID, str]:
    """Each source with its fingerprint."""
    added = [await _add(scope, document, now=now) for document in documents]
    return {source.id: _fingerprint(source) for source in added}


async def clear(scope: Scope, put: Mapping[UUID, str], *, now: datetime) -> None:
    """Leaves those that got another name or file since."""
    for id, fingerprint in put.items():
        source = await _present(scope, id)
        if source and _fingerprint(source) == fingerprint:
            await sources.remove(scope, id, at=now)


async def _add(scope: Scope, document: Document, *, now: datetime) -> Source:
    size = len(document.content)
    return await sources.add(scope, document.name, _File(document.content), most=size, at=now)


async def _present(scope: Scope, id: UUID) -> Source | None:
    try:
        return await sources.get(scope, id)
    except NoSuchSource:
        return None


def _fingerprint(source: Source) -> str:
    return f"{source.checksum} {source.name}"


class _File:
    """Bytes in memory, read as an upload is."""

    def __init__(self, content: bytes) -> None:
        self._bytes = BytesIO(content)

    async def read(self, size: int = -1) -> bytes:
        return self._bytes.read(size)

    async def seek(self, offset: int) -> None:
        self._bytes.seek(offset)
