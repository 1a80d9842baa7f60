"""What is said where several things are just what was asked for: each with as much as there is room for."""

from collections.abc import Sequence

from samvad.assistant.rules.answering import wording
from samvad.assistant.rules.answering.columns import narrowed, of_amount
from samvad.assistant.rules.answering.listed import is_described
from samvad.assistant.rules.answering.rowtext import (
    LONGEST,
    LONGEST_REMARK,
    cell_text,
    is_idle,
    labelled,
    named_cells,
    remarks,
)
from samvad.assistant.rules.answering.terms import held, terms
from samvad.assistant.rules.answering.types import Asked, Question, Row

_FEW = 2  # rows of which all is told


def offered(question: Question, rows: Sequence[Row]) -> str | None:
    """That there are these things, with as much of each as fits; at least the price, or to "do you have ...?"
    and of what was described the name alone."""
    levels = (_all_told, _price_and_remarks, _prices)
    for told in levels[len(rows) > _FEW :]:
        text = _offer(question, [labelled(row, told(question, row)) for row in rows])
        if len(text) <= LONGEST:
            return text
    by_name = question.asked is Asked.STOCK or any(is_described(question, row) for row in rows)
    text = _offer(question, list(dict.fromkeys(row.name for row in rows)))
    return text if by_name and len(text) <= LONGEST else None


def _offer(question: Question, lines: Sequence[str]) -> str:
    text = _joined(lines)
    if question.asked is Asked.STOCK:
        return wording.worded(wording.HAVE, question.language, items=text)
    return text if "\n" in text else f"{text}."


def _joined(lines: Sequence[str]) -> str:
    """In a line of its own each, where they hold the marks that would part them."""
    if any(";" in one for one in lines):
        return "\n".join(lines)
    return ("; " if any("," in one or ":" in one for one in lines) else ", ").join(lines)


def _all_told(question: Question, row: Row) -> list[str]:
    """All cells but those that say no more than the question."""
    asked = frozenset(t.word for t in question.terms)
    cells = [*row.others, *([row.stock] if row.stock else [])]
    more = [c for c in cells if not is_idle(c) and any(not held(w, asked) for w in terms(c.text))]
    return _prices(question, row) + [cell_text(cell, row, question.language) for cell in more]


def _prices(question: Question, row: Row) -> list[str]:
    cells = of_amount(question, row.prices) or narrowed(question, row.prices)
    return [cell_text(cell, row, question.language) for cell in cells]


def _price_and_remarks(question: Question, row: Row) -> list[str]:
    """With the cells that say more than what was asked for, "with walnuts, blue cheese" to walnuts."""
    more = [cell for cell in named_cells(question, row) if " " in cell.text and cell not in row.prices]
    cells = dict.fromkeys([*more, *remarks(row)])
    return _prices(question, row) + [cell.text for cell in cells if len(cell.text) <= LONGEST_REMARK]
