"""The rules that the reply workflow reads: from memory, and yet never behind an edit."""

from dataclasses import replace

from samvad.assistant.service.kept import KeptRules
from samvad.assistant.service.rules import (
    add_rule,
    change_rule,
    create_builtin,
    list_rules,
    order_rules,
    remove_rule,
    rules_of,
)
from samvad.assistant.types import Action, Builtin, Match, RuleDetails
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId, new_id
from samvad.kernel.language import Language
from samvad.platform.db import Database
from tests.assistant.builtin_rules import RULES

OURS = RuleDetails("Ours", Match.PHRASE, ("hello",), Action.REPLY, "Hi!")


class Change:
    """A RuleChange that switches off."""

    order = None

    def apply(self, details: RuleDetails) -> RuleDetails:
        return replace(details, enabled=False)


class Ticks:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def _names(database: Database, tenant: TenantId) -> list[str]:
    async with database.reading(tenant) as scope:
        return [rule.name for rule in await rules_of(scope)]


async def test_an_edit_takes_effect_at_once_here(
    database: Database, tenant: TenantId, clock: FrozenClock
) -> None:
    at = clock.now()
    assert await _names(database, tenant) == []
    async with database.unit_of_work(tenant) as scope:
        rule = await add_rule(scope, OURS, order=None, at=at)
        assert await _names(database, tenant) == []  # a look before the commit keeps nothing
    assert await _names(database, tenant) == ["Ours"]
    async with database.unit_of_work(tenant) as scope:
        second = await add_rule(scope, replace(OURS, name="Second"), order=5, at=at)
    assert await _names(database, tenant) == ["Second", "Ours"]
    async with database.unit_of_work(tenant) as scope:
        await order_rules(scope, [rule.id, second.id], at=at)
    assert await _names(database, tenant) == ["Ours", "Second"]
    async with database.unit_of_work(tenant) as scope:
        await change_rule(scope, rule.id, Change(), at=at)
    assert await _names(database, tenant) == ["Second"]
    async with database.unit_of_work(tenant) as scope:
        await remove_rule(scope, second.id, at=at)
    assert await _names(database, tenant) == []


async def test_built_in_rules_are_added_once(
    database: Database, tenant: TenantId, clock: FrozenClock
) -> None:
    for _ in range(2):
        async with database.unit_of_work(tenant) as scope:
            await create_builtin(scope, Language.SPANISH, at=clock.now())
    async with database.reading(tenant) as scope:
        rules = (await list_rules(scope, cursor=None, limit=50)).items
    assert [rule.builtin for rule in rules] == [b.value for b in Builtin]
    greeting = next(rule for rule in rules if rule.builtin == Builtin.GREETING)
    assert greeting.text.startswith("Hola")
    assert set(greeting.texts) == {language.value for language in Language}


def test_kept_rules_age_within_a_second() -> None:
    ticks, tenant = Ticks(), TenantId(new_id())
    kept = KeptRules(ticks)
    assert kept.get(tenant) is None
    kept.keep(tenant, RULES)
    ticks.now += 0.99
    assert kept.get(tenant) is RULES
    ticks.now += 0.02
    assert kept.get(tenant) is None


def test_nothing_is_kept_while_an_edit_may_be_uncommitted() -> None:
    ticks, tenant = Ticks(), TenantId(new_id())
    kept = KeptRules(ticks)
    kept.keep(tenant, RULES)
    kept.forget(tenant)
    assert kept.get(tenant) is None
    kept.keep(tenant, RULES)
    assert kept.get(tenant) is None
    ticks.now += 2.01
    kept.keep(tenant, RULES)
    assert kept.get(tenant) is RULES
    assert kept.get(TenantId(new_id())) is None
