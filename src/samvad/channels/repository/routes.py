"""Directory of numbers: which channel of which tenant answers for a key, a number or an account."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from samvad.channels.types import Route, RouteKind
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.db import Scope, SystemScope
from samvad.platform.wakeups import Topic, notify

_FIND = """
SELECT kind, value, tenant_id, channel_id, secret, verify_token FROM channel_routes
WHERE family = $1 AND kind = $2 AND value = ANY($3)
"""


def _route(row: asyncpg.Record) -> Route:
    return Route(
        kind=RouteKind(row["kind"]),
        value=row["value"],
        tenant=TenantId(row["tenant_id"]),
        channel=ChannelId(row["channel_id"]),
        secret=row["secret"],
        verify_token=row["verify_token"],
    )


async def find(scope: SystemScope, family: str, kind: RouteKind, values: Sequence[str]) -> list[Route]:
    return [_route(row) for row in await scope.db.fetch(_FIND, family, kind, values)]


async def put(scope: Scope, family: str, routes: Sequence[Route]) -> None:
    """Raises asyncpg.UniqueViolationError when another channel holds the key or number."""
    await scope.db.executemany(
        """INSERT INTO channel_routes
             (family, kind, value, tenant_id, channel_id, secret, verify_token)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (tenant_id, channel_id, kind) DO UPDATE SET
             value = excluded.value, secret = excluded.secret, verify_token = excluded.verify_token""",
        [(family, r.kind, r.value, scope.tenant, r.channel, r.secret, r.verify_token) for r in routes],
    )
    await notify(scope.db, [Topic.ROUTES])


async def remove(scope: Scope, channel: UUID) -> None:
    await scope.db.execute(
        "DELETE FROM channel_routes WHERE tenant_id = $1 AND channel_id = $2", scope.tenant, channel
    )
    await notify(scope.db, [Topic.ROUTES])


async def release_address(
    scope: SystemScope, family: str, address: str, *, keep: UUID
) -> tuple[UUID, UUID] | None:
    """Takes a number from the channel that holds it, for one that proved control of it."""
    row = await scope.db.fetchrow(
        """DELETE FROM channel_routes
           WHERE family = $1 AND kind = 'address' AND value = $2 AND channel_id <> $3
           RETURNING tenant_id, channel_id""",
        family,
        address,
        keep,
    )
    await notify(scope.db, [Topic.ROUTES])
    return (row["tenant_id"], row["channel_id"]) if row else None
