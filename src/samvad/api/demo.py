"""The demo business of a tenant: what is loaded, what is on offer, loading, taking back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from fastapi import Depends
from pydantic import BaseModel, ConfigDict

from samvad.platform.db import ReadScope
from samvad.tenancy.deps import Admitted, Now, admits, part, reads, room_router
from samvad.tenancy.types import Permission
from samvad.workflows.demo import catalogue
from samvad.workflows.demo.service import Demos
from samvad.workflows.demo.types import Business, DemoName, Loaded

router = room_router("demo", prefix="/demo")
Read = Annotated[ReadScope, reads(Permission.TENANT_READ)]
Acts = Annotated[Admitted, admits(Permission.TENANT_WRITE)]
Shop = Annotated[Demos, Depends(part(Demos))]


class DemoIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: DemoName


class DemoBusiness(BaseModel):
    """`label` says what it is, `business` what it calls itself, `ask` what to ask it first."""

    name: DemoName
    label: str
    business: str
    ask: Sequence[str]

    @classmethod
    def of(cls, business: Business) -> Self:
        return cls(
            name=business.name, label=business.label, business=business.settings.name, ask=business.ask
        )


class DemoLoaded(DemoBusiness):
    loaded_at: datetime


class DemoOut(BaseModel):
    loaded: DemoLoaded | None
    on_offer: list[DemoBusiness]

    @classmethod
    def of(cls, loaded: Loaded | None) -> Self:
        on_offer = [DemoBusiness.of(business) for business in catalogue.every()]
        if loaded is None:
            return cls(loaded=None, on_offer=on_offer)
        shown = DemoBusiness.of(catalogue.business(loaded.name))
        return cls(loaded=DemoLoaded(**shown.model_dump(), loaded_at=loaded.at), on_offer=on_offer)


@router.get("", summary="Which demo business is loaded, and which there are")
async def read_demo(scope: Read, demos: Shop) -> DemoOut:
    return DemoOut.of(await demos.loaded(scope))


@router.post("", summary="Load a demo business, in place of another one; safe to repeat")
async def load_demo(call: Acts, demos: Shop, body: DemoIn, now: Now) -> DemoOut:
    async with call.unit_of_work() as scope:
        await demos.load(scope, body.name, now=now)
        loaded = await demos.loaded(scope)
    await demos.settle_phone(call.database, call.tenant)
    return DemoOut.of(loaded)


@router.delete("", summary="Take the demo business back; what people added or changed stays")
async def remove_demo(call: Acts, demos: Shop, now: Now) -> DemoOut:
    async with call.unit_of_work() as scope:
        await demos.remove(scope, now=now)
    await demos.settle_phone(call.database, call.tenant)
    return DemoOut.of(None)
