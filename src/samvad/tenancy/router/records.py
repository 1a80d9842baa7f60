"""Alerts that a person should look at, and the audit log."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from samvad.platform.db import ReadScope, Scope
from samvad.tenancy import service
from samvad.tenancy.deps import PAGE, Cursor, Limit, Now, reads, room_router, writes
from samvad.tenancy.schemas import AlertOut, AuditOut, Listed
from samvad.tenancy.types import Permission

router = room_router("records")
Resolved = Annotated[bool, Query(description="those that were resolved instead of the open ones")]
About = Annotated[str | None, Query(max_length=100, description="those about this, such as a channel's id")]


@router.get("/alerts", summary="What a person should look at, newest first")
async def list_alerts(
    scope: Annotated[ReadScope, reads(Permission.ALERTS_READ)],
    resolved: Resolved = False,
    subject: About = None,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> Listed[AlertOut]:
    page = await service.list_alerts(scope, resolved=resolved, subject=subject, cursor=cursor, limit=limit)
    return Listed(items=[AlertOut.of(alert) for alert in page.items], next_cursor=page.next_cursor)


@router.post("/alerts/{alert_id}/resolve", summary="Done with it")
async def resolve_alert(
    scope: Annotated[Scope, writes(Permission.ALERTS_WRITE)], alert_id: UUID, now: Now
) -> AlertOut:
    return AlertOut.of(await service.resolve_alert(scope, alert_id, now=now))


@router.post("/alerts/{alert_id}/acknowledge", summary="Somebody looks after it")
async def acknowledge_alert(
    scope: Annotated[Scope, writes(Permission.ALERTS_WRITE)], alert_id: UUID, now: Now
) -> AlertOut:
    return AlertOut.of(await service.acknowledge_alert(scope, alert_id, now=now))


@router.get("/audit", summary="Who did what, newest first")
async def list_audit(
    scope: Annotated[ReadScope, reads(Permission.AUDIT_READ)], cursor: Cursor = None, limit: Limit = PAGE
) -> Listed[AuditOut]:
    page = await service.list_audit(scope, cursor=cursor, limit=limit)
    return Listed(items=[AuditOut.of(entry) for entry in page.items], next_cursor=page.next_cursor)
