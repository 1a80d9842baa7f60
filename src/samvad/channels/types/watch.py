"""What the watch over numbers sees, and the alarms that it raises and ends."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from samvad.kernel.ids import TenantId


class Alarm(StrEnum):
    """Names of alerts; the subject of each is the channel."""

    UNPARSABLE = "webhook_unparsable"
    UNROUTED = "webhook_unrouted"
    FAILED = "inbound_failed"
    OUTBOUND_LATE = "outbound_late"
    INBOUND_LATE = "inbound_late"
    UNKNOWN = "outcome_unknown"
    SILENT = "channel_silent"
    DOWN = "provider_down"


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason for an alarm as of now."""

    tenant: TenantId
    channel: UUID
    alarm: Alarm
    detail: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Webhooks of one number with this verdict, so far not driven again."""

    tenant: TenantId
    channel: UUID
    verdict: str
    count: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """Rows of one number that wait too long; `waited`: the oldest of them."""

    tenant: TenantId
    channel: UUID
    count: int
    waited: timedelta


@dataclass(frozen=True, slots=True)
class Quiet:
    """An active number without an event for `silence`. `days`: those before its last event that had
    events too, counted back from it."""

    tenant: TenantId
    channel: UUID
    silence: timedelta
    days: tuple[int, ...]
