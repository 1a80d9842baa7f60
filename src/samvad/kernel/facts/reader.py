"""All facts of a text, none of them twice: what one reader has taken, the next does not see."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import groupby

from samvad.kernel.facts import numbers, units
from samvad.kernel.facts.addresses import emails, links
from samvad.kernel.facts.dates import dates
from samvad.kernel.facts.prices import prices
from samvad.kernel.facts.times import times, weekdays
from samvad.kernel.facts.types import Fact, FactKind
from samvad.kernel.phone import phones_in

_PERCENT = re.compile(
    rf"(?P<n>{numbers.DIGITS})\s?(?:%|percent\b|per cent\b|por ciento\b|por cento\b|pour cent\b)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"(?<![\d.,])(?:(?P<low>{numbers.DIGITS})\s*(?:-|–|to|x)\s*)?(?P<n>{numbers.DIGITS})\s?-?(?P<unit>{units.WORD})\b",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\w.,])\+?\(?\d[\d\s().-]{6,}\d(?!\w)")
_CODE = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_NUMBER = re.compile(rf"(?:{numbers.DIGITS})(?:{numbers.SCALE})?|{numbers.WORD}", re.IGNORECASE)
_SPLIT_NUMBER = re.compile(rf"(?P<n>{numbers.DIGITS})(?P<scale>.*)", re.DOTALL)
_LEAST_PHONE = 8


def read(text: str, *, region: str | None = None, expand_days: bool = False) -> list[Fact]:
    """The facts of `text` by place. `region` (ISO 3166) reads national phone numbers; `expand_days` as in
    `times.weekdays`."""

    def phones(rest: str) -> Iterator[Fact]:
        return _phones(rest, region)

    def days(rest: str) -> Iterator[Fact]:
        return weekdays(rest, expand=expand_days)

    found: list[Fact] = []
    rest = text
    readers = (emails, links, dates, prices, phones, days, times, _percents, _quantities, _codes, _numbers)
    for reader in readers:
        fresh = _apart(reader, rest)
        found += fresh
        for fact in fresh:
            rest = rest[: fact.start] + " " * (fact.end - fact.start) + rest[fact.end :]
    return sorted(found, key=lambda fact: (fact.start, fact.key))


def _apart(reader: Callable[[str], Iterator[Fact]], text: str) -> list[Fact]:
    """What the reader finds, without facts that reach into an earlier one."""
    kept: list[Fact] = []
    taken: list[tuple[int, int]] = []
    for (start, end), facts in groupby(reader(text), key=lambda fact: (fact.start, fact.end)):
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            kept += facts
    return kept


def _phones(text: str, region: str | None) -> Iterator[Fact]:
    for start, end, digits in phones_in(text, region=region):
        yield Fact(FactKind.PHONE, start, end, text[start:end], digits)
    for found in _LONG.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if len(digits) >= _LEAST_PHONE:
            yield Fact(FactKind.PHONE, found.start(), found.end(), found[0], digits)


def _percents(text: str) -> Iterator[Fact]:
    for found in _PERCENT.finditer(text):
        yield _counted(FactKind.PERCENT, found, numbers.value_of(found["n"]), "%")


def _quantities(text: str) -> Iterator[Fact]:
    for found in _QUANTITY.finditer(text):
        for digits in filter(None, (found["low"], found["n"])):
            size = units.measure(numbers.value_of(digits), found["unit"])
            yield _counted(FactKind.QUANTITY, found, size.amount, size.unit)


def _codes(text: str) -> Iterator[Fact]:
    for found in _CODE.finditer(text):
        if not _ORDINAL.fullmatch(found[0]):
            yield Fact(FactKind.CODE, found.start(), found.end(), found[0], found[0].lower())


def _numbers(text: str) -> Iterator[Fact]:
    for found in _NUMBER.finditer(text):
        parts = _SPLIT_NUMBER.fullmatch(found[0])
        value = numbers.value_of(parts["n"], parts["scale"]) if parts else numbers.word_value(found[0])
        yield _counted(FactKind.NUMBER, found, value, "")


def _counted(kind: FactKind, found: re.Match[str], value: Decimal, unit: str) -> Fact:
    return Fact(kind, found.start(), found.end(), found[0], numbers.normal(value), amount=value, unit=unit)
