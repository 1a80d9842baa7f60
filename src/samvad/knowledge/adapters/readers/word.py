"""DOCX: paragraphs under their headings, tables as rows; text that Word hides is left out."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from samvad.knowledge.adapters.readers import plain, tables
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.types import Piece

_HIDDEN = (qn("w:vanish"), qn("w:webHidden"))


def pieces(data: bytes) -> Iterator[Piece]:
    """Raises Unreadable for a damaged document."""
    try:
        document = docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, OSError) as broken:
        raise Unreadable("The document is damaged and cannot be opened") from broken
    yield from _body(document)


def _body(document: Document) -> Iterator[Piece]:
    path: list[tuple[int, str]] = []
    section: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _section(section, path)
            section = []
            yield from tables.pieces(_rows(block), heading=_joined(path))
            continue
        text, level = _visible(block), _level(block)
        if level and text.strip():
            yield from _section(section, path)
            section = []
            path = [(above, name) for above, name in path if above < level]
            path.append((level, text.strip()))
        else:
            section.append(text)
    yield from _section(section, path)


def _section(lines: list[str], path: list[tuple[int, str]]) -> Iterator[Piece]:
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        return
    if path and path[-1][1].endswith("?"):
        yield tables.faq(path[-1][1], text.strip(), heading=_joined(path[:-1]))
    else:
        yield from plain.pieces(text, heading=_joined(path))


def _joined(path: list[tuple[int, str]]) -> str:
    return " > ".join(name for _, name in path)


def _visible(paragraph: Paragraph) -> str:
    runs = (run for run in paragraph._p.iter(qn("w:r")) if not _is_hidden(run))
    return "".join(str(run.text) for run in runs)


def _is_hidden(run: object) -> bool:
    properties = getattr(run, "rPr", None)
    return properties is not None and any(properties.find(name) is not None for name in _HIDDEN)


def _level(paragraph: Paragraph) -> int:
    """1 for a title or first heading, 0 for running text."""
    name = str(getattr(paragraph.style, "name", "") or "")
    if name == "Title":
        return 1
    return int(name[-1]) if name.startswith("Heading ") and name[-1].isdigit() else 0


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        seen: list[object] = []
        cells: list[str] = []
        for cell in row.cells:
            again = cell._tc in seen  # a merged cell is given once for each column that it spans
            seen.append(cell._tc)
            cells.append("" if again else "\n".join(_visible(p) for p in cell.paragraphs).strip())
        yield cells
