"""Markdown: sections under their headings, tables as rows, headings that are questions with their answers."""

import re
from collections.abc import Iterator, Sequence

from samvad.knowledge.adapters.readers import plain, tables
from samvad.knowledge.types import Piece

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_RULER = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_BAR = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"\*\*|__|`")


def looks_like(text: str) -> bool:
    lines = text.splitlines()
    return any(_HEADING.match(line) for line in lines) or any(_RULER.match(line) for line in lines)


def pieces(text: str) -> Iterator[Piece]:
    path: list[tuple[int, str]] = []
    section: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        found = None if fenced else _HEADING.match(line)
        if found is None:
            section.append(line)
            continue
        yield from _section(section, [name for _, name in path])
        section = []
        level = len(found[1])
        path = [(above, name) for above, name in path if above < level]
        path.append((level, _MARKS.sub("", found[2]).strip()))
    yield from _section(section, [name for _, name in path])


def _section(lines: Sequence[str], path: Sequence[str]) -> Iterator[Piece]:
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        return
    if path and path[-1].endswith(("?", "？", "؟")) and "|" not in text:
        yield tables.faq(path[-1], text.strip(), heading=" > ".join(path[:-1]))
        return
    yield from _with_tables(text.split("\n"), " > ".join(path))


def _with_tables(lines: Sequence[str], heading: str) -> Iterator[Piece]:
    start = at = 0
    while at < len(lines):
        if at + 1 < len(lines) and "|" in lines[at] and _RULER.match(lines[at + 1]):
            yield from plain.pieces("\n".join(lines[start:at]), heading=heading)
            end = next((i for i in range(at + 2, len(lines)) if "|" not in lines[i]), len(lines))
            rows = [_cells(lines[i]) for i in range(at, end) if i != at + 1]
            yield from tables.pieces(rows, heading=heading)
            start = at = end
        else:
            at += 1
    yield from plain.pieces("\n".join(lines[start:]), heading=heading)


def _cells(line: str) -> list[str]:
    return [_MARKS.sub("", cell).replace("\\|", "|").strip() for cell in _BAR.split(line.strip().strip("|"))]
