"""The words of a message, of any script, in the one form in which words are compared."""

import re
import unicodedata

from samvad.kernel.text import fold

_UNIFIED = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "", "ٰ": "",
        **{chr(c): "" for c in range(0x64B, 0x653)},  # Arabic vowel marks
        "\u093c": "", "ँ": "ं", "\u200d": "",  # Devanagari nukta, candrabindu; joiner
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʹ": "'",
    }
)  # fmt: skip
_ELISION = re.compile(r"\b(l|d|j|m|t|s|c|n|qu|quelqu|lorsqu|puisqu|jusqu)'(?=\w)")
_STRETCHED = re.compile(r"(\D)\1\1+")
_SPACED_OUT = re.compile(r"(?<!\S)[a-z](?: [a-z]){3,}(?!\S)")
_MOST_KEPT = 4096


class _WordCharacters(dict[int, str]):
    """A str.translate table: letters, marks and digits stay, an apostrophe vanishes, the rest parts words."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = char if unicodedata.category(char)[0] in "LMN" and char not in "\ufe0e\ufe0f\u20e3" else " "
        if len(self) < _MOST_KEPT:
            self[code] = kept
        return kept


_WORD_CHARACTERS = _WordCharacters({ord("'"): ""})


def unify(text: str) -> str:
    """`text` folded, with spelling variants of one letter made one; punctuation stays."""
    if text.isascii():
        return fold(text.replace("`", "'"))
    return fold(text.translate(_UNIFIED)).translate(_UNIFIED)


def words(text: str) -> tuple[str, ...]:
    """What is said, bare: no punctuation, emoji or case; "STOOOP" is "stop", "S.T.O.P" too.

    French elision parts words ("m'envoyer" is two), any other apostrophe joins ("don't" is "dont").
    """
    plain = _ELISION.sub(r"\1 ", unify(text)).translate(_WORD_CHARACTERS)
    spaced = " ".join(_STRETCHED.sub(r"\1", plain).split())
    return tuple(_SPACED_OUT.sub(lambda m: m[0].replace(" ", ""), spaced).split())
