"""Queues a change item for its webhook, with the lateness, doubles and bad signatures it is to have."""

from dataclasses import dataclass, replace

from samvad.sandbox.ids import draw
from samvad.sandbox.jsonio import JsonObject
from samvad.sandbox.types import Customer, Fault, State, Webhook
from samvad.sandbox.world import Unit

_DOUBLE_GAP_MS = 40


@dataclass(frozen=True, slots=True)
class Item:
    """`key` names it for its seeded latency; `message_id` reaches `state` when its webhook is answered."""

    key: str
    field: str
    value: JsonObject
    customer: Customer | None = None
    message_id: int | None = None
    state: State | None = None


def enqueue(unit: Unit, item: Item, *, after_ms: int = 0) -> None:
    """A number that is not subscribed posts nothing."""
    if not unit.number.subscribed:
        return
    world, habit = unit.world, unit.number.behaviour.webhooks
    late = draw(world.seed, f"webhook {item.key}", low=habit.latency.low, high=habit.latency.high)
    bad = _spend(unit, Fault.WEBHOOK_BAD_SIGNATURE)
    doubles = habit.duplicates + _spend(unit, Fault.WEBHOOK_DUPLICATE)
    lane = f"{unit.id}/{item.customer.id if item.customer else ''}"
    first = Webhook(
        phone_number_id=unit.id,
        lane=lane if habit.ordered else f"{lane}/{world.ledger.next_change()}",
        field=item.field,
        value=item.value,
        due_ms=world.wall_ms() + after_ms + late,
        message_id=item.message_id,
        state=item.state,
        bad_signatures=bad,
    )
    world.queue.add(unit.db, [first, *(_double(first, n) for n in range(1, doubles + 1))])


def _double(first: Webhook, n: int) -> Webhook:
    """Later, and in nobody's way."""
    lane, due_ms = f"{first.lane}/double", first.due_ms + n * _DOUBLE_GAP_MS
    return replace(first, lane=lane, due_ms=due_ms, bad_signatures=0)


def _spend(unit: Unit, fault: Fault) -> int:
    """1 when a rule of that fault was there to use, else 0."""
    rule = next((r for r in unit.number.rules if r.fault is fault), None)
    if rule is not None:
        unit.world.numbers.use_rule(unit.db, unit.id, rule)
    return int(rule is not None)
