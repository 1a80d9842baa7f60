"""Scenarios of a tenant: written, kept, played while somebody watches."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import cache
from typing import Annotated, Self
from uuid import UUID

import orjson
from fastapi import Depends
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.deps import Admitted, Now, admits, part, reads, room_router, writes
from samvad.tenancy.types import Permission
from samvad.workflows.scenarios import ready, service
from samvad.workflows.scenarios.reading import parse
from samvad.workflows.scenarios.repository import Saved
from samvad.workflows.scenarios.service import Theatre
from samvad.workflows.scenarios.types import MOST_BYTES, Told

router = room_router("scenarios", prefix="/scenarios")
Read = Annotated[ReadScope, reads(Permission.INBOX_READ)]
Write = Annotated[Scope, writes(Permission.INBOX_WRITE)]
Acts = Annotated[Admitted, admits(Permission.INBOX_WRITE)]
Stage = Annotated[Theatre, Depends(part(Theatre))]
_LINES = "application/x-ndjson"


class ScenarioIn(BaseModel):
    """`text`: the file. What is wrong in it is told by `errors`, whose `field` is `line 7`."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MOST_BYTES)


class PlayIn(ScenarioIn):
    channel_id: UUID | None = Field(None, description="which sandbox number; the first one when left out")


class ScenarioOut(BaseModel):
    id: UUID
    name: str
    text: str
    updated_at: datetime

    @classmethod
    def of(cls, saved: Saved) -> Self:
        return cls(id=saved.id, name=saved.name, text=saved.source, updated_at=saved.updated_at)


class ReadyOut(BaseModel):
    """One that comes with Samvad; `key` is what the command line calls it."""

    key: str
    name: str
    business: str
    text: str

    @classmethod
    @cache
    def every(cls) -> Sequence[Self]:
        found = [(key, ready.source(key)) for key in ready.names()]
        return [
            cls(key=key, name=read.name, business=read.business, text=text)
            for key, text in found
            if (read := parse(text))
        ]


class ScenariosOut(BaseModel):
    items: list[ScenarioOut]
    ready: list[ReadyOut]


@router.get("", summary="The scenarios that are kept, and those that come with Samvad")
async def list_scenarios(scope: Read) -> ScenariosOut:
    kept = [ScenarioOut.of(saved) for saved in await service.every(scope)]
    return ScenariosOut(items=kept, ready=list(ReadyOut.every()))


@router.post("", status_code=201, summary="Keep a scenario")
async def save_scenario(scope: Write, body: ScenarioIn, now: Now) -> ScenarioOut:
    return ScenarioOut.of(await service.save(scope, body.text, now=now))


@router.post(
    "/play",
    summary="Play a scenario against the sandbox; each line says what happens, whoever hangs up stops it",
    response_class=StreamingResponse,
    responses={200: {"content": {_LINES: {"schema": {"type": "string"}}}}},
)
async def play_scenario(call: Acts, stage: Stage, body: PlayIn) -> StreamingResponse:
    told = await stage.play(call.tenant, call.caller, parse(body.text), channel=body.channel_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(told), media_type=_LINES, headers=headers)


async def _lines(told: AsyncIterator[Told]) -> AsyncIterator[bytes]:
    async for one in told:
        yield orjson.dumps(one.as_json()) + b"\n"


@router.put("/{scenario_id}", summary="Write a scenario anew")
async def write_scenario(scope: Write, scenario_id: UUID, body: ScenarioIn, now: Now) -> ScenarioOut:
    return ScenarioOut.of(await service.save(scope, body.text, now=now, id=scenario_id))


@router.delete("/{scenario_id}", status_code=204, summary="Delete a scenario")
async def remove_scenario(scope: Write, scenario_id: UUID, now: Now) -> None:
    await service.remove(scope, scenario_id, now=now)
