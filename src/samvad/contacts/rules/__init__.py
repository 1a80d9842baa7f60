"""Whether a message asks to be left alone, or to be written to again: pure, in eight languages."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from samvad.contacts.rules import opt_in, opt_out
from samvad.kernel.calibration import logistic
from samvad.kernel.courtesy import without_courtesy
from samvad.kernel.phrases import Phrases, Slips, spelling, squeezed
from samvad.kernel.words import words

__all__ = ["Consent", "OptOut", "consent_of", "opt_out_of"]


class Consent(StrEnum):
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


@dataclass(frozen=True, slots=True)
class OptOut:
    """Whether a text asks to be left alone, and the calibrated probability that this is right."""

    asked: bool
    confidence: float


_DEFUSED = Phrases(opt_out.DEFUSED)
_OUT_PHRASES = Phrases(opt_out.PHRASES)
_IN_PHRASES = Phrases(opt_in.PHRASES)
_OUT_WORDS = frozenset(map(spelling, opt_out.WORDS))
_OUT_SLIPS = Slips(_OUT_WORDS)
_OUT_EXACT = _OUT_WORDS.union(map(spelling, opt_out.BARE))
_IN_WORDS = frozenset(map(spelling, opt_in.WORDS))
_IN_WHEN_OUT = frozenset(map(spelling, opt_in.WHEN_OUT))
_LONGEST_KEYWORD = 8  # words
_MARKS = " .,;:!?\n।؟،"
_CLAUSE_END = re.compile(f"[{_MARKS[1:]}]")
_TELLING = opt_out.MESSAGES.union(w for keyword in _OUT_WORDS for w in keyword.split() if len(w) > 3)
# log-odds, fitted on tests/contacts/consent; tests/contacts/test_rules.py measures them
_KEYWORD, _SLIP, _LAST_WORD, _PHRASE, _PHRASE_REST = 6.0, 3.0, 3.0, 4.5, -1.5
_SILENT, _SUSPECT = 7.0, -8.0


def consent_of(text: str, *, opted_out: bool) -> Consent | None:
    """What `text` asks for, or None.

    A keyword counts as the whole message, politeness aside; an ambiguous one ("cancel", "baja") not even
    with politeness; a phrase that can mean nothing else counts inside a longer message. "Yes" and words
    that only resume something bring back a contact who is `opted_out`, and mean nothing otherwise.
    """
    said = words(text)
    if _asks_out(text, said) is not None:
        return Consent.OPT_OUT
    core = without_courtesy(said)
    whole = _once(core)
    if whole in _IN_WORDS or _IN_PHRASES.found(core) or (opted_out and whole in _IN_WHEN_OUT):
        return Consent.OPT_IN
    return None


def opt_out_of(text: str) -> OptOut:
    """Whether `text` asks to be left alone, with how sure that is."""
    said = words(text)
    evidence = _asks_out(text, said)
    if evidence is not None:
        return OptOut(True, logistic(evidence))
    suspect = sum(squeezed(word) in _TELLING for word in said) / max(len(said), 1)
    return OptOut(False, logistic(_SILENT + _SUSPECT * suspect))


def _asks_out(text: str, said: tuple[str, ...]) -> float | None:
    """The log-odds that `text`, whose words are `said`, asks to be left alone; None when it does not."""
    whole = _once(without_courtesy(said))
    if _once(said) in _OUT_EXACT or whole in _OUT_WORDS:
        return _KEYWORD
    if whole in _OUT_SLIPS:
        return _SLIP
    left = _DEFUSED.removed(said)
    found = _OUT_PHRASES.found(without_courtesy(left))
    if found is not None:
        return _PHRASE + _PHRASE_REST * (1 - len(found.split()) / len(said))
    return _LAST_WORD if left == said and _ends_with_keyword(text, said) else None


def _ends_with_keyword(text: str, said: tuple[str, ...]) -> bool:
    """Whether a message about messages ends in a keyword of its own: "you keep spamming me. STOP"."""
    if opt_out.MESSAGES.isdisjoint(said):
        return False
    last = _CLAUSE_END.split(text.rstrip(_MARKS))[-1]
    return _once(without_courtesy(words(last))) in _OUT_WORDS


def _once(said: tuple[str, ...]) -> str:
    """`said` in the spelling of keywords, a word said three times in a row only once; "" when long."""
    found = [word for word, _ in groupby(said)]
    return squeezed(" ".join(found)) if len(found) <= _LONGEST_KEYWORD else ""
