"""A demo is loaded in one transaction and taken back in one; what people changed or added stays theirs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Generic
from uuid import UUID

from samvad.assistant.service import rules as house_rules
from samvad.assistant.types import Builtin, RuleDetails
from samvad.channels.service.simulator import Simulator
from samvad.conversations.service import canned
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database, ReadScope, Scope
from samvad.tenancy.service.audit import record
from samvad.tenancy.service.tenants import change_tenant
from samvad.tenancy.types import TenantSettings
from samvad.workflows.demo import catalogue, shelf
from samvad.workflows.demo.repository import Demo, DemoWriter
from samvad.workflows.demo.rules import greeting_with, restored
from samvad.workflows.demo.types import Brought, Business, DemoName, Loaded, Replaced, T


class Demos:
    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    async def loaded(self, scope: ReadScope) -> Loaded | None:
        return await Demo(scope).get()

    async def load(self, scope: Scope, name: DemoName, *, now: datetime) -> None:
        """Nothing when it is there already; another demo goes first."""
        writer = DemoWriter(scope)
        present = await writer.lock()
        if present and present.name is name:
            return
        if present:
            await self.remove(scope, now=now)
        if not await writer.claim(name, now=now):
            return await self.load(scope, name, now=now)
        await writer.keep(await _bring(scope, catalogue.business(name), now=now))
        await _note(scope, "demo.loaded", name, now=now)

    async def remove(self, scope: Scope, *, now: datetime) -> None:
        """Nothing when no demo is there."""
        writer = DemoWriter(scope)
        present = await writer.lock()
        if present is None:
            return
        brought = present.brought
        await house_rules.take_back(scope, brought.rules, at=now)
        await canned.take_back(scope, brought.canned, at=now)
        await shelf.clear(scope, brought.sources, now=now)
        for rule, greeting in brought.greetings.items():
            await house_rules.change_rule(scope, rule, _Change(partial(restored, replaced=greeting)), at=now)
        await change_tenant(scope, _Change(partial(restored, replaced=brought.settings)), now=now)
        await writer.remove()
        await _note(scope, "demo.removed", present.name, now=now)

    async def settle_phone(self, database: Database, tenant: TenantId) -> bool:
        """The simulated phone knows the people of the loaded demo and of no other, but those who wrote.
        Safe to repeat, outside of any transaction; False: the emulator does not answer."""
        async with database.reading(tenant) as scope:
            loaded = await self.loaded(scope)
        wanted = loaded.name if loaded else None
        present = [p for business in catalogue.every() if business.name is wanted for p in business.people]
        absent = [p for business in catalogue.every() if business.name is not wanted for p in business.people]
        return await self._simulator.settle(database, tenant, present=present, absent=absent)


class _Change(Generic[T]):
    """A change of settings or of a rule that remembers what it met and what it made of it."""

    order = None  # a rule stays where it is

    def __init__(self, write: Callable[[T], T]) -> None:
        self._write = write
        self.made: Replaced[T]

    def apply(self, present: T) -> T:
        self.made = Replaced(present, self._write(present))
        return self.made.after


async def _bring(scope: Scope, business: Business, *, now: datetime) -> Brought:
    rules = [await house_rules.add_rule(scope, rule, order=None, at=now) for rule in business.rules]
    return Brought(
        settings=await _introduce_as(scope, business.settings, now=now),
        greetings=await _greet_as(scope, business, now=now),
        rules={rule.id: rule.details for rule in rules},
        sources=await shelf.fill(scope, business.documents, now=now),
        canned=await canned.bring(scope, business.canned, at=now),
    )


async def _introduce_as(scope: Scope, settings: TenantSettings, *, now: datetime) -> Replaced[TenantSettings]:
    change = _Change[TenantSettings](lambda _: settings)
    await change_tenant(scope, change, now=now)
    return change.made


async def _greet_as(
    scope: Scope, business: Business, *, now: datetime
) -> Mapping[UUID, Replaced[RuleDetails]]:
    """Of the built-in greeting; a tenant without one gets none."""
    greeting = await house_rules.builtin_rule(scope, Builtin.GREETING)
    if greeting is None:
        return {}
    words = partial(greeting_with, words=business.greeting, main=business.settings.language)
    change = _Change[RuleDetails](words)
    changed = await house_rules.change_rule(scope, greeting.id, change, at=now)
    return {greeting.id: Replaced(change.made.before, changed.details)}


async def _note(scope: Scope, action: str, name: DemoName, *, now: datetime) -> None:
    await record(scope, action, subject=f"tenant:{scope.tenant}", now=now, name=name.value)
