"""What became of a bulk's messages, and how many messages left a number since a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.conversations.types import MessageStatus
from samvad.conversations.types.bulk import Progress
from samvad.platform.db import ReadScope

_WAITED = timedelta(days=2)  # that a message may have been queued before it was sent


async def progress(
    scope: ReadScope, channel: UUID, client: str, *, since: datetime, until: datetime
) -> Sequence[Progress]:
    """In the order in which they were queued."""
    rows = await scope.db.fetch(
        """SELECT m.id, m.conversation_id, m.reason,
             CASE WHEN m.status = 'queued' AND o.state IN ('sending', 'unknown') THEN o.state
               ELSE m.status END AS status,
             (SELECT i.value FROM identities i WHERE i.tenant_id = $1 AND i.contact_id = c.contact_id
                AND i.kind = 'phone' ORDER BY i.value LIMIT 1) AS number
           FROM messages m JOIN conversations c ON c.tenant_id = $1 AND c.id = m.conversation_id
           LEFT JOIN outbound o ON o.tenant_id = $1 AND o.id = m.id
           WHERE m.tenant_id = $1 AND m.channel_id = $2 AND m.client_id = $3
             AND m.created_at BETWEEN $4 AND $5
           ORDER BY m.id""",
        scope.tenant,
        channel,
        client,
        since,
        until,
    )
    return [
        Progress(r["id"], r["conversation_id"], r["number"], MessageStatus(r["status"]), r["reason"])
        for r in rows
    ]


async def newest(scope: ReadScope, channel: UUID, *, prefix: str, since: datetime) -> str | None:
    """The client id of its newest message whose client id begins so."""
    found: str | None = await scope.db.fetchval(
        """SELECT client_id FROM messages WHERE tenant_id = $1 AND channel_id = $2 AND created_at > $3
             AND direction = 'out' AND starts_with(client_id, $4)
           ORDER BY created_at DESC, id DESC LIMIT 1""",
        scope.tenant,
        channel,
        since,
        prefix,
    )
    return found


async def sent_since(scope: ReadScope, channel: UUID, *, since: datetime) -> int:
    found: int = await scope.db.fetchval(
        """SELECT count(*) FROM messages WHERE tenant_id = $1 AND channel_id = $2 AND created_at >= $3
             AND direction = 'out' AND sent_at >= $4""",
        scope.tenant,
        channel,
        since - _WAITED,
        since,
    )
    return found
