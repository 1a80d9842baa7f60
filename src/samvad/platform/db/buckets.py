"""Buckets of tokens that all processes share: how much somebody without an account may ask for."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from samvad.platform.db.scope import SystemScope

_TAKE = """
INSERT INTO rate_buckets AS b (subject, tokens, taken, at) VALUES ($1, $2::float8 - 1, true, $4)
ON CONFLICT (subject) DO UPDATE SET (tokens, taken, at) = (
  SELECT CASE WHEN f.left >= 1 THEN f.left - 1 ELSE f.left END, f.left >= 1, greatest(b.at, excluded.at)
  FROM (SELECT least($2, b.tokens + $3::float8 *
    greatest(0, extract(epoch FROM excluded.at - b.at)))::float8 AS left) f)
RETURNING taken, tokens
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`. `name` sets it apart from other rates of the same subject."""

    name: str
    burst: int
    per_second: float


async def take(scope: SystemScope, rate: Rate, subject: str, *, now: datetime) -> float:
    """Seconds until a token is there; 0: one was taken. Only a hash of the subject is stored."""
    key = hashlib.sha256(f"{rate.name}\n{subject}".encode()).digest()
    row = await scope.db.fetchrow(_TAKE, key, rate.burst, rate.per_second, now)
    if row is None or row["taken"]:
        return 0.0
    return float((1 - row["tokens"]) / rate.per_second)


async def forget(scope: SystemScope, *, before: datetime) -> None:
    """Buckets that nobody asked of since then are full."""
    await scope.db.execute("DELETE FROM rate_buckets WHERE at < $1", before)
