"""The audit log (append only) and the open alerts of a tenant."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.kernel.ids import TenantId, new_id
from samvad.platform.db import SystemScope
from samvad.tenancy.repository.base import Reader, Writer
from samvad.tenancy.types import Alert, AuditEntry, KnownAlert


class Audit(Reader):
    async def page(self, before: object, limit: int) -> list[AuditEntry]:
        """Newest first."""
        rows = await self._db.fetch(
            """SELECT id, at, actor, action, subject, detail FROM audit_log
               WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3""",
            self._tenant, before, limit,
        )  # fmt: skip
        return [AuditEntry(**dict(row)) for row in rows]


class AuditWriter(Writer):
    async def add(self, entry: AuditEntry) -> None:
        await self._db.execute(
            """INSERT INTO audit_log (tenant_id, id, at, actor, action, subject, detail)
               VALUES ($1, $2, $3, $4, $5, $6, $7)""",
            self._tenant, entry.id, entry.at, entry.actor, entry.action, entry.subject, entry.detail,
        )  # fmt: skip


_ALERT = """id, name, subject, detail, times, first_at, last_at, resolved_at, acknowledged_at,
  acknowledged_by, resolved_by"""
# As the member is called, or who else acts.
_WHO = """coalesce((SELECT coalesce(nullif(w.name, ''), w.email) FROM members w
  WHERE w.tenant_id = $1 AND w.id = $4), $5)"""


def _alert(row: asyncpg.Record) -> Alert:
    return Alert(**dict(row))


class Alerts(Reader):
    async def page(self, before: object, limit: int, *, resolved: bool, subject: str | None) -> list[Alert]:
        """Newest first."""
        rows = await self._db.fetch(
            f"""SELECT {_ALERT} FROM alerts
                WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2)
                  AND (resolved_at IS NOT NULL) = $4 AND ($5::text IS NULL OR subject = $5)
                ORDER BY id DESC LIMIT $3""",
            self._tenant, before, limit, resolved, subject,
        )  # fmt: skip
        return [_alert(row) for row in rows]


class AlertWriter(Writer):
    async def raise_(self, name: str, subject: str, *, detail: str, now: datetime) -> bool:
        """Whether it is new; one that is still open counts up instead."""
        times = await self._db.fetchval(
            """INSERT INTO alerts AS a (tenant_id, id, name, subject, detail, first_at, last_at)
               VALUES ($1, $2, $3, $4, $5, $6, $6)
               ON CONFLICT (tenant_id, name, subject) WHERE resolved_at IS NULL
               DO UPDATE SET times = a.times + 1, last_at = excluded.last_at, detail = excluded.detail
               RETURNING times""",
            self._tenant, new_id(), name, subject, detail, now,
        )  # fmt: skip
        return bool(times == 1)

    async def resolve(self, alert: UUID, *, now: datetime) -> Alert | None:
        return await self._signed(
            alert,
            f"""resolved_by = CASE WHEN resolved_at IS NULL THEN {_WHO} ELSE resolved_by END,
                resolved_at = coalesce(resolved_at, $3)""",
            now,
        )

    async def acknowledge(self, alert: UUID, *, now: datetime) -> Alert | None:
        """Who was first stays."""
        return await self._signed(
            alert,
            f"""acknowledged_by = CASE WHEN acknowledged_at IS NULL THEN {_WHO} ELSE acknowledged_by END,
                acknowledged_at = coalesce(acknowledged_at, $3)""",
            now,
        )

    async def _signed(self, alert: UUID, change: str, now: datetime) -> Alert | None:
        row = await self._db.fetchrow(
            f"UPDATE alerts SET {change} WHERE tenant_id = $1 AND id = $2 RETURNING {_ALERT}",
            self._tenant, alert, now, self._actor.member, self._actor.label,
        )  # fmt: skip
        return _alert(row) if row else None

    async def resolve_named(self, name: str, subject: str, *, now: datetime) -> bool:
        done = await self._db.execute(
            """UPDATE alerts SET resolved_at = $4
               WHERE tenant_id = $1 AND name = $2 AND subject = $3 AND resolved_at IS NULL""",
            self._tenant, name, subject, now,
        )  # fmt: skip
        return done == "UPDATE 1"

    async def resolve_about(self, subject: str, *, now: datetime) -> None:
        """What was laid aside before can be taken up no more."""
        await self._db.execute(
            """UPDATE alerts SET resolved_at = coalesce(resolved_at, $3), laid_aside = false
               WHERE tenant_id = $1 AND subject = $2 AND (resolved_at IS NULL OR laid_aside)""",
            self._tenant, subject, now,
        )  # fmt: skip

    async def lay_aside(self, subject: str, *, now: datetime, anew: bool) -> None:
        await self._db.execute(
            """UPDATE alerts SET resolved_at = coalesce(resolved_at, $3),
                 laid_aside = resolved_at IS NULL OR NOT $4
               WHERE tenant_id = $1 AND subject = $2 AND (resolved_at IS NULL OR laid_aside)""",
            self._tenant, subject, now, anew,
        )  # fmt: skip

    async def take_up(self, subject: str) -> None:
        """As they were; one that was raised anew meanwhile stands in for the one of before."""
        await self._db.execute(
            """UPDATE alerts a SET laid_aside = false, resolved_at = CASE WHEN EXISTS (
                 SELECT FROM alerts o WHERE o.tenant_id = $1 AND o.name = a.name AND o.subject = $2
                   AND o.resolved_at IS NULL) THEN a.resolved_at END
               WHERE a.tenant_id = $1 AND a.subject = $2 AND a.laid_aside""",
            self._tenant, subject,
        )  # fmt: skip


class SystemAlerts:
    """Of all tenants, for the watch that raises and ends them."""

    def __init__(self, scope: SystemScope) -> None:
        self._db = scope.db

    async def known(self, names: Sequence[str], rested_since: datetime) -> list[KnownAlert]:
        rows = await self._db.fetch(
            """SELECT tenant_id, name, subject, bool_or(resolved_at IS NULL) AS open FROM alerts
               WHERE name = ANY($1) AND (resolved_at IS NULL OR resolved_at > $2)
               GROUP BY tenant_id, name, subject""",
            names, rested_since,
        )  # fmt: skip
        return [KnownAlert(TenantId(r["tenant_id"]), r["name"], r["subject"], r["open"]) for r in rows]
