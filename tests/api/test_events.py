"""Polling for events: the frames of the WebSocket, a page at a time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.types import ASGIApp

from samvad.api.app import create_app
from samvad.api.events import router
from samvad.api.services import ApiServices
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.events import NewEvent, append, renew_epoch
from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.tenancy.factories import House

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
PATH = "/api/v1/events"


@pytest.fixture
def app(services: ApiServices) -> ASGIApp:
    return create_app(replace(services, routers=[router]))


async def happen(database: Database, tenant: TenantId, *names: str) -> None:
    async with database.unit_of_work(tenant) as scope:
        await append(scope, [NewEvent("note", {"name": name}) for name in names], at=AT)


async def test_without_a_cursor_it_starts_now_and_goes_on_in_pages(
    owner: Client, database: Database, house: House
) -> None:
    await happen(database, house.tenant, "before")
    start = (await owner.get(PATH)).json()
    assert start["items"] == []
    await happen(database, house.tenant, "a", "b", "c")
    first = (await owner.get(f"{PATH}?cursor={start['next_cursor']}&limit=2")).json()
    second = (await owner.get(f"{PATH}?cursor={first['next_cursor']}&limit=2")).json()
    assert [[item["data"]["name"] for item in page["items"]] for page in (first, second)] == [
        ["a", "b"],
        ["c"],
    ]
    told = {"cursor": first["items"][0]["cursor"], "type": "note", "topic": None, "data": {"name": "a"}}
    assert first["items"][0] == told
    assert first["items"][1]["cursor"] == first["next_cursor"]


async def test_a_cursor_that_is_void_gets_a_reset_frame(owner: Client, database: Database) -> None:
    start = (await owner.get(PATH)).json()["next_cursor"]
    async with database.system() as scope:
        await renew_epoch(scope)
    page = (await owner.get(f"{PATH}?cursor={start}")).json()
    assert page["items"] == [{"cursor": page["next_cursor"], "type": "reset", "topic": None, "data": {}}]
    assert (await owner.get(f"{PATH}?cursor={page['next_cursor']}")).json()["items"] == []


async def test_another_tenant_hears_nothing_of_it(
    app: ASGIApp, owner: Client, database: Database, house: House, neighbour: House
) -> None:
    start = (await owner.get(PATH)).json()["next_cursor"]
    await happen(database, house.tenant, "ours")
    assert len((await owner.get(f"{PATH}?cursor={start}")).json()["items"]) == 1
    stranger = Client(app, neighbour.tokens[Role.OWNER])
    assert (await stranger.get(f"{PATH}?cursor={start}")).json()["items"] == []


@pytest.mark.parametrize("query", ["cursor=", "cursor=nonsense", "limit=0", "limit=201", "limit=x"])
async def test_a_wrong_question_is_422(owner: Client, query: str) -> None:
    assert (await owner.get(f"{PATH}?{query}")).status == 422


async def test_nobody_without_a_session(anybody: Client) -> None:
    assert (await anybody.get(PATH)).status == 401
