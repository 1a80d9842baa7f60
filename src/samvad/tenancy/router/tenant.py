"""The tenant's own settings, and its outlets."""

from typing import Annotated
from uuid import UUID

from samvad.kernel.ids import OutletId
from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.deps import PAGE, Cursor, Limit, Now, reads, room_router, writes
from samvad.tenancy.schemas import Listed, OutletChange, OutletIn, OutletOut, TenantChange, TenantOut
from samvad.tenancy.service import get_tenant, tenants
from samvad.tenancy.types import Permission

router = room_router("tenant")
Read = Annotated[ReadScope, reads(Permission.TENANT_READ)]
Write = Annotated[Scope, writes(Permission.TENANT_WRITE)]


@router.get("/tenant", summary="The business and its settings")
async def read_tenant(scope: Read) -> TenantOut:
    return TenantOut.of(await get_tenant(scope))


@router.patch("/tenant", summary="Change settings; what is left out stays")
async def change_tenant(scope: Write, body: TenantChange, now: Now) -> TenantOut:
    return TenantOut.of(await tenants.change_tenant(scope, body, now=now))


@router.get("/outlets", summary="Places of the business")
async def list_outlets(scope: Read, cursor: Cursor = None, limit: Limit = PAGE) -> Listed[OutletOut]:
    page = await tenants.list_outlets(scope, cursor=cursor, limit=limit)
    return Listed(items=[OutletOut.of(outlet) for outlet in page.items], next_cursor=page.next_cursor)


@router.post("/outlets", status_code=201, summary="Add a place")
async def add_outlet(scope: Write, body: OutletIn, now: Now) -> OutletOut:
    return OutletOut.of(await tenants.add_outlet(scope, body.details(), now=now))


@router.get("/outlets/{outlet_id}", summary="One place")
async def read_outlet(scope: Read, outlet_id: UUID) -> OutletOut:
    return OutletOut.of(await tenants.get_outlet(scope, OutletId(outlet_id)))


@router.patch("/outlets/{outlet_id}", summary="Change a place")
async def change_outlet(scope: Write, outlet_id: UUID, body: OutletChange, now: Now) -> OutletOut:
    return OutletOut.of(await tenants.change_outlet(scope, OutletId(outlet_id), body, now=now))


@router.delete("/outlets/{outlet_id}", status_code=204, summary="Remove a place without channels")
async def remove_outlet(scope: Write, outlet_id: UUID, now: Now) -> None:
    await tenants.remove_outlet(scope, OutletId(outlet_id), now=now)
