"""Whether a row is one of the things that a question is about: by its name, or by what it is listed under."""

from samvad.assistant.rules.answering.terms import held, written
from samvad.assistant.rules.answering.types import Asked, Candidate, Question, Row, Term
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


def subject(question: Question) -> list[Term]:
    """The terms that tell which thing is meant."""
    return [t for t in question.terms if t.weight > _TELLING]


def is_named(question: Question, row: Row) -> bool:
    """Whether the row's name holds all that the question calls the thing."""
    called = subject(question)
    name = written(f"{row.name} {row.size}", question.language)
    return bool(called) and all(held(t.word, name) for t in called)


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
