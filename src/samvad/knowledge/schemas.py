"""Request and response bodies of the knowledge room."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from samvad.knowledge.types import Found, Passage, PassageKind, Source, SourceState

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)]
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
MOST_FOUND = 50


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FaqIn(Body):
    question: Annotated[Said, Field(examples=["When are you open?"])]
    answer: Annotated[Said, Field(examples=["Every day from 9 to 18."])]


class TextIn(Body):
    """Written instead of uploaded: either `text`, or questions with answers in `faq`."""

    name: Annotated[Name, Field(examples=["Opening hours"])]
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200_000)] = ""
    faq: Annotated[list[FaqIn], Field(max_length=500)] = []


class SourceOut(BaseModel):
    """`error` says why it failed; `superseded`: it calls itself replaced or no longer valid; `hidden`:
    places where text was hidden from readers, which are left out."""

    id: UUID
    name: str
    status: SourceState
    error: str | None
    kind: str | None
    size: int
    checksum: str
    version: int
    passages: int
    hidden: int
    superseded: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, source: Source) -> Self:
        return cls(
            id=source.id, name=source.name, status=source.state, error=source.error, kind=source.kind,
            size=source.size, checksum=source.checksum, version=source.version, passages=source.passages,
            hidden=source.hidden, superseded=source.superseded, created_at=source.created_at,
            updated_at=source.updated_at,
        )  # fmt: skip


class SourcePage(BaseModel):
    items: list[SourceOut]
    next_cursor: str | None


class FieldOut(BaseModel):
    name: str
    value: str


class PassageOut(BaseModel):
    """`fields`: the cells of a table's row under their columns, or the question and its answer."""

    id: UUID
    source_id: UUID
    source: str
    position: int
    kind: PassageKind
    text: str
    heading: str
    page: int | None
    fields: list[FieldOut]
    superseded: bool

    @classmethod
    def of(cls, passage: Passage) -> Self:
        return cls(
            id=passage.id, source_id=passage.source_id, source=passage.source, position=passage.position,
            kind=passage.kind, text=passage.text, heading=passage.heading, page=passage.page,
            fields=[FieldOut(name=name, value=value) for name, value in passage.fields],
            superseded=passage.superseded,
        )  # fmt: skip


class PassagePage(BaseModel):
    items: list[PassageOut]
    next_cursor: str | None


class SearchIn(Body):
    question: Annotated[Question, Field(examples=["How much is a litre of cow milk?"])]
    sources: Annotated[
        list[UUID] | None, Field(max_length=200, description="Only in these; all without it")
    ] = None
    top_k: Annotated[int, Field(ge=1, le=MOST_FOUND)] = 5
    min_score: Annotated[
        float, Field(ge=0, le=1, description="A probability: what is found below it is left out")
    ] = 0.0


class FoundOut(BaseModel):
    score: float
    passage: PassageOut

    @classmethod
    def of(cls, found: Found) -> Self:
        return cls(score=round(found.score, 4), passage=PassageOut.of(found.passage))


class FoundList(BaseModel):
    items: list[FoundOut]
