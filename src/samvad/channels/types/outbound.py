"""What the sender works on: queued, claimed and refused messages, and how each pass ended."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from samvad.channels.types.adapter import Outbound
from samvad.kernel.identity import Identity
from samvad.kernel.ids import ChannelId, TenantId


class Purpose(StrEnum):
    """Why a message leaves; the gate judges by it."""

    REPLY = "reply"  # automatic answer: mode AI, same epoch, not opted out
    HANDOFF = "handoff"  # the one explanation when a person takes over
    CONSENT = "consent"  # the one confirmation of an opt-out or opt-in
    BULK = "bulk"  # one text to many: same epoch, not opted out
    AGENT = "agent"  # a person wrote it

    @property
    def automatic(self) -> bool:
        return self is not Purpose.AGENT


class Priority(IntEnum):
    """Which of a number's messages leaves first, and whose calls leave room for others."""

    NOW = 0  # somebody waits for it
    BULK = 10


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A row for the sender. `seq` is its place in the conversation, `epoch` the one it was decided in."""

    channel: ChannelId
    conversation: UUID
    contact: UUID
    seq: int
    purpose: Purpose
    epoch: int
    starts_reply: bool
    message: Outbound
    correlation: str
    priority: Priority = Priority.NOW


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """A row that the gate let through: it says `sending`, the call may begin."""

    tenant: TenantId
    id: UUID
    channel: ChannelId
    conversation: UUID
    purpose: Purpose
    epoch: int
    attempts: int
    message: Outbound
    correlation: str
    queued_at: datetime
    priority: Priority = Priority.NOW


@dataclass(frozen=True, slots=True)
class RefusedMessage:
    tenant: TenantId
    id: UUID
    channel: ChannelId
    conversation: UUID
    reason: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class GateLimits:
    """The constants of the gate: how long an unknown send blocks, and when automatic replies are a loop."""

    unknown_blocks: timedelta = timedelta(seconds=10)
    loop_replies: int = 10
    loop_window: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DueChannel:
    """A number with something to send. `wait`: seconds until its speed limit allows the next message;
    `priority`: of the most urgent one that is due; `troubled`: the last send failed as if the provider were
    down; `down_since`: it is known to be."""

    tenant: TenantId
    channel: ChannelId
    version: int
    wait: float
    priority: Priority
    troubled: bool = False
    down_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """That something genuine came for a number, last at `at`; `messages` of it count into its limit."""

    tenant: TenantId
    channel: ChannelId
    messages: int
    at: datetime

    def after(self, earlier: "Arrived | None") -> "Arrived":
        """Both in one."""
        if earlier is None:
            return self
        return replace(self, messages=self.messages + earlier.messages, at=max(self.at, earlier.at))


@dataclass(frozen=True, slots=True)
class ExpiredMessage:
    """Its sender died after the call may have begun."""

    tenant: TenantId
    id: UUID
    channel: ChannelId
    conversation: UUID


class SendResult(StrEnum):
    """What became of a claimed message."""

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """The end of one pass through gate and provider; `reason` is a code, `detail` the provider's words."""

    tenant: TenantId
    id: UUID
    conversation: UUID
    channel: ChannelId
    result: SendResult
    at: datetime
    purpose: Purpose | None = None
    reason: str = ""
    detail: str = ""
    provider_code: str | None = None
    external_id: str | None = None
    recipient: tuple[Identity, ...] = ()
    run_at: datetime | None = None  # of the next try
    counted: bool = True  # into the tries that a message has
    attempts: int = 0
    milliseconds: float = 0
