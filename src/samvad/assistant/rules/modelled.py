"""What a language model is asked, and how far its answer is believed: exactly as far as the verifier goes."""

from collections.abc import Mapping, Sequence
from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from samvad.assistant.prompts.answering import LIMIT, SCHEMA, instructions
from samvad.assistant.rules.answering.types import Answer, Cited, Outcome
from samvad.assistant.rules.grounded import Business, verified
from samvad.assistant.types import Prompt
from samvad.kernel.language import Language
from samvad.kernel.text import cut
from samvad.kernel.words import words
from samvad.knowledge.types import Found

MOST_PASSAGES = 8
_LONGEST_PASSAGE = 1500  # characters
_LONGEST_QUESTION = 2000
_WORDS_IN_A_ROW = 3


class _Said(BaseModel):
    """The prompt's schema again: a server may not hold it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    action: Literal["answer", "clarify", "person"]
    answer: str
    citations: list[str]


_OUTCOMES = {"answer": Outcome.ANSWERED, "clarify": Outcome.WHICH, "person": Outcome.UNKNOWN}


def prompt_for(
    question: str, found: Sequence[Found], *, language: Language, business: Business, hint: str = ""
) -> Prompt:
    """Passages that count, under short names; what others wrote is a JSON string, so nothing ends it."""
    shown = {
        "customer": cut(question, _LONGEST_QUESTION),
        "passages": [
            {"id": name, "source": one.passage.source, "heading": one.passage.heading,
             "text": cut(one.passage.text, _LONGEST_PASSAGE)}
            for name, one in _named(found).items()
        ],
        **({"note": hint} if hint else {}),
    }  # fmt: skip
    told = instructions(business.name, language, noted=bool(hint))
    return Prompt(told, orjson.dumps(shown).decode(), "reply", SCHEMA)


def answer_of(
    reply: str, question: str, found: Sequence[Found], *, business: Business, hint: str = ""
) -> Answer | None:
    """None where the model says nothing that may be sent: the answer without it stands."""
    try:
        said = _Said.model_validate_json(reply)
    except ValidationError:
        return None
    named = _named(found)
    text = said.answer.strip()
    if said.action == "person" or not text or len(text) > LIMIT:
        return None
    if not said.citations or not set(said.citations) <= set(named):
        return None
    cited = tuple(Cited(named[name].passage, named[name].score) for name in dict.fromkeys(said.citations))
    if tells(text, hint, known=[question, *(one.passage.text for one in cited)]):
        return None
    given = Answer(_OUTCOMES[said.action], text, max(one.score for one in cited), cited, "model")
    checked = verified(given, question, found, business=business)
    return None if checked.outcome is Outcome.UNKNOWN else checked


def tells(text: str, hint: str, *, known: Sequence[str]) -> bool:
    """Whether the text says words of the hint, three in a row or all of fewer, that nobody else has said."""
    whispered = words(hint)
    length = min(len(whispered), _WORDS_IN_A_ROW)
    runs = {whispered[at : at + length] for at in range(len(whispered) - length + 1)} if length else set()
    for said in known:
        runs -= _runs(said, length)
    return bool(runs & _runs(text, length))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    said = words(text)
    return {said[at : at + length] for at in range(len(said) - length + 1)}


def _named(found: Sequence[Found]) -> Mapping[str, Found]:
    current = [one for one in found if not one.passage.superseded]
    return {f"P{number}": one for number, one in enumerate(current[:MOST_PASSAGES], 1)}
