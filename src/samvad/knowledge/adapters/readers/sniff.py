"""What a file is, by its content; its name only decides between kinds of plain text."""

import zipfile
from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

from samvad.knowledge.errors import Unreadable

MOST_UNPACKED = 400 << 20  # bytes; also at most 200 times the packed size
_MOST_RATIO = 200
_MOST_ENTRIES = 10_000
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"


_OTHERS: Mapping[str, tuple[bytes, ...]] = {
    "a program": (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe"),
    "a picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    "a recording or picture": (b"RIFF", b"ID3", b"OggS"),
    "a packed archive": (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"),
    "an RTF document": (b"{\\rtf",),
}
_READS = "Samvad reads PDF, DOCX, XLSX, CSV, Markdown and plain text"


def kind_of(name: str, data: bytes) -> Kind:
    """Raises Unreadable for what is none of them, is locked, or would unpack to far more than it seems."""
    if not data.strip():
        raise Unreadable("The file is empty")
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(_OLE):
        raise Unreadable(
            "The file is locked with a password, or of the old .doc or .xls kind: save it as .docx or .xlsx"
        )
    for what, starts in _OTHERS.items():
        if data.startswith(starts):
            raise Unreadable(f"The file is {what}; {_READS}")
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        raise Unreadable("The file is a web page: print it to PDF, or copy its text")
    return _by_name(name)


def decoded(data: bytes) -> str:
    """Text by its byte order mark, else UTF-8, else as Windows writes western languages."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _lines(data.decode(encoding, "replace"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in data[:8192]) > len(data[:8192]) // 100:
        raise Unreadable(f"The file holds no text; {_READS}")
    return _lines(text)


def _lines(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _by_name(name: str) -> Kind:
    suffix = PurePath(name).suffix.lower()
    if suffix in (".md", ".markdown"):
        return Kind.MARKDOWN
    return Kind.CSV if suffix in (".csv", ".tsv") else Kind.TEXT


def _office(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as broken:
        raise Unreadable("The file is damaged: it breaks off before its end") from broken
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > min(MOST_UNPACKED, len(data) * _MOST_RATIO):
        raise Unreadable("The file would unpack to far more than it seems, so it was not opened")
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("The file is locked with a password: save it without one")
    if "word/document.xml" in names:
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    raise Unreadable(f"The file is a packed archive; {_READS}")
