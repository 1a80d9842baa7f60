"""SQL of contacts that became one, and of the record that parts them again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.contacts.rules.people import Address
from samvad.contacts.types import Merge, MergeHow, Standing
from samvad.platform.db import ReadScope, Scope

_COLUMNS = """m.id, m.kept_id, m.absorbed_id, m.how, m.why, m.moved, m.actor, m.at, m.undone_at, m.undone_by,
  a.name AS absorbed_name"""


def _merge(row: asyncpg.Record) -> Merge:
    return Merge(
        id=row["id"],
        kept=row["kept_id"],
        absorbed=row["absorbed_id"],
        absorbed_name=row["absorbed_name"],
        how=MergeHow(row["how"]),
        why=row["why"],
        moved=row["moved"],
        actor=row["actor"],
        at=row["at"],
        undone_at=row["undone_at"],
        undone_by=row["undone_by"],
    )


async def lock(scope: Scope, contacts: Sequence[UUID]) -> dict[UUID, Standing]:
    """Nobody gives them an address or a conversation before this transaction ends."""
    rows = await scope.db.fetch(
        """SELECT id, merged_into, opted_out_at, opt_out_reason, created_at FROM contacts
           WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE""",
        scope.tenant,
        contacts,
    )
    return {row["id"]: _standing(row) for row in rows}


def _standing(row: asyncpg.Record) -> Standing:
    return Standing(
        row["id"], row["merged_into"], row["opted_out_at"], row["opt_out_reason"] or "", row["created_at"]
    )


async def root(scope: ReadScope, contact: UUID) -> Standing | None:
    row = await scope.db.fetchrow(
        """WITH RECURSIVE up AS (
             SELECT c.* FROM contacts c WHERE c.tenant_id = $1 AND c.id = $2 UNION ALL
             SELECT c.* FROM up JOIN contacts c ON c.tenant_id = $1 AND c.id = up.merged_into)
           SELECT id, merged_into, opted_out_at, opt_out_reason, created_at FROM up
           WHERE merged_into IS NULL""",
        scope.tenant,
        contact,
    )
    return _standing(row) if row else None


async def addresses(scope: ReadScope, contact: UUID) -> list[Address]:
    rows = await scope.db.fetch(
        """SELECT kind, scope, value FROM identities WHERE tenant_id = $1 AND contact_id = $2
           ORDER BY kind, scope, value""",
        scope.tenant,
        contact,
    )
    return [(r["kind"], r["scope"], r["value"]) for r in rows]


async def move(scope: Scope, found: Sequence[Address], *, whose: UUID, to: UUID) -> None:
    await scope.db.execute(
        """UPDATE identities i SET contact_id = $3
           FROM unnest($4::text[], $5::text[], $6::text[]) AS p (kind, scope, value)
           WHERE i.tenant_id = $1 AND i.contact_id = $2 AND i.kind = p.kind AND i.scope = p.scope
             AND i.value = p.value""",
        scope.tenant,
        whose,
        to,
        [kind for kind, _, _ in found],
        [place for _, place, _ in found],
        [value for _, _, value in found],
    )


async def mark(scope: Scope, absorbed: UUID, *, into: UUID | None) -> None:
    """Merged: no longer in lists, found under the other's name too. `into` None: a contact again."""
    await scope.db.execute(
        "UPDATE contacts SET merged_into = $3 WHERE tenant_id = $1 AND id = $2", scope.tenant, absorbed, into
    )
    if into is not None:
        await scope.db.execute(
            """UPDATE contacts c SET search = c.search || a.search,
                 name = CASE WHEN c.name = '' THEN a.name ELSE c.name END
               FROM contacts a WHERE c.tenant_id = $1 AND c.id = $2 AND a.tenant_id = $1 AND a.id = $3""",
            scope.tenant,
            into,
            absorbed,
        )


async def insert(scope: Scope, merge: Merge) -> None:
    await scope.db.execute(
        """INSERT INTO contact_merges (tenant_id, id, kept_id, absorbed_id, how, why, moved, actor, at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        scope.tenant,
        merge.id,
        merge.kept,
        merge.absorbed,
        merge.how,
        merge.why,
        merge.moved,
        merge.actor,
        merge.at,
    )


async def undone(scope: Scope, merge: UUID, *, at: datetime) -> None:
    await scope.db.execute(
        "UPDATE contact_merges SET undone_at = $3, undone_by = $4 WHERE tenant_id = $1 AND id = $2",
        scope.tenant,
        merge,
        at,
        scope.actor.label,
    )


async def get(scope: ReadScope, merge: UUID) -> Merge | None:
    row = await scope.db.fetchrow(
        f"""SELECT {_COLUMNS} FROM contact_merges m
            JOIN contacts a ON a.tenant_id = $1 AND a.id = m.absorbed_id
            WHERE m.tenant_id = $1 AND m.id = $2""",
        scope.tenant,
        merge,
    )
    return _merge(row) if row else None


async def of(scope: ReadScope, contact: UUID, *, most: int) -> list[Merge]:
    """What became part of this contact, the newest first."""
    rows = await scope.db.fetch(
        f"""SELECT {_COLUMNS} FROM contact_merges m
            JOIN contacts a ON a.tenant_id = $1 AND a.id = m.absorbed_id
            WHERE m.tenant_id = $1 AND m.kept_id = $2 ORDER BY m.id DESC LIMIT $3""",
        scope.tenant,
        contact,
        most,
    )
    return [_merge(row) for row in rows]


async def parted(scope: ReadScope, one: UUID, other: UUID) -> bool:
    """Whether somebody undid a merge of these two."""
    found = await scope.db.fetchval(
        """SELECT EXISTS (SELECT FROM contact_merges WHERE tenant_id = $1 AND undone_at IS NOT NULL
             AND (kept_id, absorbed_id) IN (($2, $3), ($3, $2)))""",
        scope.tenant,
        one,
        other,
    )
    return bool(found)


async def newest_consent(scope: ReadScope, contact: UUID) -> UUID | None:
    found: UUID | None = await scope.db.fetchval(
        """SELECT id FROM consents WHERE tenant_id = $1 AND contact_id = $2
             AND change IN ('opt_out', 'opt_in') ORDER BY id DESC LIMIT 1""",
        scope.tenant,
        contact,
    )
    return found
