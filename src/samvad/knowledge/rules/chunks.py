"""Long text in chunks of 500 tokens that share 50, and a chunk in the windows that are embedded."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

SIZE, OVERLAP = 500, 50
WINDOW = 120

Span: TypeAlias = tuple[int, int]
Tokens: TypeAlias = Callable[[str], Sequence[Span]]  # where each token of a text stands


def chunks(text: str, tokens: Tokens) -> Iterator[Span]:
    """Where each chunk stands in `text`. No word is cut: where a boundary falls into one, a chunk is
    that much shorter and the overlap that much longer."""
    yield from _slices(text, tokens, size=SIZE, overlap=OVERLAP)


def windows(text: str, tokens: Tokens) -> Iterator[str]:
    """What of a chunk is embedded: a vector of 120 tokens finds what one of 500 blurs."""
    for start, end in _slices(text, tokens, size=WINDOW, overlap=0):
        yield text[start:end]


def _slices(text: str, tokens: Tokens, *, size: int, overlap: int) -> Iterator[Span]:
    spans = tokens(text)
    if not spans:
        return
    first = 0
    while True:
        end = _whole(text, spans, min(first + size, len(spans)), above=first)
        yield spans[first][0], spans[end - 1][1]
        if end == len(spans):
            return
        first = _whole(text, spans, end - overlap, above=first)


def _whole(text: str, spans: Sequence[Span], at: int, *, above: int) -> int:
    """The nearest token at or before `at` that begins a word; `at` itself when one word fills everything."""
    back = at
    while back > above + 1 and back < len(spans) and _inside_word(text, spans, back):
        back -= 1
    return back if back > above + 1 else max(at, above + 1)


def _inside_word(text: str, spans: Sequence[Span], at: int) -> bool:
    before, start = spans[at - 1][1], spans[at][0]
    return before == start and text[before - 1].isalnum() and text[start].isalnum()
