"""How the parts of an installation are: checks by name, examined together and within a second."""

from samvad.platform.health.examiner import Examiner
from samvad.platform.health.probes import (
    alerts_check,
    compute_check,
    database_check,
    file_check,
    migrations_check,
    queue_checks,
    reachable_check,
    tasks_check,
)
from samvad.platform.health.repository import QueueState, read_queue
from samvad.platform.health.types import Check, Finding, Queue, Report, State

__all__ = [
    "Check",
    "Examiner",
    "Finding",
    "Queue",
    "QueueState",
    "Report",
    "State",
    "alerts_check",
    "compute_check",
    "database_check",
    "file_check",
    "migrations_check",
    "queue_checks",
    "reachable_check",
    "read_queue",
    "tasks_check",
]
