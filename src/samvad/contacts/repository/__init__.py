"""SQL of contacts, identities and the consent record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from samvad.contacts.types import ConsentChange, ConsentLine, Contact, FormerName
from samvad.kernel.identity import Identity, IdentityKind
from samvad.kernel.ids import ContactId, TenantId
from samvad.kernel.text import fold
from samvad.platform.db import ReadScope, Scope

_MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Place:
    """The primary key of an identity; `scope` is empty where the value is unique in all of WhatsApp."""

    kind: str
    scope: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    contact: ContactId
    name: str
    profile_name: str
    opted_out: bool


def lexemes(tenant: TenantId, words: Iterable[str]) -> list[str]:
    """The tenant as a lexeme of its own keeps the index selective under row-level security."""
    found = {word for text in words for word in fold(text).replace("+", "").split()}
    return [f"t{tenant.hex}", *sorted(found)[:_MOST_WORDS]]


async def find(scope: Scope, places: Sequence[Place]) -> dict[Place, Found]:
    rows = await scope.db.fetch(
        """SELECT i.kind, i.scope, i.value, c.id, c.name, c.profile_name,
             c.opted_out_at IS NOT NULL AS opted_out
           FROM unnest($2::text[], $3::text[], $4::text[]) AS p (kind, scope, value)
           JOIN identities i ON i.kind = p.kind AND i.scope = p.scope AND i.value = p.value
           JOIN contacts c ON c.tenant_id = i.tenant_id AND c.id = i.contact_id
           WHERE i.tenant_id = $1 AND c.tenant_id = $1""",
        scope.tenant,
        [p.kind for p in places],
        [p.scope for p in places],
        [p.value for p in places],
    )
    return {
        Place(r["kind"], r["scope"], r["value"]): Found(
            ContactId(r["id"]), r["name"], r["profile_name"], r["opted_out"]
        )
        for r in rows
    }


NewContact = tuple[ContactId, str, Sequence[str]]  # id, name, words to be found by


async def insert(scope: Scope, contacts: Sequence[NewContact], at: datetime) -> None:
    await scope.db.execute(
        """INSERT INTO contacts (tenant_id, id, name, profile_name, created_at, updated_at, search)
           SELECT $1, n.id, n.name, n.name, $5, $5, array_to_tsvector(string_to_array(n.words, ' '))
           FROM unnest($2::uuid[], $3::text[], $4::text[]) AS n (id, name, words)
           ON CONFLICT DO NOTHING""",
        scope.tenant,
        [contact for contact, _, _ in contacts],
        [name for _, name, _ in contacts],
        [" ".join(lexemes(scope.tenant, words)) for _, _, words in contacts],
        at,
    )


async def add_identities(scope: Scope, pairs: Sequence[tuple[Place, ContactId]], at: datetime) -> int:
    """How many were free; fewer than given means that somebody else took one, or that the contact became
    part of another, just now."""
    rows = await scope.db.fetch(
        """INSERT INTO identities (tenant_id, kind, scope, value, contact_id, created_at)
           SELECT $1, p.kind, p.scope, p.value, p.contact_id, $6
           FROM unnest($2::text[], $3::text[], $4::text[], $5::uuid[]) AS p (kind, scope, value, contact_id)
           JOIN contacts c ON c.tenant_id = $1 AND c.id = p.contact_id AND c.merged_into IS NULL
           ORDER BY 2, 3, 4 FOR KEY SHARE OF c ON CONFLICT DO NOTHING RETURNING 1""",
        scope.tenant,
        [p.kind for p, _ in pairs],
        [p.scope for p, _ in pairs],
        [p.value for p, _ in pairs],
        [c for _, c in pairs],
        at,
    )
    return len(rows)


async def rename(scope: Scope, names: Sequence[tuple[ContactId, str]], at: datetime) -> None:
    """A new profile name replaces the shown one, unless a person gave another; the one before is kept."""
    changed = [contact for contact, _ in names]
    await scope.db.execute(
        """INSERT INTO former_names (tenant_id, contact_id, until, name)
           SELECT tenant_id, id, $3, profile_name FROM contacts
           WHERE tenant_id = $1 AND id = ANY($2) AND profile_name <> '' ON CONFLICT DO NOTHING""",
        scope.tenant,
        changed,
        at,
    )
    await scope.db.execute(
        """DELETE FROM former_names f USING (
             SELECT contact_id, until,
               row_number() OVER (PARTITION BY contact_id ORDER BY until DESC) AS place
             FROM former_names WHERE tenant_id = $1 AND contact_id = ANY($2)) o
           WHERE f.tenant_id = $1 AND f.contact_id = o.contact_id AND f.until = o.until AND o.place > $3""",
        scope.tenant,
        changed,
        MOST_NAMES,
    )
    await scope.db.executemany(
        """UPDATE contacts SET profile_name = $3, updated_at = $4,
             name = CASE WHEN name IN (profile_name, '') THEN $3 ELSE name END,
             search = search || array_to_tsvector($5::text[])
           WHERE tenant_id = $1 AND id = $2""",
        [(scope.tenant, c, name, at, lexemes(scope.tenant, [name])) for c, name in names],
    )


async def set_opted_out(scope: Scope, contact: ContactId, *, at: datetime | None, reason: str | None) -> bool:
    """Whether this changed anything; `at` None means opted in."""
    done = await scope.db.execute(
        """UPDATE contacts SET opted_out_at = $3, opt_out_reason = $4
           WHERE tenant_id = $1 AND id = $2 AND (opted_out_at IS NULL) <> ($3::timestamptz IS NULL)""",
        scope.tenant,
        contact,
        at,
        reason,
    )
    return done.endswith(" 1")


async def record_consent(scope: Scope, change: ConsentChange, *, id: UUID, actor: str | None = None) -> None:
    """`actor`: who did it then, where it is put back; else who acts now."""
    await scope.db.execute(
        """INSERT INTO consents (tenant_id, id, contact_id, change, method, words, message_id, actor, at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        scope.tenant,
        id,
        change.contact,
        change.change,
        change.method,
        change.words[:500],
        change.message,
        actor or scope.actor.label,
        change.at,
    )


async def marketing_preference(scope: Scope, contact: ContactId) -> str | None:
    """The newest marketing_stop or marketing_resume."""
    found: str | None = await scope.db.fetchval(
        """SELECT change FROM consents
           WHERE tenant_id = $1 AND contact_id = $2 AND change IN ('marketing_stop', 'marketing_resume')
           ORDER BY id DESC LIMIT 1""",
        scope.tenant,
        contact,
    )
    return found


MOST_NAMES = 20  # of a person: who changes theirs every minute fills nothing

# The contact with those that became part of it.
_ONE = """WITH RECURSIVE one AS (
  SELECT $2::uuid AS id UNION
  SELECT c.id FROM one JOIN contacts c ON c.tenant_id = $1 AND c.merged_into = one.id)"""

_COLUMNS = """
c.id, c.name, c.profile_name, c.language, c.opted_out_at, c.created_at, c.merged_into, coalesce((
  SELECT array_agg(i.kind || ':' || i.value ORDER BY i.kind, i.value) FROM identities i
  WHERE i.tenant_id = $1 AND i.contact_id = c.id), '{}') AS identities
"""


def _contact(row: asyncpg.Record) -> Contact:
    pairs = (text.split(":", 1) for text in row["identities"])
    return Contact(
        id=ContactId(row["id"]),
        name=row["name"],
        profile_name=row["profile_name"],
        language=row["language"],
        opted_out_at=row["opted_out_at"],
        created_at=row["created_at"],
        merged_into=row["merged_into"],
        identities=tuple(Identity(IdentityKind(kind), value) for kind, value in pairs),
    )


class Contacts:
    def __init__(self, scope: ReadScope) -> None:
        self._scope = scope

    async def some(self, ids: Sequence[UUID]) -> list[Contact]:
        rows = await self._scope.db.fetch(
            f"SELECT {_COLUMNS} FROM contacts c WHERE c.tenant_id = $1 AND c.id = ANY($2)",
            self._scope.tenant,
            ids,
        )
        return [_contact(row) for row in rows]

    async def newest(self, *, before: tuple[datetime, UUID] | None, limit: int) -> list[Contact]:
        at, last = before or (None, None)
        rows = await self._scope.db.fetch(
            f"""SELECT {_COLUMNS} FROM contacts c WHERE c.tenant_id = $1 AND c.merged_into IS NULL
                AND ($2::timestamptz IS NULL OR (c.created_at, c.id) < ($2, $3::uuid))
                ORDER BY c.created_at DESC, c.id DESC LIMIT $4""",
            self._scope.tenant,
            at,
            last,
            limit,
        )
        return [_contact(row) for row in rows]

    async def search(self, words: Sequence[str], *, most: int) -> list[UUID]:
        """Ids of contacts that have every word, as a prefix, in name or number."""
        bare = filter(None, (word.replace("\\", "") for word in words))
        query = " & ".join("'{}':*".format(word.replace("'", "''")) for word in bare)
        if not query:
            return []
        rows = await self._scope.db.fetch("SELECT search_contacts($1::text::tsquery, $2) AS id", query, most)
        return [row["id"] for row in rows]

    async def consents(self, contact: UUID, *, most: int) -> list[ConsentLine]:
        """The newest first."""
        rows = await self._scope.db.fetch(
            f"""{_ONE} SELECT change, method, words, actor, at FROM consents
                WHERE tenant_id = $1 AND contact_id IN (SELECT id FROM one) ORDER BY id DESC LIMIT $3""",
            self._scope.tenant,
            contact,
            most,
        )
        return [ConsentLine(**row) for row in rows]

    async def former_names(self, contact: UUID) -> list[FormerName]:
        """The newest first."""
        rows = await self._scope.db.fetch(
            f"""{_ONE} SELECT name, until FROM former_names
                WHERE tenant_id = $1 AND contact_id IN (SELECT id FROM one) ORDER BY until DESC LIMIT $3""",
            self._scope.tenant,
            contact,
            MOST_NAMES,
        )
        return [FormerName(**row) for row in rows]

    async def by_phone(self, phone: str) -> list[UUID]:
        """Ids of contacts that hold this number, as phone or as wa_id."""
        rows = await self._scope.db.fetch(
            """SELECT DISTINCT contact_id FROM identities WHERE tenant_id = $1 AND scope = ''
               AND ((kind = 'phone' AND value = $2) OR (kind = 'wa_id' AND value = ltrim($2, '+')))""",
            self._scope.tenant,
            phone,
        )
        return [row["contact_id"] for row in rows]
