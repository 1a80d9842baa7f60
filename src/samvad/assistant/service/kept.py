"""Enabled rules kept in memory: at most one second old here and elsewhere, never old after our own edit."""

from collections.abc import Callable, Sequence

from samvad.assistant.types import Rule
from samvad.kernel.ids import TenantId

_FRESH = 1.0  # seconds
_EDIT_LASTS = 2.0  # longer than a writing transaction may take
_MOST_TENANTS = 10_000


class KeptRules:
    """`tick` gives monotonic seconds.

    An edit is announced before its commit, so what is read meanwhile may be the past: for two seconds
    nothing of that tenant is kept, and each look goes to the database.
    """

    def __init__(self, tick: Callable[[], float]) -> None:
        self._tick = tick
        self._kept: dict[TenantId, tuple[float, Sequence[Rule]]] = {}
        self._edited: dict[TenantId, float] = {}

    def get(self, tenant: TenantId) -> Sequence[Rule] | None:
        until, rules = self._kept.get(tenant, (0.0, ()))
        return rules if self._tick() < until else None

    def keep(self, tenant: TenantId, rules: Sequence[Rule]) -> None:
        now = self._tick()
        if now < self._edited.get(tenant, 0.0):
            return
        if len(self._kept) >= _MOST_TENANTS:
            self._kept.clear()
        self._edited.pop(tenant, None)
        self._kept[tenant] = (now + _FRESH, rules)

    def forget(self, tenant: TenantId) -> None:
        self._kept.pop(tenant, None)
        self._edited[tenant] = self._tick() + _EDIT_LASTS
