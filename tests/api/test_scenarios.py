"""Scenarios by HTTP: kept, written anew, deleted; what is wrong in one is told by its line."""

import pytest

from samvad.tenancy.types import Role
from samvad.workflows.scenarios.service import MOST
from tests.api.client import Client
from tests.api.conftest import Stage

SCENARIOS = "/api/v1/scenarios"
TEXT = "name: {}\nsteps:\n  - customer says: hello\n"


@pytest.fixture
async def agent(stage: Stage) -> Client:
    return await stage.as_(stage.house, Role.AGENT)


async def test_kept_written_anew_and_deleted(agent: Client) -> None:
    made = await agent.post(SCENARIOS, {"text": TEXT.format("Zebra")})
    assert (made.status, made.json()["name"]) == (201, "Zebra")
    address = f"{SCENARIOS}/{made.json()['id']}"
    changed = await agent.call("PUT", address, {"text": TEXT.format("Aardvark")})
    assert (changed.status, changed.json()["name"]) == (200, "Aardvark")
    listed = (await agent.get(SCENARIOS)).json()
    assert [(one["name"], one["text"]) for one in listed["items"]] == [("Aardvark", TEXT.format("Aardvark"))]
    assert "price" in [one["key"] for one in listed["ready"]]
    assert (await agent.call("DELETE", address)).status == 204
    assert (await agent.call("DELETE", address)).status == 404
    assert (await agent.get(SCENARIOS)).json()["items"] == []


@pytest.mark.parametrize("address", ["", "/play"])
async def test_every_mistake_is_told_by_its_line(agent: Client, address: str) -> None:
    wrong = "name: n\nsteps:\n  - costumer says: hello\n  - wait: ever\n"
    answer = await agent.post(SCENARIOS + address, {"text": wrong})
    assert (answer.status, answer.json()["code"]) == (422, "bad_scenario")
    assert [error["field"] for error in answer.json()["errors"]] == ["line 3", "line 4"]
    assert "did you mean 'customer says'?" in answer.json()["errors"][0]["detail"]


async def test_without_a_sandbox_number_nothing_is_played(agent: Client) -> None:
    answer = await agent.post(f"{SCENARIOS}/play", {"text": TEXT.format("n")})
    assert (answer.status, answer.json()["code"]) == (404, "not_found")


async def test_there_is_an_end_to_how_many(agent: Client) -> None:
    made = [await agent.post(SCENARIOS, {"text": TEXT.format(n)}) for n in range(MOST)]
    one_more = await agent.post(SCENARIOS, {"text": TEXT.format("more")})
    assert (one_more.status, one_more.json()["code"]) == (409, "conflict")
    for one in made:
        await agent.call("DELETE", f"{SCENARIOS}/{one.json()['id']}")
