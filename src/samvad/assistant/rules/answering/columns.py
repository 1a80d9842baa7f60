"""Which of a row's prices is asked for: "1 kg" of "250 g" and "1 kg", the veg plate's of two plates'."""

from collections.abc import Sequence

from samvad.assistant.rules.answering.question import in_figures
from samvad.assistant.rules.answering.terms import all_terms, held, terms, written
from samvad.assistant.rules.answering.types import Cell, Question
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import FactKind


def narrowed(question: Question, cells: Sequence[Cell]) -> list[Cell]:
    """Those under the most of the question's words, and the fewest others."""
    if len(cells) < 2:
        return list(cells)
    told = [_told(question, cell) for cell in cells]
    best = max(told)
    return [cell for cell, one in zip(cells, told, strict=True) if one == best] if best[0] else list(cells)


def of_amount(question: Question, cells: Sequence[Cell]) -> list[Cell]:
    """Those under an amount that the question names."""
    wanted = _amounts(question.text)
    return [cell for cell in cells if wanted & _amounts(cell.column)] if wanted else []


def _amounts(text: str) -> set[str]:
    return {fact.key for fact in read(in_figures(text)) if fact.kind is FactKind.QUANTITY}


def _told(question: Question, cell: Cell) -> tuple[float, int, int]:
    """Weight of the question's words that the column holds; less what it holds besides, and with how many."""
    column = frozenset(terms(cell.column, question.language))
    heads = written(cell.column, question.language)
    weight = sum(t.weight for t in question.terms if held(t.word, heads))
    said = frozenset((*all_terms(question.text), *(t.word for t in question.terms)))
    known = sum(held(word, said) for word in column)
    return (weight, known - len(column), known) if weight else (0.0, 0, 0)
