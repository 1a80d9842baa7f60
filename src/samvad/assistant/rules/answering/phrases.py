"""The phrases that say what a question asks for, found in its words."""

from collections.abc import Iterator
from dataclasses import dataclass

from samvad.assistant.rules.answering.asking import ASKED
from samvad.assistant.rules.answering.types import Asked
from samvad.kernel.words import words

STRONGEST_FIRST = (
    Asked.DURATION, Asked.CONTACT, Asked.PRICE, Asked.HOURS, Asked.PLACE, Asked.COUNT, Asked.PERSON,
    Asked.DATE, Asked.STOCK, Asked.HOW, Asked.YES_NO,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    words: tuple[str, ...]
    asked: Asked


def _phrases() -> dict[str, list[Phrase]]:
    """By first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for asked in STRONGEST_FIRST:
        for text in ASKED[asked].split(";"):
            said = words(text)
            if said:
                found.setdefault(said[0], []).append(Phrase(said, asked))
    for same in found.values():
        same.sort(key=lambda phrase: -len(phrase.words))
    return found


_PHRASES = _phrases()


def placed(said: tuple[str, ...]) -> Iterator[tuple[int, Phrase]]:
    at = 0
    while at < len(said):
        phrase = next(
            (p for p in _PHRASES.get(said[at], ()) if said[at : at + len(p.words)] == p.words), None
        )
        if phrase:
            yield at, phrase
        at += len(phrase.words) if phrase else 1


def found_in(said: tuple[str, ...]) -> list[Phrase]:
    return [phrase for _, phrase in placed(said)]
