"""How many windows each subject has open at a time, counted over all processes. Whoever opened one says now
and then that it still is: what a dead process left open closes by itself."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from samvad.platform.db.scope import SystemScope


async def enter(
    scope: SystemScope, holder: UUID, most: Mapping[str, int], *, now: datetime, until: datetime
) -> bool:
    """In a transaction: whether each of these subjects had room for one more. Hashes of them are kept."""
    keys = {hashlib.sha256(subject.encode()).digest(): room for subject, room in most.items()}
    for key in sorted(keys):  # one at a time counts, and in this order
        await scope.db.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(key[:8], signed=True))
    open_ = await scope.db.fetch(
        """SELECT subject, count(*) AS count FROM open_windows
           WHERE subject = ANY($1) AND until > $2 GROUP BY subject""",
        list(keys),
        now,
    )
    if any(row["count"] >= keys[row["subject"]] for row in open_):
        return False
    await scope.db.execute(
        "INSERT INTO open_windows (subject, holder, until) SELECT s, $2, $3 FROM unnest($1::bytea[]) AS s",
        list(keys),
        holder,
        until,
    )
    return True


async def stay(scope: SystemScope, holder: UUID, *, until: datetime) -> None:
    await scope.db.execute("UPDATE open_windows SET until = $2 WHERE holder = $1", holder, until)


async def leave(scope: SystemScope, holder: UUID) -> None:
    await scope.db.execute("DELETE FROM open_windows WHERE holder = $1", holder)


async def forget(scope: SystemScope, *, before: datetime) -> None:
    """What nobody closed."""
    await scope.db.execute("DELETE FROM open_windows WHERE until < $1", before)
