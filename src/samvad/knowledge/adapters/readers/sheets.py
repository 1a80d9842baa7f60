"""XLSX: every sheet a table under its name; hidden sheets, rows and columns are left out."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from samvad.knowledge.adapters.readers import tables
from samvad.knowledge.adapters.readers.numbers import shown
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.types import Piece

# Of programs that write formulas and do not calculate them; an empty text is a result too
_UNCALCULATED = re.compile(
    rb'<c(?![^>]*\bt="str")[^>]*><f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>', re.ASCII
)
_MOST_XML = 64 << 20  # bytes of all sheets unpacked: about a million cells


def pieces(data: bytes) -> Iterator[Piece]:
    """Raises Unreadable for a damaged or huge workbook."""
    _check(data)
    try:
        book = load_workbook(BytesIO(data), read_only=False, data_only=True, keep_links=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError) as broken:
        raise Unreadable("The workbook is damaged and cannot be opened") from broken
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            name = "" if len(book.worksheets) == 1 and sheet.title.startswith("Sheet") else sheet.title
            yield from tables.pieces(_rows(sheet), heading=name)


def _check(data: bytes) -> None:
    """Before it is opened: in memory a workbook takes many times its size."""
    with ZipFile(BytesIO(data)) as archive:
        sheets = [e for e in archive.infolist() if e.filename.startswith("xl/worksheets/")]
        if sum(e.file_size for e in sheets) > _MOST_XML:
            raise Unreadable("The workbook is too large, about a million cells are read: split it")
        if any(_UNCALCULATED.search(archive.read(e)) for e in sheets):
            raise Unreadable(
                "Some cells hold formulas without a result: open the workbook in Excel or LibreOffice,"
                " save it, and upload it again"
            )


def _rows(sheet: Worksheet) -> Iterator[list[str]]:
    hidden = {
        number
        for size in sheet.column_dimensions.values()
        if size.hidden
        for number in range(size.min, size.max + 1)
    }
    spread = _spread(sheet)
    for row in sheet.iter_rows():
        if not sheet.row_dimensions[row[0].row].hidden:
            yield [_text(spread.get(cell.coordinate, cell)) for cell in row if cell.column not in hidden]


def _spread(sheet: Worksheet) -> dict[str, Cell]:
    """A cell merged over several rows speaks for each of them; one merged over columns is said once."""
    found = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row + 1, area.max_row + 1):
            found[sheet.cell(row, area.min_col).coordinate] = first
    return found


def _text(cell: Cell) -> str:
    """As a person reads it: 45.0 is 45, midnight is a date alone, a failed formula is nothing."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown(value, cell.number_format)
    return str(value).replace("\x00", "")
