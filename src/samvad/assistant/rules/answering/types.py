"""The words of answering: what a question asks for, what could answer it, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samvad.kernel.facts.types import Fact, FactKind, Measure
from samvad.kernel.language import Language
from samvad.knowledge.types import Found, Passage


class Asked(StrEnum):
    """What kind of thing the answer must hold."""

    PRICE = "price"
    HOURS = "hours"
    PLACE = "place"
    CONTACT = "contact"
    DURATION = "duration"
    COUNT = "count"
    DATE = "date"
    PERSON = "person"
    STOCK = "stock"  # "do you have ...?"
    YES_NO = "yes_no"
    HOW = "how"
    WHAT = "what"


OF_THE_BUSINESS = (Asked.HOURS, Asked.PLACE, Asked.CONTACT)

# What the business itself is asked about: words that the question's kind already says.
TOPICS: Mapping[Asked, frozenset[str]] = {
    Asked.HOURS: frozenset({"~open", "~close"}),
    Asked.PLACE: frozenset({"~address", "~shop"}),
    Asked.CONTACT: frozenset({"~phone", "~email", "~contact", "~whatsapp", "~website"}),
    Asked.PRICE: frozenset({"~price"}),
    Asked.DATE: frozenset({"~free", "readi", "vacant", "~handover", "~contact", "possess", "~start", "~end"}),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question's subject in its common form.

    `weight`: how much it narrows the subject. `other`: the second of "sale or rent", either will do.
    """

    word: str
    said: str
    weight: float = 1.0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """An amount, a time or a sum that the question names: three months, 20 people, 250 rupees."""

    kind: FactKind
    key: str
    unit: str
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that was asked. `days`: weekdays named, 0 for Monday; `amount`: how much of it is wanted;
    `sides`: the subject cut at each "and", which may name several things or one."""

    text: str
    asked: Asked
    terms: tuple[Term, ...]
    language: Language
    days: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()
    amount: Measure | None = None
    amount_text: str = ""
    sides: tuple[tuple[Term, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row under its column, with the facts that the two tell together."""

    column: str
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the parts that its cells play. `size`: "500 ml jar"; `others`: remarks and all the rest."""

    name: str
    size: str
    prices: tuple[Cell, ...]
    stock: Cell | None
    others: tuple[Cell, ...]

    @property
    def label(self) -> str:
        if not self.size:
            return self.name
        return f"{self.name}, {self.size}" if ")" in self.name else f"{self.name} ({self.size})"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may answer: a sentence, a row, or the answer of a FAQ.

    `text` is the span in its own words; `words` are its terms, `around` those of headings, questions and
    names of columns, `near` those of its neighbours. A row's facts are those of all its cells.
    """

    passage: Passage
    text: str
    words: frozenset[str]
    around: frozenset[str]
    near: frozenset[str]
    facts: tuple[Fact, ...]
    place: int  # within the passage
    score: float  # of the passage
    row: Row | None = None
    heard: frozenset[str] = frozenset()  # the terms of a FAQ's own question
    head: str = ""  # the line that heads it in plain text


SAID = "said"


class Outcome(StrEnum):
    ANSWERED = "answered"
    WHICH = "which"  # one question that names the things that fit
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that the answer rests on; `score` is its probability of being the right one."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """`confidence`: calibrated probability that the answer, or the refusal, is right."""

    outcome: Outcome
    text: str
    confidence: float
    citations: tuple[Cited, ...] = ()
    reason: str = ""
    worked_out: tuple[Fact, ...] = ()  # sums of ours and the amounts that they are for


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a language model was asked for; `verdict` SAID where its words are the answer."""

    model: str
    verdict: str
    ms: float
    tokens_in: int = 0
    tokens_out: int = 0
    hinted: bool = False  # it read what a colleague had left


@dataclass(frozen=True, slots=True)
class Considered:
    """An answer, what it was chosen from, the milliseconds of finding and choosing; `fallback` is what is
    said where there is no answer."""

    answer: Answer
    found: Sequence[Found]
    search_ms: float
    answer_ms: float
    fallback: str = ""
    model: ModelUse | None = None

    @property
    def by_model(self) -> bool:
        return self.model is not None and self.model.verdict == SAID
