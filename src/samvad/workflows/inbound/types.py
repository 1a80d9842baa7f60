"""What the stages hand on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.channels.types import Channel, Event, InboundItem
from samvad.contacts.types import Known
from samvad.conversations.types import Appended, TraceStage
from samvad.kernel.language import Language
from samvad.platform.db import Scope


class Verdict(StrEnum):
    NEXT = "next"  # on to the following stage
    STOP = "stop"  # nothing more to do
    DEFER = "defer"  # not now: the item stays in its lane and comes again


@dataclass(frozen=True, slots=True)
class Outcome:
    """A stage's word on one context; `said` goes into the message's trace."""

    verdict: Verdict
    said: str


NEXT = Outcome(Verdict.NEXT, "ok")
NOT_MINE = Outcome(Verdict.NEXT, "")  # the stage does not apply: no trace


def stop(said: str) -> Outcome:
    return Outcome(Verdict.STOP, said)


def defer(said: str) -> Outcome:
    return Outcome(Verdict.DEFER, said)


def passed(said: str) -> Outcome:
    return Outcome(Verdict.NEXT, said)


@dataclass(slots=True)
class Context:
    """One item on its way; each stage adds what it found."""

    item: InboundItem
    event: Event
    channel: Channel
    contact: Known | None = None
    appended: Appended | None = None
    trace: list[TraceStage] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """What the stages share: the moment, the tenant's words, and what the transaction changed."""

    at: datetime
    language: Language
    business: str
    own_numbers: frozenset[str]
    restored_at: datetime | None = None
    changed_messages: set[UUID] = field(default_factory=set)
    new_messages: set[UUID] = field(default_factory=set)
    conversations: set[UUID] = field(default_factory=set)
    new_conversations: set[UUID] = field(default_factory=set)
    files: bool = False  # something has to be fetched
    typing: list[tuple[UUID, str]] = field(default_factory=list)  # (channel, external id), after commit


StageWork = Callable[[Scope, Batch, Sequence[Context]], Awaitable[Sequence[Outcome]]]


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    work: StageWork
