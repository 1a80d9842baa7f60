"""CSV and its relatives: the delimiter is found, not asked for."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from samvad.knowledge.adapters.readers import tables
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.types import Piece

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50


def delimiter_of(text: str) -> str | None:
    """The delimiter that gives most lines the same number of cells, under a row that can be a header."""
    sample = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
    return max(_DELIMITERS, key=lambda mark: _fit(sample, mark)) if _best(sample) > 0 else None


def looks_like(text: str) -> bool:
    """Stricter, for a file that does not call itself CSV: prose has commas too."""
    mark = delimiter_of(text)
    if mark is None:
        return False
    rows = _rows("\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES]), mark)
    widths = {len(row) for row in rows if row}
    prose = mark == "," and sum(cell.startswith(" ") for row in rows for cell in row[1:]) > len(rows) // 2
    return len(rows) > 2 and len(widths) == 1 and not prose


def pieces(text: str) -> Iterator[Piece]:
    mark = delimiter_of(text)
    if mark is None:
        raise Unreadable("The table has no recognisable columns: its first row must name at least two")
    try:
        yield from tables.pieces(csv.reader(StringIO(text), delimiter=mark), heading="")
    except csv.Error as broken:
        raise Unreadable(f"The table is damaged: {broken}") from broken


def _best(sample: str) -> float:
    return max(_fit(sample, mark) for mark in _DELIMITERS)


def _fit(sample: str, mark: str) -> float:
    rows = [row for row in _rows(sample, mark) if row]
    if len(rows) < 2 or not tables.is_header(rows[0]):
        return 0.0
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    return times / len(rows) * float(width) ** 0.1 if width > 1 else 0.0


def _rows(sample: str, mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(sample.split("\n"), delimiter=mark))
    except csv.Error:
        return []
