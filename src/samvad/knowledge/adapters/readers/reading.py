"""A file's bytes to its pieces: the kind by content, the reader by kind."""

from collections.abc import Iterator

from samvad.knowledge.adapters.readers import delimited, markdown, pdf, plain, sheets, word
from samvad.knowledge.adapters.readers.sniff import Kind, decoded, kind_of
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.types import Piece

MOST_PIECES = 100_000


def read(name: str, data: bytes) -> tuple[Kind, list[Piece]]:
    """Raises Unreadable with the sentence to show."""
    kind = kind_of(name, data)
    if kind in (Kind.PDF, Kind.DOCX, Kind.XLSX):
        found = _binary(kind, data)
    else:
        kind, found = _textual(kind, decoded(data))
    pieces = []
    for piece in found:
        pieces.append(piece)
        if len(pieces) > MOST_PIECES:
            raise Unreadable(f"The file holds more than {MOST_PIECES:,} rows and sections: split it")
    if not any(piece.text.strip() for piece in pieces):
        raise Unreadable("The file holds no text")
    return kind, pieces


def _binary(kind: Kind, data: bytes) -> Iterator[Piece]:
    if kind is Kind.PDF:
        return pdf.pieces(data)
    return word.pieces(data) if kind is Kind.DOCX else sheets.pieces(data)


def _textual(kind: Kind, text: str) -> tuple[Kind, Iterator[Piece]]:
    """Between the kinds of plain text the content decides where it can, the name where it cannot."""
    if kind is Kind.CSV and delimited.delimiter_of(text):
        return Kind.CSV, delimited.pieces(text)
    if kind is Kind.MARKDOWN or markdown.looks_like(text):
        return Kind.MARKDOWN, markdown.pieces(text)
    if delimited.looks_like(text):
        return Kind.CSV, delimited.pieces(text)
    return Kind.TEXT, plain.pieces(text)
