"""Which rule a burst meets, what it says, and whether the burst asks for a person."""

from samvad.assistant.rules.answers import words_of
from samvad.assistant.rules.human import asks_for_person
from samvad.assistant.rules.matching import asks_only, match

__all__ = ["asks_for_person", "asks_only", "match", "words_of"]
