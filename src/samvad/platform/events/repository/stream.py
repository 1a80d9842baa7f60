"""All SQL on events: append in the writer's transaction, read behind the gate of open transactions.

Commits happen out of id order, so a reader takes only transactions older than every open one, in the
order (xid, id). One long transaction therefore stalls every reader, in any database of the cluster.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from samvad.kernel.ids import TenantId, new_id
from samvad.platform.db.scope import ReadScope, Scope, SystemScope
from samvad.platform.events.cursor import Place, Stream, decode, encode
from samvad.platform.events.types import Event, EventPage, NewEvent

if TYPE_CHECKING:
    import asyncpg

_APPEND = """
INSERT INTO events (tenant_id, id, type, data, at)
SELECT $1, e.id, e.type, e.data, $5
FROM UNNEST($2::uuid[], $3::text[], $4::jsonb[]) AS e (id, type, data)
ON CONFLICT DO NOTHING
"""

_STATE = """
SELECT pg_snapshot_xmin(pg_current_snapshot()) AS gate,
       pg_snapshot_xmax(pg_current_snapshot()) AS ceiling,
       (SELECT value #>> '{}' FROM installation WHERE key = 'event_epoch') AS epoch,
       coalesce((SELECT (value #>> '{}')::xid8 FROM installation WHERE key = 'events_purged'), '0')
         AS purged
"""

# One statement, one snapshot: what a purge removed and what it says it removed cannot differ.
_READ = f"""
SELECT state.*, e.*
FROM ({_STATE}) AS state LEFT JOIN LATERAL (
  SELECT xid, id, type, data FROM events
  WHERE tenant_id = $1 AND (xid, id) > ($2::xid8, $3::uuid)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY xid, id LIMIT $4) AS e ON true
ORDER BY e.xid, e.id
"""


_READ_ALL = f"""
SELECT state.*, e.*
FROM ({_STATE}) AS state LEFT JOIN (
  SELECT tenant_id, e.xid, e.id, e.type, e.data
  FROM UNNEST($1::uuid[], $2::xid8[], $3::uuid[]) AS w (tenant, after_xid, after_id)
  CROSS JOIN LATERAL (
    SELECT tenant_id, xid, id, type, data FROM events
    WHERE tenant_id = w.tenant AND (xid, id) > (w.after_xid, w.after_id)
      AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, id LIMIT $4) AS e) AS e ON true
ORDER BY e.tenant_id, e.xid, e.id
"""


async def append(scope: Scope, events: Sequence[NewEvent], *, at: datetime) -> None:
    """Stores events in the caller's transaction, in their order. Poke Topic.EVENTS after its commit."""
    if not events:
        return
    ids = [new_id() for _ in events]
    types, data = [event.type for event in events], [event.data for event in events]
    await scope.db.execute(_APPEND, scope.tenant, ids, types, data, at)


async def head(scope: ReadScope) -> str:
    """The cursor of now: whatever becomes readable from here on is behind it."""
    state = _state((await scope.db.fetch(_STATE))[0])
    return encode(state.epoch, state.head)


async def read(scope: ReadScope, cursor: str | None, *, limit: int) -> EventPage:
    """The tenant's next events behind `cursor`, at most `limit`; without a cursor none, from now on."""
    if cursor is None:
        return EventPage((), await head(scope))
    epoch, place = decode(cursor)
    rows = await scope.db.fetch(_READ, scope.tenant, place.xid, place.id, limit)
    state = _state(rows[0])
    if not state.continues(epoch, place):
        return EventPage((), encode(state.epoch, state.head), reset=True)
    events = [_event(row, epoch) for row in rows if row["id"] is not None]
    full = len(events) == limit
    return EventPage(events, events[-1].cursor if full else encode(epoch, state.head))


async def read_all(
    scope: SystemScope, places: Mapping[TenantId, Place], *, limit: int
) -> tuple[Stream, Mapping[TenantId, Sequence[Event]]]:
    """What is new for many tenants in one statement, at most `limit` each; the tenants that have some."""
    after = places.values()
    rows = await scope.db.fetch(
        _READ_ALL, list(places), [place.xid for place in after], [place.id for place in after], limit
    )
    state = _state(rows[0])
    found: dict[TenantId, list[Event]] = {}
    for row in rows:
        if row["id"] is not None:
            found.setdefault(TenantId(row["tenant_id"]), []).append(_event(row, state.epoch))
    return state, found


def _state(row: "asyncpg.Record") -> Stream:
    return Stream(row["epoch"], row["gate"], ceiling=row["ceiling"], purged=row["purged"])


def _event(row: "asyncpg.Record", epoch: str) -> Event:
    place = Place(row["xid"], row["id"])
    return Event(place, encode(epoch, place), row["type"], row["data"])
