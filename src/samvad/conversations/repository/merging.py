"""SQL of two threads that become one, and of the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.platform.db import Scope


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that a list shows of a conversation."""

    text: str
    author: str
    kind: str
    direction: str
    sort_at: datetime
    revoked: bool


async def of_people(scope: Scope, contacts: Sequence[UUID]) -> list[tuple[UUID, UUID, UUID]]:
    """(conversation, channel, contact) of these people, without those that are part of another."""
    rows = await scope.db.fetch(
        """SELECT id, channel_id, contact_id FROM conversations
           WHERE tenant_id = $1 AND contact_id = ANY($2) AND merged_into IS NULL ORDER BY id""",
        scope.tenant,
        contacts,
    )
    return [(row["id"], row["channel_id"], row["contact_id"]) for row in rows]


async def give(scope: Scope, conversations: Sequence[UUID], *, whose: UUID, to: UUID) -> None:
    """To another contact, which has none on these channels."""
    await scope.db.execute(
        """UPDATE conversations SET contact_id = $3
           WHERE tenant_id = $1 AND contact_id = $2 AND id = ANY($4)""",
        scope.tenant,
        whose,
        to,
        conversations,
    )


async def mark(scope: Scope, conversation: UUID, *, into: UUID | None) -> None:
    """Merged: in no list, and nobody writes in it. `into` None: one again, all of it dealt with."""
    await scope.db.execute(
        """UPDATE conversations SET merged_into = $3, answered_seq = inbound_seq, unread = 0
           WHERE tenant_id = $1 AND id = $2""",
        scope.tenant,
        conversation,
        into,
    )


async def move_messages(scope: Scope, *, source: UUID, target: UUID, answered: int, shift: int) -> list[UUID]:
    """Ids of those that moved. What waits for an answer (after `answered`) counts on by `shift`; the same
    client id in both threads counts in the other one only."""
    rows = await scope.db.fetch(
        """UPDATE messages m SET conversation_id = $3,
             seq = CASE WHEN m.seq > $4 THEN m.seq + $5 END,
             client_id = CASE WHEN EXISTS (SELECT FROM messages o WHERE o.tenant_id = $1
               AND o.conversation_id = $3 AND o.client_id = m.client_id) THEN NULL ELSE m.client_id END
           WHERE m.tenant_id = $1 AND m.conversation_id = $2 RETURNING m.id""",
        scope.tenant,
        source,
        target,
        answered,
        shift,
    )
    return [row["id"] for row in rows]


async def newest_shown(scope: Scope, conversation: UUID, *, hidden: Sequence[str]) -> Shown | None:
    """What a list shows of it: its newest message but notes, our own lines, customers' of these kinds."""
    row = await scope.db.fetchrow(
        """SELECT text, author, kind, direction, sort_at, coalesce((content ->> 'revoked')::boolean, false)
             AS revoked FROM messages
           WHERE tenant_id = $1 AND conversation_id = $2 AND NOT private AND author <> 'system'
             AND NOT (direction = 'in' AND kind = ANY($3))
           ORDER BY sort_at DESC, id DESC LIMIT 1""",
        scope.tenant,
        conversation,
        hidden,
    )
    return Shown(**row) if row else None


async def move_back(scope: Scope, messages: Sequence[UUID], *, source: UUID, target: UUID) -> None:
    await scope.db.execute(
        """UPDATE messages SET conversation_id = $3, seq = NULL
           WHERE tenant_id = $1 AND conversation_id = $2 AND id = ANY($4)""",
        scope.tenant,
        source,
        target,
        messages,
    )
