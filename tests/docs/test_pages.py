"""What the documentation names is there: files, headings, commands, variables, tests."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs import pages

_VARIABLE = re.compile(r"\bSAMVAD_[A-Z0-9_]+\b")
_TEST = re.compile(r"`((?:tests|web/src)/[\w./-]+)(?:::(\w+))?`")
_CODE_FILES = ("*.py", "*.ts", "*.sh", "run", "setup", "test", "check")


@pytest.mark.parametrize("document", pages.PAGES, ids=pages.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text()
    broken = []
    for target in pages.links(text):
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in pages.anchors(file.read_text())):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("document", pages.PAGES, ids=pages.name)
def test_every_command_exists(document: Path) -> None:
    tree = pages.command_tree()
    unknown = [words for words in pages.samvad_commands(document.read_text()) if not _exists(words, tree)]
    assert not unknown


def _exists(words: tuple[str, ...], tree: Mapping[str, object]) -> bool:
    """Arguments may follow a command, never a group."""
    for word in words:
        if word not in tree:
            return False
        inner = tree[word]
        if not isinstance(inner, Mapping):
            return True
        tree = inner
    return True


@pytest.fixture(scope="session")
def known_variables() -> set[str]:
    """Settings, their `_FILE` forms, and what the sources read besides."""
    settings = set(pages.settings())
    sources = (
        file
        for folder in ("src", "tests", "scripts", "benchmarks", "chaos")
        for pattern in _CODE_FILES
        for file in (pages.ROOT / folder).rglob(pattern)
        if "docs" not in file.parts and file.is_file()
    )
    used = {word for file in sources for word in _VARIABLE.findall(file.read_text())}
    return settings | {f"{name}_FILE" for name in settings if "__" not in name} | used


@pytest.mark.parametrize("document", pages.PAGES, ids=pages.name)
def test_every_variable_exists(document: Path, known_variables: set[str]) -> None:
    assert not set(_VARIABLE.findall(document.read_text())) - known_variables


@pytest.mark.parametrize("document", pages.PAGES, ids=pages.name)
def test_every_named_test_exists(document: Path) -> None:
    missing = [
        f"{path}::{test}" if test else path
        for path, test in _TEST.findall(document.read_text())
        if not _holds(pages.ROOT / path, test)
    ]
    assert not missing


def _holds(path: Path, test: str) -> bool:
    return path.exists() and (not test or re.search(rf"def {test}\b", path.read_text()) is not None)


@pytest.mark.parametrize("document", pages.PAGES, ids=pages.name)
def test_nothing_of_the_makers_machine_is_named(document: Path) -> None:
    assert not re.search(rf"(?<![\w.-]){re.escape(str(pages.ROOT))}/", document.read_text())
