"""Dates: 2025-03-12, 12/03/2025, 12 March 2025, March 12, March 2025."""

import re
from collections.abc import Iterator

from samvad.kernel.facts.types import Fact, FactKind

_MONTHS = """
january jan enero janeiro janvier januari
february feb febrero fevereiro février fevrier februari
march mar marzo março marco mars maret
april apr abril avril
may mayo maio mai mei
june jun junio junho juin juni
july jul julio julho juillet juli
august aug agosto août aout agustus
september sep sept septiembre setembro septembre
october oct octubre outubro octobre oktober
november nov noviembre novembro novembre
december dec diciembre dezembro décembre decembre desember
"""
_MONTH = {word: month for month, line in enumerate(_MONTHS.strip().splitlines(), 1) for word in line.split()}
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_ISO = re.compile(rf"\b(?P<y>{_YEAR})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>{_DAY})\b")
_NUMERIC = re.compile(rf"\b(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<y>{_YEAR}|\d\d)\b")
_DAY_FIRST = re.compile(
    rf"\b(?P<d>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?(?P<m>{_NAME})\b\.?(?:,?\s+(?:de\s+)?(?P<y>{_YEAR})\b)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{_NAME})\b\.?\s+(?P<d>{_DAY})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>{_YEAR})\b)?", re.IGNORECASE
)
_MONTH_YEAR = re.compile(rf"\b(?P<m>{_NAME})\b\.?,?\s+(?:de\s+)?(?P<y>{_YEAR})\b", re.IGNORECASE)


def dates(text: str, *, day_first: bool = True) -> Iterator[Fact]:
    """Each date, its key year-month-day with `?` for what is not said; they may overlap, the best first."""
    for found in _ISO.finditer(text):
        yield _fact(found, found["y"], int(found["m"]), found["d"])
    for found in _NUMERIC.finditer(text):
        day, month = (found["a"], found["b"]) if day_first else (found["b"], found["a"])
        if int(month) > 12:
            day, month = month, day
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            year = found["y"] if len(found["y"]) == 4 else f"20{found['y']}"
            yield _fact(found, year, int(month), day)
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for found in pattern.finditer(text):
            yield _fact(found, found["y"], _MONTH[found["m"].lower()], found["d"])
    for found in _MONTH_YEAR.finditer(text):
        yield _fact(found, found["y"], _MONTH[found["m"].lower()], None)


def _fact(found: re.Match[str], year: str | None, month: int, day: str | None) -> Fact:
    key = f"{year or '?'}-{month:02}-{f'{int(day):02}' if day else '?'}"
    return Fact(FactKind.DATE, found.start(), found.end(), found[0], key)
