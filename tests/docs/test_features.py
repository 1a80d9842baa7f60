"""The list of features is whole, and claims nothing without a proof that is there."""

import re
from collections import Counter

import pytest

from tests.docs import pages

_ROW = re.compile(r"^\| ([A-Z]{2}-\d\d) \| (.+?) \| (\*\*works\*\*|partly|not yet) \| (.*) \|$", re.MULTILINE)
_PROOF = re.compile(r"`(?:(?:tests|scripts)/[\w./-]+(?:::\w+)?|samvad [a-z -]+|LICENSE)`")
SECTIONS = {
    "CH": 24, "IN": 19, "SP": 19, "AI": 31, "KB": 14, "PE": 24, "PR": 14, "LD": 20, "FU": 10, "DO": 9,
    "CA": 27, "AN": 19, "TE": 14, "BI": 13, "SE": 5, "CO": 13, "UI": 24, "OP": 47, "TS": 10, "BE": 28,
}  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str, str, str]]:
    return _ROW.findall((pages.ROOT / "docs" / "FEATURES.md").read_text())


def test_no_row_is_missing(rows: list[tuple[str, str, str, str]]) -> None:
    wanted = [f"{code}-{n:02d}" for code, last in SECTIONS.items() for n in range(1, last + 1)]
    assert [row[0] for row in rows] == wanted


def test_what_is_claimed_has_a_proof_and_what_is_not_has_none(rows: list[tuple[str, str, str, str]]) -> None:
    """That a named test exists, `test_pages.py` sees to."""
    for id, _, state, proof in rows:
        assert bool(_PROOF.search(proof)) == (state != "not yet"), id


def test_the_sums_are_right(rows: list[tuple[str, str, str, str]]) -> None:
    text = (pages.ROOT / "docs" / "FEATURES.md").read_text()
    states = Counter(row[2].strip("*") for row in rows)
    said = f"Of {len(rows)}: {states['works']} work, {states['partly']} partly, {states['not yet']} not yet."
    assert said in " ".join(text.split())
