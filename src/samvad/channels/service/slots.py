"""Who may call a provider next: shares of the slots of one sender, and whose turn it is."""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from typing import TypeVar

from samvad.channels.types import DueChannel, Priority
from samvad.kernel.ids import TenantId

T = TypeVar("T")

_OF_A_TENANT = 7 / 8  # of all slots at most: another tenant's reply always finds one
_OF_BULK = 1 / 2  # campaigns wait for nobody and can wait


class Slots:
    """Counts the calls that are under way."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._most = max(1, int(total * _OF_A_TENANT))
        self._most_bulk = max(1, int(total * _OF_BULK))
        self._of: Counter[TenantId] = Counter()
        self._bulk = 0

    def take(self, tenant: TenantId, priority: Priority) -> None:
        self._of[tenant] += 1
        self._bulk += priority is Priority.BULK

    def give(self, tenant: TenantId, priority: Priority) -> None:
        self._of[tenant] -= 1
        if not self._of[tenant]:
            del self._of[tenant]
        self._bulk -= priority is Priority.BULK

    def room(self, tenant: TenantId, priority: Priority) -> int:
        """How many calls of this tenant may begin now, all of them of this priority at worst."""
        room = min(self._total - self._of.total(), self._most - self._of[tenant])
        return min(room, self._most_bulk - self._bulk) if priority is Priority.BULK else room


def in_turn(due: Sequence[DueChannel], turn: int) -> list[DueChannel]:
    """Numbers with somebody waiting before those with bulk alone; of each kind one number of each tenant
    before the second of any. Others begin at each `turn`, so that nobody is always last."""
    ordered: list[DueChannel] = []
    for priority in Priority:
        tenants: dict[TenantId, list[DueChannel]] = {}
        for number in due:
            if number.priority is priority:
                tenants.setdefault(number.tenant, []).append(number)
        rounds = zip_longest(*_rotated([_rotated(numbers, turn) for numbers in tenants.values()], turn))
        ordered += [number for each in rounds for number in each if number is not None]
    return ordered


def _rotated(values: list[T], turn: int) -> list[T]:
    at = turn % len(values) if values else 0
    return [*values[at:], *values[:at]]
