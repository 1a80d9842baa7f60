"""Rules as rows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.assistant.types import Action, Match, Rule, RuleDetails
from samvad.platform.db import ReadScope, Scope

_COLUMNS = "id, name, match, phrases, action, text, texts, topic, position, enabled, builtin"


def _rule(row: asyncpg.Record) -> Rule:
    return Rule(
        id=row["id"],
        name=row["name"],
        match=Match(row["match"]),
        phrases=tuple(row["phrases"]),
        action=Action(row["action"]),
        text=row["text"],
        texts=row["texts"],
        topic=row["topic"],
        position=row["position"],
        enabled=row["enabled"],
        builtin=row["builtin"],
    )


class Rules:
    """First to last."""

    def __init__(self, scope: ReadScope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant

    async def all(self) -> list[Rule]:
        rows = await self._db.fetch(
            f"SELECT {_COLUMNS} FROM rules WHERE tenant_id = $1 ORDER BY position, id", self._tenant
        )
        return [_rule(row) for row in rows]

    async def enabled(self) -> list[Rule]:
        rows = await self._db.fetch(
            f"SELECT {_COLUMNS} FROM rules WHERE tenant_id = $1 AND enabled ORDER BY position, id",
            self._tenant,
        )
        return [_rule(row) for row in rows]

    async def page(self, after: tuple[int, UUID] | None, limit: int) -> list[Rule]:
        position, last = after or (None, None)
        rows = await self._db.fetch(
            f"""SELECT {_COLUMNS} FROM rules WHERE tenant_id = $1
                AND ($2::int IS NULL OR (position, id) > ($2, $3::uuid))
                ORDER BY position, id LIMIT $4""",
            self._tenant, position, last, limit,
        )  # fmt: skip
        return [_rule(row) for row in rows]

    async def get(self, id: UUID) -> Rule | None:
        row = await self._db.fetchrow(
            f"SELECT {_COLUMNS} FROM rules WHERE tenant_id = $1 AND id = $2", self._tenant, id
        )
        return _rule(row) if row else None


class RuleWriter:
    def __init__(self, scope: Scope) -> None:
        self._db = scope.db
        self._tenant = scope.tenant

    async def lock_all(self) -> None:
        """Makes whoever adds, moves or removes rules of this tenant wait for us."""
        await self._db.execute(
            "SELECT 1 FROM rules WHERE tenant_id = $1 ORDER BY id FOR UPDATE", self._tenant
        )

    async def lock(self, id: UUID) -> Rule | None:
        row = await self._db.fetchrow(
            f"SELECT {_COLUMNS} FROM rules WHERE tenant_id = $1 AND id = $2 FOR UPDATE", self._tenant, id
        )
        return _rule(row) if row else None

    async def add(self, rules: Sequence[Rule], *, at: datetime) -> None:
        await self._db.executemany(
            """INSERT INTO rules (tenant_id, id, name, match, phrases, action, text, texts, topic, position,
                 enabled, builtin, created_at, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)""",
            [
                (self._tenant, r.id, *_values(r.details), r.position, r.enabled, r.builtin, at) for r in rules
            ],
        )  # fmt: skip

    async def save(self, id: UUID, details: RuleDetails, *, position: int, at: datetime) -> None:
        await self._db.execute(
            """UPDATE rules SET name = $3, match = $4, phrases = $5, action = $6, text = $7, texts = $8,
                 topic = $9, position = $10, enabled = $11, updated_at = $12
               WHERE tenant_id = $1 AND id = $2""",
            self._tenant, id, *_values(details), position, details.enabled, at,
        )  # fmt: skip

    async def place(self, ids: Sequence[UUID], positions: Sequence[int], *, at: datetime) -> None:
        await self._db.execute(
            """UPDATE rules SET position = n.position, updated_at = $4
               FROM unnest($2::uuid[], $3::int[]) AS n (id, position)
               WHERE rules.tenant_id = $1 AND rules.id = n.id""",
            self._tenant, ids, positions, at,
        )  # fmt: skip

    async def remove(self, id: UUID) -> None:
        await self._db.execute("DELETE FROM rules WHERE tenant_id = $1 AND id = $2", self._tenant, id)


def _values(details: RuleDetails) -> tuple[object, ...]:
    return (
        details.name,
        details.match.value,
        details.phrases,
        details.action.value,
        details.text,
        dict(details.texts),
        details.topic,
    )
