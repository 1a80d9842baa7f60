"""Whether a row is one of the things that a question is about: by its name, by what it is listed under, or by
what its cells say of it."""

from collections.abc import Sequence

from samvad.assistant.rules.answering.terms import held, written
from samvad.assistant.rules.answering.types import Asked, Candidate, Cell, Question, Row, Term
from samvad.kernel.language import Language
from samvad.kernel.words import words

OF_THINGS = (Asked.PRICE, Asked.STOCK, Asked.WHAT)
_KINDS = frozenset(
    words(
        """kind type category section group family range class style for brand course department tipo
        categoria clase gama grupo marca para genre categorie jenis kategori prakar"""
    )
)
_TELLING = 0.3  # words that weigh no more say nothing of which thing is meant
_UNITS = frozenset(words("per unit each por unidad unidade"))
_SHORT = 4  # words of a cell that says what a thing is: "Indiranagar", "fully furnished"; more are a remark


def subject(question: Question) -> list[Term]:
    """The terms that tell which thing is meant."""
    return [t for t in question.terms if t.weight > _TELLING]


def is_named(question: Question, row: Row) -> bool:
    """Whether the row's name holds all that the question calls the thing."""
    called = subject(question)
    name = written(f"{row.name} {row.size}", question.language)
    return bool(called) and all(held(t.word, name) for t in called)


def is_one_of(question: Question, span: Candidate) -> bool:
    """Whether the row is one of several things that were asked for as a kind, or by what they are like."""
    return is_of_kind(question, span) or (span.row is not None and is_described(question, span.row))


def is_described(question: Question, row: Row) -> bool:
    """Whether the row's cells say each thing that was asked for: "2 bedrooms"; or in two places at least,
    "Area: Indiranagar" and "Type: flat", or one of them and the name, which does not hold all of it."""
    called = [t for t in question.terms if t.weight >= _TELLING]  # also "bought", "new"
    if len(called) < 2 or question.asked not in (*OF_THINGS, Asked.HOW) or not (row.prices or row.stock):
        return False
    name = written(row.name, question.language)
    if question.asked is Asked.PRICE and is_named(question, row):
        return False
    said = [_said(cell, question.language) for cell in _describing(row)]
    places = [-1 if held(t.word, name) else _place(t, called, said) for t in called]
    counted = any(t.word.isdigit() for t in called)
    return None not in places and (counted or len(set(places)) > 1)


def _describing(row: Row) -> list[Cell]:
    """Cells of a few words that are neither the price, nor what it is for, nor what is left."""
    parts = [Cell("", part, ()) for cell in row.others for part in cell.text.split(";") if ";" in cell.text]
    return [
        cell
        for cell in (*row.others, *parts)
        if len(cell.text.split()) <= _SHORT and not _UNITS & set(words(cell.column))
    ]


def _said(cell: Cell, language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the cell, and those with its column's name."""
    return written(cell.text, language), written(f"{cell.column} {cell.text}", language)


def _place(
    term: Term, called: Sequence[Term], said: Sequence[tuple[frozenset[str], frozenset[str]]]
) -> int | None:
    """Where the term is said: a figure where the cell is about what was counted, 2 under "Bedrooms" to
    "2 bhk". A column's name alone is what the question is after: "Which floor ...?"."""
    at = called.index(term)
    if term.word.isdigit() and at + 1 < len(called):
        return _counted(term.word, called[at + 1].word, said)
    here = next((i for i, (text, _) in enumerate(said) if held(term.word, text)), None)
    before = called[at - 1].word if at else ""
    return _counted(before, term.word, said) if here is None and before.isdigit() else here


def _counted(figure: str, thing: str, said: Sequence[tuple[frozenset[str], frozenset[str]]]) -> int | None:
    return next((i for i, (text, whole) in enumerate(said) if figure in text and held(thing, whole)), None)


def is_of_kind(question: Question, span: Candidate) -> bool:
    """Whether the question names a kind of thing and the row is one of it: by its heading ("Sweets"), or by
    cells that say nothing else ("Type: flat"); "coffee machines" is both together."""
    called = subject(question)
    if span.row is None or not called or question.asked not in OF_THINGS:
        return False
    wanted = frozenset(t.word for t in called)
    kinds = _kinds(span.row, span.passage.heading, question.language)
    fitting = [kind for kind in kinds if kind and all(held(word, wanted) for word in kind)]
    return all(any(held(t.word, kind) for kind in fitting) for t in called)


def _kinds(row: Row, heading: str, language: Language) -> list[frozenset[str]]:
    cells = (cell.text for cell in row.others if _KINDS & set(words(cell.column)))
    texts = (heading.rsplit(">", 1)[-1], *cells)
    return [written(text, language) for text in texts]
