"""SQL of the consent record as it is followed, copied out, and put back after a restore."""

from collections.abc import Sequence
from uuid import UUID

from samvad.contacts.types import ConsentCopy
from samvad.kernel.ids import TenantId
from samvad.platform.db import ReadScope, SystemScope


async def after(scope: SystemScope, last: UUID, *, most: int) -> list[tuple[TenantId, UUID]]:
    """Lines of all tenants, the oldest first."""
    rows = await scope.db.fetch(
        "SELECT tenant_id, id FROM consents WHERE id > $1 ORDER BY id LIMIT $2", last, most
    )
    return [(TenantId(row["tenant_id"]), row["id"]) for row in rows]


async def read(scope: ReadScope, ids: Sequence[UUID]) -> list[ConsentCopy]:
    rows = await scope.db.fetch(
        """SELECT l.id, l.contact_id, c.name, l.change, l.method, l.words, l.actor, l.at,
             ARRAY(SELECT ARRAY[i.kind, i.scope, i.value] FROM identities i
               WHERE i.tenant_id = $1 AND i.contact_id = l.contact_id ORDER BY 1) AS addresses
           FROM consents l JOIN contacts c ON c.tenant_id = $1 AND c.id = l.contact_id
           WHERE l.tenant_id = $1 AND l.id = ANY($2) ORDER BY l.id""",
        scope.tenant,
        ids,
    )
    return [
        ConsentCopy(
            id=row["id"],
            contact=row["contact_id"],
            name=row["name"],
            addresses=tuple((kind, of, value) for kind, of, value in row["addresses"]),
            change=row["change"],
            method=row["method"],
            words=row["words"],
            actor=row["actor"],
            at=row["at"],
        )
        for row in rows
    ]


async def known(scope: ReadScope, ids: Sequence[UUID]) -> set[UUID]:
    rows = await scope.db.fetch(
        "SELECT id FROM consents WHERE tenant_id = $1 AND id = ANY($2)", scope.tenant, ids
    )
    return {row["id"] for row in rows}
