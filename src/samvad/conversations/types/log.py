"""The log of messages: what it is asked for, and its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.conversations.types import IdentityView, MessageStatus
from samvad.kernel.ids import ChannelId, ContactId, ConversationId, MessageId


class Hold(StrEnum):
    """What keeps a queued message besides its own reason: the number that it leaves from."""

    STOPPED = "channel_stopped"
    PAUSED = "channel_paused"
    DOWN = "provider_down"
    CONSENTS = "consents_lost"  # after a restore


class Action(StrEnum):
    """What came of a customer's message."""

    AI_REPLIED = "ai_replied"
    QUEUED_FOR_HUMAN = "queued_for_human"
    BLOCKED = "blocked"
    STOPPED = "stopped"  # owed no reply: STOP, a reaction, an empty or late one
    WAITING = "waiting"  # its reply is not decided yet


@dataclass(frozen=True, slots=True)
class LogFilter:
    """All conditions hold together; None means any. Times are those of acceptance here."""

    state: MessageStatus | None = None
    direction: str | None = None
    channel: UUID | None = None
    reason: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    conversations: Sequence[UUID] | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A message as the log of messages shows it."""

    id: MessageId
    conversation: ConversationId
    channel: ChannelId
    contact: ContactId
    contact_name: str
    identities: tuple[IdentityView, ...]
    direction: str
    author: str
    kind: str
    text: str
    status: MessageStatus
    reason: str | None
    detail: str
    provider_code: str | None
    hold: Hold | None
    attempts: int
    created_at: datetime
    queued_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None
    run_at: datetime | None  # of the sender's row, while there is one
    paused_until: datetime | None  # of the number, or until its provider is tried again
    action: Action | None = None  # of a customer's message


@dataclass(frozen=True, slots=True)
class LogFound:
    """`reached`: where a search that no index helps was broken off; older ones may be there."""

    lines: Sequence[LogLine]
    reached: tuple[datetime, UUID] | None = None
