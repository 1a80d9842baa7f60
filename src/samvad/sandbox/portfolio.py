"""Policy at work: told when it changes, counted when the business writes; each one unit of work."""

from collections.abc import Sequence
from dataclasses import replace

from samvad.sandbox import envelope
from samvad.sandbox.behaviour import Behaviour, Policy
from samvad.sandbox.jsonio import JsonObject, JsonValue
from samvad.sandbox.outbound import Outbound
from samvad.sandbox.policy import DAY_MS, notices, rating
from samvad.sandbox.posting import Item, enqueue
from samvad.sandbox.templates import Category, Quality, Template
from samvad.sandbox.types import Customer, Number
from samvad.sandbox.world import Unit


def behave(unit: Unit, behaviour: Behaviour) -> None:
    """The number's new behaviour; its tier is that of all numbers of the account. What Meta tells of a
    change is queued with it."""
    before = unit.number.behaviour.policy
    unit.world.numbers.save(unit.db, replace(unit.number, behaviour=behaviour))
    if before.tier != behaviour.policy.tier:
        for other in numbers_of(unit):
            shared = replace(other.behaviour.policy, tier=behaviour.policy.tier)
            unit.world.numbers.save(
                unit.db, replace(other, behaviour=replace(other.behaviour, policy=shared))
            )
    tell(unit, before, behaviour.policy)


def tell(unit: Unit, before: Policy, after: Policy) -> None:
    """What Meta says of a change."""
    for notice in notices(before, after, display=unit.number.display_phone_number):
        key = f"policy {unit.world.ledger.next_change()}"
        enqueue(unit, Item(key=key, field=notice.field, value=notice.value))


def shared(number: Number, others: Sequence[Number]) -> Behaviour:
    """What a new number of an account begins with: the tier of those that it has."""
    tiers = [one.behaviour.policy.tier for one in others if one.waba_id == number.waba_id]
    policy = replace(number.behaviour.policy, tier=tiers[0] if tiers else None)
    return replace(number.behaviour, policy=policy)


def numbers_of(unit: Unit) -> Sequence[Number]:
    """Of the account."""
    waba_id = unit.number.waba_id
    return [one for one in unit.world.numbers.all() if one.waba_id == waba_id]


def person(customer: Customer | None, message: Outbound) -> str:
    """The same person on all numbers of an account, as far as their phone says it."""
    if customer is None:
        return message.phone or message.input
    return customer.phone or customer.bsuid


def room_left(unit: Unit, message: Outbound, customer: Customer | None) -> bool:
    """Whether the account may write to this person first."""
    tier = unit.number.behaviour.policy.tier
    if tier is None:
        return True
    portfolios, waba_id, since = unit.world.portfolios, unit.number.waba_id, unit.now_ms - DAY_MS
    who = person(customer, message)
    return portfolios.knows(waba_id, who, since_ms=since) or portfolios.used(waba_id, since_ms=since) < tier


def count(unit: Unit, message: Outbound, customer: Customer) -> None:
    """The account wrote to this person first."""
    who = person(customer, message)
    unit.world.portfolios.wrote_first(unit.db, unit.number.waba_id, who, at_ms=unit.now_ms)


def against_marketing(unit: Unit, template: Template | None, customer: Customer | None) -> int | None:
    """The code by which a marketing message fails: 131050 stopped, 131049 enough for a day; None: it goes."""
    if template is None or customer is None or template.category is not Category.MARKETING:
        return None
    if unit.world.portfolios.wants_no_offers(customer):
        return 131050
    cap = unit.number.behaviour.policy.marketing_cap
    since = unit.now_ms - DAY_MS
    if cap is not None and unit.world.portfolios.offers_since(customer, since_ms=since) >= cap:
        return 131049
    return None


def paced(unit: Unit, template: Template | None) -> bool:
    """Whether this send waits until more is known of its template."""
    pacing = unit.number.behaviour.templates.pacing
    if template is None or pacing is None or template.quality is not Quality.UNKNOWN:
        return False
    numbers = [one.phone_number_id for one in numbers_of(unit)]
    return unit.world.portfolios.sent_of(numbers, template.name) >= pacing


def block(unit: Unit, customer: Customer, *, blocked: bool) -> None:
    """What is sent to this customer stays undelivered; the number's quality follows."""
    portfolios, now_ms = unit.world.portfolios, unit.now_ms
    portfolios.block(unit.db, customer, at_ms=now_ms if blocked else None)
    unit.world.customers.touch(unit.db, customer)
    blocks = portfolios.blocks_since(unit.id, since_ms=now_ms - 7 * DAY_MS)
    behaviour = unit.number.behaviour
    behave(unit, replace(behaviour, policy=replace(behaviour.policy, quality=rating(blocks))))


def stop_offers(unit: Unit, customer: Customer, *, stop: bool) -> None:
    """The customer wants no marketing any more, or wants it again; told by `user_preferences`."""
    unit.world.portfolios.stop_offers(unit.db, customer, stop=stop)
    unit.world.customers.touch(unit.db, customer)
    word = "stop" if stop else "resume"
    preference: dict[str, JsonValue] = {
        "user_id": customer.bsuid,
        "detail": f"User requested to {word} marketing messages",
        "category": "marketing_messages",
        "value": word,
        "timestamp": unit.now_ms // 1000,
    }
    if customer.wa_id:
        preference["wa_id"] = customer.wa_id
    contacts = [envelope.contact_item(customer)]
    value = envelope.value(unit.number, contacts=contacts, user_preferences=[preference])
    key = f"offers {unit.world.ledger.next_change()}"
    enqueue(unit, Item(key=key, field="user_preferences", value=value, customer=customer))


def view(unit_number: Number, *, used: int) -> JsonObject:
    policy = unit_number.behaviour.policy
    return {
        "tier": policy.tier,
        "used": used,
        "quality": policy.quality.value,
        "marketing_cap": policy.marketing_cap,
        "pacing": unit_number.behaviour.templates.pacing,
        "media_expired": policy.media_expired,
        "per_second": unit_number.behaviour.sends.per_second,
        "pair_rate": unit_number.behaviour.sends.pair_rate,
    }
