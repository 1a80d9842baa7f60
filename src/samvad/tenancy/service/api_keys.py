"""API keys: made with narrow scopes, shown once, revoked at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvad.kernel.errors import FieldError, Forbidden, Invalid, NotFound
from samvad.kernel.ids import new_id
from samvad.kernel.text import display_name
from samvad.platform.crypto import token_hash
from samvad.platform.db import Page, ReadScope, Scope
from samvad.platform.db.paging import page_of
from samvad.tenancy.repository import ApiKeys, ApiKeyWriter
from samvad.tenancy.repository.base import after
from samvad.tenancy.rules import GRANTABLE
from samvad.tenancy.service.access import API_KEY, Caller, make_token
from samvad.tenancy.service.audit import record
from samvad.tenancy.types import ApiKey, Permission


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """`scopes` None: everything a key may ever do and its maker may do."""

    name: str
    scopes: Collection[Permission] | None = None
    expires_at: datetime | None = None


async def create_api_key(
    scope: Scope, new: NewApiKey, *, now: datetime, by: Caller | None = None
) -> tuple[ApiKey, str]:
    """The key's record and the key itself, which is never readable again. `by` None is the operator."""
    held = GRANTABLE & by.permissions if by else GRANTABLE
    scopes = frozenset(held if new.scopes is None else new.scopes)
    if not scopes <= GRANTABLE:
        raise Invalid(errors=[FieldError("scopes", f"not for keys: {', '.join(sorted(scopes - GRANTABLE))}")])
    if not scopes <= held:
        raise Forbidden("A key cannot be allowed more than its maker")
    name = display_name(new.name)
    if not name or not scopes:
        raise Invalid(errors=[FieldError("scopes" if name else "name", "this may not be empty")])
    if new.expires_at and new.expires_at <= now:
        raise Invalid(errors=[FieldError("expires_at", "this is in the past")])
    return await _make(scope, NewApiKey(name, scopes, new.expires_at), now=now)


async def _make(scope: Scope, new: NewApiKey, *, now: datetime) -> tuple[ApiKey, str]:
    secret = make_token(API_KEY, scope.tenant)
    key = ApiKey(
        id=new_id(), name=new.name, prefix=f"{API_KEY}_…{secret[-6:]}", scopes=frozenset(new.scopes or ()),
        created_by=scope.actor.member, created_at=now, last_used_at=None, expires_at=new.expires_at,
        revoked_at=None,
    )  # fmt: skip
    await ApiKeyWriter(scope).add(key, token_hash(secret))
    await record(scope, "api_key.created", subject=f"api_key:{key.id}", now=now, name=key.name,
                 scopes=" ".join(sorted(key.scopes)))  # fmt: skip
    return key, secret


async def revoke_api_key(scope: Scope, key: UUID, *, now: datetime) -> None:
    """Holds from this commit on; revoking twice is fine. Raises NotFound."""
    name = await ApiKeyWriter(scope).revoke(key, now=now)
    if name is None:
        raise NotFound
    await record(scope, "api_key.revoked", subject=f"api_key:{key}", now=now, name=name)


async def list_api_keys(scope: ReadScope, *, cursor: str | None, limit: int) -> Page[ApiKey]:
    rows = await ApiKeys(scope).page(after(cursor), limit + 1)
    return page_of(rows, limit, lambda key: (str(key.id),))
