"""Templates of a tenant's accounts, and how asking for them went."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from samvad.channels.types import (
    ListedTemplate,
    Provider,
    Template,
    TemplateCategory,
    TemplateFilter,
    TemplateLayout,
    TemplateQuality,
    TemplateStatus,
    TemplateSync,
)
from samvad.kernel.ids import ChannelId, TemplateId
from samvad.platform.db import ReadScope, Scope, SystemScope

Place = tuple[str, str, UUID]  # name, language, id: the order of lists

_COLUMNS = """id, provider, account, external_id, name, language, category, status, quality, reason, layout,
  created_at, updated_at"""
_LAYOUT = TypeAdapter(TemplateLayout)


def _template(row: asyncpg.Record) -> Template:
    listed = ListedTemplate(
        external_id=row["external_id"],
        name=row["name"],
        language=row["language"],
        category=TemplateCategory(row["category"]),
        status=TemplateStatus(row["status"]),
        layout=_LAYOUT.validate_python(row["layout"]),
        quality=TemplateQuality(row["quality"]),
        reason=row["reason"],
    )
    return Template(
        id=TemplateId(row["id"]),
        provider=Provider(row["provider"]),
        account=row["account"],
        listed=listed,
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


class Templates:
    def __init__(self, scope: ReadScope) -> None:
        self._scope = scope

    async def get(self, template: UUID) -> Template | None:
        row = await self._scope.db.fetchrow(
            f"SELECT {_COLUMNS} FROM templates WHERE tenant_id = $1 AND id = $2",
            self._scope.tenant,
            template,
        )
        return _template(row) if row else None

    async def of_account(
        self, provider: Provider, account: str, *, name: str | None = None
    ) -> list[Template]:
        """All of an account, or those of one name in their languages."""
        rows = await self._scope.db.fetch(
            f"""SELECT {_COLUMNS} FROM templates
                WHERE tenant_id = $1 AND provider = $2 AND account = $3
                  AND ($4::text IS NULL OR name = $4)
                ORDER BY name, language""",
            self._scope.tenant,
            provider,
            account,
            name,
        )
        return [_template(row) for row in rows]

    async def page(self, wanted: TemplateFilter, *, after: Place | None, limit: int) -> list[Template]:
        name, language, last = after or (None, None, None)
        rows = await self._scope.db.fetch(
            f"""SELECT {_COLUMNS} FROM templates
                WHERE tenant_id = $1 AND ($2::text IS NULL OR (provider = $2 AND account = $3))
                  AND ($4::text IS NULL OR status = $4) AND ($5::text IS NULL OR category = $5)
                  AND ($6::text IS NULL OR language = $6) AND ($7::text IS NULL OR strpos(name, $7) > 0)
                  AND ($8::text IS NULL OR (name, language, id) > ($8, $9, $10::uuid))
                ORDER BY name, language, id LIMIT $11""",
            self._scope.tenant,
            wanted.provider,
            wanted.account,
            wanted.status,
            wanted.category,
            wanted.language,
            wanted.words,
            name,
            language,
            last,
            limit,
        )
        return [_template(row) for row in rows]

    async def syncs(self, channels: Sequence[UUID]) -> dict[UUID, TemplateSync]:
        rows = await self._scope.db.fetch(
            """SELECT channel_id, tried_at, synced_at, problem FROM template_syncs
               WHERE tenant_id = $1 AND channel_id = ANY($2)""",
            self._scope.tenant,
            channels,
        )
        return {
            row["channel_id"]: TemplateSync(
                ChannelId(row["channel_id"]), row["synced_at"], row["tried_at"], row["problem"]
            )
            for row in rows
        }


async def put(
    scope: Scope,
    provider: Provider,
    account: str,
    found: Mapping[TemplateId, ListedTemplate],
    *,
    at: datetime,
) -> None:
    """As the provider lists them; `found` names an id for those that are new."""
    rows = sorted(found.items(), key=lambda pair: (pair[1].name, pair[1].language))
    listed = [one for _, one in rows]
    await scope.db.execute(
        """INSERT INTO templates (tenant_id, id, provider, account, external_id, name, language, category,
             status, quality, reason, layout, created_at, updated_at)
           SELECT $1, t.id, $2, $3, t.external_id, t.name, t.language, t.category, t.status, t.quality,
             t.reason, t.layout, $4, $4
           FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
             $12::text[], $13::jsonb[])
             AS t (id, external_id, name, language, category, status, quality, reason, layout)
           ON CONFLICT (tenant_id, provider, account, name, language) DO UPDATE SET
             external_id = excluded.external_id, category = excluded.category, status = excluded.status,
             quality = excluded.quality, reason = excluded.reason, layout = excluded.layout,
             updated_at = excluded.updated_at""",
        scope.tenant,
        provider,
        account,
        at,
        [id_ for id_, _ in rows],
        [one.external_id for one in listed],
        [one.name for one in listed],
        [one.language for one in listed],
        [one.category for one in listed],
        [one.status for one in listed],
        [one.quality for one in listed],
        [one.reason for one in listed],
        [one.layout.as_json() for one in listed],
    )


async def remove(scope: Scope, templates: Sequence[UUID], *, unchanged_since: datetime | None = None) -> None:
    """Those that were written after `unchanged_since` stay."""
    await scope.db.execute(
        """DELETE FROM templates WHERE tenant_id = $1 AND id = ANY($2)
             AND ($3::timestamptz IS NULL OR updated_at <= $3)""",
        scope.tenant,
        templates,
        unchanged_since,
    )


async def note_sync(scope: Scope, channel: UUID, *, at: datetime, problem: str) -> None:
    """An empty problem: it went well. A channel that is gone has no line."""
    await scope.db.execute(
        """INSERT INTO template_syncs (tenant_id, channel_id, tried_at, synced_at, problem)
           SELECT $1, c.id, $3, CASE WHEN $4 = '' THEN $3::timestamptz END, $4 FROM channels c
           WHERE c.tenant_id = $1 AND c.id = $2
           ON CONFLICT (tenant_id, channel_id) DO UPDATE SET tried_at = excluded.tried_at,
             synced_at = coalesce(excluded.synced_at, template_syncs.synced_at),
             problem = excluded.problem""",
        scope.tenant,
        channel,
        at,
        problem,
    )


async def channels_without_timer(
    scope: SystemScope, families: Sequence[str], *, kind: str, at: datetime
) -> None:
    """Arms the timer of every channel of these families that has none."""
    await scope.db.execute(
        """INSERT INTO timers (tenant_id, kind, key, run_at, first_at, gen)
           SELECT r.tenant_id, $2, r.channel_id, $3, $3, 1 FROM channel_routes r
           WHERE r.family = ANY($1) AND r.kind = 'account' ORDER BY r.tenant_id, r.channel_id
           ON CONFLICT DO NOTHING""",
        families,
        kind,
        at,
    )
