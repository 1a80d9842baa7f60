"""Nobody's messages keep another's from leaving: shares of the slots, and turns."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvad.channels.service.slots import Slots, in_turn
from samvad.channels.types import DueChannel, Priority
from samvad.kernel.ids import ChannelId, TenantId

A, B = TenantId(UUID(int=1)), TenantId(UUID(int=2))
NOW, BULK = Priority.NOW, Priority.BULK


def due(tenant: int, channel: int, priority: Priority = NOW) -> DueChannel:
    return DueChannel(TenantId(UUID(int=tenant)), ChannelId(UUID(int=channel)), 1, 0, priority)


def test_a_tenant_leaves_a_slot_for_another() -> None:
    slots = Slots(16)
    for _ in range(14):
        assert slots.room(A, NOW)
        slots.take(A, NOW)
    assert slots.room(A, NOW) == 0
    assert slots.room(B, NOW) == 2
    slots.give(A, NOW)
    assert slots.room(A, NOW) == 1


def test_bulk_leaves_half_of_the_slots() -> None:
    slots = Slots(16)
    for _ in range(4):
        slots.take(A, BULK)
        slots.take(B, BULK)
    assert slots.room(A, BULK) == slots.room(B, BULK) == 0
    assert slots.room(A, NOW) == 8
    slots.give(B, BULK)
    assert slots.room(A, BULK) == 1


def test_all_slots_together_are_never_passed() -> None:
    slots = Slots(16)
    for _ in range(14):
        slots.take(A, NOW)
    for _ in range(2):
        slots.take(B, NOW)
    assert slots.room(B, NOW) == slots.room(B, BULK) == 0


@pytest.mark.parametrize("total", [1, 2, 3])
def test_the_smallest_sender_still_sends_everything(total: int) -> None:
    slots = Slots(total)
    assert slots.room(A, NOW) >= 1
    assert slots.room(A, BULK) >= 1


def test_whoever_waits_comes_before_bulk_and_every_tenant_before_a_second_number() -> None:
    numbers = [due(1, 11, BULK), due(1, 12), due(1, 13), due(2, 21), due(3, 31, BULK)]
    for turn in range(6):
        tenants = [(int(n.tenant), n.priority) for n in in_turn(numbers, turn)]
        assert Counter(tenants[:2]) == {(1, NOW): 1, (2, NOW): 1}
        assert tenants[2] == (1, NOW)
        assert Counter(tenants[3:]) == {(1, BULK): 1, (3, BULK): 1}


@given(st.sets(st.tuples(st.integers(1, 4), st.integers(1, 9)), max_size=12), st.integers(0, 50))
def test_each_number_has_one_turn_and_each_comes_first_in_time(
    pairs: set[tuple[int, int]], start: int
) -> None:
    numbers = [due(tenant, tenant * 10 + channel) for tenant, channel in pairs]
    firsts = set()
    for turn in range(start, start + 4 * 9 * 8 * 7 * 5):
        ordered = in_turn(numbers, turn)
        if turn == start:
            assert Counter(ordered) == Counter(numbers)
        firsts.update(number.tenant for number in ordered[:1])
        if len(firsts) == len({tenant for tenant, _ in pairs}):
            return
    raise AssertionError(f"never first: {pairs}, {firsts}")
