"""Rules: read for the reply, created, changed, ordered, tried."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from samvad.assistant.errors import BuiltinRule, NoSuchRule, OtherRules, TooManyRules
from samvad.assistant.prompts.builtin import BUILTIN
from samvad.assistant.repository import Rules, RuleWriter
from samvad.assistant.rules.answers import words_of
from samvad.assistant.rules.language import guess
from samvad.assistant.rules.limits import MOST_RULES, checked
from samvad.assistant.rules.matching import match
from samvad.assistant.service.kept import KeptRules
from samvad.assistant.types import Builtin, Rule, RuleDetails, Trial
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import new_id, parse_id
from samvad.kernel.language import Language, best
from samvad.platform.db import Page, ReadScope, Scope
from samvad.platform.db.paging import decode_cursor, page_of
from samvad.tenancy.service import get_tenant
from samvad.tenancy.service.audit import record

_FIRST_BUILTIN, _STEP = 1000, 10

_kept = KeptRules(time.monotonic)


async def rules_of(scope: ReadScope) -> Sequence[Rule]:
    """The tenant's enabled rules, first to last; mostly from memory, see `KeptRules`."""
    found = _kept.get(scope.tenant)
    if found is None:
        found = tuple(await Rules(scope).enabled())
        _kept.keep(scope.tenant, found)
    return found


async def create_builtin(scope: Scope, language: Language, *, at: datetime) -> None:
    """Adds the built-in rules that the tenant does not have yet, after its own."""
    there = {rule.builtin for rule in await Rules(scope).all()}
    fresh = [
        _new(details, position=position, builtin=builtin.value, text=_main_text(details, language))
        for position, (builtin, details) in enumerate(BUILTIN.items(), _FIRST_BUILTIN)
        if builtin.value not in there
    ]
    await RuleWriter(scope).add(fresh, at=at)
    _kept.forget(scope.tenant)


def _main_text(details: RuleDetails, language: Language) -> str:
    return best({Language(code): text for code, text in details.texts.items()}, language)


def _new(details: RuleDetails, *, position: int, builtin: str | None = None, text: str | None = None) -> Rule:
    return Rule(
        id=new_id(), name=details.name, match=details.match, phrases=details.phrases, action=details.action,
        text=details.text if text is None else text, texts=details.texts, topic=details.topic,
        position=position, enabled=details.enabled, builtin=builtin,
    )  # fmt: skip


async def list_rules(scope: ReadScope, *, cursor: str | None, limit: int) -> Page[Rule]:
    rows = await Rules(scope).page(_after(cursor), limit + 1)
    return page_of(rows, limit, lambda rule: (rule.position, str(rule.id)))


def _after(cursor: str | None) -> tuple[int, UUID] | None:
    if cursor is None:
        return None
    position, id = decode_cursor(cursor, 2)
    last = parse_id(id)
    if last is None or not position.lstrip("-").isdecimal() or len(position) > 8:
        raise Invalid(errors=[FieldError("cursor", "use the next_cursor of an earlier answer")])
    return int(position), last


async def get_rule(scope: ReadScope, id: UUID) -> Rule:
    return _there(await Rules(scope).get(id))


async def builtin_rule(scope: ReadScope, builtin: Builtin) -> Rule | None:
    return next((rule for rule in await Rules(scope).all() if rule.builtin == builtin.value), None)


async def add_rule(scope: Scope, details: RuleDetails, *, order: int | None, at: datetime) -> Rule:
    """Without an order: after the tenant's other rules, before the built-in ones."""
    details = checked(details)
    writer = RuleWriter(scope)
    await writer.lock_all()
    present = await Rules(scope).all()
    if len(present) >= MOST_RULES:
        raise TooManyRules
    rule = _new(details, position=_next_position(present) if order is None else order)
    await writer.add([rule], at=at)
    await _note(scope, "rule.created", rule, at=at)
    return rule


def _next_position(present: Sequence[Rule]) -> int:
    end = min((rule.position for rule in present if rule.builtin), default=_FIRST_BUILTIN)
    own = max((rule.position for rule in present if rule.position < end), default=0)
    return min(own + _STEP, end - 1)


class RuleChange(Protocol):
    """A partial change that knows which fields it names."""

    @property
    def order(self) -> int | None: ...

    def apply(self, details: RuleDetails) -> RuleDetails: ...


async def change_rule(scope: Scope, id: UUID, change: RuleChange, *, at: datetime) -> Rule:
    writer = RuleWriter(scope)
    present = _there(await writer.lock(id))
    details = checked(change.apply(present.details))
    position = present.position if change.order is None else change.order
    await writer.save(id, details, position=position, at=at)
    await _note(scope, "rule.changed", present, at=at)
    return await get_rule(scope, id)


async def remove_rule(scope: Scope, id: UUID, *, at: datetime) -> None:
    writer = RuleWriter(scope)
    rule = _there(await writer.lock(id))
    if rule.builtin:
        raise BuiltinRule
    await writer.remove(id)
    await _note(scope, "rule.removed", rule, at=at)


async def take_back(scope: Scope, added: Mapping[UUID, RuleDetails], *, at: datetime) -> None:
    """Removes those of the added rules that nobody has changed since."""
    writer = RuleWriter(scope)
    for id, details in added.items():
        rule = await writer.lock(id)
        if rule and rule.details == details:
            await writer.remove(id)
            await _note(scope, "rule.removed", rule, at=at)


async def order_rules(scope: Scope, ids: Sequence[UUID], *, at: datetime) -> list[Rule]:
    """Puts all rules into this order. Raises OtherRules unless it names each of them once."""
    writer = RuleWriter(scope)
    await writer.lock_all()
    present = {rule.id: rule for rule in await Rules(scope).all()}
    if len(ids) != len(present) or set(ids) != set(present):
        raise OtherRules
    positions = [(at_ + 1) * _STEP for at_ in range(len(ids))]
    await writer.place(ids, positions, at=at)
    _kept.forget(scope.tenant)
    await record(scope, "rules.ordered", subject=f"tenant:{scope.tenant}", now=at)
    return await Rules(scope).all()


async def try_rules(scope: ReadScope, texts: Sequence[str]) -> Trial:
    """The first match, found by the very code that answers customers; nothing is sent or stored."""
    settings = (await get_tenant(scope)).settings
    language = guess(texts, default=settings.language)
    found = match(await Rules(scope).enabled(), texts)
    return Trial(found, language, words_of(found.rule, language, business=settings.name) if found else "")


async def _note(scope: Scope, action: str, rule: Rule, *, at: datetime) -> None:
    _kept.forget(scope.tenant)
    await record(scope, action, subject=f"rule:{rule.id}", now=at, name=rule.name)


def _there(rule: Rule | None) -> Rule:
    if rule is None:
        raise NoSuchRule
    return rule
