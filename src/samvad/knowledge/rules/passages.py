"""From what a reader found to the passages that are indexed: long text is cut, the rest stays whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from samvad.knowledge.rules.bm25 import weights
from samvad.knowledge.rules.chunks import SIZE, Tokens, chunks, windows
from samvad.knowledge.rules.text import is_english, searched, terms
from samvad.knowledge.types import PassageKind, Piece

_MOST_CHARACTERS = 8000  # of a row or an answer; what is longer is cut like text


@dataclass(frozen=True, slots=True)
class Indexed:
    """A passage as the index holds it. `windows` are what is embedded: none where the text is not English."""

    piece: Piece
    weights: dict[str, float]
    windows: tuple[str, ...]


def cut(pieces: Sequence[Piece], tokens: Tokens) -> Iterator[Piece]:
    """Running text under one heading is one text, over pages too; a chunk is on the page of its beginning."""
    for (kind, heading), group in groupby(pieces, key=lambda p: (p.kind, p.heading)):
        if kind is PassageKind.TEXT:
            yield from _text(list(group), heading, tokens)
        else:
            for piece in group:
                yield from [piece] if len(piece.text) <= _MOST_CHARACTERS else _long(piece, tokens)


def _text(pieces: Sequence[Piece], heading: str, tokens: Tokens) -> Iterator[Piece]:
    text = "\n".join(piece.text for piece in pieces)
    starts, at = [], 0
    for piece in pieces:
        starts.append((at, piece.page))
        at += len(piece.text) + 1
    for begin, end in chunks(text, tokens):
        page = next(page for start, page in reversed(starts) if start <= begin)
        yield Piece(PassageKind.TEXT, text[begin:end], heading, page)


def _long(piece: Piece, tokens: Tokens) -> Iterator[Piece]:
    """An endless cell: its parts keep the question or the first column as their heading."""
    heading = " > ".join(part for part in (piece.heading, piece.fields[0][1][:200]) if part)
    for start, end in chunks(piece.text, tokens):
        yield Piece(PassageKind.TEXT, piece.text[start:end], heading, piece.page)


def indexed(piece: Piece, tokens: Tokens) -> Indexed:
    text = searched(piece.heading, piece.text, piece.fields)
    english = is_english(text)
    return Indexed(piece, weights(terms(text, english=english)), _windows(piece, tokens) if english else ())


def _windows(piece: Piece, tokens: Tokens) -> tuple[str, ...]:
    """A question is found by its like, so it has a window of its own."""
    if piece.kind is PassageKind.FAQ:
        question, answer = piece.fields[0][1], piece.fields[1][1]
        return (question, *windows(f"{question} {answer}", tokens))
    last = piece.heading.rpartition(" > ")[2]
    if last and len(tokens(piece.text)) < SIZE // 2:
        return tuple(windows(f"{last}\n{piece.text}", tokens))
    return tuple(windows(piece.text, tokens))
