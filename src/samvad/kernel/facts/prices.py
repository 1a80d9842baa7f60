"""Prices with currency and the amount of goods that they buy: ₹60 per litre, Rs. 1.2 lakh, $5 / 500 g."""

import re
from collections.abc import Iterator
from decimal import Decimal

from samvad.kernel.facts import numbers, units
from samvad.kernel.facts.types import Fact, FactKind, Measure

_SIGNS = {
    "us$": "USD", "r$": "BRL", "s$": "SGD", "a$": "AUD", "c$": "CAD", "mx$": "MXN", "$": "USD", "€": "EUR",
    "£": "GBP", "₹": "INR", "rs": "INR", "rs.": "INR", "rp": "IDR", "rp.": "IDR", "¥": "JPY", "₨": "INR",
    "ksh": "KES", "ksh.": "KES", "hk$": "HKD", "nz$": "NZD", "rm": "MYR",
    "₱": "PHP", "₦": "NGN", "฿": "THB", "₺": "TRY", "₫": "VND",
}  # fmt: skip
_CODES = (
    "INR|USD|EUR|GBP|BRL|MXN|AED|SAR|SGD|IDR|AUD|CAD|NGN|KES|ZAR|PHP|MYR|COP|ARS|CLP|PEN|BDT|PKR|LKR|NPR|QAR"
    "|KWD|OMR|EGP"
)
_WORDS = {
    "rupees": "INR", "rupee": "INR", "rupaye": "INR", "rupay": "INR", "rupiya": "INR", "रुपये": "INR",
    "रुपए": "INR", "रु": "INR", "/-": "INR", "dollars": "USD", "dollar": "USD", "dólares": "USD",
    "euros": "EUR", "euro": "EUR", "reais": "BRL", "pesos": "MXN", "dirhams": "AED", "dirham": "AED",
    "rupiah": "IDR", "درهم": "AED", "ريال": "SAR",
}  # fmt: skip
_POINTED = {"EUR", "BRL", "IDR", "ARS", "CLP", "COP"}  # where 1.250 is a thousand and more

_BEFORE = (
    r"(?:us\$|r\$|s\$|a\$|c\$|mx\$|hk\$|nz\$|[$€£₹¥₨₱₦฿₺₫]|\brs\.?|\brp\.?|\bksh\.?|\brm(?=\s?\d)"
    rf"|\b(?:{_CODES})\b)"
)
_AFTER = rf"(?:€|₹|/-|\b(?:{_CODES})\b|(?:{'|'.join(word for word in _WORDS if word != '/-')})\b)"
_AMOUNT = rf"(?:{numbers.DIGITS})"
_TO = r"\s*(?:-|–|—|to)\s*"


def _per(side: str) -> str:
    """The amount of goods behind a price; groups of a regular expression have one name each, so by side."""
    word = r"(?:/-)?\s*(?:/|\b(?:per|an?|for|por|par|prati|every|for\s+(?:an?|every|each))\b)"
    unit = rf"(?P<many_{side}>{_AMOUNT})?\s*(?P<unit_{side}>{units.WORD})\b"
    return rf"(?:\s*{word}\s*{unit}|\s*(?P<each_{side}>\b(?:each|apiece)\b))"


def _low_high(side: str, *, scale: str, sign: str = "") -> str:
    low = rf"(?P<low_{side}>{_AMOUNT})(?P<low_scale_{side}>{scale})?"
    high = rf"(?P<high_{side}>{_AMOUNT})(?P<high_scale_{side}>{scale})?"
    return rf"{low}(?:{_TO}{sign}{high})?"


# Behind a currency a lone m or L is million or lakh.
_SIGN_FIRST = _low_high("l", scale=rf"(?:{numbers.SCALE}|[mMlL]\b)", sign=rf"(?:{_BEFORE})?\s*")
_SIGN_LAST = _low_high("r", scale=numbers.SCALE)
_PRICE = re.compile(
    rf"(?P<before>{_BEFORE})\s*{_SIGN_FIRST}{_per('l')}?"
    rf"|(?<![\d.,]){_SIGN_LAST}\s*(?P<after>{_AFTER}){_per('r')}?",
    re.IGNORECASE,
)
_BASIS = re.compile(_per("l"), re.IGNORECASE)


def prices(text: str) -> Iterator[Fact]:
    """Each price in `text`; the two ends of a range are two prices."""
    for found in _PRICE.finditer(text):
        yield from _ends(found)


def currency_in(text: str) -> str:
    """The currency that a heading such as "Price (₹)" or "Rate in INR" names, else ""."""
    found = re.search(rf"{_BEFORE}|{_AFTER}", text, re.IGNORECASE)
    return _currency(found[0]) if found else ""


def basis_in(text: str) -> Measure | None:
    """The amount of goods that a heading such as "Price per kg" names."""
    found = _BASIS.search(text)
    return _basis(found, "l") if found else None


def _ends(found: re.Match[str]) -> Iterator[Fact]:
    side = "l" if found["before"] else "r"
    currency = _currency(found["before"] or found["after"])
    low_scale, high_scale = found[f"low_scale_{side}"] or "", found[f"high_scale_{side}"] or ""
    ends = [(found[f"low_{side}"], low_scale or high_scale)]
    if found[f"high_{side}"]:
        ends.append((found[f"high_{side}"], high_scale))
    for digits, scale in ends:
        amount = numbers.value_of(digits, scale, pointed=currency in _POINTED)
        basis = _basis(found, side)
        yield price(found[0], amount, currency, basis=basis, start=found.start(), end=found.end())


def price(
    text: str, amount: Decimal, currency: str, *, basis: Measure | None, start: int = 0, end: int = 0
) -> Fact:
    """A price as a fact."""
    return Fact(
        FactKind.PRICE, start, end, text, numbers.normal(amount), amount=amount, unit=currency, basis=basis
    )


def _currency(word: str) -> str:
    word = word.strip().lower()
    return _SIGNS.get(word) or _WORDS.get(word) or word.upper()


def _basis(found: re.Match[str], side: str) -> Measure | None:
    many, unit, each = found[f"many_{side}"], found[f"unit_{side}"], found[f"each_{side}"]
    if each:
        return units.measure(Decimal(1), "piece")
    if not unit:
        return None
    return units.measure(numbers.value_of(many) if many else Decimal(1), unit)
