"""What the room speaks of: sources, the passages cut from them, and what a search found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias
from uuid import UUID

Vector: TypeAlias = Iterable[float]


class PassageKind(StrEnum):
    TEXT = "text"
    ROW = "row"  # of a table, under the names of its columns
    FAQ = "faq"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a reader found in a file, in its order: running text, one row, or one question with its answer."""

    kind: PassageKind
    text: str
    heading: str = ""
    page: int | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    id: UUID
    source: str  # the file's name, or its path below the folder
    source_id: UUID
    position: int
    kind: PassageKind
    text: str  # what a person reads when the citation is opened
    heading: str = ""  # headings above it, " > " between
    page: int | None = None
    fields: tuple[tuple[str, str], ...] = ()  # ROW: (column, cell); FAQ: (("question", q), ("answer", a))
    superseded: bool = False  # its document calls itself replaced, old or no longer valid


@dataclass(frozen=True, slots=True)
class Found:
    passage: Passage
    score: float  # calibrated probability in [0, 1] that the passage answers


class SourceState(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Source:
    id: UUID
    name: str
    state: SourceState
    error: str | None  # a sentence for people, when failed
    kind: str | None  # what the content was recognised as
    size: int  # bytes
    checksum: str  # SHA-256, hexadecimal
    version: int  # raised by every replacement and re-index
    edition: UUID | None  # the indexing that searches see
    passages: int
    hidden: int  # places where something was hidden, which were left out
    superseded: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class NewSource:
    id: UUID
    name: str
    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class NewPassage:
    id: UUID
    kind: PassageKind
    text: str
    heading: str
    page: int | None
    fields: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an indexing came to, before it is published."""

    edition: UUID
    kind: str
    passages: int
    windows: int
    hidden: int
    superseded: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of the index before anything of it is read."""

    source: UUID
    edition: UUID
    position: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one tenant's whole index; `holding` of the asked terms that any passage holds."""

    passages: int
    windows: int
    stored: int  # windows of all tenants, about
    holding: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measures:
    """What a search needs to know of a place beside its words."""

    cosine: float | None  # of its best window, 0 without one; None where the question has no vector
    faq: bool
    superseded: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A question's vector, and the cosines of the places that it brought, nearest first."""

    vector: Sequence[float]
    cosines: Mapping[Place, float]


class Embedder(Protocol):
    """Texts to unit vectors of 384 numbers, one each: anything that can be a matrix."""

    def embed(self, texts: Sequence[str]) -> Iterable[Vector]: ...
