"""What Telegram sends, each with its expectation beside it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from samvad.channels.adapters.telegram import updates
from tests.channels.adapters import golden

LATEST = datetime(2027, 1, 1, tzinfo=UTC)
CASES = golden.cases("telegram")


def test_the_table_is_large() -> None:
    assert len(CASES) >= 50


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_payload(case: Path) -> None:
    golden.check(case, updates.parse(case.read_bytes(), latest=LATEST))
