"""The audit log: who did what to whom, written in the transaction of the deed."""

from datetime import datetime

from samvad.kernel.ids import new_id
from samvad.platform.db import Page, ReadScope, Scope
from samvad.platform.db.paging import page_of
from samvad.tenancy.repository import Audit, AuditWriter
from samvad.tenancy.repository.base import after
from samvad.tenancy.types import AuditEntry


async def record(scope: Scope, action: str, *, subject: str, now: datetime, **detail: str) -> None:
    """Notes a deed: `record(scope, "member.invited", subject=f"member:{id}", now=now, role="agent")`."""
    entry = AuditEntry(new_id(), now, scope.actor.label, action, subject, detail)
    await AuditWriter(scope).add(entry)


async def list_audit(scope: ReadScope, *, cursor: str | None, limit: int) -> Page[AuditEntry]:
    """Newest first."""
    rows = await Audit(scope).page(after(cursor), limit + 1)
    return page_of(rows, limit, lambda entry: (str(entry.id),))
