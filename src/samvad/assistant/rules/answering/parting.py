"""A message cut into the parts that each ask one thing."""

import re
from collections.abc import Iterator

from samvad.assistant.rules.answering.phrases import found_in, placed
from samvad.assistant.rules.answering.terms import spoken
from samvad.assistant.rules.answering.types import Asked
from samvad.kernel.words import words

_SENTENCE = re.compile(r"(.+?)([?!;।؟]+|(?<!\d)\.+(?=\s|$)|\n+|$)", re.DOTALL)
_JOINED = re.compile(r",?\s+(?:and|also|plus|aur|&|y|e|et|dan|और|و)\s+(?:also\s+)?|,\s+", re.IGNORECASE)
_EXPLAINING = (Asked.STOCK, Asked.HOW)


def parts(text: str) -> list[str]:
    return [part for segment in _segments(text) for part in _around_and(segment)]


def _segments(text: str) -> list[str]:
    """The sentences of `text`. What follows a question mark and asks nothing is a condition of the question:
    "do you have something for children? my daughter is 6"."""
    found: list[str] = []
    asked = False
    for sentence in _SENTENCE.finditer(text):
        segment, mark = sentence[1].strip(), sentence[2]
        marked = "?" in mark or "؟" in mark
        if segment and asked and not marked and _explains(segment):
            found[-1] += f" if {segment}"
        elif segment:
            found.append(segment)
        asked = asked or marked
    return found


def _explains(segment: str) -> bool:
    return all(phrase.asked in _EXPLAINING for phrase in found_in(spoken(segment)))


def _around_and(segment: str) -> Iterator[str]:
    """The parts around "and" where each side asks something of its own."""
    pieces, joints = _split(segment)
    current = pieces[0]
    for joint, piece in zip(joints, pieces[1:], strict=True):
        if _asks(current) and _opens(piece):
            yield current
            current = piece
        else:
            current += joint + piece
    yield current


def _split(segment: str) -> tuple[list[str], list[str]]:
    joints = [found[0] for found in _JOINED.finditer(segment)]
    return _JOINED.split(segment), joints


def _asks(piece: str) -> bool:
    return any(found.asked is not Asked.YES_NO for found in found_in(words(piece)))


def _opens(piece: str) -> bool:
    """Whether a part begins a question of its own: its first words say what is asked."""
    said = words(piece)
    return any((at <= 1 and phrase.asked is not Asked.YES_NO) or at == 0 for at, phrase in placed(said))
