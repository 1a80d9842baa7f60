"""Who is calling: tokens of sessions and API keys turned into a Caller, permissions checked in one place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from samvad.kernel.clock import Clock
from samvad.kernel.errors import Forbidden, Unauthenticated
from samvad.kernel.ids import MemberId, TenantId
from samvad.platform.crashpoints import Point
from samvad.platform.crypto import new_token, token_hash
from samvad.platform.db import Actor, Database, ReadScope, Scope
from samvad.tenancy.repository import (
    ApiKeys,
    ApiKeyWriter,
    MemberWriter,
    Sessions,
    SessionWriter,
)
from samvad.tenancy.rules import PERMISSIONS
from samvad.tenancy.types import ApiKey, Permission, Role, Session

SESSION, LINK, API_KEY = "svs", "svl", "svk"
SESSION_LIFE = timedelta(days=7)
_TOUCH_EVERY = timedelta(minutes=1)
_MOST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Caller(Actor):
    """An Actor that came in by the door: a member with a session, or an API key."""

    permissions: frozenset[Permission] = frozenset()
    session: Session | None = None
    key: ApiKey | None = None

    @property
    def role(self) -> Role | None:
        return self.session.member.role if self.session else None

    @property
    def rank(self) -> Role:
        """Raises Forbidden for an API key, which has no rank among people."""
        if self.session is None:
            raise Forbidden("Only a person who is signed in may do this")
        return self.session.member.role

    def require(self, permission: Permission) -> None:
        """The one place that refuses. Raises Forbidden."""
        if permission not in self.permissions:
            raise Forbidden(f"This needs the permission {permission}")


def caller_of(scope: ReadScope) -> Caller:
    """The Caller behind a scope that the door opened."""
    if not isinstance(scope.actor, Caller):
        raise TypeError("this scope was not opened for a caller")
    return scope.actor


def make_token(kind: str, tenant: TenantId) -> str:
    """`<kind>_<tenant hex>_<random>`: the tenant in it only says where to look for its hash."""
    return new_token(f"{kind}_{tenant.hex}")


def tenant_of_token(token: str, *kinds: str) -> TenantId | None:
    """Where to look for this token; None when it is not one of ours."""
    kind, _, rest = token.partition("_")
    tenant, _, secret = rest.partition("_")
    if kind not in (kinds or (SESSION, API_KEY)) or len(token) > _MOST_TOKEN or len(tenant) != 32:
        return None
    try:
        return TenantId(UUID(hex=tenant)) if secret and token.isascii() else None
    except ValueError:
        return None


async def identify(scope: ReadScope, token: str, *, now: datetime) -> Caller:
    """The caller behind a token of the scope's tenant. Raises Unauthenticated."""
    if token.startswith(API_KEY):
        key = await ApiKeys(scope).find(token_hash(token), now=now)
        if key is None:
            raise Unauthenticated("This API key is unknown, expired or revoked")
        return Caller(api_key=str(key.id), permissions=key.scopes | {Permission.SELF}, key=key)
    session = await Sessions(scope).find(token_hash(token), now=now)
    if session is None:
        raise Unauthenticated("This session has ended; sign in again")
    permissions = PERMISSIONS[session.member.role]
    return Caller(MemberId(session.member.id), permissions=permissions, session=session)


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """Opens transactions for callers: token -> tenant -> transaction -> identity -> permission."""

    database: Database
    clock: Clock

    @asynccontextmanager
    async def reading(self, token: str | None, permission: Permission) -> AsyncIterator[ReadScope]:
        tenant = _tenant(token)
        async with self.database.reading(tenant) as scope:
            caller = await self._admit(scope, token, permission)
            yield replace(scope, actor=caller)
        await self._touch(tenant, caller)

    @asynccontextmanager
    async def writing(
        self, token: str | None, permission: Permission, *, point: Point | None = None
    ) -> AsyncIterator[Scope]:
        tenant = _tenant(token)
        async with self.database.unit_of_work(tenant, point=point) as scope:
            caller = await self._admit(scope, token, permission)
            yield replace(scope, actor=caller)
        await self._touch(tenant, caller)

    async def admit(self, token: str | None, permission: Permission) -> tuple[TenantId, Caller]:
        """Checks only, and holds no transaction afterwards: for sockets and calls that leave the house."""
        tenant = _tenant(token)
        async with self.database.reading(tenant) as scope:
            caller = await self._admit(scope, token, permission)
        await self._touch(tenant, caller)
        return tenant, caller

    async def _admit(self, scope: ReadScope, token: str | None, permission: Permission) -> Caller:
        caller = await identify(scope, token or "", now=self.clock.now())
        caller.require(permission)
        return caller

    async def _touch(self, tenant: TenantId, caller: Caller) -> None:
        """Notes the use, at most once a minute, so that reading stays reading."""
        now = self.clock.now()
        used = caller.session or caller.key
        if used is None or (used.last_used_at and now - used.last_used_at < _TOUCH_EVERY):
            return
        async with self.database.unit_of_work(tenant, caller) as scope:
            if isinstance(used, Session):
                await SessionWriter(scope).touch(used.id, now=now, expires_at=now + SESSION_LIFE)
                await MemberWriter(scope).seen(used.member.id, now=now)
            else:
                await ApiKeyWriter(scope).touch(used.id, now=now)


def _tenant(token: str | None) -> TenantId:
    tenant = tenant_of_token(token) if token else None
    if tenant is None:
        raise Unauthenticated("Send a session token or an API key" if not token else "This token is not ours")
    return tenant
