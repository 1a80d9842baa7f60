"""What a rule may hold: pure checks that name each wrong field."""

from collections.abc import Iterator
from dataclasses import replace

from samvad.assistant.rules.matching import ALONE, fault_of
from samvad.assistant.types import Action, Match, RuleDetails
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.text import storable

MOST_RULES, MOST_PHRASES = 200, 50
MOST_PHRASE, MOST_TEXT, MOST_NAME, MOST_TOPIC = 1000, 1000, 120, 60
FARTHEST = 1_000_000


def checked(details: RuleDetails) -> RuleDetails:
    """`details` as they are stored, each phrase once. Raises Invalid naming every wrong field."""
    cleaned = replace(
        details,
        name=storable(details.name).strip(),
        phrases=tuple(dict.fromkeys(storable(phrase).strip() for phrase in details.phrases)),
        text=storable(details.text).strip(),
        texts={language: storable(text).strip() for language, text in details.texts.items() if text.strip()},
        topic=(storable(details.topic).strip() or None) if details.topic else None,
    )
    wrong = [*_names(cleaned), *_phrases(cleaned), *_texts(cleaned)]
    if wrong:
        raise Invalid(errors=wrong)
    return cleaned


def _names(details: RuleDetails) -> Iterator[FieldError]:
    if not 1 <= len(details.name) <= MOST_NAME:
        yield FieldError("name", f"use 1 to {MOST_NAME} characters")
    if details.topic and len(details.topic) > MOST_TOPIC:
        yield FieldError("topic", f"use at most {MOST_TOPIC} characters")


def _phrases(details: RuleDetails) -> Iterator[FieldError]:
    if not 1 <= len(details.phrases) <= MOST_PHRASES:
        yield FieldError("phrases", f"give 1 to {MOST_PHRASES} phrases")
        return
    for at, phrase in enumerate(details.phrases):
        fault = _fault(phrase, details.match)
        if fault:
            yield FieldError(f"phrases.{at}", fault)


def _fault(phrase: str, match: Match) -> str | None:
    if len(phrase) > MOST_PHRASE:
        return f"use at most {MOST_PHRASE} characters"
    if match is Match.REGEX:
        return fault_of(phrase)
    return None if phrase.removeprefix(ALONE).strip() else "a phrase cannot be empty"


def _texts(details: RuleDetails) -> Iterator[FieldError]:
    for field, text in (("text", details.text), *((f"texts.{k}", v) for k, v in details.texts.items())):
        if len(text) > MOST_TEXT:
            yield FieldError(field, f"use at most {MOST_TEXT} characters")
    if details.action is Action.REPLY and not (details.text or details.texts):
        yield FieldError("text", "a rule that replies needs something to say")
