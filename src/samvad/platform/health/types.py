"""The words of health: a check is a named probe, a finding its answer, a report all of them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"  # works, but somebody should look
    DOWN = "down"


class Queue(StrEnum):
    """Where work waits for a worker."""

    LANES = "lanes"
    TIMERS = "timers"
    OUTBOUND = "outbound"


@dataclass(frozen=True, slots=True)
class Finding:
    """`facts` are small and hold nothing secret: everybody who reaches the door may read them."""

    state: State
    detail: str = ""
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """`probe` may raise or hang; `necessary` says whether we can serve without it."""

    name: str
    necessary: bool
    probe: Callable[[], Awaitable[Finding]]


@dataclass(frozen=True, slots=True)
class Report:
    findings: Mapping[str, Finding]
    missing: tuple[str, ...]  # necessary components that are down

    @property
    def state(self) -> State:
        if self.missing:
            return State.DOWN
        fine = all(finding.state is State.OK for finding in self.findings.values())
        return State.OK if fine else State.DEGRADED
