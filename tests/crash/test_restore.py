"""Backed up while customers write, lost, restored: every row is back and nobody is answered twice."""

import pytest
from chaos.drill import drill


@pytest.mark.timeout(300)  # a safety net for busy machines
async def test_a_restore_drill_loses_what_came_after_and_doubles_nothing() -> None:
    told = await drill(customers=30)
    assert not told.faults
    assert told.rows > 50
    assert told.statuses["delivered"] >= 8  # at the least those who wrote after the restore
