"""`POST /knowledge/ask`: the answer, its citations and what was looked at, for the tester's page."""

import pytest

from samvad.api.app import create_app
from samvad.api.services import ApiServices
from samvad.assistant.router.answers import router
from samvad.assistant.service.answering import Answerer
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId
from samvad.knowledge.types import Found
from samvad.platform.db import Database
from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.assistant.answering.shelf import found
from tests.tenancy.factories import House, PlainHasher

ASK = "/api/v1/knowledge/ask"


class Shelf:
    async def search(self, question: str, *, tenant: TenantId, top_k: int) -> list[Found]:
        return found()


@pytest.fixture
def owner(database: Database, clock: FrozenClock, house: House) -> Client:
    app = create_app(
        ApiServices(
            database=database, clock=clock, hasher=PlainHasher(), base_url="https://crm.test",
            routers=[router], parts={Answerer: Answerer(database, Shelf())},
        )
    )  # fmt: skip
    return Client(app, house.tokens[Role.OWNER])


async def test_an_answer_comes_with_its_citations_and_what_was_looked_at(owner: Client) -> None:
    said = (await owner.post(ASK, {"question": "how much are gulab jamuns?"})).json()
    assert (said["answered"], said["outcome"]) == (True, "answered")
    assert said["answer"] == "Gulab jamun (12 pieces) is ₹180."
    assert [one["source"] for one in said["citations"]] == ["prices.xlsx"]
    assert said["citations"][0]["passage_id"] in {one["id"] for one in said["passages"]}
    assert said["confidence"] > 0.6
    assert set(said["ms"]) == {"search", "answer"}


async def test_what_is_not_known_says_so_and_states_nothing(owner: Client) -> None:
    said = (await owner.post(ASK, {"question": "do you have a play area?"})).json()
    assert (said["answered"], said["outcome"], said["citations"]) == (False, "unknown", [])
    assert "person" in said["answer"]
    assert said["passages"]


async def test_a_question_back_is_no_answer(owner: Client) -> None:
    said = (await owner.post(ASK, {"question": "paneer price?"})).json()
    assert (said["answered"], said["outcome"]) == (False, "which")
    assert said["answer"] == "Which one do you mean: Fresh paneer or Malai paneer?"


async def test_an_empty_question_is_refused(owner: Client) -> None:
    assert (await owner.post(ASK, {"question": " "})).status == 422
