"""SQL of priorities."""

from uuid import UUID

from samvad.conversations.types.priorities import RANKED, Priority
from samvad.platform.db import Scope


async def of(scope: Scope, conversation: UUID) -> Priority:
    """Of a conversation that this transaction has locked."""
    rank: int = await scope.db.fetchval(
        "SELECT priority FROM conversations WHERE tenant_id = $1 AND id = $2", scope.tenant, conversation
    )
    return RANKED[rank]


async def change(scope: Scope, conversation: UUID, priority: Priority) -> None:
    await scope.db.execute(
        "UPDATE conversations SET priority = $3 WHERE tenant_id = $1 AND id = $2",
        scope.tenant,
        conversation,
        priority.rank,
    )


async def give(scope: Scope, source: UUID, target: UUID) -> None:
    """Of two that become one, the more urgent counts."""
    await scope.db.execute(
        """UPDATE conversations c SET priority = greatest(c.priority, s.priority) FROM conversations s
           WHERE c.tenant_id = $1 AND c.id = $3 AND s.tenant_id = $1 AND s.id = $2""",
        scope.tenant,
        source,
        target,
    )
