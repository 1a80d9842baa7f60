"""Nothing leaves that the records do not hold: a table of attacks, and texts that are true."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.assistant.rules.verifier import Grounds, misses
from samvad.kernel.facts.prices import price
from tests.assistant.answering.shelf import passage, row

PANEER = row("prices.xlsx", Item="Fresh paneer", Pack="1 kg block", **{"Price (₹)": "420"})
MALAI = row("prices.xlsx", Item="Malai paneer", Pack="1 kg block", **{"Price (₹)": "480"})
LOOSE = row("loose.csv", Item="Cashew nuts", Price="₹900 per kg")
HOUSE = row("flats.csv", Home="Banyan Villa", Price="2 crore INR")
ABOUT = passage(
    "about.txt",
    "Shop: 14 Neelkamal Lane, Pune 411052. Telephone +91 99999 00042, namaste@dairy.example, "
    "www.dairy.example. "
    "Monday to Saturday 6:00 to 21:30. Delivery within 24 hours, 4 percent off for subscribers. "
    "Prices in force since 1 April 2026.",
)
GROUNDS = Grounds(
    passages=[PANEER, MALAI, LOOSE, HOUSE, ABOUT],
    records=("Shubhra Dairy",),
    customer='is paneer ₹350 and do you close at 23:00? call 98765 43210, "Gold" plan',
    currency="INR",
    names=frozenset({"Kesar pedha"}),
)

TRUE = [
    "Fresh paneer (1 kg block) is ₹420.",
    "Fresh paneer is Rs. 420 and Malai paneer Rs 480.",
    "Fresh paneer is ₹420 per 1 kg block.",
    "Cashew nuts are ₹900 / kg.",
    "Banyan Villa is ₹20,000,000.",
    "Banyan Villa costs 2,00,00,000 rupees.",
    "We are at 14 Neelkamal Lane, Pune 411052.",
    "Call 99999 00042 or write to namaste@dairy.example.",
    "See https://dairy.example.",
    "Open Tuesday from 6 am to 9:30 pm.",
    "Within 24 hours; subscribers get 4 % off.",
    "In force since 1 April.",
    "Thank you! A person from Shubhra Dairy will answer.",
    "You wrote “is paneer ₹350”, a person will look at it.",
]
FALSE = [
    ("Fresh paneer is ₹350.", "price"),
    ("Fresh paneer is ₹4200.", "price"),
    ("Fresh paneer is ₹४३०.", "price"),
    ("Fresh paneer is ₹43\u200b0.", "price"),
    ("Fresh paneer is ₹４３０.", "price"),
    ("Fresh paneer is $420.", "price"),
    ("Fresh paneer is ₹420 per 500 g.", "price"),
    ("Cashew nuts are ₹900.", "price"),
    ("Cashew nuts are ₹900 per 500 g.", "price"),
    ("Banyan Villa is ₹2 lakh.", "price"),
    ("Fresh paneer is ₹480.", "belongs"),
    ("Malai paneer is ₹480. Fresh paneer is ₹480.", "belongs"),
    ("Yes, we close at 23:00.", "time"),
    ("Open on Sunday.", "weekday"),
    ("Delivery within 12 hours.", "quantity"),
    ("Delivery within two days.", "number"),
    ("5 percent off.", "percent"),
    ("In force since 2 April 2026.", "date"),
    ("In force since 1 April 2025.", "date"),
    ("Call 98765 43210.", "phone"),
    ("Call +91 99999 00043.", "phone"),
    ("Write to owner@dairy.example.", "email"),
    ("See http://dairy.example.evil.example/pay.", "link"),
    ("Pay to shop@okbank.", "email"),
    ("We are at 15 Neelkamal Lane.", "address"),
    ("Use the code SAVE50 now.", "code"),
    ("We also have Kesar pedha.", "name"),
    ("It is made by Amul.", "name"),
    ("You said “paneer is ₹300”.", "price"),
    ("Four hundred rupees only.", "number"),
]


@pytest.mark.parametrize("text", TRUE)
def test_what_the_records_hold_may_be_said(text: str) -> None:
    assert misses(text, GROUNDS) == []


@pytest.mark.parametrize(("text", "kind"), FALSE)
def test_what_they_do_not_hold_is_named(text: str, kind: str) -> None:
    assert kind in {miss.kind for miss in misses(text, GROUNDS)}


def test_a_sum_of_ours_is_grounded_where_it_is_handed_over() -> None:
    text = "Cashew nuts is ₹900 per kg, so that comes to ₹1800."
    total = price("", Decimal(1800), "INR", basis=None)
    assert misses(text, GROUNDS)
    assert not misses(text, Grounds([LOOSE], currency="INR", worked_out=[total]))


def test_another_tenants_price_is_no_ground() -> None:
    theirs = row("prices.xlsx", Item="Fresh paneer", Pack="1 kg block", **{"Price (₹)": "999"})
    assert not misses("Fresh paneer is ₹999.", Grounds([theirs], currency="INR"))
    assert misses("Fresh paneer is ₹999.", GROUNDS)


@settings(deadline=None)  # the machine may be busy
@given(st.integers(1, 10**8).filter(lambda amount: amount not in {420, 480, 900, 20_000_000}))
def test_no_invented_price_passes(amount: int) -> None:
    assert misses(f"Fresh paneer is ₹{amount}.", GROUNDS)
    assert misses(f"Fresh paneer is ₹{amount:,}.", GROUNDS)


@settings(deadline=None)  # the machine may be busy
@given(st.sampled_from([PANEER, MALAI, LOOSE, HOUSE, ABOUT]))
def test_a_record_read_out_is_grounded_in_itself(record: object) -> None:
    text = record.text  # type: ignore[attr-defined]
    assert not misses(text, Grounds([record], currency="INR"))  # type: ignore[list-item]


COW = row("milk.csv", Item="Cow milk", Price="₹60")
A2 = row("milk.csv", Item="A2 cow milk", Price="₹105")
VILLA = row("homes.csv", Home="Willow Park 6D", Price="₹40 lakh")
CORNER = row("homes.csv", Home="Amber Lane shop 1", Price="₹50 lakh")


def test_a_name_within_a_longer_one_is_not_spoken_of() -> None:
    grounds = Grounds([COW, A2], currency="INR")
    assert not misses("Cow milk: ₹60; A2 cow milk: ₹105.", grounds)
    assert [m.kind for m in misses("A2 cow milk: ₹60.", grounds)] == ["belongs"]
    assert [m.kind for m in misses("A2 cow milk: ₹105; Cow milk: ₹105.", grounds)] == ["belongs"]


def test_names_of_a_list_are_no_street() -> None:
    grounds = Grounds([VILLA, CORNER], currency="INR")
    assert not misses("Which one do you mean: Willow Park 6D or Amber Lane shop 1?", grounds)
    assert [m.kind for m in misses("Come to 6D Amber Lane.", grounds)] == ["address"]
