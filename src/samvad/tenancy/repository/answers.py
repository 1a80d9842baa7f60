"""The first answers of calls with an Idempotency-Key, written in the transaction of their effect."""

from dataclasses import dataclass
from datetime import datetime

from samvad.tenancy.repository.base import Reader, Writer


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """`status` is None when the effect stands but the answer held a secret and was not kept."""

    fingerprint: bytes
    created_at: datetime
    status: int | None
    content_type: str | None
    body: bytes | None


class KeptAnswers(Reader):
    async def find(self, key: str) -> KeptAnswer | None:
        row = await self._db.fetchrow(
            """SELECT fingerprint, created_at, status, content_type, body FROM idempotency_keys
               WHERE tenant_id = $1 AND key = $2""",
            self._tenant, key,
        )  # fmt: skip
        return KeptAnswer(*row) if row else None


class KeptAnswerWriter(Writer):
    async def claim(self, key: str, fingerprint: bytes, *, now: datetime) -> bool:
        """Whether this call is the first with its key; a copy running at the same moment is waited for."""
        first = await self._db.fetchval(
            """INSERT INTO idempotency_keys (tenant_id, key, fingerprint, created_at)
               VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, key) DO NOTHING RETURNING true""",
            self._tenant, key, fingerprint, now,
        )  # fmt: skip
        return bool(first)

    async def keep(self, key: str, *, status: int, content_type: str | None, body: bytes) -> None:
        await self._db.execute(
            """UPDATE idempotency_keys SET status = $3, content_type = $4, body = $5
               WHERE tenant_id = $1 AND key = $2""",
            self._tenant, key, status, content_type, body,
        )  # fmt: skip

    async def forget_before(self, moment: datetime) -> None:
        """At most a hundred at a time, and never one that another call is just forgetting."""
        await self._db.execute(
            """DELETE FROM idempotency_keys WHERE tenant_id = $1 AND key IN (
                 SELECT key FROM idempotency_keys WHERE tenant_id = $1 AND created_at < $2
                 ORDER BY created_at LIMIT 100 FOR UPDATE SKIP LOCKED)""",
            self._tenant, moment,
        )  # fmt: skip
