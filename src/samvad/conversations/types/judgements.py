"""What members of the team think of the assistant's answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.conversations.types import MemberView, Source


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one member on one answer; a later one takes the place of an earlier."""

    member: MemberView
    verdict: Verdict
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer that somebody finds wrong. `question`: what the customer had written last before it, if that
    has words. `settled_at`: somebody dealt with it, and nobody has found it wrong since."""

    message: UUID
    conversation: UUID
    contact_name: str
    question: str
    answer: str
    source: Source | None
    ups: int
    downs: int
    wrong: Sequence[Judgement]
    judged_at: datetime
    settled_at: datetime | None
