"""SQL of the hints that stand with switches to the assistant."""

from datetime import datetime
from uuid import UUID

from samvad.conversations.types import Conversation
from samvad.platform.db import ReadScope, Scope


async def change(scope: Scope, conversation: Conversation, hint: str) -> bool:
    """Of the switch that stands; not where somebody else made it."""
    changed = await scope.db.fetchval(
        """UPDATE mode_changes SET hint = $5 WHERE tenant_id = $1 AND conversation_id = $2 AND epoch = $3
             AND mode = 'ai' AND actor = $4 RETURNING true""",
        scope.tenant,
        conversation.id,
        conversation.epoch,
        scope.actor.label,
        hint,
    )
    return bool(changed)


async def change_line(scope: Scope, conversation: UUID, hint: str) -> list[UUID]:
    """The newest line of the timeline that tells of a switch."""
    rows = await scope.db.fetch(
        """UPDATE messages SET content = content || jsonb_build_object('hint', $3::text)
           WHERE tenant_id = $1 AND id = (
             SELECT id FROM messages WHERE tenant_id = $1 AND conversation_id = $2 AND kind = 'system'
               AND content->>'event' = 'mode' ORDER BY sort_at DESC, id DESC LIMIT 1)
           RETURNING id""",
        scope.tenant,
        conversation,
        hint,
    )
    return [row["id"] for row in rows]


async def standing(scope: ReadScope, conversation: UUID, epoch: int, *, since: datetime) -> str:
    """Empty where there is none, or an older one."""
    found: str | None = await scope.db.fetchval(
        """SELECT hint FROM mode_changes
           WHERE tenant_id = $1 AND conversation_id = $2 AND epoch = $3 AND mode = 'ai' AND at > $4""",
        scope.tenant,
        conversation,
        epoch,
        since,
    )
    return found or ""
