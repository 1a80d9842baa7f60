"""XLSX: every sheet a table under its name; hidden sheets, rows and columns are left out."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from samvad.knowledge.adapters.readers import tables
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.types import Piece

_MOST_XML = 64 << 20  # bytes of all sheets unpacked: about a million cells


def pieces(data: bytes) -> Iterator[Piece]:
    """Raises Unreadable for a damaged or huge workbook."""
    _check_size(data)
    try:
        book = load_workbook(BytesIO(data), read_only=False, data_only=True, keep_links=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError) as broken:
        raise Unreadable("The workbook is damaged and cannot be opened") from broken
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            name = "" if len(book.worksheets) == 1 and sheet.title.startswith("Sheet") else sheet.title
            yield from tables.pieces(_rows(sheet), heading=name)


def _check_size(data: bytes) -> None:
    """Before it is opened: in memory a workbook takes many times its size."""
    with ZipFile(BytesIO(data)) as archive:
        size = sum(e.file_size for e in archive.infolist() if e.filename.startswith("xl/worksheets/"))
    if size > _MOST_XML:
        raise Unreadable("The workbook is too large, about a million cells are read: split it")


def _rows(sheet: Worksheet) -> Iterator[list[str]]:
    hidden = {name for name, size in sheet.column_dimensions.items() if size.hidden}
    for row in sheet.iter_rows():
        if not sheet.row_dimensions[row[0].row].hidden:
            yield [_text(cell.value) for cell in row if cell.column_letter not in hidden]


def _text(value: object) -> str:
    """A cell as a person reads it: 45.0 is 45, midnight is a date alone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).replace("\x00", "")
