"""Questions answered from the tenant's records, on the whole path from webhook to provider call."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest

from samvad.assistant.adapters.chat_completions import ChatCompletions, Endpoint
from samvad.assistant.service.answering import Answerer
from samvad.assistant.service.modelled import Modelled
from samvad.bootstrap.workers import workers
from samvad.channels.adapters.registry import installed
from samvad.conversations.service.mode import set_mode
from samvad.conversations.types import Mode
from samvad.kernel.ids import TenantId
from samvad.knowledge.service import sources
from samvad.knowledge.types import Found
from samvad.platform.crypto import Keyring
from samvad.platform.http import HostPolicy, HttpClient
from samvad.workflows.reply.decide import PART
from tests.assistant.answering.shelf import found
from tests.knowledge.conftest import Upload
from tests.support.house import House, house
from tests.support.model import model_peer

OTHER = "919999900002"


@dataclass
class Shelf:
    """A search that finds the dairy's records, when it may and unless it is broken."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    broken: bool = False
    source: UUID | None = None  # of everything that is found, until it is empty
    empty: bool = False

    async def search(self, question: str, *, tenant: TenantId, top_k: int) -> Sequence[Found]:
        self.asked.set()
        await self.may_answer.wait()
        if self.broken:
            raise RuntimeError("the index is broken")
        if self.empty:
            return []
        if self.source:
            self.empty = True
            return [replace(one, passage=replace(one.passage, source_id=self.source)) for one in found()]
        return found()


@asynccontextmanager
async def opened(
    url: str, keyring: Keyring, shelf: Shelf, modelled: Modelled | None = None
) -> AsyncIterator[House]:
    async with house(url, keyring, working=False) as built:
        answerer = Answerer(built.parts.database, shelf, modelled=modelled)  # type: ignore[arg-type]
        parts = replace(built.parts, answerer=answerer)
        async with workers(parts):
            yield built


@pytest.fixture
async def shelf() -> Shelf:
    ready = Shelf()
    ready.may_answer.set()
    return ready


@pytest.fixture
async def dairy(database_url: str, keyring: Keyring, shelf: Shelf) -> AsyncIterator[House]:
    async with opened(database_url, keyring, shelf) as built:
        yield built


async def test_who_says_which_one_is_told_what_they_had_asked(dairy: House) -> None:
    """Our question back would be worth nothing if its answer were taken for a question of its own."""
    await dairy.say("what does 1 kg of paneer cost?")
    (back,) = await dairy.sent(1)
    assert back == "Which one do you mean: Fresh paneer or Malai paneer?"
    await dairy.say("malai")
    assert (await dairy.sent(2))[1] == "Malai paneer (1 kg block) is ₹480."
    await dairy.say("and the fresh one?")  # our last word was no question
    await dairy.idle()
    assert "480" not in (await dairy.sent(3))[2]


async def test_who_names_neither_is_answered_as_usual(dairy: House) -> None:
    await dairy.say("what does 1 kg paneer cost?")
    await dairy.sent(1)
    await dairy.say("how much are gulab jamuns?")
    assert (await dairy.sent(2))[1] == "Gulab jamun (12 pieces) is ₹180."


async def test_a_price_is_answered_from_the_records_and_cited(dairy: House) -> None:
    await dairy.say("how much are gulab jamuns?")
    assert await dairy.sent(1) == ["Gulab jamun (12 pieces) is ₹180."]
    await dairy.idle()
    (row,) = await dairy.rows("SELECT source, citations, trace FROM messages WHERE direction = 'out'")
    assert row["source"] == "answer"
    (citation,) = row["citations"]
    assert citation["source"] == "prices.xlsx"
    assert "180" in citation["passage"] and 0.5 < citation["score"] <= 1
    assert {"source_id", "passage_id", "position"} <= citation.keys()
    stage = next(s for s in row["trace"] if s["name"] == "answer")
    assert stage["verdict"] == "reply: answered"
    assert stage["detail"]["passages"] and stage["detail"]["confidence"] > 0.5
    talk = await dairy.conversation()
    assert (talk["mode"], talk["needs_person_reason"]) == ("ai", None)


async def test_what_was_removed_while_the_answer_was_made_is_not_said(dairy: House, shelf: Shelf) -> None:
    """It is asked anew, and what is left does not say it."""
    at, database = dairy.parts.clock.now(), dairy.parts.database
    async with database.unit_of_work(dairy.tenant) as scope:
        shelf.source = (await sources.add(scope, "prices.txt", Upload(b"jamun 180"), most=1 << 20, at=at)).id
    shelf.may_answer.clear()
    await dairy.say("how much are gulab jamuns?")
    await shelf.asked.wait()
    async with database.unit_of_work(dairy.tenant) as scope:
        await sources.remove(scope, shelf.source, at=at)
    shelf.may_answer.set()
    assert "180" not in (await dairy.sent(1))[0]
    await dairy.idle()
    assert not await dairy.value("SELECT count(*) FROM messages WHERE citations IS NOT NULL")
    assert (await dairy.conversation())["mode"] == "human"


async def test_a_model_puts_the_answer_and_the_message_says_so(
    database_url: str, keyring: Keyring, shelf: Shelf
) -> None:
    async with model_peer() as peer, HttpClient() as http:
        words = "Gulab jamun: ₹180 for 12 pieces."
        peer.says = json.dumps({"action": "answer", "answer": words, "citations": ["P4"]})
        endpoint = Endpoint(peer.url, "k", "small", timeout=5, max_tokens=300, temperature=0)
        modelled = Modelled(ChatCompletions(http, endpoint, allow=HostPolicy()), name="small")
        async with opened(database_url, keyring, shelf, modelled) as dairy:
            await dairy.say("how much are gulab jamuns?")
            assert await dairy.sent(1) == [words]
            await dairy.idle()
            (row,) = await dairy.rows("SELECT source, citations, trace FROM messages WHERE direction = 'out'")
            assert "note" not in json.loads(peer.heard[0]["messages"][1]["content"])
            await given_back(dairy, hint="wants them for a wedding on Sunday")
            await dairy.say("how much are gulab jamuns?")
            assert (await dairy.sent(2))[1] == words
            assert json.loads(peer.heard[1]["messages"][1]["content"])["note"].startswith("wants them for")
            await dairy.idle()
            hinted = await dairy.value(
                "SELECT trace FROM messages WHERE source = 'model' ORDER BY id DESC LIMIT 1"
            )
            await given_back(dairy, hint="")
            await dairy.say("how much are gulab jamuns?")
            await dairy.sent(3)
            assert "note" not in json.loads(peer.heard[2]["messages"][1]["content"])
    assert next(s for s in hinted if s["name"] == "answer")["detail"]["model"]["hint"] == "read"
    assert (row["source"], row["citations"][0]["source"]) == ("model", "prices.xlsx")
    stage = next(s for s in row["trace"] if s["name"] == "answer")
    assert stage["detail"]["model"]["verdict"] == "said"
    assert stage["detail"]["model"]["tokens_in"] == 210


async def given_back(dairy: House, *, hint: str) -> None:
    """By a person who had taken over."""
    talk = (await dairy.conversation())["id"]
    for mode, told in ((Mode.HUMAN, None), (Mode.AI, hint)):
        async with dairy.parts.database.unit_of_work(dairy.tenant) as scope:
            await set_mode(scope, talk, mode, reason="test", at=dairy.parts.clock.now(), hint=told)


async def test_two_things_that_fit_are_asked_back_and_the_assistant_stays(dairy: House) -> None:
    await dairy.say("paneer price?")
    assert await dairy.sent(1) == ["Which one do you mean: Fresh paneer or Malai paneer?"]
    await dairy.idle()
    assert (await dairy.conversation())["mode"] == "ai"


@pytest.mark.parametrize(
    ("question", "reason"),
    [("what is the price of cheddar?", "rule:pricing"), ("do you have a play area?", "no_answer")],
)
async def test_what_is_not_written_down_goes_to_a_person(dairy: House, question: str, reason: str) -> None:
    await dairy.say(question)
    (said,) = await dairy.sent(1)
    assert "person" in said
    await dairy.idle()
    talk = await dairy.conversation()
    assert (talk["mode"], talk["needs_person_reason"]) == ("human", reason)
    (row,) = await dairy.rows("SELECT citations FROM messages WHERE author = 'assistant'")
    assert row["citations"] is None


async def test_a_bare_price_still_asks_which_product(dairy: House) -> None:
    await dairy.say("price?")
    await dairy.sent(1)
    await dairy.idle()
    (row,) = await dairy.rows("SELECT source FROM messages WHERE direction = 'out'")
    assert row["source"] == "rule"


async def test_a_newer_message_voids_the_answer_under_way(database_url: str, keyring: Keyring) -> None:
    shelf = Shelf()
    async with opened(database_url, keyring, shelf) as dairy:
        await dairy.say("how much are gulab jamuns?")
        await shelf.asked.wait()
        await dairy.say("and how much is fresh paneer 1 kg?")
        await dairy.eventually(lambda: dairy.value("SELECT count(*) = 2 FROM messages"))
        shelf.may_answer.set()
        await dairy.sent(1)
        await dairy.idle()
        assert dairy.graph.texts == ["Gulab jamun (12 pieces) is ₹180. Fresh paneer (1 kg block) is ₹420."]


async def test_who_needs_no_records_does_not_wait_for_them(database_url: str, keyring: Keyring) -> None:
    shelf = Shelf()
    async with opened(database_url, keyring, shelf) as dairy:
        await dairy.say("how much are gulab jamuns?")
        await shelf.asked.wait()
        await dairy.say("hello", sender=OTHER)
        (said,) = await dairy.sent(1)
        assert "Govind Dairy" in said
        shelf.may_answer.set()
        await dairy.sent(2)


async def test_broken_records_leave_the_question_to_a_person(dairy: House, shelf: Shelf) -> None:
    shelf.broken = True
    await dairy.say("how much are gulab jamuns?")
    (said,) = await dairy.sent(1)
    assert "person" in said
    await dairy.idle()
    assert (await dairy.conversation())["needs_person_reason"] == "rule:pricing"


async def test_taking_over_while_the_records_are_asked_drops_the_answer(
    database_url: str, keyring: Keyring
) -> None:
    shelf = Shelf()
    async with opened(database_url, keyring, shelf) as dairy:
        await dairy.say("how much are gulab jamuns?")
        await shelf.asked.wait()
        async with dairy.parts.database.unit_of_work(dairy.tenant) as scope:
            await scope.db.execute(
                "UPDATE conversations SET mode = 'human', epoch = epoch + 1 WHERE tenant_id = $1",
                dairy.tenant,
            )
        shelf.may_answer.set()
        await dairy.idle()
        assert dairy.graph.texts == []


async def test_an_uploaded_list_answers_the_next_question(shop: House) -> None:
    """The real index, filled by the real worker; who asks while it reads waits for it."""
    upload = Upload(b"Item,Pack,Price (INR)\nSaffron kulfi,1 piece,45\nMango kulfi,1 piece,40\n")
    async with shop.parts.database.unit_of_work(shop.tenant) as scope:
        await sources.add(scope, "kulfi.csv", upload, most=1 << 20, at=shop.parts.clock.now())
    await shop.say("how much is the saffron kulfi?")
    assert await shop.sent(1) == ["Saffron kulfi (1 piece) is ₹45."]


def test_a_part_of_a_reply_fits_every_provider() -> None:
    assert all(kind.capabilities.text_limit >= PART for kind in installed().values())
