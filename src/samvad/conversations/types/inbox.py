"""What the list of conversations tells beside its rows."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

# The place in its timeline of a conversation in which nothing was ever said: a person of ours has begun it,
# and nobody else need see it.
BLANK = datetime(2009, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many conversations each tab of the inbox holds, counted up to a limit."""

    mine: int
    unassigned: int
    ai: int
    all: int
    mentions: int  # with one that the member has not seen
    waiting: int  # active, and a person is asked for or has unread messages to answer


@dataclass(frozen=True, slots=True)
class Hit:
    """The newest message of a conversation that has the words searched for."""

    conversation: UUID
    message: UUID
    text: str
    sort_at: datetime
