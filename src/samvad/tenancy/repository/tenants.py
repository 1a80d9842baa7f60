"""Tenants and their outlets."""

from datetime import datetime

import asyncpg

from samvad.kernel.ids import OutletId
from samvad.kernel.language import Language
from samvad.platform.db import SystemScope
from samvad.tenancy.errors import NameTaken, OutletInUse, SlugTaken
from samvad.tenancy.hours import BusinessHours
from samvad.tenancy.repository.base import Reader, Writer, taken
from samvad.tenancy.types import Outlet, OutletDetails, Tenant, TenantSettings

_TENANT = """id, slug, name, time_zone, country, currency, language, business_hours, suspended_at,
    created_at"""


def _tenant(row: asyncpg.Record) -> Tenant:
    settings = TenantSettings(
        name=row["name"],
        time_zone=row["time_zone"],
        country=row["country"],
        currency=row["currency"],
        language=Language(row["language"]),
        business_hours=BusinessHours.from_json(row["business_hours"]),
    )
    return Tenant(row["id"], row["slug"], settings, row["suspended_at"], row["created_at"])


class Tenants(Reader):
    """The scope's own tenant."""

    async def get(self) -> Tenant | None:
        row = await self._db.fetchrow(f"SELECT {_TENANT} FROM tenants WHERE id = $1", self._tenant)
        return _tenant(row) if row else None


class SystemTenants:
    """All tenants, for the operator's command line."""

    def __init__(self, scope: SystemScope) -> None:
        self._db = scope.db

    async def all(self) -> list[Tenant]:
        return [_tenant(row) for row in await self._db.fetch(f"SELECT {_TENANT} FROM tenants ORDER BY id")]

    async def by_slug(self, slug: str) -> Tenant | None:
        row = await self._db.fetchrow(f"SELECT {_TENANT} FROM tenants WHERE slug = $1", slug)
        return _tenant(row) if row else None


class TenantWriter(Writer):
    async def add(self, slug: str, settings: TenantSettings, *, now: datetime) -> None:
        with taken(SlugTaken):
            await self._db.execute(
                """INSERT INTO tenants (id, slug, name, time_zone, country, currency, language,
                     business_hours, created_at, updated_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)""",
                self._tenant, slug, *_values(settings), now,
            )  # fmt: skip
        await self._db.execute("INSERT INTO tenant_send_facts (tenant_id) VALUES ($1)", self._tenant)

    async def lock(self) -> Tenant | None:
        """The tenant, held until the transaction ends, so that two changes do not overwrite each other."""
        row = await self._db.fetchrow(
            f"SELECT {_TENANT} FROM tenants WHERE id = $1 FOR NO KEY UPDATE", self._tenant
        )
        return _tenant(row) if row else None

    async def save(self, settings: TenantSettings, *, now: datetime) -> None:
        await self._db.execute(
            """UPDATE tenants SET name = $2, time_zone = $3, country = $4, currency = $5, language = $6,
                 business_hours = $7, updated_at = $8 WHERE id = $1""",
            self._tenant, *_values(settings), now,
        )  # fmt: skip

    async def suspend(self, at: datetime | None, *, now: datetime) -> None:
        """Suspends at `at`, or resumes with None; the send gate sees it with this commit."""
        await self._db.execute(
            "UPDATE tenants SET suspended_at = $2, updated_at = $3 WHERE id = $1", self._tenant, at, now
        )
        await self._db.execute(
            "UPDATE tenant_send_facts SET suspended = $2 WHERE tenant_id = $1", self._tenant, at is not None
        )


def _values(settings: TenantSettings) -> tuple[object, ...]:
    return (settings.name, settings.time_zone, settings.country, settings.currency,
            settings.language.value, settings.business_hours.to_json())  # fmt: skip


_OUTLET = "id, name, time_zone, business_hours, created_at"


def _outlet(row: asyncpg.Record) -> Outlet:
    hours = row["business_hours"]
    details = OutletDetails(
        row["name"], row["time_zone"], None if hours is None else BusinessHours.from_json(hours)
    )
    return Outlet(row["id"], details, row["created_at"])


class Outlets(Reader):
    async def page(self, after: object, limit: int) -> list[Outlet]:
        rows = await self._db.fetch(
            f"""SELECT {_OUTLET} FROM outlets
                WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3""",
            self._tenant, after, limit,
        )  # fmt: skip
        return [_outlet(row) for row in rows]

    async def get(self, outlet: OutletId) -> Outlet | None:
        row = await self._db.fetchrow(
            f"SELECT {_OUTLET} FROM outlets WHERE tenant_id = $1 AND id = $2", self._tenant, outlet
        )
        return _outlet(row) if row else None


class OutletWriter(Writer):
    async def lock(self, outlet: OutletId) -> Outlet | None:
        row = await self._db.fetchrow(
            f"SELECT {_OUTLET} FROM outlets WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE",
            self._tenant, outlet,
        )  # fmt: skip
        return _outlet(row) if row else None

    async def add(self, outlet: Outlet) -> None:
        with taken(NameTaken):
            await self._db.execute(
                """INSERT INTO outlets (tenant_id, id, name, time_zone, business_hours, created_at)
                   VALUES ($1, $2, $3, $4, $5, $6)""",
                self._tenant, outlet.id, *_details(outlet.details), outlet.created_at,
            )  # fmt: skip

    async def save(self, outlet: OutletId, details: OutletDetails) -> None:
        with taken(NameTaken):
            await self._db.execute(
                """UPDATE outlets SET name = $3, time_zone = $4, business_hours = $5
                   WHERE tenant_id = $1 AND id = $2""",
                self._tenant, outlet, *_details(details),
            )  # fmt: skip

    async def remove(self, outlet: OutletId) -> bool:
        """Raises OutletInUse while a channel belongs to it."""
        try:
            done = await self._db.execute(
                "DELETE FROM outlets WHERE tenant_id = $1 AND id = $2", self._tenant, outlet
            )
        except asyncpg.ForeignKeyViolationError as used:
            raise OutletInUse from used
        return done == "DELETE 1"


def _details(details: OutletDetails) -> tuple[object, ...]:
    hours = details.business_hours
    return details.name, details.time_zone, None if hours is None else hours.to_json()
