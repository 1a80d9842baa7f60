"""What programs and the widget send to a chat channel, each with its expectation beside it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from samvad.channels.adapters.chat import calls
from samvad.channels.types import Item
from tests.channels.adapters import golden

LATEST = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("case", golden.cases("chat"), ids=lambda case: case.stem)
def test_payload(case: Path) -> None:
    golden.check(case, [Item("", "", event) for event in calls.events(case.read_bytes(), latest=LATEST)])
