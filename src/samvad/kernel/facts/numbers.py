"""Numbers as people write them: 1,25,000; 1.250,50; 2 crore; 45 lakh; 500k; twelve."""

import re
from decimal import Decimal

DIGITS = r"\d{1,3}(?:[.,]\d{2,3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
SCALE = (
    r"(?:\s?(?:lakhs?|lacs?|lkh|crores?|cr|thousand|hazaar|hazar|million|mn|billion|bn|juta|ribu"
    r"|mil(?:l[oõ]n(?:es)?|h[oõ]es|h[aã]o)?)\b|k\b)"
)
_SCALES = {
    "lakh": 100_000, "lac": 100_000, "lkh": 100_000, "crore": 10_000_000, "cr": 10_000_000,
    "thousand": 1000, "hazar": 1000, "hazaar": 1000, "k": 1000, "mil": 1000, "ribu": 1000,
    "million": 1_000_000, "mn": 1_000_000, "juta": 1_000_000, "m": 1_000_000, "l": 100_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "ninety": 90, "hundred": 100, "dozen": 12,
}  # fmt: skip
WORD = r"\b(?:" + "|".join(_WORDS) + r")\b"
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")


def value_of(digits: str, scale: str = "", *, pointed: bool = False) -> Decimal:
    """The number that `digits` and a word of `SCALE` spell. `pointed`: 1.250 is a thousand and more."""
    return _plain(digits, pointed) * _scale(scale)


def word_value(word: str) -> Decimal:
    return Decimal(_WORDS[word.lower()])


def normal(value: Decimal) -> str:
    """One spelling for equal numbers."""
    return f"{value.normalize():f}"


def _plain(digits: str, pointed: bool) -> Decimal:
    if _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _POINTED.fullmatch(digits) and (pointed or "," in digits or digits.count(".") > 1):
        return Decimal(digits.replace(".", "").replace(",", "."))
    whole, mark, rest = digits.replace(",", ".").rpartition(".")
    return Decimal(whole.replace(".", "") + mark + rest)


def _scale(word: str) -> Decimal:
    word = word.strip().lower()
    if not word:
        return Decimal(1)
    if word.startswith("mil") and len(word) > 3:
        return Decimal(1_000_000)
    return Decimal(_SCALES.get(word) or _SCALES[word.removesuffix("s")])
