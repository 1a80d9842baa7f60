"""Time that has passed for one number alone: a sandbox's, whose clock was moved."""

from datetime import datetime, timedelta
from uuid import UUID

from samvad.platform.db import Scope

# A rest that somebody has to end, after a restore, say, lies further ahead than any pause.
_PAUSES = """
UPDATE channel_send_facts SET paused_until = paused_until - $3::interval,
  bulk_rests_until = CASE WHEN bulk_rests_until < $4::timestamptz + interval '2 days'
    THEN bulk_rests_until - $3::interval ELSE bulk_rests_until END
WHERE tenant_id = $1 AND channel_id = $2
"""
_TRIES = """
UPDATE outbound SET run_at = run_at - $3::interval
WHERE tenant_id = $1 AND channel_id = $2 AND state = 'queued' AND run_at > $4
"""


async def hasten(scope: Scope, channel: UUID, *, by: timedelta, now: datetime) -> None:
    for statement in (_PAUSES, _TRIES):
        await scope.db.execute(statement, *((scope.tenant, channel, by, now)))
