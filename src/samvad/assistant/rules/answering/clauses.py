"""The clause of a sentence that answers: "..., and on Sunday from 11:00 to 15:00"."""

import re

from samvad.assistant.rules.answering.terms import held, written
from samvad.assistant.rules.answering.types import Question
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import Fact, FactKind

_JOINT = re.compile(r"[;,]\s+(?:and\s+|but\s+)?|\s+and\s+(?=on\s)")
_PARALLEL = frozenset(
    {
        FactKind.PRICE,
        FactKind.TIME,
        FactKind.WEEKDAY,
        FactKind.QUANTITY,
        FactKind.PERCENT,
        FactKind.NUMBER,
        FactKind.DATE,
    }
)


def narrowed(question: Question, sentence: str) -> str:
    """`sentence` with that one of its parallel clauses alone which the question is about, else all of it.

    Clauses are parallel when each holds a figure of its own. What leads to the first figure is kept: "Visits
    are on Monday to Friday ..., and on Sunday ..." becomes "Visits are on Sunday ...".
    """
    clauses = _clauses(sentence)
    if len(clauses) < 2:
        return sentence
    first = _figures(clauses[0])[0].start
    told = [_tells(question, clause) for clause in (clauses[0][first:], *clauses[1:])]
    best = max(told)
    if best == 0 or told.count(best) != 1:
        return sentence
    at = told.index(best)
    if at == 0:
        return _ended(clauses[0])
    lead = clauses[0][:first].rstrip()
    word = clauses[at].split(None, 1)[0].lower()
    if lead.lower().endswith(f" {word}"):
        lead = lead[: -len(word)].rstrip()
    return _ended(f"{lead} {clauses[at]}" if lead else clauses[at])


def _clauses(sentence: str) -> list[str]:
    parts = [part.strip() for part in _JOINT.split(sentence.rstrip(". ")) if part.strip()]
    kinds = [_kinds(part) for part in parts]
    return parts if all(kinds) and all(kinds[0] & other for other in kinds) else []


def _kinds(clause: str) -> set[tuple[FactKind, str]]:
    """Of quantities the unit too: "for more than 10 kg" is not parallel to "3 days' notice"."""
    return {(f.kind, f.unit if f.kind is FactKind.QUANTITY else "") for f in _figures(clause)}


def _figures(clause: str) -> list[Fact]:
    return [fact for fact in read(clause) if fact.kind in _PARALLEL]


def _tells(question: Question, clause: str) -> float:
    said = written(clause, question.language)
    days = {fact.key for fact in read(clause, expand_days=True) if fact.kind is FactKind.WEEKDAY}
    weight = sum(t.weight for t in question.terms if held(t.word, said))
    return weight + 2.0 * (bool(question.days) and question.days <= days)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "।")) else f"{text}."
