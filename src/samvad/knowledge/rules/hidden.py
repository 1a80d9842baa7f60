"""What a document holds that no reader sees: taken out before anything is indexed, and counted."""

import re
from collections.abc import Iterable
from dataclasses import replace

from samvad.knowledge.types import Piece

# Joiners between letters spell words in several scripts; only runs of them, and the rest at once, hide text.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
    "|[\u200c\u200d]{2,}"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSEEN = re.compile(
    r"<(\w+)[^>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|\bhidden\b)[^>]*>.*?</\1>",
    re.DOTALL | re.IGNORECASE,
)
_BLOB = re.compile(r"(?:data:[\w/+.-]+;base64,)?(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{80,}={0,2}")
_FOUND = (_COMMENT, _UNSEEN, _INVISIBLE, _BLOB)


def visible(text: str) -> tuple[str, int]:
    """`text` without what hides in it, and how many such places there were."""
    places = 0
    for pattern in _FOUND:
        text, times = pattern.subn(_left, text)
        places += times
    return text, places


def _left(found: re.Match[str]) -> str:
    """A long word of one kind of letter is no base64, and stays."""
    if found.re is _BLOB and not _encoded(found[0]):
        return found[0]
    return "" if found.re is _INVISIBLE else " "


def _encoded(blob: str) -> bool:
    return (
        any(c.isdigit() for c in blob) and any(c.isupper() for c in blob) and any(c.islower() for c in blob)
    )


def clean(pieces: Iterable[Piece]) -> tuple[list[Piece], int]:
    """The pieces with only what can be seen; those with nothing left are gone."""
    kept, places = [], 0
    for piece in pieces:
        text, hidden = visible(piece.text)
        heading, above = visible(piece.heading)
        fields = tuple((visible(name)[0], visible(value)[0]) for name, value in piece.fields)
        places += hidden + above
        if text.strip():
            kept.append(replace(piece, text=text, heading=heading, fields=fields))
    return kept, places
