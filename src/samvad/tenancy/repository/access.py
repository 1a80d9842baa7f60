"""What opens the door: sessions, one-time links, API keys. Of each secret only its SHA-256 is stored."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.kernel.ids import MemberId, new_id
from samvad.tenancy.repository.base import Reader, Writer
from samvad.tenancy.repository.members import MEMBER, member
from samvad.tenancy.types import ApiKey, LinkPurpose, Permission, Session, SignedInBy

_PERMISSIONS = {permission.value: permission for permission in Permission}


class Sessions(Reader):
    async def find(self, token_hash: bytes, *, now: datetime) -> Session | None:
        """The live session of this token: not expired, not revoked, its member not disabled."""
        row = await self._db.fetchrow(
            f"""SELECT s.id AS session_id, s.signed_in_by, s.created_at AS session_created_at,
                  s.last_used_at, {MEMBER}
                FROM sessions s JOIN members m ON m.tenant_id = $1 AND m.id = s.member_id
                WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.revoked_at IS NULL
                  AND s.expires_at > $3 AND m.disabled_at IS NULL""",
            self._tenant, token_hash, now,
        )  # fmt: skip
        if row is None:
            return None
        return Session(row["session_id"], member(row), SignedInBy(row["signed_in_by"]),
                       row["session_created_at"], row["last_used_at"])  # fmt: skip


class SessionWriter(Writer):
    async def add(self, owner: MemberId, token_hash: bytes, *, by: SignedInBy, user_agent: str,
                  now: datetime, expires_at: datetime) -> UUID:  # fmt: skip
        session = new_id()
        await self._db.execute(
            """INSERT INTO sessions (tenant_id, id, member_id, token_hash, signed_in_by, user_agent,
                 created_at, last_used_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)""",
            self._tenant, session, owner, token_hash, by.value, user_agent, now, expires_at,
        )  # fmt: skip
        return session

    async def touch(self, session: UUID, *, now: datetime, expires_at: datetime) -> None:
        await self._db.execute(
            """UPDATE sessions SET last_used_at = $3, expires_at = $4
               WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL""",
            self._tenant, session, now, expires_at,
        )  # fmt: skip

    async def forget_ended(self, owner: MemberId, *, before: datetime) -> None:
        await self._db.execute(
            "DELETE FROM sessions WHERE tenant_id = $1 AND member_id = $2 AND expires_at < $3",
            self._tenant, owner, before,
        )  # fmt: skip

    async def revoke(self, session: UUID, *, now: datetime) -> None:
        await self._db.execute(
            "UPDATE sessions SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL",
            self._tenant, session, now,
        )  # fmt: skip

    async def revoke_all(self, owner: MemberId, *, but: UUID | None, now: datetime) -> None:
        await self._db.execute(
            """UPDATE sessions SET revoked_at = $4 WHERE tenant_id = $1 AND member_id = $2
                 AND revoked_at IS NULL AND id IS DISTINCT FROM $3""",
            self._tenant, owner, but, now,
        )  # fmt: skip


class LinkWriter(Writer):
    async def add(self, owner: MemberId, token_hash: bytes, *, purpose: LinkPurpose, now: datetime,
                  expires_at: datetime) -> None:  # fmt: skip
        await self._db.execute(
            """INSERT INTO sign_in_links
                 (tenant_id, id, member_id, token_hash, purpose, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)""",
            self._tenant, new_id(), owner, token_hash, purpose.value, now, expires_at,
        )  # fmt: skip

    async def spend(self, token_hash: bytes, *, now: datetime) -> MemberId | None:
        """Whose link it was; one statement, so that of two uses one wins."""
        owner: MemberId | None = await self._db.fetchval(
            """UPDATE sign_in_links SET used_at = $3
               WHERE tenant_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3
               RETURNING member_id""",
            self._tenant, token_hash, now,
        )  # fmt: skip
        return owner

    async def forget_ended(self, owner: MemberId, *, before: datetime) -> None:
        await self._db.execute(
            "DELETE FROM sign_in_links WHERE tenant_id = $1 AND member_id = $2 AND expires_at < $3",
            self._tenant, owner, before,
        )  # fmt: skip

    async def spend_all(self, owner: MemberId, *, now: datetime) -> None:
        await self._db.execute(
            """UPDATE sign_in_links SET used_at = $3
               WHERE tenant_id = $1 AND member_id = $2 AND used_at IS NULL""",
            self._tenant, owner, now,
        )  # fmt: skip


_KEY = "id, name, prefix, scopes, created_by, created_at, last_used_at, expires_at, revoked_at"


def _key(row: asyncpg.Record) -> ApiKey:
    return ApiKey(
        row["id"], row["name"], row["prefix"], _known(row["scopes"]), row["created_by"],
        row["created_at"], row["last_used_at"], row["expires_at"], row["revoked_at"],
    )  # fmt: skip


def _known(scopes: Sequence[str]) -> frozenset[Permission]:
    """A scope that a later version dropped grants nothing."""
    return frozenset(_PERMISSIONS[scope] for scope in scopes if scope in _PERMISSIONS)


class ApiKeys(Reader):
    async def find(self, token_hash: bytes, *, now: datetime) -> ApiKey | None:
        row = await self._db.fetchrow(
            f"""SELECT {_KEY} FROM api_keys WHERE tenant_id = $1 AND token_hash = $2
                  AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)""",
            self._tenant, token_hash, now,
        )  # fmt: skip
        return _key(row) if row else None

    async def page(self, after: object, limit: int) -> list[ApiKey]:
        rows = await self._db.fetch(
            f"""SELECT {_KEY} FROM api_keys
                WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3""",
            self._tenant, after, limit,
        )  # fmt: skip
        return [_key(row) for row in rows]


class ApiKeyWriter(Writer):
    async def add(self, key: ApiKey, token_hash: bytes) -> None:
        await self._db.execute(
            """INSERT INTO api_keys
                 (tenant_id, id, name, prefix, token_hash, scopes, created_by, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            self._tenant, key.id, key.name, key.prefix, token_hash, sorted(key.scopes), key.created_by,
            key.created_at, key.expires_at,
        )  # fmt: skip

    async def touch(self, key: UUID, *, now: datetime) -> None:
        await self._db.execute(
            "UPDATE api_keys SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2", self._tenant, key, now
        )

    async def revoke(self, key: UUID, *, now: datetime) -> str | None:
        """The name of the key that is now revoked (or was before); None when there is none."""
        name: str | None = await self._db.fetchval(
            """UPDATE api_keys SET revoked_at = coalesce(revoked_at, $3)
               WHERE tenant_id = $1 AND id = $2 RETURNING name""",
            self._tenant, key, now,
        )  # fmt: skip
        return name
