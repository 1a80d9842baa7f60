"""How a document is written by hand: `# title`, `## heading`, paragraphs, `- points`, `| tables |`."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first row is the head."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Points | Table


def read(source: str) -> list[Block]:
    """One paragraph a line; a table is as wide as its widest row."""
    lines = (line.strip() for line in source.splitlines())
    blocks: list[Block] = []
    for kind, group in groupby(lines, _kind):
        blocks += _blocks(kind, group)
    return blocks


def _kind(line: str) -> str:
    return line[:1] if line[:1] in ("#", "|") or line.startswith("- ") else "text" if line else ""


def _blocks(kind: str, lines: Iterable[str]) -> list[Block]:
    if kind == "#":
        return [Heading(len(line) - len(line.lstrip("#")), line.lstrip("# ")) for line in lines]
    if kind == "-":
        return [Points(tuple(line[2:] for line in lines))]
    if kind == "|":
        return [_table([tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines])]
    return [Paragraph(line) for line in lines] if kind else []


def _table(rows: list[tuple[str, ...]]) -> Table:
    width = max(map(len, rows))
    return Table(tuple(row + ("",) * (width - len(row)) for row in rows))
