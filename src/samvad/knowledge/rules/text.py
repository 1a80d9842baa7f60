"""The terms by which a text is found: stemmed words, and character n-grams where the text is not English."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

from samvad.kernel.words import unify
from samvad.knowledge.rules.common_words import ENGLISH, OTHERS, STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:[.,:/'-](?=\d)[^\W_]+)*", re.UNICODE)
_GRAM = 4
_SAMPLE = 400
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def words(text: str) -> list[str]:
    """Lower-case words without accents; numbers keep their points, commas and dashes inside."""
    return _WORD.findall(unify(text))


def is_english(text: str) -> bool:
    """The language gate of the vectors: what is not clearly another language counts as English."""
    said = words(text[: _SAMPLE * 8])[:_SAMPLE]
    if not said:
        return False
    if sum(word.isascii() for word in said) < 0.7 * len(said):
        return False
    others = sum(word in OTHERS for word in said)
    return others == 0 or others <= sum(word in ENGLISH for word in said)


def terms(text: str, *, english: bool) -> list[str]:
    """In their order, repeats kept; words that every text has are left out."""
    said = words(text)
    stems = [_stem(word) for word in said if word not in STOP_WORDS]
    return stems if english else [*stems, *_grams(said)]


def _grams(said: Iterable[str]) -> Iterable[str]:
    """Four characters each, marked so that no word is taken for one."""
    for word in said:
        if len(word) > _GRAM:
            yield from (f"#{word[i : i + _GRAM]}" for i in range(len(word) - _GRAM + 1))


def question_terms(question: str, *, english: bool) -> list[str]:
    """Each once. A question of nothing but common words is searched by those."""
    found = terms(question, english=english) or [_stem(word) for word in words(question)]
    return list(dict.fromkeys(found))


def searched(heading: str, text: str, fields: Sequence[tuple[str, str]]) -> str:
    """What of a passage is searched: its text with the headings and column names that explain it."""
    named = " ".join(f"{name} {value}" for name, value in fields)
    return "\n".join(part for part in (heading, named or text) if part)
