"""A provider that is down: how often it is tried, how long a message waits for it."""

from datetime import UTC, datetime, timedelta

import pytest

from samvad.channels.rules import outages
from samvad.channels.types import Purpose

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("lasted", "pause"),
    [(0 * SECOND, 2), (1.5 * SECOND, 2), (2 * SECOND, 2), (9 * SECOND, 9), (59 * SECOND, 59), (HOUR, 60)],
)
def test_it_is_tried_after_as_long_again(lasted: timedelta, pause: int) -> None:
    assert outages.pause(NOON, NOON + lasted) == timedelta(seconds=pause)


@pytest.mark.parametrize(
    ("purpose", "queued", "waits"),
    [
        (Purpose.REPLY, 119 * MINUTE, True),
        (Purpose.REPLY, 120 * MINUTE, False),
        (Purpose.HANDOFF, 121 * MINUTE, False),
        (Purpose.AGENT, 121 * MINUTE, True),
        (Purpose.AGENT, 24 * HOUR, False),
    ],
)
def test_a_message_waits_for_its_time(purpose: Purpose, queued: timedelta, *, waits: bool) -> None:
    found = outages.next_try(NOON - HOUR, NOON, queued_at=NOON - queued, purpose=purpose)
    assert found == (NOON + 61 * SECOND if waits else None)
