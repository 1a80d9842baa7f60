"""PDF with a text layer: lines by their place on the page, aligned ones as table rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import PdfiumError

from samvad.knowledge.adapters.readers import plain, tables
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.types import Piece

MOST_PAGES = 3000
_FEWEST_LETTERS = 10  # of a whole document, else it is a scan
_GAP = 1.2  # cells stand apart by this many line heights
_SAME_COLUMN = 6.0  # points


@dataclass(frozen=True, slots=True)
class _Cell:
    left: float
    right: float
    middle: float
    height: float
    text: str


def pieces(data: bytes) -> Iterator[Piece]:
    """Raises Unreadable for a locked, damaged, scanned or endless document."""
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as failure:
        locked = "password" in str(failure).lower()
        raise Unreadable(
            "The PDF is locked with a password: save it without one" if locked
            else "The PDF is damaged and cannot be opened"
        ) from failure  # fmt: skip
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(f"The PDF has more than {MOST_PAGES:,} pages: split it")
        letters = 0
        for number in range(len(document)):
            for piece in _page(document, number):
                letters += len(piece.text.strip())
                yield piece
        if letters < _FEWEST_LETTERS:
            raise Unreadable("The PDF holds pictures of text, no text: it is a scan")
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[Piece]:
    try:
        page = document[number]
        text_page = page.get_textpage()
    except PdfiumError as broken:
        raise Unreadable(f"Page {number + 1} of the PDF is damaged") from broken
    lines = _lines(_cells(text_page))
    yield from _with_tables(lines, number + 1)


def _cells(text_page: pypdfium2.PdfTextPage) -> list[_Cell]:
    found = []
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        text = text_page.get_text_bounded(left, bottom, right, top).replace("\ufffe", "-")
        if text.strip():
            cell = _Cell(left, right, (top + bottom) / 2, top - bottom, " ".join(text.split()))
            found.append(cell)
    return found


def _lines(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """Top to bottom; what stands at one height is one line, left to right, words of one cell joined."""
    lines: list[list[_Cell]] = []
    for cell in cells:
        if lines and abs(lines[-1][-1].middle - cell.middle) < 0.5 * max(cell.height, 1.0):
            lines[-1].append(cell)
        else:
            lines.append([cell])
    return [_joined(sorted(line, key=lambda c: c.left)) for line in lines]


def _joined(line: Sequence[_Cell]) -> list[_Cell]:
    joined = [line[0]]
    for cell in line[1:]:
        last = joined[-1]
        if cell.left - last.right < _GAP * max(cell.height, last.height):
            joined[-1] = _Cell(
                last.left, cell.right, last.middle, max(last.height, cell.height), f"{last.text} {cell.text}"
            )
        else:
            joined.append(cell)
    return joined


def _with_tables(lines: Sequence[Sequence[_Cell]], page: int) -> Iterator[Piece]:
    start = at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end - at >= 3 and tables.is_header([cell.text for cell in lines[at]]):
            yield from _text(lines[start:at], page)
            rows = [[cell.text for cell in line] for line in lines[at:end]]
            yield from tables.pieces(rows, page=page)
            start = at = end
        else:
            at += 1
    yield from _text(lines[start:], page)


def _table_end(lines: Sequence[Sequence[_Cell]], at: int) -> int:
    """Behind the last line that has as many cells as line `at`, each in its column."""
    header = lines[at]
    end = at + 1
    while len(header) > 1 and end < len(lines) and _aligned(header, lines[end]):
        end += 1
    return end


def _aligned(header: Sequence[_Cell], line: Sequence[_Cell]) -> bool:
    """Left, right or middle of each cell under those of its column's name."""
    return len(header) == len(line) and all(
        min(abs(a.left - b.left), abs(a.right - b.right), abs(a.left + a.right - b.left - b.right) / 2)
        < _SAME_COLUMN
        for a, b in zip(header, line, strict=True)
    )


def _text(lines: Sequence[Sequence[_Cell]], page: int) -> Iterator[Piece]:
    text = "\n".join(" ".join(cell.text for cell in line) for line in lines)
    for piece in plain.pieces(text):
        yield Piece(piece.kind, piece.text, piece.heading, page, piece.fields)
