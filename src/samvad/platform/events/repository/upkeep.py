"""All SQL that keeps the stream itself: purging the old, starting anew after a restore."""

from datetime import datetime

from samvad.kernel.ids import new_id
from samvad.platform.db.scope import SystemScope
from samvad.platform.logging import get_logger

log = get_logger("platform")

EPOCH, PURGED, ORIGIN = "event_epoch", "events_purged", "event_origin"

# Only ever upwards: two hosts may purge at once.
_MARK_PURGED = f"""
INSERT INTO installation (key, value)
SELECT '{PURGED}', to_jsonb(xid::text) FROM (
  SELECT xid FROM events WHERE at < $1 ORDER BY at DESC LIMIT 1) AS newest
ON CONFLICT (key) DO UPDATE SET value = excluded.value
WHERE (installation.value #>> '{{}}')::xid8 < (excluded.value #>> '{{}}')::xid8
"""

# Rows above the mark stay for the next purge: readers trust the mark, not the age.
_PURGE = f"""
DELETE FROM events WHERE ctid = ANY (ARRAY (
  SELECT ctid FROM events
  WHERE at < $1 AND xid <= (SELECT (value #>> '{{}}')::xid8 FROM installation WHERE key = '{PURGED}')
  ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED))
"""

_PUT = """
INSERT INTO installation (key, value) VALUES ($1, to_jsonb($2::text))
ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""

_MAY_ASK = """
SELECT has_function_privilege('pg_control_system()', 'EXECUTE')
   AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE')
"""

_ORIGIN = """
SELECT system_identifier || '/' || timeline_id FROM pg_control_system(), pg_control_checkpoint()
"""


async def purge(scope: SystemScope, *, before: datetime, limit: int = 5000) -> int:
    """Deletes at most `limit` events of all tenants older than `before`; how many. Call it until it
    deletes fewer: small transactions, because a long one stalls every reader."""
    await scope.db.execute(_MARK_PURGED, before)
    done = await scope.db.execute(_PURGE, before, limit)
    return int(done.split()[-1])


async def renew_epoch(scope: SystemScope) -> None:
    """After a restore: every cursor in the world becomes void, and with it the stored events, whose
    transaction numbers mean nothing any more."""
    await scope.db.execute("DELETE FROM events")
    await scope.db.execute(_PUT, PURGED, "0")
    await scope.db.execute(_PUT, EPOCH, str(new_id()))


async def ensure_epoch(scope: SystemScope) -> bool:
    """Renews the epoch when the database came from another cluster or timeline (a restore, a move, a
    promoted replica); whether it did. Call it at every start."""
    origin = await _origin(scope)
    if origin is None:
        return False
    known = await scope.db.fetchval("SELECT value #>> '{}' FROM installation WHERE key = $1", ORIGIN)
    if known == origin:
        return False
    await scope.db.execute(_PUT, ORIGIN, origin)
    if known is None:
        return False
    await renew_epoch(scope)
    log.warning("events.epoch_renewed", was=known, now=origin)
    return True


async def _origin(scope: SystemScope) -> str | None:
    """Cluster and timeline; None where a host forbids asking."""
    if not await scope.db.fetchval(_MAY_ASK):
        return None
    origin: str = await scope.db.fetchval(_ORIGIN)
    return origin
