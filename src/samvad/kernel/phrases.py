"""A small notation for phrases, and how they are found in linear time.

A phrase is terms parted by spaces: `a|b` either word, `x+y` two words in a row, `mand*` any ending,
a final `?` may be missing, `~` any number of times, `...` up to three words of any kind, `{name}` any of
a list; `^` and `$` are the ends of the message.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import re2

from samvad.kernel.words import unify

_DOUBLED = re.compile(r"(\D)\1+")
_LONG, _VERY_LONG = 7, 10


@lru_cache(maxsize=4096)
def expression(pattern: str) -> "re2._Regexp":
    """A person's own regular expression: RE2 syntax, any case, linear time. Raises re2.error."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = 1 << 20
    return re2.compile(pattern, options)


def spelling(text: str) -> str:
    """`text` with doubled letters single, accents off: "arrête" and "arrete" and "arette" are one."""
    return squeezed(unify(text))


def squeezed(text: str) -> str:
    return _DOUBLED.sub(r"\1", text)


def keywords(text: str) -> tuple[str, ...]:
    """The keywords of `text`, parted by semicolons or lines."""
    return tuple(
        word for line in text.strip().splitlines() for word in map(str.strip, line.split(";")) if word
    )


def phrases(text: str, lists: Mapping[str, str]) -> tuple[str, ...]:
    """The phrases of `text`, one a line, with each `{name}` replaced by its list of words."""
    choices = {name: "|".join(words.split()) for name, words in lists.items()}
    return tuple(re.sub(r"\{(\w+)\}", lambda m: choices[m[1]], line) for line in text.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words for one wish; each text in the notation of `keywords` or `phrases`.

    `bare`: ambiguous, so the message is this and nothing else. `words`: the message is this and courtesy.
    `phrases` count inside longer messages, after what is `defused` was taken out.
    """

    bare: str
    words: str
    phrases: str
    defused: str
    lists: Mapping[str, str]


class Phrases:
    """Many phrases as one automaton over words."""

    def __init__(self, phrases: Sequence[str]) -> None:
        options = re2.Options()
        options.max_mem = 64 << 20
        options.never_capture = True
        self._regex = re2.compile("|".join(map(_compiled, phrases)), options)

    def found(self, said: tuple[str, ...]) -> str | None:
        """The words of the first phrase that `said` holds."""
        hit = self._regex.search(f" {' '.join(said)} ")
        return hit.group().strip() if hit else None

    def removed(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """`said` with each phrase gone and a mark in its place, so that its neighbours do not meet."""
        text = f" {' '.join(said)} "
        if self._regex.search(text) is None:
            return said
        return tuple(self._regex.sub(" _ ", text).split())


def _compiled(phrase: str) -> str:
    terms = [_term(term) for term in unify(phrase).split() if term not in "^$"]
    return f"{'^' if phrase.startswith('^') else ''} {''.join(terms)}{'$' if phrase.endswith('$') else ''}"


def _term(term: str) -> str:
    if term == "...":
        return "(?:[^ _]+ ){0,3}"
    many = {"?": "?", "~": "*"}.get(term[-1], "")
    choices = "|".join(_choice(choice) for choice in term.rstrip("?~").split("|"))
    return f"(?:(?:{choices}) ){many}"


def _choice(choice: str) -> str:
    if choice.isalnum():
        return choice
    return re.escape(choice).replace(r"\*", "[^ ]*").replace(r"\+", " ")


class Slips:
    """Keywords long enough to be recognised with a letter or two wrong."""

    def __init__(self, keywords: Collection[str]) -> None:
        self._keywords = [k for k in keywords if " " not in k and len(k) >= _LONG and k.isascii()]

    def __contains__(self, word: str) -> bool:
        if " " in word or len(word) < _LONG - 1:
            return False
        return any(
            word[0] == k[0] and distance(word, k) <= (2 if len(k) >= _VERY_LONG else 1)
            for k in self._keywords
            if abs(len(k) - len(word)) <= 2
        )


def distance(a: str, b: str) -> int:
    """Letters to insert, drop, change or swap with a neighbour to get from `a` to `b`."""
    before, last = list(range(len(b) + 1)), list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
