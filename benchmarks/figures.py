"""Figures with their bounds: a table for people, JSON for comparison."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Figure:
    """`runs` holds one value a repetition, the median counts. Without a bound it only informs."""

    name: str
    unit: str
    runs: Sequence[float]
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def value(self) -> float:
        return statistics.median(self.runs)

    @property
    def holds(self) -> bool | None:
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least

    @property
    def bound(self) -> str:
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return "" if self.at_least is None else f">= {self.at_least:g}"

    def row(self) -> tuple[str, ...]:
        verdict = {True: "holds", False: "MISSED", None: ""}[self.holds]
        runs = " ".join(_short(run) for run in self.runs) if len(self.runs) > 1 else ""
        return self.name, _short(self.value), self.unit, self.bound, verdict, runs, self.note


_HEAD = ("figure", "median", "unit", "bound", "", "runs", "note")


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def together(runs: Sequence[Sequence[Figure]]) -> list[Figure]:
    """The same figures measured several times, as one each."""
    return [
        replace(same[0], runs=[value for one in same for value in one.runs])
        for same in zip(*runs, strict=True)
    ]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass
class Report:
    facts: dict[str, str]
    at: datetime
    figures: dict[str, Sequence[Figure]] = field(default_factory=dict)

    def table(self) -> str:
        rows = [_HEAD, *(figure.row() for group in self.figures.values() for figure in group)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
        lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
        return "\n".join([*(f"{key}: {value}" for key, value in self.facts.items()), "", *lines])

    def save(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        path = folder / f"{self.at:%Y%m%dT%H%M%S}-{'-'.join(self.figures)[:60]}.json"
        groups = {
            name: [
                {"name": f.name, "unit": f.unit, "median": f.value, "runs": f.runs, "bound": f.bound,
                 "holds": f.holds, "note": f.note}
                for f in group
            ]
            for name, group in self.figures.items()
        }  # fmt: skip
        shown = {"at": self.at.isoformat(), "machine": self.facts, "figures": groups}
        path.write_bytes(orjson.dumps(shown, option=orjson.OPT_INDENT_2))
        return path
