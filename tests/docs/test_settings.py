"""Two lists of settings, for people and for the shell, say what the code says."""

import re
from pathlib import Path

import pytest

from samvad.platform.settings import Settings
from tests.docs import pages

EXAMPLE = pages.ROOT / ".env.example"
_ROW = re.compile(r"^\| `(SAMVAD_\w+)` \| (?:`([^`]*)`|) *\| (.+) \|$", re.MULTILINE)
_LINE = re.compile(r"^#? ?(SAMVAD_\w+)=(.*)$", re.MULTILINE)


def test_the_table_equals_the_code() -> None:
    rows = _ROW.findall((pages.ROOT / "docs" / "OPERATIONS.md").read_text())
    assert {name: default for name, default, _ in rows} == pages.settings()
    assert len(rows) == len(pages.settings())


def test_the_example_equals_the_code() -> None:
    assert dict(_LINE.findall(EXAMPLE.read_text())) == pages.settings()


def test_the_example_changes_nothing_until_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copied to `.env`, as it is and with every line that has a value switched on."""
    monkeypatch.chdir(tmp_path)
    for variable in (*pages.settings(), "DATABASE_URL", "META_APP_SECRET"):
        monkeypatch.delenv(variable, raising=False)
    plain = Settings()  # type: ignore[call-arg]
    text = EXAMPLE.read_text()
    for written in (text, re.sub(r"^# (SAMVAD_\w+=.+)$", r"\1", text, flags=re.MULTILINE)):
        (tmp_path / ".env").write_text(written)
        assert Settings() == plain  # type: ignore[call-arg]


def test_a_secret_can_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMVAD_SECRET_KEY_FILE", str(tmp_path / "key"))
    key = Settings().secret_key  # type: ignore[call-arg]
    assert key is not None
    assert key.get_secret_value() == "k" * 40
