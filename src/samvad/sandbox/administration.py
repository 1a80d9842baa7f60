"""Numbers are registered, reset, advanced in time and told how to behave: each one unit of work."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from samvad.kernel.errors import NotFound
from samvad.sandbox import portfolio, reviewing
from samvad.sandbox.behaviour import Behaviour, merge
from samvad.sandbox.jsonio import BadField, Fields
from samvad.sandbox.people import come_again, introduce_three
from samvad.sandbox.templates import Category, Quality, Status
from samvad.sandbox.types import Customer, Fault, Number, Rule
from samvad.sandbox.world import Unit, World

_YEAR_MS = 366 * 24 * 3600 * 1000


def read_number(phone_number_id: str, fields: Fields) -> Number:
    """Raises BadField."""
    if not (phone_number_id.isascii() and phone_number_id.isdigit() and len(phone_number_id) <= 32):
        raise BadField("phone_number_id", "must be digits")
    url = fields.text("webhook_url", limit=2048)
    if not url.startswith(("http://", "https://")):
        raise BadField("webhook_url", "must be http or https")
    return Number(
        phone_number_id=phone_number_id,
        waba_id=fields.text("waba_id", limit=64),
        display_phone_number=fields.text("display_phone_number", limit=32),
        access_token=fields.text("access_token", limit=1024),
        app_secret=fields.text("app_secret", limit=512),
        webhook_url=url,
        verify_token=fields.text("verify_token", limit=512),
        tenant=fields.text("tenant", limit=128),
        subscribed=fields.flag("subscribed", default=True),
    )


def customer_of(world: World, number: Number, *, customer_id: int) -> Customer:
    """Raises NotFound, also for another number's customer."""
    customer = world.customers.get(number.phone_number_id, customer_id)
    if customer is None:
        raise NotFound(f"no customer {customer_id}")
    return customer


def register(unit: Unit, number: Number) -> None:
    """A known number keeps its behaviour, rules, clock and people; a new one gets three customers."""
    numbers = unit.world.numbers
    before = numbers.find(unit.id)
    if before is not None:
        reviewing.begin(unit)
        kept = replace(number, behaviour=before.behaviour, rules=before.rules)
        numbers.save(unit.db, replace(kept, clock_offset_ms=before.clock_offset_ms))
        return
    numbers.save(unit.db, replace(number, behaviour=portfolio.shared(number, numbers.all())))
    introduce_three(unit)
    reviewing.begin(unit)


def forget(unit: Unit) -> None:
    """The account goes with its last number."""
    world, waba_id = unit.world, unit.number.waba_id
    world.customers.stand_no_more(unit.db, unit.id, phone=None)
    world.numbers.forget(unit.db, unit.id)
    if all(one.waba_id != waba_id for one in world.numbers.all()):
        world.templates.clear(unit.db, waba_id)
        world.portfolios.forget(unit.db, waba_id)


def prove(unit: Unit, *, verified: bool) -> None:
    """The outcome of a handshake; a good one shows that the app is there, so what waits is posted at once."""
    unit.world.numbers.save(unit.db, replace(unit.number, verified=verified))
    if verified:
        unit.world.queue.hurry(unit.db, unit.id, now_ms=unit.world.wall_ms())


def reset(unit: Unit, *, seed: int | None) -> None:
    """Everything that happened is gone, and the people who stand are there again; ids go on, unless a seed is
    given: then they start anew."""
    before = unit.number.behaviour.policy
    unit.world.numbers.clear(unit.db, unit.id, restart_ids=seed is not None)
    if seed is not None:
        unit.world.set_seed(unit.db, seed)
    come_again(unit)
    unit.world.templates.clear(unit.db, unit.number.waba_id)
    unit.world.portfolios.forget(unit.db, unit.number.waba_id)
    portfolio.tell(unit, before, unit.number.behaviour.policy)
    reviewing.begin(unit)


def advance(unit: Unit, *, by_ms: int) -> None:
    offset_ms = min(unit.number.clock_offset_ms + by_ms, 10 * _YEAR_MS)
    unit.world.numbers.save(unit.db, replace(unit.number, clock_offset_ms=offset_ms))


def set_back(unit: Unit) -> None:
    """The wall's time again."""
    unit.world.numbers.save(unit.db, replace(unit.number, clock_offset_ms=0))


def add_rule(unit: Unit, rule: Rule) -> None:
    unit.world.numbers.add_rule(unit.db, unit.number, rule)


def calm(unit: Unit) -> None:
    """No rule, and the behaviour that a number begins with; webhooks that waited go at once."""
    unit.world.numbers.drop_rules(unit.db, unit.id)
    portfolio.behave(unit, Behaviour())
    unit.world.queue.hurry(unit.db, unit.id, now_ms=unit.world.wall_ms())


def behave(unit: Unit, changes: Fields) -> None:
    """Releasing paused webhooks, or repairing a signature, retries at once. Raises BadField."""
    portfolio.behave(unit, merge(unit.number.behaviour, changes))
    if "webhooks" in changes:
        unit.world.queue.hurry(unit.db, unit.id, now_ms=unit.world.wall_ms())


def read_decision(fields: Fields) -> dict[str, Any]:
    """`{status?, quality?, category?, reason?}`. Raises BadField."""
    kinds: dict[str, type[StrEnum]] = {"status": Status, "quality": Quality, "category": Category}
    made: dict[str, Any] = {name: fields.choice(name, kind) for name, kind in kinds.items() if name in fields}
    reason = fields.optional_text("reason", limit=200)
    return made | ({"reason": reason} if reason else {})


def read_rule(fields: Fields) -> Rule:
    """`{fault, count?, code?, http_status?, to?, kind?}`; count null: until removed. Raises BadField."""
    endless = "count" in fields.values and fields.values["count"] is None
    to = fields.optional_text("to", limit=128)
    return Rule(
        id=0,
        fault=fields.choice("fault", Fault),
        remaining=None if endless else fields.optional_integer("count", low=1, high=10**9) or 1,
        code=fields.optional_integer("code", high=10**7),
        http_status=fields.optional_integer("http_status", low=400, high=599),
        recipient=to.removeprefix("+") if to else None,
        kind=fields.optional_text("kind", limit=40),
    )
