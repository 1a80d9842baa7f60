"""What several documents say of one thing: told once where they agree, and not where their prices differ."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from samvad.assistant.rules.answering.rows import row_of
from samvad.assistant.rules.answering.types import Cell, Row
from samvad.knowledge.types import Found, Passage, PassageKind

CONTRADICTORY = "contradictory"


def once(found: Sequence[Found]) -> list[Found]:
    """Without passages that say, cell by cell or word by word, what one before them says: a file that was
    uploaded twice."""
    kept: dict[tuple[object, ...], Found] = {}
    for one in found:
        kept.setdefault(_said(one.passage), one)
    return list(kept.values())


def contradict(cited: Iterable[Passage]) -> bool:
    """Whether two documents name different prices for one thing: nobody knows which of them holds."""
    known = [
        (one.source_id, row)
        for one in cited
        if one.kind is PassageKind.ROW and (row := row_of(one.fields)) is not None
    ]
    return any(
        source != other and row.label.casefold() == twin.label.casefold() and _differ(row, twin)
        for (source, row), (other, twin) in combinations(known, 2)
    )


def _said(passage: Passage) -> tuple[object, ...]:
    """With its heading: "Small" is one thing under "Pizza" and another under "Juices"."""
    parts = [passage.heading, *(sorted(": ".join(cell) for cell in passage.fields) or [passage.text])]
    return passage.kind, passage.superseded, *(" ".join(part.casefold().split()) for part in parts)


def _differ(row: Row, twin: Row) -> bool:
    """In a column that both have; an amount is the same in every spelling."""
    mine, theirs = ({cell.column.casefold(): _amounts(cell) for cell in one.prices} for one in (row, twin))
    return any(mine[column] != theirs[column] for column in mine.keys() & theirs.keys())


def _amounts(cell: Cell) -> frozenset[object]:
    return frozenset(fact.amount for fact in cell.facts if fact.amount is not None) or frozenset([cell.text])
