"""What to search for: the question itself, and the words that documents use for what it asks."""

from collections.abc import Sequence
from functools import cache

from samvad.assistant.rules.answering.concepts import concepts
from samvad.assistant.rules.answering.question import questions
from samvad.assistant.rules.answering.types import Asked
from samvad.kernel.language import Language
from samvad.knowledge.types import Found

_HINTS = {
    Asked.HOURS: "opening hours open closed monday sunday",
    Asked.PLACE: "address location shop office road street lane near",
    Asked.CONTACT: "contact phone telephone whatsapp email website",
    Asked.PERSON: "people team owner manager",
}
_MOST_WORDS = 24  # of one concept, in all languages


def searches(text: str) -> list[str]:
    """The texts to search for, the question first."""
    hints: list[str] = []
    for question in questions(text, language=Language.ENGLISH):
        hints += _HINTS.get(question.asked, "").split()
        for term in question.terms:
            hints += _words().get(term.word, [])[:_MOST_WORDS]
    fresh = list(dict.fromkeys(hints))
    return [text, " ".join(fresh)] if fresh else [text]


def joined(lists: Sequence[Sequence[Found]]) -> list[Found]:
    """Each passage once, with the score of the question's own search where it has one."""
    best: dict[object, Found] = {}
    for found in lists:
        for one in found:
            best.setdefault(one.passage.id, one)
    return list(best.values())


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, concept in concepts().items():
        found.setdefault(concept, []).append(word)
    return found
