"""Whether somebody asks for a person, or asks if this is a machine: pure, in eight languages."""

from collections.abc import Sequence

from samvad.assistant.rules.human_words import DEFUSED, LISTS, PHRASES
from samvad.kernel.courtesy import without_courtesy
from samvad.kernel.phrases import Phrases, phrases
from samvad.kernel.words import words

_PHRASES = Phrases(phrases(PHRASES, LISTS))
_DEFUSED = Phrases(phrases(DEFUSED, LISTS))


def asks_for_person(messages: Sequence[str]) -> str | None:
    """The words by which one of the messages, or all read as one, asks for a person."""
    joined = (" ".join(messages),) if len(messages) > 1 else ()
    for text in (*messages, *joined):
        found = _PHRASES.found(without_courtesy(_DEFUSED.removed(words(text))))
        if found is not None:
            return found
    return None
