"""Signing in by password or one-time link, signing out, changing one's password."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError, Forbidden, Invalid, TooMany
from samvad.kernel.ids import MemberId, TenantId
from samvad.kernel.text import storable
from samvad.platform.crypto import token_hash
from samvad.platform.db import Actor, Database, Scope
from samvad.tenancy import rules
from samvad.tenancy.errors import LinkSpent, MemberDisabled, WrongCredentials
from samvad.tenancy.passwords import NOBODY
from samvad.tenancy.repository import (
    Attempts,
    Directory,
    LinkWriter,
    Members,
    MemberWriter,
    SessionWriter,
)
from samvad.tenancy.service.access import (
    LINK,
    SESSION,
    SESSION_LIFE,
    Caller,
    make_token,
    tenant_of_token,
)
from samvad.tenancy.service.audit import record
from samvad.tenancy.service.members import set_password
from samvad.tenancy.types import PasswordHasher, SignedInBy

MOST_FAILURES = 10
WINDOW = timedelta(minutes=15)
FRESH_LINK = timedelta(minutes=15)
KEPT_AFTER_END = timedelta(days=30)


class Visitor(NamedTuple):
    """Where a sign-in comes from."""

    address: str
    user_agent: str


class _Found(NamedTuple):
    tenant: TenantId
    member: MemberId
    password_hash: str


@dataclass(frozen=True, slots=True)
class SignIn:
    database: Database
    hasher: PasswordHasher
    clock: Clock

    async def with_password(self, email: str, password: str, *, visitor: Visitor) -> str:
        """A session token. Raises WrongCredentials, TooMany; takes as long for an unknown e-mail."""
        email = email.strip().lower()
        subjects = [_subject("email", email), _subject("address", visitor.address)]
        await self._check_lock(subjects)
        found = await self._find(email)
        fits = await self.hasher.verify(found.password_hash if found else NOBODY, password)
        if not (found and fits):
            await self._fail(subjects)
            raise WrongCredentials
        # again: guesses that ran beside this one have counted meanwhile
        await self._check_lock(subjects)
        async with self.database.system() as system:
            await Attempts(system).forget(subjects[0])
        async with self.database.unit_of_work(found.tenant, Actor(found.member)) as scope:
            return await self._open(scope, found.member, SignedInBy.PASSWORD, visitor)

    async def with_link(self, token: str, *, visitor: Visitor) -> str:
        """A session token for a one-time link. Raises LinkSpent."""
        tenant = tenant_of_token(token, LINK)
        if tenant is None:
            raise LinkSpent
        async with self.database.unit_of_work(tenant) as scope:
            member = await LinkWriter(scope).spend(token_hash(token), now=self.clock.now())
            if member is None:
                raise LinkSpent
            acting = replace(scope, actor=Actor(member))
            return await self._open(acting, member, SignedInBy.LINK, visitor)

    async def change_password(
        self, tenant: TenantId, caller: Caller, *, current: str | None, new: str
    ) -> None:
        """The present password is asked for, unless there is none or a link was used just now."""
        if caller.session is None:
            raise Forbidden("An API key has no password")
        rules.check_password(new, field="new_password")
        member, now = caller.session.member.id, self.clock.now()
        by_link = caller.session.signed_in_by is SignedInBy.LINK
        if not (by_link and now - caller.session.created_at <= FRESH_LINK):
            await self._check_current(tenant, member, current)
        hashed = await self.hasher.hash(new)
        async with self.database.unit_of_work(tenant, caller) as scope:
            await set_password(scope, member, hashed, keep=caller.session.id, now=now)

    async def _check_current(self, tenant: TenantId, member: MemberId, current: str | None) -> None:
        subjects = [_subject("member", str(member))]
        await self._check_lock(subjects)
        async with self.database.reading(tenant) as scope:
            stored = await Members(scope).password_hash(member)
        if stored is None or await self.hasher.verify(stored, current or ""):
            return
        await self._fail(subjects)
        raise Invalid(errors=[FieldError("current_password", "this is not the present password")])

    async def _find(self, email: str) -> _Found | None:
        """Nobody with a NUL or half a character in the e-mail is known: the database is not asked."""
        if storable(email) != email:
            return None
        async with self.database.system() as system:
            place = await Directory(system).find(email)
        if place is None:
            return None
        async with self.database.reading(place.tenant) as scope:
            stored = await Members(scope).password_hash(place.member)
        return _Found(place.tenant, place.member, stored) if stored else None

    async def _check_lock(self, subjects: list[bytes]) -> None:
        now = self.clock.now()
        async with self.database.system() as system:
            until = await Attempts(system).locked_until(subjects, now=now)
        if until:
            wait = ceil((until - now).total_seconds())
            raise TooMany("Too many failed sign-ins; wait before the next", retry_after=wait)

    async def _fail(self, subjects: list[bytes]) -> None:
        now = self.clock.now()
        async with self.database.system() as system:
            for subject in sorted(subjects):  # one order, so that parallel failures do not deadlock
                await Attempts(system).fail(
                    subject, now=now, window_began=now - WINDOW, limit=MOST_FAILURES, lock_until=now + WINDOW
                )

    async def _open(self, scope: Scope, member: MemberId, by: SignedInBy, visitor: Visitor) -> str:
        now = self.clock.now()
        owner = await MemberWriter(scope).lock(member)
        if owner is None or owner.disabled_at:
            raise MemberDisabled
        await SessionWriter(scope).forget_ended(member, before=now - KEPT_AFTER_END)
        await LinkWriter(scope).forget_ended(member, before=now - KEPT_AFTER_END)
        token = make_token(SESSION, scope.tenant)
        await SessionWriter(scope).add(
            member, token_hash(token), by=by, user_agent=storable(visitor.user_agent)[:200],
            now=now, expires_at=now + SESSION_LIFE,
        )  # fmt: skip
        await record(scope, "member.signed_in", subject=f"member:{member}", now=now, by=by.value)
        return token


async def sign_out(scope: Scope, caller: Caller, *, now: datetime) -> None:
    """Ends the caller's session. Raises Forbidden for an API key: those are revoked."""
    if caller.session is None:
        raise Forbidden("An API key has no session; revoke it instead")
    await SessionWriter(scope).revoke(caller.session.id, now=now)


async def forget_attempts(database: Database, *, now: datetime) -> None:
    """Drops counts whose window and lock are over; for a timer, once an hour or so."""
    async with database.system() as system:
        await Attempts(system).forget_before(now - WINDOW)


def _subject(kind: str, value: str) -> bytes:
    """Hashed: the table of failures names nobody."""
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "surrogatepass")).digest()
