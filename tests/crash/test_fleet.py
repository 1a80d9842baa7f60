"""Two APIs and three workers on two hosts, killed, restarted in turn and cut off: all of it holds."""

import pytest
from chaos.fleet import fleet


@pytest.mark.timeout(300)  # a safety net for busy machines
async def test_many_hosts_lose_double_and_swap_nothing() -> None:
    told = await fleet(blows=6, seed=3)
    assert not told.faults
    assert told.events["restarted in turn"] == 5
    assert told.events.total() == 10
    assert told.verdict.customers >= 18
