"""The life of an accepted message: which statuses come, when, and how each looks on the wire; pure."""

from dataclasses import dataclass, replace
from itertools import permutations

from samvad.sandbox.behaviour import Order, Statuses, Until
from samvad.sandbox.errors import status_error
from samvad.sandbox.ids import digest, draw
from samvad.sandbox.jsonio import JsonObject, JsonValue
from samvad.sandbox.types import Customer, State

_REACH = {Until.NONE: 0, Until.SENT: 1, Until.DELIVERED: 2, Until.READ: 3}
_COPY_GAP_MS = 15
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Step:
    """One status, `after_ms` after acceptance."""

    state: State
    after_ms: int
    code: int | None = None


def plan(habit: Statuses, *, failed_code: int | None, seed: int, key: str) -> list[Step]:
    """Statuses of one message by due time; `key` (its wamid) decides the order of a disordered life."""
    code = failed_code if failed_code is not None else habit.failed_code
    if code is not None:
        steps = [Step(State.FAILED, habit.sent_ms, code)]
    else:
        steps = _life(habit)
        if habit.order is Order.DISORDERED:
            steps = _disorder(steps, seed=seed, key=key)
    copies = [
        Step(s.state, s.after_ms + n * _COPY_GAP_MS, s.code) for s in steps for n in range(habit.copies)
    ]
    copies.sort(key=lambda step: step.after_ms)
    return [replace(copies[0], after_ms=0), *copies[1:]] if habit.early and copies else copies


def _life(habit: Statuses) -> list[Step]:
    sent = habit.sent_ms
    delivered = max(sent, habit.delivered_ms)
    read = max(delivered, habit.read_ms)
    life = [Step(State.SENT, sent), Step(State.DELIVERED, delivered), Step(State.READ, read)]
    return life[: _REACH[habit.until]]


def _disorder(steps: list[Step], *, seed: int, key: str) -> list[Step]:
    """The same due times under another order of states; never the right one when there are two or more."""
    others = list(permutations(step.state for step in steps))[1:]
    if not others:
        return steps
    chosen = others[draw(seed, f"order {key}", low=0, high=len(others) - 1)]
    return [Step(state, step.after_ms) for state, step in zip(chosen, steps, strict=True)]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a status is about."""

    message_id: int
    wamid: str
    customer: Customer
    kind: str
    client_id: str | None
    category: str = "service"


def category_of(content: JsonObject) -> str:
    """What a message is billed as; `content` is that of the ledger."""
    return str(content.get("category", "SERVICE")).lower()


def status_item(subject: Subject, step: Step, *, at_s: int, seed: int) -> JsonObject:
    item: dict[str, JsonValue] = {
        "id": subject.wamid,
        "status": step.state.value,
        "timestamp": str(at_s),
        "recipient_id": subject.customer.wa_id or subject.customer.bsuid,
        "recipient_user_id": subject.customer.bsuid,
    }
    if subject.client_id is not None:
        item["biz_opaque_callback_data"] = subject.client_id
    if step.state is State.FAILED:
        return {**item, "errors": [status_error(step.code or 131000)]}
    return {**item, **_billing(subject, step, at_s=at_s, seed=seed)}


def _billing(subject: Subject, step: Step, *, at_s: int, seed: int) -> JsonObject:
    """The sandbox bills nothing; the category is the template's. Only `sent` opens a conversation."""
    template, category = subject.kind == "template", subject.category
    pricing: JsonObject = {
        "billable": False,
        "pricing_model": "PMP",
        "category": category,
        "type": "regular" if template else "free_customer_service",
    }
    if step.state is not State.SENT:
        return {"pricing": pricing}
    conversation = digest(seed, "conversation", subject.customer.bsuid, at_s // _DAY_S).hex()[:32]
    return {
        "conversation": {
            "id": conversation,
            "expiration_timestamp": str(at_s + _DAY_S),
            "origin": {"type": category},
        },
        "pricing": pricing,
    }
