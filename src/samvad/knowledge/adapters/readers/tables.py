"""Tables of any origin as pieces: rows under the names of their columns, or questions with answers."""

from collections.abc import Iterable, Iterator, Sequence

from samvad.kernel.words import words
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.types import PassageKind, Piece

MOST_ROWS, MOST_COLUMNS, MOST_CELL = 50_000, 200, 20_000
_QUESTION = frozenset(
    {"question", "questions", "q", "faq", "pregunta", "pergunta", "frage", "prashn", "sawal", "pertanyaan"}
    | {"प्रश्न", "सवाल", "سوال", "سؤال"}
)
_ANSWER = frozenset(
    {"answer", "answers", "a", "reply", "response", "respuesta", "resposta", "reponse", "antwort", "jawab"}
    | {"uttar", "jawaban", "उत्तर", "जवाब", "جواب", "الجواب"}
)
_LONGEST_NAME = 60


def pieces(rows: Iterable[Sequence[str]], *, heading: str = "", page: int | None = None) -> Iterator[Piece]:
    """The first row with two cells names the columns; lone cells above it are headings.

    Raises Unreadable for a table that is too large.
    """
    columns: list[str] = []
    for number, row in enumerate(rows):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise Unreadable(f"A table has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns: split it")
        cells = [cell.strip()[:MOST_CELL] for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        if columns:
            yield _row(columns, cells, heading=heading, page=page)
        elif len(filled) == 1:
            heading = " > ".join(part for part in (heading, filled[0]) if part)
        else:
            columns = _named(cells)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row can name columns: two or more short names, none twice, none a mere number."""
    names = [cell.strip() for cell in cells if cell.strip()]
    return (
        len(names) > 1
        and len(set(names)) == len(names)
        and all(len(name) <= _LONGEST_NAME and any(c.isalpha() for c in name) for name in names)
    )


def _named(cells: Sequence[str]) -> list[str]:
    return [cell or f"column {number}" for number, cell in enumerate(cells, 1)]


def _row(columns: Sequence[str], cells: Sequence[str], *, heading: str, page: int | None) -> Piece:
    more = (f"column {number}" for number in range(len(columns) + 1, len(cells) + 1))
    fields = tuple((name, cell) for name, cell in zip((*columns, *more), cells, strict=False) if cell)
    asked = _said(fields, _QUESTION)
    answer = _said(fields, _ANSWER)
    if asked and answer:
        return faq(asked, answer, heading=heading, page=page)
    text = "; ".join(f"{name}: {cell}" for name, cell in fields)
    return Piece(PassageKind.ROW, text, heading, page, fields)


def faq(question: str, answer: str, *, heading: str = "", page: int | None = None) -> Piece:
    fields = (("question", question), ("answer", answer))
    return Piece(PassageKind.FAQ, f"{question}\n{answer}", heading, page, fields)


def _said(fields: Sequence[tuple[str, str]], names: frozenset[str]) -> str | None:
    return next((cell for name, cell in fields if " ".join(words(name)) in names), None)
