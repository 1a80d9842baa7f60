"""Text that is safe to store and to show: cleaning, folding, cutting without breaking a character."""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def storable(text: str) -> str:
    """`text` without what PostgreSQL refuses: NUL goes, a lone surrogate becomes U+FFFD."""
    if text.isprintable():
        return text
    return _UNSTORABLE.sub(lambda m: "" if m[0] == "\x00" else "\ufffd", text)


def display_name(text: str, *, limit: int = 120) -> str:
    """A person's name as one line: no control, bidi or zero-width characters, at most `limit` long.

    U+200D stays: emoji and several Indic scripts are spelled with it.
    """
    plain = text if text.isprintable() else _visible(text)
    return cut(_SPACES.sub(" ", plain).strip(), limit)


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen: spaces, controls, zero-width characters, blanks of other scripts."""
    return all(unicodedata.category(c)[0] in "CZ" or c in _BLANKS for c in text)


def _visible(text: str) -> str:
    seen = _INVISIBLE.sub("", storable(text))
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in seen)


def fold(text: str) -> str:
    """`text` for comparing words: compatibility form, case-folded, accents off, spaces single."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    bare = _ACCENTS.sub("", decomposed)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, never ending inside a grapheme such as a family emoji."""
    if len(text) <= limit:
        return text
    end = limit
    while end > 0 and _glued(text, end):
        end -= 1
    return text[: end or limit]


def _glued(text: str, at: int) -> bool:
    """Whether text[at-1] and text[at] belong to one visible character."""
    left, right = text[at - 1], text[at]
    if right in _JOINERS or left == "\u200d" or unicodedata.combining(right):
        return True
    if "\U0001f3fb" <= right <= "\U0001f3ff" or unicodedata.category(right) == "Mc":
        return True
    return _flag(left) and _flag(right) and _flags_before(text, at) % 2 == 1


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    count = 0
    while at - count > 0 and _flag(text[at - count - 1]):
        count += 1
    return count


_LINK = re.compile(r"https?://\S+")
_SENTENCE_END = re.compile(r"[.!?।؟。]+[\"'”’)\]]*\s+|\n+")


def split_sentences(text: str, limit: int) -> list[str]:
    """`text` in parts of at most `limit` characters, cut at sentence ends, else at spaces, else anywhere.

    No word is lost and no URL is cut: one that is longer than a part is a part of its own.
    """
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        at = _cut_at(rest, limit)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    if rest:
        parts.append(rest)
    return parts


def _cut_at(text: str, limit: int) -> int:
    window = text[: limit + 1]
    ends = [m.end() for m in _SENTENCE_END.finditer(window) if m.end() <= limit]
    if ends and ends[-1] >= limit // 4:
        return ends[-1]
    space = max(window.rfind(" "), window.rfind("\n"))
    if space > 0:
        return space
    link = _LINK.match(text)
    return link.end() if link else len(cut(text, limit))
