"""What a message asks for: its parts, the kind of answer that each wants, and the subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samvad.assistant.rules.answering.parting import parts
from samvad.assistant.rules.answering.phrases import STRONGEST_FIRST, Phrase, placed
from samvad.assistant.rules.answering.terms import (
    COMMON_WORDS,
    FAINT_TERMS,
    WEAK_TERMS,
    all_terms,
    is_empty,
    spoken,
    term,
)
from samvad.assistant.rules.answering.types import OF_THE_BUSINESS, TOPICS, Asked, Condition, Question, Term
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import Fact, FactKind, Measure
from samvad.kernel.language import Language
from samvad.kernel.words import unify, words

_CONDITION = re.compile(r"\b(?:if|when i|because|since|as i|agar|si|se eu|quand je|kalau)\b", re.IGNORECASE)
_HALF = r"half\s+(?:a\s+|of\s+a\s+)?|adha\s+|aadha\s+|medio\s+|media\s+|meio\s+|meia\s+|demi[- ]"
_FRACTIONS = (
    (re.compile(rf"\b(?:{_HALF})(?=kg|kilo|l\b|lit|lt|dozen|lb|pound|docena|duzia|acre)", re.I), "0.5 "),
    (re.compile(r"\b(?:quarter\s+(?:of\s+a\s+)?|pav\s+)(?=kg|kilo|lit)", re.I), "0.25 "),
    (
        re.compile(r"\b(?:one|ek|un|um|uno|une)\s+(?=kg|kilo|l\b|lit|g\b|gram|dozen|pack|box|piece)", re.I),
        "1 ",
    ),
    (re.compile(r"\ba\s+(?=kg|kilo|lit)", re.I), "1 "),
    (re.compile(r"\b(?:(?:a|one)\s+)?(?:dozen|docena|duzia|dúzia)\b", re.I), "12 pieces"),
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|he|him|she|her|that|those|these|this|one|iska|uska|inka|unka|isko|yeh)\b",
    re.I,
)
_AUXILIARY = re.compile(
    r"^(?:hi|hello|hey|ok|please|so|and)?[\s,]*(?:is|are|do|does|did|can|could|will|would|may|has|have)\b",
    re.I,
)
_DIRECT = re.compile(r"\b(?:how much|what|which|when|where|who|how|till|until)\b", re.I)
_NOUNS = frozenset(words("price prices charge charges fee fees cost costs rate rates"))
_ATTRIBUTES = frozenset({"~rent", "~deposit", "~fee", "~price", "~size"})
_TOPICS = frozenset(words("notice discount minimum maximum fee fees charge charges deposit rent"))
_CONDITION_WEIGHT, _WEAK_WEIGHT, _FAINT_WEIGHT, _NAME_WEIGHT, _FIGURE_WEIGHT = 0.4, 0.3, 0.1, 1.2, 0.8
_COMMON_WEIGHT = 0.45
_LONG, _CLOSE = 16, 6  # words of a message that tells a story, words that still belong to its question
_AND = re.compile(r"\s*(?:,|&|\+|\b(?:and|aur|y|e|et|dan|और|و)\b)\s*", re.IGNORECASE)
_OR = frozenset(words("or ya o ou atau या او"))


def questions(text: str, *, language: Language, region: str | None = None) -> list[Question]:
    """The questions in `text`, in its order; what only explains them is left out."""
    parsed = [parse(part, language=language, region=region) for part in parts(text)]
    whole = list(_completed(list(_with_amounts(parsed))))
    asking = [q for q in whole if q.asked is not Asked.WHAT]
    return asking or [q for q in whole if q.terms]


def _with_amounts(found: Sequence[Question]) -> Iterator[Question]:
    """Of "do you have ghee, and what does 1 l cost?" the first part is about a litre too."""
    for at, question in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        if after and after.amount and not question.amount and _prices(question, after):
            question = replace(question, amount=after.amount, amount_text=after.amount_text)
        yield question


def _prices(question: Question, after: Question) -> bool:
    return question.asked is Asked.STOCK and after.asked is Asked.PRICE and _is_bare(after)


def _completed(found: Sequence[Question]) -> Iterator[Question]:
    """A part without a subject, or with a pronoun for it, is about the subject of the part before it."""
    before: Question | None = None
    for question in found:
        if before and _is_new(question, before):
            before = None
        if before and (_is_bare(question) or _PRONOUN.search(question.text)):
            known = {t.word for t in question.terms}
            more = tuple(t for t in before.terms if t.word not in known)
            question = replace(
                question,
                terms=question.terms + more,
                days=question.days or before.days,
                amount=question.amount or before.amount,
                amount_text=question.amount_text or before.amount_text,
            )
        before = question
        yield question


def _is_new(question: Question, before: Question) -> bool:
    """Hours, place and contact without a subject are those of the business, whatever was spoken of; but
    "who gives the class, and at what time?" goes on about the class."""
    if question.asked is Asked.HOURS and not TOPICS[Asked.HOURS] & set(all_terms(question.text)):
        return False
    return question.asked in OF_THE_BUSINESS and before.asked is not question.asked and not question.terms


def _is_bare(question: Question) -> bool:
    """Whether it names no thing: "and the rent?" goes on about the flat before."""
    return all(t.word in _ATTRIBUTES for t in question.terms)


def parse(text: str, *, language: Language, region: str | None = None) -> Question:
    """One question."""
    text = in_figures(text)
    facts = read(text, region=region)
    amount = next((fact for fact in facts if _is_amount(fact)), None)
    said = spoken(_without_amounts(text, facts))
    at_places = list(placed(said))
    asked = _asked([phrase for _, phrase in at_places], text)
    consumed = {
        at + step for at, phrase in at_places if _consumes(phrase, asked) for step in range(len(phrase.words))
    }
    days = frozenset(fact.key for fact in facts if fact.kind is FactKind.WEEKDAY)
    terms = _alternatives(
        _subject(text, said, consumed, asked, language, told_before=_told_before(said, asked, at_places)),
        said,
        language,
    )
    return Question(
        text, asked, terms, language, days, tuple(_conditions(text, facts, amount)),
        Measure(amount.amount, amount.unit) if amount and amount.amount is not None else None,
        amount.text if amount else "",
        sides=_sides(text, terms),
    )  # fmt: skip


def in_figures(text: str) -> str:
    """ "half a kilo" as "0.5 kilo"."""
    for pattern, number in _FRACTIONS:
        text = pattern.sub(number, text)
    return text


def _is_amount(fact: Fact) -> bool:
    return fact.kind is FactKind.QUANTITY and fact.unit not in {
        "s",
        "day",
        "month",
        "person",
        "adult",
        "child",
    }


def _conditions(text: str, facts: Sequence[Fact], amount: Fact | None) -> Iterator[Condition]:
    """Figures that the answer must speak of; those behind an "if" matter less."""
    late = _CONDITION.search(text)
    for fact in facts:
        if fact is not amount and fact.kind in (
            FactKind.QUANTITY,
            FactKind.PRICE,
            FactKind.TIME,
            FactKind.PERCENT,
        ):
            after = late is not None and fact.start >= late.start()
            yield Condition(
                fact.kind, fact.key, fact.unit, _CONDITION_WEIGHT / 2 if after else _FIGURE_WEIGHT
            )


def _alternatives(terms: tuple[Term, ...], said: tuple[str, ...], language: Language) -> tuple[Term, ...]:
    """Of "sale or rent" either is enough."""
    other: dict[str, str] = {}
    for left, word, right in zip(said, said[1:], said[2:], strict=False):
        if word in _OR:
            one, two = term(left, language), term(right, language)
            other |= {one: two, two: one}
    return tuple(replace(t, other=other.get(t.word, "")) for t in terms)


def _sides(text: str, terms: tuple[Term, ...]) -> tuple[tuple[Term, ...], ...]:
    """The subject by what stands between "and", where each side has some of it."""
    pieces = [frozenset(spoken(piece)) for piece in _AND.split(text)]
    sides = [tuple(t for t in terms if t.said in piece) for piece in pieces]
    return tuple(sides) if len(sides) > 1 and all(sides) else ()


def _without_amounts(text: str, facts: Sequence[Fact]) -> str:
    """Amounts, weekdays and money of the question are conditions, not its subject."""
    for fact in facts:
        if fact.kind in (FactKind.QUANTITY, FactKind.WEEKDAY, FactKind.PRICE, FactKind.TIME):
            text = text[: fact.start] + " " * (fact.end - fact.start) + text[fact.end :]
    return text


def _asked(found: Sequence[Phrase], text: str) -> Asked:
    """The most telling phrase; "is there a charge for ...?" wants yes or no, whatever noun it holds."""
    kinds = [phrase.asked for phrase in found if not _only_noun(phrase, text)]
    return next((asked for asked in STRONGEST_FIRST if asked in kinds), Asked.WHAT)


def _only_noun(phrase: Phrase, text: str) -> bool:
    if not ((phrase.words[0] in _NOUNS and len(phrase.words) == 1) or "rent" in phrase.words):
        return False
    return bool(_AUXILIARY.match(text)) and not _DIRECT.search(text)


def _consumes(phrase: Phrase, asked: Asked) -> bool:
    """The words that say what is asked are no subject; a noun of another kind ("delivery hours") is."""
    if _TOPICS & set(phrase.words):
        return False
    return phrase.asked is asked or len(phrase.words) > 1 or is_empty(phrase.words[0])


def _subject(
    text: str,
    said: tuple[str, ...],
    consumed: set[int],
    asked: Asked,
    language: Language,
    *,
    told_before: int,
) -> tuple[Term, ...]:
    condition = _CONDITION.search(text)
    late = len(words(text[: condition.start()])) if condition else len(said) + len(text)
    names = {unify(word) for word in re.findall(r"(?<=\s)[A-Z][\w-]+", text)}
    found: dict[str, Term] = {}
    for at, word in enumerate(said):
        form = term(word, language)
        if at in consumed or is_empty(word) or form in _told(asked):
            continue
        aside = at >= late or at < told_before
        found.setdefault(form, Term(form, word, _weight(form, word, late=aside, named=word in names)))
    return tuple(found.values())


def _told_before(said: tuple[str, ...], asked: Asked, at_places: Sequence[tuple[int, Phrase]]) -> int:
    """Where a long message comes to its question: what it tells before that only explains."""
    first = min((at for at, phrase in at_places if phrase.asked is asked), default=0)
    return max(0, first - _CLOSE) if len(said) >= _LONG else 0


def _told(asked: Asked) -> frozenset[str]:
    """Words that the kind of the question says already; the shop is meant where nothing else is."""
    topics = TOPICS.get(asked, frozenset())
    return topics | {"~shop"} if asked in OF_THE_BUSINESS else topics


def _weight(form: str, word: str, *, late: bool, named: bool) -> float:
    if form in FAINT_TERMS:
        return _FAINT_WEIGHT
    if form in WEAK_TERMS:
        return _WEAK_WEIGHT
    if word in COMMON_WORDS:
        return _COMMON_WEIGHT
    if late:
        return _CONDITION_WEIGHT
    return _NAME_WEIGHT if named else 1.0
