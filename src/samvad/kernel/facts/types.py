"""What a fact in a text is."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class FactKind(StrEnum):
    PRICE = "price"
    PERCENT = "percent"
    QUANTITY = "quantity"
    NUMBER = "number"
    TIME = "time"
    DATE = "date"
    WEEKDAY = "weekday"
    PHONE = "phone"
    EMAIL = "email"  # also a UPI id
    LINK = "link"
    CODE = "code"  # letters and digits in one word


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount of a unit, in the unit's base: 2 kg is 2000 g."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact at `text[start:end]`.

    `key` is its normal form, the same for every spelling. A price has `amount`, `unit` (ISO 4217, "" when the
    text names none) and `basis`, the amount of goods that it buys where that is said.
    """

    kind: FactKind
    start: int
    end: int
    text: str
    key: str
    amount: Decimal | None = None
    unit: str = ""
    basis: Measure | None = None
