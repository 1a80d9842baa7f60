"""The demo business by HTTP: seen, loaded, taken back."""

from collections.abc import AsyncIterator

import pytest

from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.api.conftest import Stage

DEMO = "/api/v1/demo"


@pytest.fixture
async def admin(stage: Stage) -> AsyncIterator[Client]:
    client = await stage.as_(stage.house, Role.ADMIN)
    yield client
    await client.call("DELETE", DEMO)


async def test_what_is_on_offer_says_what_to_ask(admin: Client) -> None:
    shown = (await admin.get(DEMO)).json()
    assert shown["loaded"] is None
    assert [offer["name"] for offer in shown["on_offer"]] == ["dairy", "property", "vending"]
    assert all(offer["label"] and offer["business"] and offer["ask"] for offer in shown["on_offer"])


async def test_loaded_and_taken_back(admin: Client) -> None:
    name = (await admin.get("/api/v1/tenant")).json()["name"]
    for _ in range(2):
        answer = await admin.post(DEMO, {"name": "dairy"})
        assert answer.status == 200, answer.body
        assert answer.json()["loaded"]["business"] == "Shubhra Dairy"
        assert answer.json() == (await admin.get(DEMO)).json()
    assert (await admin.get("/api/v1/tenant")).json()["name"] == "Shubhra Dairy"
    for _ in range(2):
        answer = await admin.call("DELETE", DEMO)
        assert (answer.status, answer.json()["loaded"]) == (200, None)
    assert (await admin.get("/api/v1/tenant")).json()["name"] == name


@pytest.mark.parametrize("body", [{}, {"name": "zoo"}, {"name": "dairy", "also": 1}, {"name": None}])
async def test_only_what_is_on_offer_loads(admin: Client, body: dict[str, object]) -> None:
    answer = await admin.post(DEMO, body)
    assert (answer.status, answer.json()["code"]) == (422, "invalid")


async def test_another_tenant_sees_its_own(stage: Stage, admin: Client) -> None:
    await admin.post(DEMO, {"name": "vending"})
    neighbour = await stage.as_(stage.neighbour, Role.OWNER)
    assert (await neighbour.get(DEMO)).json()["loaded"] is None
    await neighbour.call("DELETE", DEMO)
    assert (await admin.get(DEMO)).json()["loaded"]["name"] == "vending"
