"""A conversation as its customer sees it, who is told nothing of what stays with the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.kernel.json import JsonObject


@dataclass(frozen=True, slots=True)
class Line:
    """A message that both sides have. `status`: how far it got, seen from the customer: received, read; sent,
    delivered, read, unknown."""

    id: UUID
    external_id: str
    incoming: bool
    by_person: bool
    kind: str
    text: str
    content: JsonObject
    status: str
    reply_to: str | None
    sort_at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """`person`: a person answers; `joined`: they have written; `pending`: something of ours is on its way or
    still to be decided. `lines`: the newest, oldest first."""

    conversation: UUID | None
    person: bool = False
    joined: bool = False
    pending: bool = False
    lines: Sequence[Line] = ()
