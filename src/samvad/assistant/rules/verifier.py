"""Whether a text says nothing that the records do not: the last look at everything that goes out by itself.

Every number, price with its unit, percentage, date, weekday, time, phone, link, e-mail, code, street address
and name of the text must stand in the cited passages or in the tenant's own records. What stands only in the
customer's words may be repeated in quotation marks, never claimed.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from samvad.assistant.rules.answering.rows import cells_of, row_of
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import Fact, FactKind, Measure
from samvad.kernel.words import words
from samvad.knowledge.types import Passage, PassageKind

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_STREET = re.compile(
    r"\b\d[\w/-]*,?(?:\s+[^\W\d_][\w.'-]*){1,4}?\s+(?:road|rd|street|st|lane|nagar|avenue|ave|marg|chowk|colony|sector|layout|block)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[^\s.!?:;()\"“•\-–—/])[ ,]+([A-Z][\w'-]*)")
_LEAST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Miss:
    """What of a text has no ground. `kind`: of a fact, "address", "name", or "belongs": another's price."""

    kind: str
    text: str


@dataclass(frozen=True)
class Grounds:
    """What a text may rest on. `currency`: of prices written without one. `worked_out`: sums of ours."""

    passages: Sequence[Passage] = ()
    records: Sequence[str] = ()
    customer: str = ""
    currency: str = ""
    worked_out: Sequence[Fact] = ()
    names: frozenset[str] = field(default_factory=frozenset)  # of the tenant's other things

    @cached_property
    def facts(self) -> list[Fact]:
        found = [fact for text in self._texts for fact in read(_plain(text), expand_days=True)]
        for passage in self.passages:
            found += [fact for cell in cells_of(passage.fields) for fact in cell.facts]
        return [*found, *self.worked_out]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(words(_plain(" ".join(self._texts))))

    @cached_property
    def said(self) -> str:
        return f" {' '.join(words(_plain(' '.join(self._texts))))} "

    @property
    def _texts(self) -> list[str]:
        shown = [f"{p.heading}\n{p.text}\n{' '.join(f'{a} {b}' for a, b in p.fields)}" for p in self.passages]
        return [*shown, *self.records]


def misses(text: str, grounds: Grounds) -> list[Miss]:
    """Everything in `text` that has no ground; empty means that it may be said."""
    plain = _plain(text)
    claimed = _QUOTED.sub(lambda found: _repeated(found[0], grounds), plain)
    return [
        *(
            Miss(fact.kind.value, fact.text)
            for fact in read(claimed, expand_days=True)
            if not _grounded(fact, grounds)
        ),
        *_addresses(claimed, grounds),
        *_names(claimed, grounds),
        *_belonging(claimed, grounds),
    ]


def _plain(text: str) -> str:
    """Digits and letters of every width and script as readers know them, nothing hidden."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _repeated(quotation: str, grounds: Grounds) -> str:
    """A quotation of the customer's own words claims nothing; any other is read like the rest."""
    inner = f" {' '.join(words(quotation))} "
    return " " * len(quotation) if inner in f" {' '.join(words(grounds.customer))} " else quotation


def _grounded(fact: Fact, grounds: Grounds) -> bool:
    if fact.kind is FactKind.PRICE:
        return any(_same_price(fact, known, grounds) for known in grounds.facts)
    if fact.kind is FactKind.PHONE:
        return any(
            _same_phone(fact.key, known.key) for known in grounds.facts if known.kind is FactKind.PHONE
        )
    if fact.kind is FactKind.DATE:
        return any(_same_date(fact.key, known.key) for known in grounds.facts if known.kind is FactKind.DATE)
    return any(
        known.kind is fact.kind and known.key == fact.key and known.unit == fact.unit
        for known in grounds.facts
    )


def _same_price(said: Fact, known: Fact, grounds: Grounds) -> bool:
    """Amount, currency and the amount of goods: "₹60" is not the truth where ₹60 buys a litre."""
    if known.kind is not FactKind.PRICE or known.amount != said.amount:
        return False
    currency = known.unit or grounds.currency
    return said.unit in ("", currency) and (said.basis == known.basis or _as_pack(said.basis, known, grounds))


def _as_pack(said: Measure | None, known: Fact, grounds: Grounds) -> bool:
    """Per pack, where the same record names the pack: Price 210, Pack 500 g is "₹210 per 500 g"."""
    if said is None or known.basis is not None:
        return False
    for passage in grounds.passages:
        facts = [fact for cell in cells_of(passage.fields) for fact in cell.facts]
        if known in facts and any(_measures(fact, said) for fact in facts):
            return True
    return False


def _measures(fact: Fact, wanted: Measure) -> bool:
    return fact.kind is FactKind.QUANTITY and (fact.amount, fact.unit) == (wanted.amount, wanted.unit)


def _same_phone(said: str, known: str) -> bool:
    short, long = sorted((said.lstrip("0"), known.lstrip("0")), key=len)
    return len(short) >= _LEAST_DIGITS and long.endswith(short)


def _same_date(said: str, known: str) -> bool:
    """A year that is not said is no claim."""
    return said == known or (said.startswith("?") and known.split("-", 1)[1] == said.split("-", 1)[1])


def _addresses(text: str, grounds: Grounds) -> Iterator[Miss]:
    for name in sorted(set(_row_names(grounds).values()), key=len, reverse=True):
        text = text.replace(name, "-")  # "Willow Park 6D or Amber Lane shop 1" are two of a list, no street
    for found in _STREET.finditer(text):
        if f" {' '.join(words(found[0]))} " not in grounds.said:
            yield Miss("address", found[0])


def _names(text: str, grounds: Grounds) -> Iterator[Miss]:
    """Names of the tenant's things that no citation is about, and capital words that stand nowhere."""
    said = f" {' '.join(words(text))} "
    for name in grounds.names:
        spoken = f" {' '.join(words(name))} "
        if spoken.strip() and spoken in said and spoken not in grounds.said:
            yield Miss("name", name)
    asked = frozenset(words(grounds.customer))
    for fact in read(text):
        text = text[: fact.start] + " " * (fact.end - fact.start) + text[fact.end :]
    for found in _NAME.finditer(text):
        if not set(words(found[1])) <= grounds.words | asked:
            yield Miss("name", found[1])


def _belonging(text: str, grounds: Grounds) -> Iterator[Miss]:
    """A price behind the name of a cited row must be one of that row, or stand in a running text."""
    rows = _row_names(grounds)
    places = _whole([(at, n) for n in set(rows.values()) for at in _places(text.lower(), n.lower())])
    loose = Grounds(
        [p for p in grounds.passages if p not in rows],
        grounds.records,
        currency=grounds.currency,
        worked_out=grounds.worked_out,
    )
    for fact in read(text):
        before = [place for place in places if place[0] < fact.start]
        if (
            fact.kind is not FactKind.PRICE
            or not before
            or any(_same_price(fact, f, loose) for f in loose.facts)
        ):
            continue
        name = max(before, key=lambda place: (place[0], len(place[1])))[1]
        own = Grounds([p for p, of in rows.items() if of == name], currency=grounds.currency)
        if not any(_same_price(fact, known, own) for known in own.facts):
            yield Miss("belongs", f"{name}: {fact.text}")


def _row_names(grounds: Grounds) -> dict[Passage, str]:
    return {p: row.name for p in grounds.passages if p.kind is PassageKind.ROW and (row := row_of(p.fields))}


def _whole(places: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Without names that stand within longer ones: "A2 cow milk" speaks of no "Cow milk"."""
    return [
        (at, name)
        for at, name in places
        if not any(
            len(other) > len(name) and start <= at and at + len(name) <= start + len(other)
            for start, other in places
        )
    ]


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)
