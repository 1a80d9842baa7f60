"""SQL of conversations as their customers see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.conversations.types.threads import Line, Thread
from samvad.kernel.identity import Identity
from samvad.platform.db import ReadScope

_FIND = """
SELECT c.id, c.mode, c.human_word_at, c.unread, c.answered_seq, c.inbound_seq,
  c.inbound_seq > c.answered_seq AND c.mode = 'ai' OR EXISTS (
    SELECT FROM outbound o WHERE o.tenant_id = $1 AND o.conversation_id = c.id
      AND o.state IN ('queued', 'sending')) AS pending
FROM conversations c WHERE c.tenant_id = $1 AND c.id = $2
"""

_OF = """
SELECT c.id FROM identities i
JOIN channels n ON n.tenant_id = $1 AND n.id = $2 AND i.scope IN ('', n.account)
JOIN conversations c ON c.tenant_id = $1 AND c.channel_id = n.id AND c.contact_id = i.contact_id
WHERE i.tenant_id = $1 AND i.kind = $3 AND i.value = $4
"""

# What nobody has sent yet, what the gate refused and what stays with the team is not there for a customer.
_LINES = """
SELECT m.id, coalesce(m.external_id, m.id::text) AS external_id, m.direction = 'in' AS incoming,
  m.author = 'agent' AS by_person, m.kind, m.text, m.content, m.seq, m.reply_to, m.sort_at,
  CASE WHEN o.state = 'unknown' THEN 'unknown' ELSE m.status END AS status
FROM messages m LEFT JOIN outbound o ON o.tenant_id = $1 AND o.id = m.id
WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND NOT m.private
  AND m.kind NOT IN ('system', 'reaction', 'edit', 'revoke')
  AND (m.direction = 'in' OR m.status IN ('sent', 'delivered', 'read') OR o.state = 'unknown')
  AND ($3::timestamptz IS NULL OR (m.sort_at, m.id) < ($3, $4::uuid))
ORDER BY m.sort_at DESC, m.id DESC LIMIT $5
"""


async def find(scope: ReadScope, channel: UUID, who: Identity) -> UUID | None:
    """The conversation on this channel of whoever has this address there."""
    found: UUID | None = await scope.db.fetchval(_OF, scope.tenant, channel, who.kind, who.value)
    return found


async def read(
    scope: ReadScope, conversation: UUID, *, before: tuple[datetime, UUID] | None, limit: int
) -> Thread:
    at, last = before or (None, None)
    head = await scope.db.fetchrow(_FIND, scope.tenant, conversation)
    if head is None:
        return Thread(None)
    rows = await scope.db.fetch(_LINES, scope.tenant, conversation, at, last, limit)
    lines = [
        Line(
            id=row["id"],
            external_id=row["external_id"],
            incoming=row["incoming"],
            by_person=row["by_person"],
            kind=row["kind"],
            text=row["text"],
            content=row["content"] or {},
            status=_seen(row["seq"], head["answered_seq"], head["unread"])
            if row["incoming"]
            else row["status"],
            reply_to=row["reply_to"],
            sort_at=row["sort_at"],
        )
        for row in reversed(rows)
    ]
    return Thread(
        conversation, head["mode"] == "human", head["human_word_at"] is not None, head["pending"], lines
    )


def _seen(seq: int | None, answered: int, unread: int) -> str:
    """Read: somebody has opened it, or it is answered."""
    return "read" if unread == 0 or (seq is not None and seq <= answered) else "received"


async def text_of(scope: ReadScope, channel: UUID, external_id: str) -> str | None:
    """What the message with this id says; None: there is none yet."""
    found: str | None = await scope.db.fetchval(
        """SELECT text FROM messages WHERE tenant_id = $1 AND channel_id = $2 AND external_id = $3""",
        scope.tenant,
        channel,
        external_id,
    )
    return found


async def holds(scope: ReadScope, conversation: UUID, ids: Sequence[UUID]) -> set[UUID]:
    """Those of the ids that are messages of ours in this conversation."""
    rows = await scope.db.fetch(
        """SELECT id FROM messages WHERE tenant_id = $1 AND conversation_id = $2 AND id = ANY($3)
             AND direction = 'out' AND NOT private""",
        scope.tenant,
        conversation,
        ids,
    )
    return {row["id"] for row in rows}
