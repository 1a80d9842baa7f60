"""Members, and their e-mail addresses in the directory that sign-in starts from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.kernel.ids import MemberId
from samvad.tenancy.errors import EmailTaken
from samvad.tenancy.repository.base import Reader, Writer, taken
from samvad.tenancy.types import Member, Role

MEMBER = """m.id, m.email, m.name, m.role, m.password_hash IS NOT NULL AS has_password, m.disabled_at,
    m.last_seen_at, m.created_at"""


def member(row: asyncpg.Record) -> Member:
    return Member(
        row["id"], row["email"], row["name"], Role(row["role"]), row["has_password"],
        row["disabled_at"], row["last_seen_at"], row["created_at"],
    )  # fmt: skip


class Members(Reader):
    async def page(self, after: object, limit: int) -> list[Member]:
        rows = await self._db.fetch(
            f"""SELECT {MEMBER} FROM members m
                WHERE m.tenant_id = $1 AND ($2::uuid IS NULL OR m.id > $2) ORDER BY m.id LIMIT $3""",
            self._tenant, after, limit,
        )  # fmt: skip
        return [member(row) for row in rows]

    async def get(self, wanted: MemberId) -> Member | None:
        row = await self._db.fetchrow(
            f"SELECT {MEMBER} FROM members m WHERE m.tenant_id = $1 AND m.id = $2", self._tenant, wanted
        )
        return member(row) if row else None

    async def some(self, wanted: Sequence[UUID]) -> list[Member]:
        rows = await self._db.fetch(
            f"SELECT {MEMBER} FROM members m WHERE m.tenant_id = $1 AND m.id = ANY($2) ORDER BY m.id",
            self._tenant, wanted,
        )  # fmt: skip
        return [member(row) for row in rows]

    async def password_hash(self, wanted: MemberId) -> str | None:
        """None also for a member who is disabled or gone."""
        stored: str | None = await self._db.fetchval(
            """SELECT password_hash FROM members
               WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL""",
            self._tenant, wanted,
        )  # fmt: skip
        return stored


class MemberWriter(Writer):
    async def lock(self, wanted: MemberId) -> Member | None:
        row = await self._db.fetchrow(
            f"SELECT {MEMBER} FROM members m WHERE m.tenant_id = $1 AND m.id = $2 FOR NO KEY UPDATE",
            self._tenant, wanted,
        )  # fmt: skip
        return member(row) if row else None

    async def lock_active_owners(self) -> list[MemberId]:
        """Always in the same order, so that two demotions take turns instead of both succeeding."""
        rows = await self._db.fetch(
            """SELECT id FROM members WHERE tenant_id = $1 AND role = 'owner' AND disabled_at IS NULL
               ORDER BY id FOR NO KEY UPDATE""",
            self._tenant,
        )  # fmt: skip
        return [row["id"] for row in rows]

    async def add(self, new: Member, password_hash: str | None) -> None:
        with taken(EmailTaken):
            await self._db.execute(
                "INSERT INTO member_directory (tenant_id, email, member_id) VALUES ($1, $2, $3)",
                self._tenant, new.email, new.id,
            )  # fmt: skip
            await self._db.execute(
                """INSERT INTO members
                     (tenant_id, id, email, name, role, password_hash, created_at, updated_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $7)""",
                self._tenant, new.id, new.email, new.name, new.role.value, password_hash, new.created_at,
            )  # fmt: skip

    async def save(self, changed: Member, *, now: datetime) -> None:
        await self._db.execute(
            """UPDATE members SET name = $3, role = $4, disabled_at = $5, updated_at = $6
               WHERE tenant_id = $1 AND id = $2""",
            self._tenant, changed.id, changed.name, changed.role.value, changed.disabled_at, now,
        )  # fmt: skip

    async def set_password(self, wanted: MemberId, password_hash: str, *, now: datetime) -> None:
        await self._db.execute(
            "UPDATE members SET password_hash = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2",
            self._tenant, wanted, password_hash, now,
        )  # fmt: skip

    async def seen(self, wanted: MemberId, *, now: datetime) -> None:
        await self._db.execute(
            "UPDATE members SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2",
            self._tenant, wanted, now,
        )  # fmt: skip
