"""Twenty kills at twenty places of the hot workflows: nothing lost, nothing doubled, both ledgers agree."""

import pytest
from chaos.kills import walk

from samvad.platform.crashpoints import Moment, Point

POINTS = (
    Point.INTAKE_STORE,
    Point.MODE_CHANGE,
    Point.INBOUND_CLAIM,
    Point.INBOUND_APPLY,
    Point.REPLY_CLAIM,
    Point.REPLY_QUEUE,
    Point.GATE_CLAIM,
    Point.PROVIDER_CALL,
    Point.SEND_OUTCOME,
    Point.SEND_EXPIRE,
)


@pytest.mark.timeout(400)  # a safety net for busy machines
async def test_twenty_kills_lose_and_double_nothing() -> None:
    deaths, verdict = await walk([f"{point}:{moment}" for point in POINTS for moment in Moment])
    assert not verdict.faults
    assert not deaths.unreached
    assert deaths.total == 20
    assert verdict.customers > 20
    assert verdict.statuses["delivered"] > verdict.unknown
