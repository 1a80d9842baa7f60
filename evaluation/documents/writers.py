"""One writer per kind of file; the same blocks give the same content, whenever and wherever it is made."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import count

import docx
import xlsxwriter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Flowable, ListFlowable, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Line
from reportlab.platypus import Table as Grid

from evaluation.documents.source import Block, Heading, Paragraph, Points, Table

Writer = Callable[[Sequence[Block]], bytes]

_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - Office files know no time zone
_NUMBER = re.compile(r"\d+(\.\d+)?")


def to_xlsx(blocks: Sequence[Block]) -> bytes:
    """Every heading begins a sheet; what looks like a number is one."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True})
        for block in blocks:
            if isinstance(block, Heading):
                sheet, row = book.add_worksheet(block.text), count()
                sheet.set_column(0, 10, 22)
            elif isinstance(block, Table):
                for place, cells in enumerate(block.rows):
                    sheet.write_row(next(row), 0, [_cell(c) for c in cells], None if place else head)
            else:
                for line in block.items if isinstance(block, Points) else (block.text,):
                    sheet.write_string(next(row), 0, line)
    return file.getvalue()


def _cell(text: str) -> str | float | None:
    if _NUMBER.fullmatch(text):
        return float(text)
    return text or None


def to_docx(blocks: Sequence[Block]) -> bytes:
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = _MADE
    for block in blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, level=block.level)
        elif isinstance(block, Points):
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        elif isinstance(block, Table):
            grid = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
            for row, cells in zip(grid.rows, block.rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(block.text)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def to_pdf(blocks: Sequence[Block]) -> bytes:
    """With a text layer, in a font that every reader has: Latin letters only."""
    for text in _texts(blocks):
        text.encode("cp1252")  # anything else would print as a black box
    file = BytesIO()
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    document = SimpleDocTemplate(file, title=title, invariant=1, pageCompression=0)
    document.build([drawn for block in blocks for drawn in _drawn(block)])
    return file.getvalue()


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Points):
            yield from block.items
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        else:
            yield block.text


def _drawn(block: Block) -> Iterator[Flowable]:
    style: Mapping[str, ParagraphStyle] = getSampleStyleSheet()
    if isinstance(block, Heading):
        yield Line(block.text, style[f"Heading{block.level}"])
    elif isinstance(block, Paragraph):
        yield Line(block.text, style["BodyText"])
    elif isinstance(block, Points):
        yield ListFlowable([Line(item, style["BodyText"]) for item in block.items], bulletType="bullet")
    else:
        yield Grid([[Line(cell, style["BodyText"]) for cell in row] for row in block.rows], hAlign="LEFT")
        yield Spacer(0, 12)


WRITERS: Mapping[str, Writer] = {".xlsx": to_xlsx, ".docx": to_docx, ".pdf": to_pdf}
