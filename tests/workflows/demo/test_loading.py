"""A demo comes whole, stays apart, goes whole; what people made of it stays."""

import asyncio
from io import BytesIO

import pytest
from starlette.datastructures import UploadFile

from samvad.assistant.schemas import RuleChange
from samvad.assistant.service.rules import add_rule, change_rule
from samvad.assistant.types import Action, Match, RuleDetails
from samvad.conversations.service.canned import change_reply
from samvad.kernel.ids import TenantId
from samvad.knowledge.service.sources import add, reindex, replace
from samvad.platform.db import Scope
from samvad.tenancy.schemas import TenantChange
from samvad.tenancy.service.audit import list_audit
from samvad.tenancy.service.tenants import change_tenant
from samvad.workflows.demo import catalogue
from samvad.workflows.demo.types import Brought, DemoName
from tests.conftest import make_tenant
from tests.workflows.demo.conftest import Installation, Installing

MINE = RuleDetails("Mine", Match.PHRASE, ("do you gift-wrap",), Action.REPLY, "We do.")


@pytest.mark.parametrize("name", list(DemoName))
async def test_the_first_boot_opens_with_the_wanted_business(installing: Installing, name: DemoName) -> None:
    business = catalogue.business(name)
    async with installing(demo=name.value) as installation:
        state = await installation.state()
        assert state["settings"] == business.settings
        assert [rule.details for rule in state["rules"]][: len(business.rules)] == list(business.rules)
        (greeting,) = [rule for rule in state["rules"] if rule.builtin == "greeting"]
        assert greeting.text == greeting.texts["en"] == business.greeting["en"]
        assert greeting.texts["fr"].startswith("Bonjour")  # a language that the business has no words for
        assert set(state["sources"]) == {document.name for document in business.documents}
        assert state["canned"] == sorted(business.canned, key=lambda reply: reply.shortcut)
        loaded = await installation.loaded()
        assert loaded and loaded.name is name


async def test_none_is_an_empty_business(bare: Installation) -> None:
    assert await bare.loaded() is None
    assert (await bare.state())["settings"].name == "My business"


@pytest.mark.parametrize("name", list(DemoName))
async def test_it_goes_without_a_trace(bare: Installation, name: DemoName) -> None:
    before = await bare.state()
    await bare.load(name)
    assert await bare.state() != before
    await bare.remove()
    assert await bare.state() == before
    assert await bare.loaded() is None


async def test_repeats_change_nothing(bare: Installation) -> None:
    await bare.remove()
    await bare.load(DemoName.DAIRY)
    loaded, state = await bare.loaded(), await bare.state()
    await bare.load(DemoName.DAIRY)
    assert (await bare.loaded(), await bare.state()) == (loaded, state)
    await bare.remove()
    await bare.remove()
    assert await bare.loaded() is None


async def test_two_at_once_are_one(bare: Installation) -> None:
    await asyncio.gather(*(bare.load(DemoName.DAIRY) for _ in range(4)))
    names = await bare.names_of_rules()
    assert names.count("Spoilt goods") == 1


async def test_another_one_takes_its_place(bare: Installation) -> None:
    before = await bare.state()
    await bare.load(DemoName.DAIRY)
    await bare.load(DemoName.VENDING)
    assert (await bare.state())["settings"] == catalogue.business(DemoName.VENDING).settings
    assert "Spoilt goods" not in await bare.names_of_rules()
    await bare.remove()
    assert await bare.state() == before


def an_upload(text: str) -> UploadFile:
    return UploadFile(BytesIO(text.encode()))


async def test_what_people_changed_or_added_stays(bare: Installation) -> None:
    now = bare.parts.clock.now()
    await bare.load(DemoName.DAIRY)
    loaded = await bare.loaded()
    assert loaded
    theirs, untouched = loaded.brought.rules
    (greeting,) = loaded.brought.greetings
    before = await bare.state()
    async with bare.parts.database.unit_of_work(bare.tenant) as scope:
        await change_rule(scope, theirs, RuleChange(text="Ring us.", texts={}), at=now)
        await change_rule(scope, greeting, RuleChange(phrases=["hello", "ahoy"]), at=now)
        await change_tenant(scope, TenantChange(name="Our Dairy"), now=now)
        thanks = next(id for id, said in loaded.brought.canned.items() if said.shortcut == "thanks")
        await change_reply(scope, thanks, shortcut=None, name=None, text="Thanks!", at=now)
        mine = await add_rule(scope, MINE, order=None, at=now)
        sources = {name: source.id for name, source in before["sources"].items()}
        await replace(scope, sources["faq.md"], "faq.md", an_upload("# Ours"), most=100, at=now)
        await reindex(scope, sources["prices.xlsx"], at=now)
        await add(scope, "ours.txt", an_upload("We gift-wrap."), most=100, at=now)
    await bare.remove()
    state = await bare.state()
    rules = {rule.id: rule for rule in state["rules"]}
    assert rules[mine.id].details == MINE
    assert rules[theirs].text == "Ring us."
    assert untouched not in rules
    assert rules[greeting].phrases == ("hello", "ahoy")
    assert (
        "Shubhra" not in rules[greeting].text and "demo" in rules[greeting].texts["en"]
    )  # the built-in menu
    assert set(state["sources"]) == {"faq.md", "ours.txt"}
    assert [reply.text for reply in state["canned"]] == ["Thanks!"]
    assert state["settings"].name == "Our Dairy"
    assert state["settings"].business_hours.always_open  # as before the demo


async def test_what_fails_halfway_leaves_nothing(bare: Installation) -> None:
    before = await bare.state()

    async def load_and_fail(scope: Scope) -> None:
        await bare.parts.demos.load(scope, DemoName.DAIRY, now=bare.parts.clock.now())
        raise ConnectionError

    with pytest.raises(ConnectionError):
        async with bare.parts.database.unit_of_work(bare.tenant) as scope:
            await load_and_fail(scope)
    assert await bare.state() == before
    assert await bare.loaded() is None


async def test_a_demo_is_one_tenants(bare: Installation) -> None:
    other = Installation(bare.parts, await _neighbour(bare))
    await other.load(DemoName.PROPERTY)
    before = await other.state(), await other.loaded()
    assert before[1]
    await bare.load(DemoName.DAIRY)
    await bare.remove()
    assert (await other.state(), await other.loaded()) == before


async def _neighbour(installation: Installation) -> TenantId:
    return await make_tenant(installation.parts.database, slug="neighbour")


async def test_the_footprint_survives_its_storage(bare: Installation) -> None:
    await bare.load(DemoName.DAIRY)
    loaded = await bare.loaded()
    assert loaded and isinstance(loaded.brought, Brought)
    assert loaded.brought.settings.after == catalogue.business(DemoName.DAIRY).settings
    assert list(loaded.brought.rules.values()) == list(catalogue.business(DemoName.DAIRY).rules)


async def test_the_record_tells(bare: Installation) -> None:
    await bare.load(DemoName.DAIRY)
    await bare.remove()
    async with bare.parts.database.reading(bare.tenant) as scope:
        actions = [entry.action for entry in (await list_audit(scope, cursor=None, limit=50)).items]
    assert actions.index("demo.removed") < actions.index("demo.loaded")
