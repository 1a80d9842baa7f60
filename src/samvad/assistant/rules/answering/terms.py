"""Words in the common form in which questions and documents meet: stems, and one name for each concept."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import Stemmer

from samvad.assistant.rules.answering.asking import PHRASES
from samvad.assistant.rules.answering.concepts import concepts
from samvad.assistant.rules.answering.plain_words import COMMON, EMPTY, FAINT, WEAK
from samvad.kernel.language import Language
from samvad.kernel.phrases import distance
from samvad.kernel.words import unify, words

_STEMMERS = {
    language: Stemmer.Stemmer(name)
    for language, name in {
        Language.ENGLISH: "english",
        Language.SPANISH: "spanish",
        Language.PORTUGUESE: "portuguese",
        Language.FRENCH: "french",
        Language.INDONESIAN: "indonesian",
        Language.HINDI: "hindi",
        Language.ARABIC: "arabic",
    }.items()
}
_HYPHENED = re.compile(r"(\w+)-(\w+)")
_LONG, _VERY_LONG = 5, 9
_ROMANCE = (Language.SPANISH, Language.PORTUGUESE)
_ENCLITIC = re.compile(r"^(\w{2,}[aei]r)(?:[mts]e(?:l[oa]s?)?|l[aoe]s?|nos)$")  # "pintarmelo" is "pintar"
_SMALL = re.compile(r"^(\w{3,}?)z?(?:inh|it)[oa]s?$")


_CONCEPTS = concepts()
_LEAST_STEMMED = 4  # shorter stems mean several things


@cache
def _stems(language: Language) -> dict[str, str]:
    """Each stem to its concept, so that "entregamos" is found where "entregar" is listed."""
    stemmer = _stemmer(language)
    found: dict[str, str] = {}
    for word, concept in _CONCEPTS.items():
        stem = unify(str(stemmer.stemWord(word)))
        if len(stem) >= _LEAST_STEMMED:
            found.setdefault(stem, concept)
    return found


_NUMBERS = {word: str(n) for n, word in enumerate(words("two three four five six seven eight nine ten"), 2)}
_EMPTY = frozenset(unify(word) for word in EMPTY.split())
_PHRASES = tuple((re.compile(rf"\b(?:{phrase})\b"), word) for phrase, word in PHRASES.items())


@lru_cache(maxsize=65536)
def term(word: str, language: Language = Language.ENGLISH) -> str:
    """The common form of one word of `words(...)`; `language` is the question's, for its records too."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    bare = _ENCLITIC.sub(r"\1", word) if language in _ROMANCE else word
    stem = unify(str(_stemmer(language).stemWord(bare)))
    known = _CONCEPTS.get(bare) or _CONCEPTS.get(stem)
    if known is None and language in _ROMANCE:
        known = _stems(language).get(stem)
    return known or _of_small(bare, language) or stem


def _of_small(word: str, language: Language) -> str | None:
    """The concept of the thing whose small one is said: "cachorrinho", "perrita"."""
    found = _SMALL.match(word) if language in _ROMANCE else None
    endings = ("o", "a", "") if found else ()
    return next((c for end in endings if found and (c := _CONCEPTS.get(found[1] + end))), None)


def _stemmer(language: Language) -> Stemmer.Stemmer:
    return _STEMMERS.get(language, _STEMMERS[Language.ENGLISH])


WEAK_TERMS = frozenset(term(unify(word)) for word in WEAK.split())
COMMON_WORDS = frozenset(unify(word) for word in COMMON.split())
FAINT_TERMS = frozenset(term(unify(word)) for word in FAINT.split())


def is_empty(word: str) -> bool:
    return word in _EMPTY


def spoken(text: str) -> tuple[str, ...]:
    """The words of `text`, with phrases of several words made one."""
    said = " ".join(words(text))
    for pattern, word in _PHRASES:
        said = pattern.sub(word, said)
    return tuple(said.split())


def terms(text: str, language: Language = Language.ENGLISH) -> list[str]:
    """The terms of `text` in their order, without words that say nothing."""
    return [term(word, language) for word in spoken(text) if word not in _EMPTY]


def all_terms(text: str) -> list[str]:
    """The terms of `text`, empty words too."""
    return [term(word) for word in spoken(text)]


def written(text: str, language: Language) -> frozenset[str]:
    """The terms of a record; "tune-up" also counts as "tuneup"."""
    joined = " ".join("".join(pair) for pair in _HYPHENED.findall(text))
    return frozenset(terms(f"{text} {joined}", language))


@lru_cache(maxsize=65536)
def alike(said: str, written: str) -> bool:
    """Whether one is the other with a slip: a letter or two, by length, and the same first letter."""
    if min(len(said), len(written)) < _LONG or said[0] != written[0] or "~" in (said[0], written[0]):
        return False
    if not (said.isalpha() and written.isalpha()):
        return False
    return distance(said, written) <= (2 if len(said) >= _VERY_LONG else 1)


def held(wanted: str, among: Iterable[str]) -> bool:
    """Whether one of `among` is `wanted`, by spelling or with a slip."""
    return (
        wanted in among
        if isinstance(among, frozenset) and wanted in among
        else any(alike(wanted, t) for t in among)
    )
