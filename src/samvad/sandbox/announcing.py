"""Tells the app what became of its messages: status webhooks, queued with the fact."""

from collections.abc import Sequence

from samvad.sandbox import envelope
from samvad.sandbox.posting import Item, enqueue
from samvad.sandbox.statuses import Step, Subject, status_item
from samvad.sandbox.types import State
from samvad.sandbox.world import Unit


def announce(unit: Unit, subject: Subject, *, steps: Sequence[Step]) -> None:
    """Queues the statuses of one message; a failure is written down at once."""
    for n, step in enumerate(steps):
        if step.state is State.FAILED and step.code is not None:
            unit.world.messages.fail(unit.db, subject.message_id, step.code)
        at_s = (unit.now_ms + step.after_ms) // 1000
        told = status_item(subject, step, at_s=at_s, seed=unit.world.seed)
        contacts = [envelope.contact_item(subject.customer)]
        item = Item(
            key=f"{subject.wamid} {step.state} {n}",
            field="messages",
            value=envelope.value(unit.number, contacts=contacts, statuses=[told]),
            customer=subject.customer,
            message_id=subject.message_id,
            state=step.state,
        )
        enqueue(unit, item, after_ms=step.after_ms)
