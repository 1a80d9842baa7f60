"""What the built app makes a browser fetch, packed as it travels: at first, and for each page on demand."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from tests.web.conftest import need
from tests.web.peer import DIST

KILO = 1000
FIRST_LOAD, LAZY = 200 * KILO, 60 * KILO
_NEEDED = re.compile(r'(?:src|href)="/(assets/[^"]+\.(?:js|css))"')
_STATIC = re.compile(r'\b(?:from|import)\s*["`]\./([^"`]+\.js)["`]')
_LAZY = re.compile(r'import\(\s*["`]\./([^"`]+\.js)["`]\s*\)')


@pytest.fixture(autouse=True)
def _built() -> None:
    need((DIST / "index.html").is_file(), "the built web app (npm --prefix web run build)")


@cache
def packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), mtime=0))


def with_imports(files: set[Path]) -> set[Path]:
    """These and whatever they cannot run without."""
    known: set[Path] = set()
    waiting = set(files)
    while waiting:
        file = waiting.pop()
        known.add(file)
        if file.suffix == ".js":
            names = _STATIC.findall(file.read_text())
            waiting |= {file.parent / name for name in names} - known
    return known


def first_load() -> set[Path]:
    return with_imports({DIST / name for name in _NEEDED.findall((DIST / "index.html").read_text())})


def test_the_first_load_is_at_most_200_kb() -> None:
    files = first_load()
    assert {".js", ".css"} <= {file.suffix for file in files}
    assert sum(map(packed, files)) <= FIRST_LOAD


def test_each_part_on_demand_is_at_most_60_kb() -> None:
    """A page, or a dialog: what comes in addition to whatever asked for it."""
    first, sizes = first_load(), dict[str, int]()
    for asking in sorted((DIST / "assets").glob("*.js")):
        there = first | with_imports({asking})
        for name in _LAZY.findall(asking.read_text()):
            fresh = with_imports({DIST / "assets" / name}) - there
            sizes[f"{asking.name} asks for {name}"] = sum(map(packed, fresh))
    assert len(sizes) > 20, "the pages of the settings, the simulator, dialogs"
    assert {name: size for name, size in sizes.items() if size > LAZY} == {}
