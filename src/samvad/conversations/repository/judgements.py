"""SQL of what members think of answers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.conversations.types import MemberView, Source
from samvad.conversations.types.judgements import JudgedAnswer, Judgement, Verdict
from samvad.platform.db import ReadScope, Scope

_OF = """
SELECT j.message_id, j.member_id, coalesce(nullif(w.name, ''), w.email) AS member_name, j.verdict, j.reason,
  j.at
FROM judgements j JOIN members w ON w.tenant_id = $1 AND w.id = j.member_id
WHERE j.tenant_id = $1 AND j.message_id = ANY($2) ORDER BY j.at, j.member_id
"""

_WRONG = """
SELECT j.message_id, j.ups, j.downs, j.judged_at, j.settled_at, m.conversation_id, m.text, m.source,
  p.name AS contact_name, coalesce(q.text, '') AS question
FROM judged_answers j
JOIN messages m ON m.tenant_id = $1 AND m.id = j.message_id
JOIN conversations c ON c.tenant_id = $1 AND c.id = m.conversation_id
JOIN contacts p ON p.tenant_id = $1 AND p.id = c.contact_id
LEFT JOIN LATERAL (
  SELECT b.text FROM messages b
  WHERE b.tenant_id = $1 AND b.conversation_id = m.conversation_id AND b.direction = 'in'
    AND (b.sort_at, b.id) < (m.sort_at, m.id)
  ORDER BY b.sort_at DESC, b.id DESC LIMIT 1) q ON true
WHERE j.tenant_id = $1 AND j.downs > 0
"""


def _judgement(row: asyncpg.Record) -> Judgement:
    member = MemberView(row["member_id"], row["member_name"])
    return Judgement(member, Verdict(row["verdict"]), row["reason"], row["at"])


async def of_messages(scope: ReadScope, messages: Sequence[UUID]) -> dict[UUID, list[Judgement]]:
    """Of each message, the oldest first."""
    found: dict[UUID, list[Judgement]] = {}
    for row in await scope.db.fetch(_OF, scope.tenant, messages):
        found.setdefault(row["message_id"], []).append(_judgement(row))
    return found


async def lock(scope: Scope, message: UUID, *, at: datetime) -> None:
    """The answer's own row, made where there is none: its judgements change one after the other."""
    await scope.db.execute(
        """INSERT INTO judged_answers (tenant_id, message_id, ups, downs, judged_at) VALUES ($1, $2, 0, 0, $3)
           ON CONFLICT (tenant_id, message_id) DO UPDATE SET ups = judged_answers.ups""",
        scope.tenant,
        message,
        at,
    )


async def put(scope: Scope, message: UUID, member: UUID, verdict: Verdict, reason: str, at: datetime) -> bool:
    """Whether that changed anything."""
    changed = await scope.db.fetchval(
        """INSERT INTO judgements AS j (tenant_id, message_id, member_id, verdict, reason, at)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (tenant_id, message_id, member_id) DO UPDATE SET verdict = $4, reason = $5, at = $6
           WHERE (j.verdict, j.reason) <> ($4, $5) RETURNING true""",
        scope.tenant,
        message,
        member,
        verdict,
        reason,
        at,
    )
    return bool(changed)


async def remove(scope: Scope, message: UUID, member: UUID) -> bool:
    """Whether there was one."""
    removed = await scope.db.fetchval(
        """DELETE FROM judgements WHERE tenant_id = $1 AND message_id = $2 AND member_id = $3
           RETURNING true""",
        scope.tenant,
        message,
        member,
    )
    return bool(removed)


async def count(scope: Scope, message: UUID, *, wrong_at: datetime | None) -> tuple[int, int]:
    """Counts its thumbs anew: (up, down). Found wrong at `wrong_at`, it is to be dealt with once more."""
    rows = await scope.db.fetch(
        """UPDATE judged_answers a SET ups = n.ups, downs = n.downs, judged_at = coalesce($3, a.judged_at),
             settled_at = CASE WHEN $3::timestamptz IS NULL THEN a.settled_at END
           FROM (SELECT count(*) FILTER (WHERE verdict = 'up') AS ups,
                   count(*) FILTER (WHERE verdict = 'down') AS downs
                 FROM judgements WHERE tenant_id = $1 AND message_id = $2) n
           WHERE a.tenant_id = $1 AND a.message_id = $2 RETURNING a.ups, a.downs""",
        scope.tenant,
        message,
        wrong_at,
    )
    ((ups, downs),) = rows
    return ups, downs


async def wrong(
    scope: ReadScope,
    *,
    settled: bool,
    source: Source | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[JudgedAnswer]:
    at, last = before or (None, None)
    rows = await scope.db.fetch(
        f"""{_WRONG} AND (j.settled_at IS NULL) = NOT $2 AND ($3::text IS NULL OR m.source = $3)
              AND ($4::timestamptz IS NULL OR (j.judged_at, j.message_id) < ($4, $5::uuid))
            ORDER BY j.judged_at DESC, j.message_id DESC LIMIT $6""",
        scope.tenant,
        settled,
        source,
        at,
        last,
        limit,
    )
    said = await of_messages(scope, [row["message_id"] for row in rows])
    return [_answer(row, said.get(row["message_id"], [])) for row in rows]


def _answer(row: asyncpg.Record, said: Sequence[Judgement]) -> JudgedAnswer:
    return JudgedAnswer(
        message=row["message_id"],
        conversation=row["conversation_id"],
        contact_name=row["contact_name"],
        question=row["question"],
        answer=row["text"],
        source=Source(row["source"]) if row["source"] else None,
        ups=row["ups"],
        downs=row["downs"],
        wrong=[one for one in said if one.verdict is Verdict.DOWN],
        judged_at=row["judged_at"],
        settled_at=row["settled_at"],
    )


async def settle(scope: Scope, message: UUID, *, at: datetime | None) -> bool | None:
    """None: nobody finds it wrong. Otherwise whether this changed anything."""
    row = await scope.db.fetchrow(
        """SELECT settled_at FROM judged_answers WHERE tenant_id = $1 AND message_id = $2 AND downs > 0
           FOR UPDATE""",
        scope.tenant,
        message,
    )
    if row is None:
        return None
    if (row["settled_at"] is None) == (at is None):
        return False
    await scope.db.execute(
        "UPDATE judged_answers SET settled_at = $3 WHERE tenant_id = $1 AND message_id = $2",
        scope.tenant,
        message,
        at,
    )
    return True
