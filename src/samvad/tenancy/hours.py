"""The business hours of a week as written in JSON: `{"mon": [["09:00", "18:00"]], ...}`, local time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")

HoursJson = Mapping[str, Sequence[Sequence[str]]]


class BadHours(ValueError):
    """`field` is the path of the wrong place, such as `mon.0`."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Opening:
    """From `opens` until `closes`, minutes after local midnight; `closes` over 1440 is the next day."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """Seven days from Monday. No day with hours at all means always open."""

    week: tuple[tuple[Opening, ...], ...] = ((),) * 7

    @property
    def always_open(self) -> bool:
        return not any(self.week)

    @classmethod
    def from_json(cls, hours: HoursJson) -> "BusinessHours":
        """Raises BadHours."""
        for day in hours:
            if day not in WEEKDAYS:
                raise BadHours(day, f"days are {', '.join(WEEKDAYS)}")
        return cls(tuple(_day(day, hours.get(day, ())) for day in WEEKDAYS))

    def to_json(self) -> dict[str, list[list[str]]]:
        return {
            day: [[_text(o.opens), _text(o.closes - DAY_MINUTES if o.closes > DAY_MINUTES else o.closes)]
                  for o in openings]
            for day, openings in zip(WEEKDAYS, self.week, strict=True) if openings
        }  # fmt: skip


def _day(day: str, spans: Sequence[Sequence[str]]) -> tuple[Opening, ...]:
    openings = sorted((_opening(f"{day}.{i}", s) for i, s in enumerate(spans)), key=lambda o: o.opens)
    for earlier, later in pairwise(openings):
        if later.opens < earlier.closes:
            raise BadHours(day, "two spans overlap")
    return tuple(openings)


def _opening(field: str, span: Sequence[str]) -> Opening:
    if len(span) != 2:
        raise BadHours(field, 'write it as ["09:00", "18:00"]')
    opens, closes = _minutes(field, span[0]), _minutes(field, span[1], latest=DAY_MINUTES)
    if opens == closes:
        raise BadHours(field, "it opens and closes at the same time")
    return Opening(opens, closes if closes > opens else closes + DAY_MINUTES)


def _minutes(field: str, text: str, *, latest: int = DAY_MINUTES - 1) -> int:
    if text == "24:00" and latest == DAY_MINUTES:
        return DAY_MINUTES
    match = _TIME.fullmatch(text)
    if not match:
        raise BadHours(field, f"{text!r} is not a time such as 09:30")
    return int(match[1]) * 60 + int(match[2])


def _text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
