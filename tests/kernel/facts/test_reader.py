"""Facts are read as people write them: tables of texts and what they hold."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.kernel.facts import numbers
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import FactKind, Measure

PRICES = [
    ("Paneer ₹420", "420", "INR", None),
    ("₹60 per litre", "60", "INR", ("1000", "ml")),
    ("₹60/litre", "60", "INR", ("1000", "ml")),
    ("60 rupees a litre", "60", "INR", ("1000", "ml")),
    ("Rs. 1,25,000", "125000", "INR", None),
    ("Rs 1.2 lakh", "120000", "INR", None),
    ("2 crore INR", "20000000", "INR", None),
    ("₹80L", "8000000", "INR", None),
    ("₹500k", "500000", "INR", None),
    ("$1.2m", "1200000", "USD", None),
    ("40/- per order", "40", "INR", ("1", "order")),
    ("$5 / 500 g", "5", "USD", ("500", "g")),
    ("€1.250,50", "1250.5", "EUR", None),
    ("€ 1.250", "1250", "EUR", None),
    ("R$ 12,50", "12.5", "BRL", None),
    ("12,50 €", "12.5", "EUR", None),
    ("250 AED", "250", "AED", None),
    ("₹15 each", "15", "INR", ("1", "piece")),
    ("850 rupaye", "850", "INR", None),
    ("₹900 per person", "900", "INR", ("1", "person")),
    ("₹52,000 a month", "52000", "INR", ("1", "month")),
]


@pytest.mark.parametrize(("text", "amount", "currency", "basis"), PRICES)
def test_a_price(text: str, amount: str, currency: str, basis: tuple[str, str] | None) -> None:
    (fact,) = [fact for fact in read(text) if fact.kind is FactKind.PRICE]
    assert (fact.amount, fact.unit) == (Decimal(amount), currency)
    assert fact.basis == (Measure(Decimal(basis[0]), basis[1]) if basis else None)


FACTS = [
    ("9 am - 5:30 pm", [("time", "09:00"), ("time", "17:30")]),
    ("9-5 pm", [("time", "09:00"), ("time", "17:00")]),
    ("2-5 pm", [("time", "14:00"), ("time", "17:00")]),
    ("10:00 to 18:00", [("time", "10:00"), ("time", "18:00")]),
    ("18h30", [("time", "18:30")]),
    ("12 noon", [("number", "12"), ("time", "12:00")]),
    ("within 24 hours", [("quantity", "86400")]),
    ("Mon-Sat", [("weekday", "0"), ("weekday", "5")]),
    ("el domingo", [("weekday", "6")]),
    ("सोमवार", [("weekday", "0")]),
    ("12 March 2025", [("date", "2025-03-12")]),
    ("March 12th", [("date", "?-03-12")]),
    ("12 de marzo de 2025", [("date", "2025-03-12")]),
    ("01/04/2025", [("date", "2025-04-01")]),
    ("2025-04-01", [("date", "2025-04-01")]),
    ("April 2026", [("date", "2026-04-?")]),
    ("+91 98765 43210", [("phone", "919876543210")]),
    ("020-2553-1234", [("phone", "02025531234")]),
    ("write to Namaste@Shop.example.", [("email", "namaste@shop.example")]),
    ("pay shop@okbank", [("email", "shop@okbank")]),
    ("see https://www.shop.in/menu/.", [("link", "shop.in/menu")]),
    ("on shop.co.in", [("link", "shop.co.in")]),
    ("20 % off", [("percent", "20")]),
    ("4 percent", [("percent", "4")]),
    ("2-3 days", [("quantity", "2"), ("quantity", "3")]),
    ("1.5 kg", [("quantity", "1500")]),
    ("half the flats, two left", [("number", "2")]),
    ("1200 sq ft", [("quantity", "1200")]),
    ("model VX-200", [("code", "vx-200")]),
    ("the 3rd floor", [("number", "3")]),
    ("PIN 411052", [("number", "411052")]),
    ("3 BHK", [("number", "3")]),
]


@pytest.mark.parametrize(("text", "facts"), FACTS)
def test_a_text(text: str, facts: list[tuple[str, str]]) -> None:
    read_keys = list(dict.fromkeys((fact.kind.value, fact.key) for fact in read(text)))
    assert read_keys == facts


def test_a_span_of_days_holds_those_inside() -> None:
    days = {fact.key for fact in read("Fri to Mon", expand_days=True)}
    assert days == {"4", "5", "6", "0"}


def test_a_national_number_needs_its_region() -> None:
    (fact,) = {(fact.kind, fact.key) for fact in read("98765 43210", region="IN")} - {
        (FactKind.PHONE, "9876543210")
    }
    assert fact == (FactKind.PHONE, "919876543210")


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=200))
def test_any_text_can_be_read_and_facts_stand_where_they_say(text: str) -> None:
    for fact in read(text):
        assert text[fact.start : fact.end].strip()


@settings(deadline=None)  # the machine may be busy
@given(st.integers(0, 10**9))
def test_indian_and_western_grouping_are_one_number(number: int) -> None:
    assert numbers.value_of(f"{number:,}") == numbers.value_of(_indian(number)) == number


def _indian(number: int) -> str:
    head, tail = divmod(number, 1000)
    if not head:
        return str(number)
    groups = [f"{tail:03}"]
    while head >= 100:
        head, pair = divmod(head, 100)
        groups.append(f"{pair:02}")
    return ",".join([str(head), *reversed(groups)])
