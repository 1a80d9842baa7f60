"""What a timer is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.kernel.ids import TenantId


class TimerKind(StrEnum):
    REPLY = "reply"  # key: conversation; a reply to its newest burst is due
    SILENCE = "silence"  # key: conversation; a person was promised and has not written yet
    IDLE = "idle"  # key: conversation; nothing happened for a day
    SNOOZE = "snooze"  # key: conversation; it was put to sleep until now
    MERGE = "merge"  # key: of two contacts that a provider named together
    FILE = "file"  # key: message; the file that came with it waits at the provider
    TEMPLATES = "templates"  # key: channel; its provider is asked for its templates
    INDEX = "index"  # key: knowledge source; its file waits to be read and indexed


@dataclass(frozen=True, slots=True)
class NewTimer:
    """Arming again moves `run_at`, but never past `latest` counted from the first arming."""

    kind: TimerKind
    key: UUID
    run_at: datetime
    armed_at: datetime
    latest: datetime | None = None
    payload: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueTimer:
    """`attempts`: how often its work failed; `restarts`: how often something newer undid it."""

    tenant: TenantId
    kind: TimerKind
    key: UUID
    gen: int
    attempts: int
    restarts: int
    run_at: datetime
    first_at: datetime
    payload: dict[str, str | int]
