"""Customers of a number: met by phone or id, introduced, three of them from the start."""

import sqlite3
from dataclasses import dataclass, replace

from samvad.kernel.errors import Conflict
from samvad.sandbox.ids import bsuid, draw
from samvad.sandbox.jsonio import BadField, Fields
from samvad.sandbox.types import Customer
from samvad.sandbox.world import Unit

STANDING = range(10, 50)  # how the numbers of the three end; whoever else is invented ends beyond


@dataclass(frozen=True, slots=True)
class Person:
    """Who writes: by phone (digits) or by business-scoped id. `wa_id` where it differs from `phone`."""

    name: str | None = None
    phone: str | None = None
    bsuid: str | None = None
    wa_id: str | None = None


def read_person(fields: Fields) -> Person:
    """Raises BadField."""
    phone = fields.optional_text("phone", limit=32)
    digits = "".join(c for c in phone if c.isdigit()) if phone else None
    if digits is not None and not 5 <= len(digits) <= 15:
        raise BadField(fields.at("phone"), "is not a phone number")
    return Person(
        name=fields.optional_text("name", limit=1000),
        phone=digits,
        bsuid=fields.optional_text("bsuid", limit=128),
        wa_id=fields.optional_text("wa_id", limit=32),
    )


def meet(unit: Unit, person: Person) -> Customer:
    """The customer with that phone or id; a new one otherwise. A new name is taken over."""
    known = unit.world.customers.find(unit.id, phone=person.phone, bsuid=person.bsuid)
    if known is None:
        return introduce(unit, person)
    if person.name and person.name != known.name:
        unit.world.customers.rename(unit.db, known, name=_storable(person.name))
        return replace(known, name=person.name)
    return known


def introduce(unit: Unit, person: Person) -> Customer:
    """Raises Conflict when the phone or the id is taken."""
    label = person.phone or f"nobody {unit.next_sequence()}"
    country = "IN" if (person.phone or "").startswith("91") else "US"
    name = person.name or (f"+{person.phone}" if person.phone else person.bsuid or "No phone")
    try:
        return unit.world.customers.add(
            unit.db,
            unit.id,
            name=_storable(name),
            phone=person.phone,
            wa_id=person.wa_id or person.phone,
            bsuid=person.bsuid or bsuid(unit.world.seed, unit.id, label, country=country),
        )
    except sqlite3.IntegrityError as failure:
        raise Conflict("this number has a customer with that phone or id") from failure


def introduce_three(unit: Unit) -> None:
    """People from reserved ranges, one of them without a phone number; the same for the same seed."""
    nn = draw(unit.world.seed, f"people {unit.id}", low=STANDING.start, high=STANDING.stop - 1)
    introduce(unit, Person("Asha Verma", f"9199999000{nn}"))
    introduce(unit, Person("Daniel Brooks", f"120255501{nn}"))
    introduce(unit, Person("Meera Nair"))


def stand(unit: Unit, person: Person) -> Customer:
    """Somebody of the business's own choice, known or new, who is there again after a reset."""
    customer = meet(unit, person)
    if customer.phone:
        unit.world.customers.stand(unit.db, unit.id, phone=customer.phone, name=_storable(customer.name))
    return customer


def stand_no_more(unit: Unit, customer: Customer) -> None:
    if customer.phone:
        unit.world.customers.stand_no_more(unit.db, unit.id, phone=customer.phone)


def come_again(unit: Unit) -> None:
    """After a reset: the three, and those who stand."""
    introduce_three(unit)
    for name, phone in unit.world.customers.standing(unit.id):
        meet(unit, Person(name, phone))


def dismiss(unit: Unit, customer: Customer) -> None:
    """Raises Conflict when there is a word between them and the number."""
    if unit.world.messages.thread(customer.id, after=0, limit=1):
        raise Conflict("this customer has messages")
    unit.world.customers.forget(unit.db, customer)
    unit.world.numbers.save(unit.db, unit.number)  # phones that are open read their list again


def forget(unit: Unit, customer: Customer) -> None:
    """Gone with all that was said; the business keeps its side."""
    unit.world.messages.drop(unit.db, customer.id)
    unit.world.customers.forget(unit.db, customer)
    unit.world.numbers.save(unit.db, unit.number)  # phones that are open read their list again


def begin_anew(unit: Unit, customer: Customer) -> None:
    """An empty chat for the same person, as on a new phone; the business keeps its side."""
    unit.world.messages.clear(unit.db, customer.id)
    unit.world.customers.wrote_nothing(unit.db, customer)
    unit.world.numbers.save(unit.db, unit.number)  # phones that are open read the chat again


def move(unit: Unit, customer: Customer, *, phone: str) -> None:
    """The same person under another number. Raises Conflict when it is taken."""
    try:
        unit.world.customers.move(unit.db, customer, phone=phone)
    except sqlite3.IntegrityError as failure:
        raise Conflict("this number has a customer with that phone") from failure


def _storable(name: str) -> str:
    """Without half surrogate pairs, which no file can hold."""
    return name.encode("utf-8", "replace").decode()
