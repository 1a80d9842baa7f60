"""What was kept back of a template, once more is known of it; each one unit of work."""

from samvad.sandbox import portfolio
from samvad.sandbox.announcing import announce
from samvad.sandbox.statuses import Subject, category_of, plan
from samvad.sandbox.templates import Quality, Status, Template
from samvad.sandbox.types import Message
from samvad.sandbox.world import Unit

_PAUSED = 132015
_STOPPED = (Status.PAUSED, Status.DISABLED)


def settle(unit: Unit, template: Template) -> None:
    """Goes its way when the template has a quality; fails when it is stopped; else it waits on."""
    stopped = template.status in _STOPPED
    if not stopped and template.quality is Quality.UNKNOWN:
        return
    for number in portfolio.numbers_of(unit):
        of_number = Unit(unit.world, unit.db, number.phone_number_id)
        for message in unit.world.messages.paced(number.phone_number_id, template.name):
            _let_go(of_number, message, failed_code=_PAUSED if stopped else None)


def _let_go(unit: Unit, message: Message, *, failed_code: int | None) -> None:
    customer = unit.world.customers.get(unit.id, message.customer_id)
    if customer is None:
        return
    unit.world.messages.let_go(unit.db, message.id)
    habit, seed = unit.number.behaviour.statuses, unit.world.seed
    category = category_of(message.content)
    subject = Subject(message.id, message.wamid, customer, message.kind, message.client_id, category)
    announce(unit, subject, steps=plan(habit, failed_code=failed_code, seed=seed, key=message.wamid))
