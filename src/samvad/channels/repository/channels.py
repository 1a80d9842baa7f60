"""The channels of a tenant; credentials leave only as ciphertext."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.channels.types import (
    AccountLimit,
    Channel,
    ChannelStatus,
    Provider,
    Quality,
    ReplySettings,
    Standing,
    StoredChannel,
    TemplateChoice,
)
from samvad.kernel.ids import ChannelId, OutletId
from samvad.kernel.json import JsonObject
from samvad.platform.db import ReadScope, Scope

_COLUMNS = """
c.id, c.outlet_id, c.provider, c.name, c.key, c.address, c.account, c.display_address, c.credentials,
c.base_url, c.options, c.settings, c.created_at, f.status, f.status_reason, f.last_event_at, f.version,
f.per_second, f.paused_until, l.daily, l.room, c.window_template, c.standing
"""
_FROM = """
FROM channels c JOIN channel_send_facts f ON f.tenant_id = c.tenant_id AND f.channel_id = c.id
LEFT JOIN account_limits l ON l.tenant_id = c.tenant_id AND l.account = c.account
WHERE c.tenant_id = $1 AND c.deleted_at IS NULL
"""


def _channel(row: asyncpg.Record) -> Channel:
    return Channel(
        id=ChannelId(row["id"]),
        outlet=OutletId(row["outlet_id"]) if row["outlet_id"] else None,
        provider=Provider(row["provider"]),
        name=row["name"],
        key=row["key"],
        address=row["address"],
        account=row["account"],
        display_address=row["display_address"],
        base_url=row["base_url"],
        options=row["options"],
        settings=ReplySettings(**row["settings"]),
        status=ChannelStatus(row["status"]),
        status_reason=row["status_reason"],
        last_event_at=row["last_event_at"],
        limit=None if row["daily"] is None else AccountLimit(row["daily"], row["daily"] - row["room"]),
        standing=_standing(row["standing"]),
        standing_at=datetime.fromisoformat(row["standing"]["at"]) if row["standing"] else None,
        window_template=TemplateChoice(**row["window_template"]) if row["window_template"] else None,
        version=row["version"],
        created_at=row["created_at"],
        credentials=row["credentials"],
    )


def _standing(stored: JsonObject | None) -> Standing | None:
    if stored is None:
        return None
    known = {name: value for name, value in stored.items() if name != "at"}
    return Standing(**known | {"quality": Quality(known["quality"])})  # type: ignore[arg-type]


class Channels:
    def __init__(self, scope: ReadScope) -> None:
        self._scope = scope

    async def get(self, channel: UUID) -> Channel | None:
        row = await self._scope.db.fetchrow(
            f"SELECT {_COLUMNS} {_FROM} AND c.id = $2", self._scope.tenant, channel
        )
        return _channel(row) if row else None

    async def some(self, channels: Sequence[UUID]) -> list[Channel]:
        rows = await self._scope.db.fetch(
            f"SELECT {_COLUMNS} {_FROM} AND c.id = ANY($2)", self._scope.tenant, channels
        )
        return [_channel(row) for row in rows]

    async def newest(self, *, before: tuple[datetime, UUID] | None, limit: int) -> list[Channel]:
        at, last = before or (None, None)
        rows = await self._scope.db.fetch(
            f"""SELECT {_COLUMNS} {_FROM}
                AND ($2::timestamptz IS NULL OR (c.created_at, c.id) < ($2, $3::uuid))
                ORDER BY c.created_at DESC, c.id DESC LIMIT $4""",
            self._scope.tenant,
            at,
            last,
            limit,
        )
        return [_channel(row) for row in rows]


async def insert(scope: Scope, channel: StoredChannel, *, at: datetime) -> None:
    await scope.db.execute(
        """INSERT INTO channels (tenant_id, id, outlet_id, provider, name, key, address, account,
             display_address, credentials, base_url, options, settings, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)""",
        scope.tenant,
        channel.id,
        channel.outlet,
        channel.provider,
        channel.name,
        channel.key,
        channel.address,
        channel.account,
        channel.display_address,
        channel.credentials,
        channel.base_url,
        channel.options,
        channel.settings,
        at,
    )


async def update(scope: Scope, channel: Channel, *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE channels SET name = $3, account = $4, credentials = $5, base_url = $6,
             options = $7, settings = $8, outlet_id = $9, updated_at = $10, display_address = $11
           WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL""",
        scope.tenant,
        channel.id,
        channel.name,
        channel.account,
        channel.credentials,
        channel.base_url,
        channel.options,
        channel.settings,
        channel.outlet,
        at,
        channel.display_address,
    )


async def set_standing(scope: Scope, channel: UUID, standing: Standing, *, at: datetime) -> None:
    await scope.db.execute(
        """UPDATE channels SET standing = $3::jsonb || jsonb_build_object('at', $4::text)
           WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL""",
        scope.tenant,
        channel,
        standing,
        at.isoformat(),
    )


async def set_window_template(
    scope: Scope, channel: UUID, choice: TemplateChoice | None, *, at: datetime
) -> None:
    await scope.db.execute(
        """UPDATE channels SET window_template = $3, updated_at = $4
           WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL""",
        scope.tenant,
        channel,
        choice.as_json() if choice else None,
        at,
    )


async def delete(scope: Scope, channel: UUID, *, at: datetime) -> None:
    """Conversations stay; the credentials go at once."""
    await scope.db.execute(
        """UPDATE channels SET deleted_at = $3, credentials = ''
           WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL""",
        scope.tenant,
        channel,
        at,
    )
