"""Plain text: questions with answers where it is written so, else as it stands."""

import re
from collections.abc import Iterator

from samvad.knowledge.adapters.readers.tables import faq
from samvad.knowledge.types import PassageKind, Piece

_STARS = r"(?:\*\*)?"
_COLON = rf"\s*\d*{_STARS}\s*[:.)][ \t]*{_STARS}"
_ASKED = re.compile(
    rf"^[ \t>*#\d.)-]*{_STARS}(?:q(?:uestion)?|pregunta|pergunta|p|सवाल|प्रश्न){_COLON}",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWERED = re.compile(
    rf"^[ \t>*-]*{_STARS}(?:a(?:nswer|ns)?|respuesta|resposta|r|जवाब|उत्तर){_COLON}",
    re.IGNORECASE | re.MULTILINE,
)


def pieces(text: str, *, heading: str = "") -> Iterator[Piece]:
    starts = list(_ASKED.finditer(text))
    pairs = [_ANSWERED.search(text, start.end()) for start in starts]
    ends = [*(start.start() for start in starts[1:]), len(text)]
    if len(starts) < 2 or any(a is None or a.start() >= end for a, end in zip(pairs, ends, strict=True)):
        if text.strip():
            yield Piece(PassageKind.TEXT, text, heading)
        return
    yield from _between(text[: starts[0].start()], heading)
    for start, answer, end in zip(starts, pairs, ends, strict=True):
        if answer:
            question = text[start.end() : answer.start()].strip(" *\n")
            yield faq(question, text[answer.end() : end].strip(), heading=heading)


def _between(text: str, heading: str) -> Iterator[Piece]:
    if text.strip():
        yield Piece(PassageKind.TEXT, text, heading)
