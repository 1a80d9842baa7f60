"""Sign-in before any tenant is known: the e-mail directory and the count of failures. System role only."""

from datetime import datetime
from typing import NamedTuple

from samvad.kernel.ids import MemberId, TenantId
from samvad.platform.db import SystemScope


class Place(NamedTuple):
    tenant: TenantId
    member: MemberId


class Directory:
    """E-mail address -> tenant and member, over all tenants."""

    def __init__(self, scope: SystemScope) -> None:
        self._db = scope.db

    async def find(self, email: str) -> Place | None:
        row = await self._db.fetchrow(
            "SELECT tenant_id, member_id FROM member_directory WHERE email = $1", email
        )
        return Place(row["tenant_id"], row["member_id"]) if row else None


class Attempts:
    """Failures by subject (a hashed e-mail or client address)."""

    def __init__(self, scope: SystemScope) -> None:
        self._db = scope.db

    async def locked_until(self, subjects: list[bytes], *, now: datetime) -> datetime | None:
        """The latest end of a lock that holds at `now`."""
        until: datetime | None = await self._db.fetchval(
            "SELECT max(locked_until) FROM sign_in_attempts WHERE subject = ANY($1) AND locked_until > $2",
            subjects, now,
        )  # fmt: skip
        return until

    async def fail(self, subject: bytes, *, now: datetime, window_began: datetime, limit: int,
                   lock_until: datetime) -> None:  # fmt: skip
        """One more failure; atomic, so parallel guesses all count."""
        await self._db.execute(
            """INSERT INTO sign_in_attempts AS a (subject, failures, window_started, locked_until)
               VALUES ($1, 1, $2, CASE WHEN $4 <= 1 THEN $5::timestamptz END)
               ON CONFLICT (subject) DO UPDATE SET
                 failures = CASE WHEN a.window_started < $3 THEN 1 ELSE a.failures + 1 END,
                 window_started = CASE WHEN a.window_started < $3 THEN $2 ELSE a.window_started END,
                 locked_until = CASE WHEN a.window_started >= $3 AND a.failures + 1 >= $4 THEN $5::timestamptz
                   ELSE a.locked_until END""",
            subject, now, window_began, limit, lock_until,
        )  # fmt: skip

    async def forget(self, subject: bytes) -> None:
        await self._db.execute("DELETE FROM sign_in_attempts WHERE subject = $1", subject)

    async def forget_before(self, moment: datetime) -> None:
        await self._db.execute(
            """DELETE FROM sign_in_attempts
               WHERE window_started < $1 AND (locked_until IS NULL OR locked_until < $1)""",
            moment,
        )  # fmt: skip
