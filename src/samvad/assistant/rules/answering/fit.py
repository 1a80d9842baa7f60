"""How well a span fits a question, as numbers, and the probability that it answers."""

import re
from dataclasses import astuple, dataclass

from samvad.assistant.rules.answering.expected import holds
from samvad.assistant.rules.answering.listed import OF_THINGS, is_named, is_one_of, subject
from samvad.assistant.rules.answering.terms import FAINT_TERMS, WEAK_TERMS, held, terms
from samvad.assistant.rules.answering.types import (
    OF_THE_BUSINESS,
    Asked,
    Candidate,
    Condition,
    Question,
    Term,
)
from samvad.kernel.calibration import logistic
from samvad.kernel.facts.types import FactKind, Measure
from samvad.knowledge.types import PassageKind

_COMPARABLE = 0.8
_AROUND, _NEAR = 0.95, 0.5  # a heading tells nearly as much as the sentence, a neighbour half
WANTED = {
    Asked.HOURS: {"~open", "~close"},
    Asked.PLACE: {"~address", "~shop"},
    Asked.CONTACT: {"~phone", "~email", "~contact", "~whatsapp", "~website"},
    Asked.PRICE: {"~price", "~fee", "~free"},
}
_OTHER_SUMS = {"~deposit", "~discount", "~minimum", "~refund", "fine", "penalti"}
_OTHER_SUM = 0.8
_OTHER_SIZE = 0.3  # no pack of that size: the others are named
_INSTEAD = {"~fee": "~price", "~price": "~fee"}
# What is said of the whole kind answers for one of it: "No pets" to "can I bring my dog?".
_BROADER = {"~dog": "~pet", "~cat": "~pet", "~wine": "~alcohol", "~beer": "~alcohol"}
_NO = re.compile(
    r"\b(?:no|not|never|none|cannot|can't|don't|do not|only|except|nunca|não|nao|ni|tampoco|tampouco|sólo"
    r"|solo|só|apenas|salvo|excepto|exceto|menos|nem|jamais|pas|nahi|nahin|tidak)\b",
    re.IGNORECASE,
)
# "Do you have ...?" is denied by what is not had, sold or made, not by any "not" that speaks of the thing.
_NOT_HAD = re.compile(
    r"\b(?:have|has|is|are|got|sell|with|tenemos|hay|temos|há) (?:no|none|ningun\w*|nenhum\w*)\b"
    r"|\b(?:(?:do|does|can|could|will) ?(?:not|n't|n’t)|never|no longer|cannot|can't|no|não|nao|ne|nahi|nahin"
    r"|tidak)"
    r" (?:\w+ )?(?:have|sell|stock|carry|keep|make|offer|do|serve|provide|take|rent|let|hire|lend|bake|fit"
    r"|deal|work|supply|tenemos|vendemos|hacemos|ofrecemos|hay|temos|fazemos|oferecemos|trabalhamos"
    r"|trabajamos|avons|vendons|faisons|rakhte|bechte|jual|punya)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"^(?:yes|no|never|sure|of course|sí|si|claro|sim|não|nao|oui|non|haan|ji|nahi|ya|tidak)\b",
    re.IGNORECASE,
)
_EVERY_DAY = {"~daily", "everi", "seven"}
_SPOKEN_OF = 0.5
_NO_SUBJECT = 0.3  # words like "today" alone


@dataclass(frozen=True, slots=True)
class Fit:
    """`covered`: share of the subject that is found; `own`: in the span itself; `missing`: weight of the
    heaviest word that is not found; the others are from -1 (against) over 0 (does not matter) to 1 (for)."""

    covered: float
    own: float
    missing: float
    expected: float
    topic: float
    days: float
    amount: float
    heard: float
    extra: float
    denied: float
    retrieved: float
    is_row: float
    named: float
    beside: float


# Set by hand on the demos and two development businesses, as is what makes their sum a probability. Weights
# learnt from ten businesses did no better on the eleventh (docs/AI.md).
WEIGHTS = Fit(6.0, 1.0, -4.0, 2.5, 1.0, 3.0, 1.0, 1.5, -2.0, 1.5, 0.5, 0.2, 1.5, -2.0)
BIAS = -5.0
SLOPE, SHIFT = 0.80, 0.48
DENIAL = SLOPE * WEIGHTS.denied  # in log odds


@dataclass(frozen=True, slots=True)
class Scored:
    """A span with its fit; `sure`: how likely it answers, looked at alone."""

    span: Candidate
    fit: Fit
    sure: float


def fit(question: Question, span: Candidate) -> Fit:
    called = subject(question) if is_one_of(question, span) else []
    strengths = [(t.weight, 1.0 if t in called else _strength(t, span)) for t in question.terms]
    strengths += [(c.weight, _meets(c, span)) for c in question.conditions]
    total = sum(weight for weight, _ in strengths)
    if question.asked in OF_THE_BUSINESS and total <= _NO_SUBJECT:
        strengths, total = [], 0.0
    own = sum(weight for weight, strength in strengths if strength >= 1)
    expected, topic = _expected(question, span), _topic(question, span)
    return Fit(
        covered=sum(w * s for w, s in strengths) / total if total else _spoken_of(question, topic, expected),
        own=own / total if total else 0.0,
        missing=max((w * (1 - s) for w, s in strengths), default=0.0),
        expected=expected,
        topic=topic,
        days=_days(question, span),
        amount=_amount(question.amount, span),
        heard=_heard(question, span),
        extra=_extra(question, span),
        denied=_denied(question, span),
        retrieved=span.score,
        is_row=float(span.row is not None),
        named=_named(question, span),
        beside=_beside(question, span),
    )


def probability(found: Fit) -> float:
    z = BIAS + sum(weight * value for weight, value in zip(astuple(WEIGHTS), astuple(found), strict=True))
    return logistic(SLOPE * z + SHIFT)


def _spoken_of(question: Question, topic: float, expected: float) -> float:
    """A question without a subject: of its hours, place and contact the business itself is one."""
    return max(topic, 0.0) if question.asked in OF_THE_BUSINESS and expected > 0 else 0.0


def _expected(question: Question, span: Candidate) -> float:
    """A bare name asks for the thing itself, which a row is, or a sentence about just that."""
    if question.asked is Asked.WHAT and len(question.terms) < 2 and span.row is None:
        return 0.0 if _is_about(question, span) else -1.0
    return holds(span, question)


def _is_about(question: Question, span: Candidate) -> bool:
    """ "The deposit is six months' rent" is about the deposit: it begins with it."""
    first = terms(span.text, question.language)[:1]
    return bool(first) and first[0] in {t.word for t in question.terms}


def _strength(term: Term, span: Candidate) -> float:
    words = [word for word in (term.word, term.other) if word]
    if any(held(word, span.words) for word in words):
        return 1.0
    if any(held(word, span.around) for word in words) or _BROADER.get(term.word) in span.words | span.around:
        return _AROUND
    instead = _INSTEAD.get(term.word) in span.words | span.around
    return _NEAR if instead or any(held(word, span.near) for word in words) else 0.0


def _meets(condition: Condition, span: Candidate) -> float:
    """The same figure, or one of its kind that the customer can compare."""
    if any(fact.key == condition.key and fact.unit == condition.unit for fact in span.facts):
        return 1.0
    if any(fact.kind is FactKind.NUMBER and fact.key == condition.key for fact in span.facts):
        return _AROUND  # the unit stands in the column's name
    if any(fact.kind is condition.kind and fact.unit == condition.unit for fact in span.facts):
        return _COMPARABLE
    return 0.0


def _topic(question: Question, span: Candidate) -> float:
    """A question without a subject is about the business: then the span must speak of just that."""
    wanted = WANTED.get(question.asked)
    if wanted is None:
        return 0.0
    if wanted & (span.words | span.around) or _tells_itself(question, span):
        return 1.0
    return 0.0 if question.terms else -1.0


def _tells_itself(question: Question, span: Candidate) -> bool:
    """ "Saturday 9:00 to 18:00" tells hours and "2 Mill Street" a place without saying so."""
    kinds = {fact.kind for fact in span.facts}
    if question.asked is Asked.HOURS:
        return {FactKind.TIME, FactKind.WEEKDAY} <= kinds
    if question.asked is Asked.PRICE:
        return FactKind.PRICE in kinds
    return question.asked is Asked.PLACE and holds(span, question) > 0


def _days(question: Question, span: Candidate) -> float:
    if not question.days:
        return 0.0
    named = {fact.key for fact in span.facts if fact.kind is FactKind.WEEKDAY}
    if named and question.asked is not Asked.HOURS:
        return 1.0  # it tells the days, whichever they are
    if question.days <= named or (_EVERY_DAY & span.words and not named):
        return 1.0
    return -1.0


def _amount(wanted: Measure | None, span: Candidate) -> float:
    if wanted is None:
        return 0.0
    sizes = [
        Measure(f.amount, f.unit) for f in span.facts if f.kind is FactKind.QUANTITY and f.amount is not None
    ]
    if any(size.unit == wanted.unit and size.amount == wanted.amount for size in sizes):
        return 1.0
    if any(fact.basis and fact.basis.unit == wanted.unit for fact in span.facts):
        return 0.5
    if any(size.unit == wanted.unit for size in sizes):
        return -_OTHER_SIZE
    return -1.0 if span.row and span.row.size else 0.0


def _heard(question: Question, span: Candidate) -> float:
    """How alike the question and the FAQ's own question are: words of both among words of either."""
    if span.passage.kind is not PassageKind.FAQ or not span.heard or not question.terms:
        return 0.0
    asked = {t.word for t in question.terms}
    both = sum(1 for word in asked if held(word, span.heard))
    return both / (len(asked) + len(span.heard) - both)


def _extra(question: Question, span: Candidate) -> float:
    """What the question does not name: the share of a row's name, or another sum in a sentence."""
    if span.row is None:
        others = _OTHER_SUMS & span.words - {t.word for t in question.terms}
        return _OTHER_SUM if others and question.asked is Asked.PRICE else 0.0
    if is_one_of(question, span):
        return 0.0  # one as well as the other
    unnamed = unnamed_terms(question, span)
    return len(unnamed) / (len(unnamed) + 2)


def _denied(question: Question, span: Candidate) -> float:
    """Whether the span says no to the very thing that is asked about."""
    if question.asked not in (Asked.YES_NO, Asked.STOCK) or span.row or not question.terms:
        return 0.0
    no = _NOT_HAD if question.asked is Asked.STOCK else _NO
    heaviest = max(t.weight for t in question.terms)
    named = all(held(t.word, span.words) for t in question.terms if t.weight == heaviest)
    return float(named and bool(no.search(span.text)))


def _named(question: Question, span: Candidate) -> float:
    """Whether the thing that is asked for is one of a list's, or what is asked speaks of one in it."""
    row = span.row
    if row is None or not (row.prices or row.stock):
        return 0.0
    if is_one_of(question, span):
        return 1.0
    if question.asked not in OF_THINGS:
        return 0.0
    if is_named(question, row):  # sums are many: "Second delivery attempt" is not the price of delivery
        return 1.0 - _extra(question, span) if question.asked is Asked.PRICE else 1.0
    called = subject(question)
    return _SPOKEN_OF if called and all(_strength(t, span) >= _AROUND for t in called) else 0.0


def _beside(question: Question, span: Candidate) -> float:
    """A FAQ's yes or no answers its own question: the share of that which the customer did not say."""
    if not span.heard or span.place > 0 or not _YES_OR_NO.match(span.text):
        return 0.0
    asked = frozenset(t.word for t in question.terms)
    broader = {_BROADER.get(word) for word in asked}
    heard = [word for word in span.heard if word not in WEAK_TERMS and word not in FAINT_TERMS]
    other = [word for word in heard if not held(word, asked) and word not in broader]
    return len(other) / len(heard) if heard else 0.0


def unnamed_terms(question: Question, span: Candidate) -> list[str]:
    asked = frozenset(t.word for t in question.terms)
    return (
        [word for word in terms(span.row.name, question.language) if not held(word, asked)]
        if span.row
        else []
    )
