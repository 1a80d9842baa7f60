"""A message's answer: each thing that it asks, out of what was retrieved, in at most 280 characters."""

from collections.abc import Sequence
from dataclasses import replace

from samvad.assistant.rules.answering.choosing import choose
from samvad.assistant.rules.answering.listed import OF_THINGS
from samvad.assistant.rules.answering.plain_words import EMPTY
from samvad.assistant.rules.answering.question import questions
from samvad.assistant.rules.answering.spans import LONGEST
from samvad.assistant.rules.answering.types import Answer, Cited, Outcome, Question
from samvad.kernel.language import Language
from samvad.kernel.words import words
from samvad.knowledge.types import Found

_PLAIN = frozenset(EMPTY.split())


def answer(text: str, found: Sequence[Found], *, language: Language, region: str | None = None) -> Answer:
    """All parts answered, or the question back of the part that needs one, or nothing."""
    asked = questions(text, language=language, region=region)
    if not asked:
        return Answer(Outcome.UNKNOWN, "", 1.0, (), "nothing_asked")
    parts = _without_restated([(part, said) for question in asked for part, said in _chosen(question, found)])
    undone = [part for _, part in parts if part.outcome is not Outcome.ANSWERED]
    if undone:
        return min(undone, key=lambda part: part.outcome is Outcome.WHICH)
    return _joined([part for _, part in parts])


def _chosen(question: Question, found: Sequence[Found]) -> list[tuple[Question, Answer]]:
    """The answer, or one for each thing that is named: "the price of rasgulla and gulab jamun"."""
    whole = choose(question, found)
    if whole.outcome is Outcome.UNKNOWN and question.asked in OF_THINGS:
        parts = [replace(question, terms=side, sides=()) for side in question.sides]
        said = [(part, choose(part, found)) for part in parts]
        if said and all(answer.outcome is Outcome.ANSWERED for _, answer in said):
            return said
    return [(question, whole)]


def _without_restated(parts: Sequence[tuple[Question, Answer]]) -> Sequence[tuple[Question, Answer]]:
    """The same thing asked in other words needs one answer, and which one is meant need not be asked where
    the price of each was told."""
    good = [(q, a) for q, a in parts if a.outcome is Outcome.ANSWERED]
    return [
        (q, a)
        for q, a in parts
        if a.outcome is Outcome.ANSWERED
        or not any(_restates(q, other) or _tells_each(said, a) for other, said in good)
    ]


def _tells_each(said: Answer, part: Answer) -> bool:
    cited = {one.passage.id for one in part.citations}
    return part.outcome is Outcome.WHICH and cited <= {one.passage.id for one in said.citations}


def _restates(question: Question, other: Question) -> bool:
    mine, theirs = ({t.word for t in q.terms} for q in (question, other))
    return question.asked is other.asked and bool(mine & theirs)


def _joined(parts: Sequence[Answer]) -> Answer:
    kept: list[Answer] = []
    for part in sorted(parts, key=lambda part: -len(part.text)):
        if not any(_within(part, other) for other in kept):
            kept.append(part)
    texts = [part.text for part in parts if any(part is one for one in kept)]
    text = " ".join(texts)
    if len(text) > LONGEST:
        return Answer(Outcome.UNKNOWN, "", 0.5, (), "too_long")
    cited: dict[object, Cited] = {}
    for part in parts:
        for one in part.citations:
            cited.setdefault(one.passage.id, one)
    return Answer(
        Outcome.ANSWERED, text, min(part.confidence for part in parts), tuple(cited.values()),
        worked_out=tuple(fact for part in parts for fact in part.worked_out),
    )  # fmt: skip


def _within(part: Answer, other: Answer) -> bool:
    """Whether the other says all that this says: the same records in the same words, but for plain ones."""
    theirs = {cited.passage.id for cited in other.citations}
    if not {cited.passage.id for cited in part.citations} <= theirs:
        return False
    return set(words(part.text)) - _PLAIN <= set(words(other.text))
