"""What conversations and messages are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.channels.types import Kind, MessageReceived, Purpose
from samvad.conversations.types.labels import Label
from samvad.conversations.types.mentions import Mentioned
from samvad.conversations.types.priorities import Priority
from samvad.conversations.types.summaries import Summary
from samvad.kernel.ids import ChannelId, ContactId, ConversationId, MessageId
from samvad.kernel.json import JsonObject, JsonValue


class Mode(StrEnum):
    AI = "ai"
    HUMAN = "human"


class State(StrEnum):
    OPEN = "open"
    PENDING = "pending"  # the assistant has it
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


ACTIVE = frozenset({State.OPEN, State.PENDING})  # what somebody still has to do with


class Author(StrEnum):
    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    AGENT = "agent"
    SYSTEM = "system"


class Source(StrEnum):
    RULE = "rule"
    ANSWER = "answer"
    MODEL = "model"
    CAMPAIGN = "campaign"
    AGENT = "agent"


class MessageStatus(StrEnum):
    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"  # only ever read: the driver row says it
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"
    HELD = "held"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class TraceStage:
    """One step of a decision. `ms` is the step's own share of the batch it ran in."""

    name: str
    verdict: str
    ms: float = 0
    detail: JsonValue = None


@dataclass(slots=True)
class Conversation:
    """A conversation row, locked by this transaction; the service changes it and writes it back."""

    id: ConversationId
    channel: ChannelId
    contact: ContactId
    mode: Mode
    epoch: int
    state: State
    unread: int
    inbound_seq: int  # counts inbound messages that are owed a reply
    answered_seq: int  # the newest of them that a reply has dealt with
    out_seq: int
    last_sort_at: datetime
    last_message_at: datetime
    last_inbound_at: datetime | None  # its place in the timeline: the provider's second, then arrival
    last_inbound_external_id: str | None
    needs_person_reason: str | None
    human_since: datetime | None
    human_word_at: datetime | None
    preview: JsonObject | None
    assignee: UUID | None = None
    snoozed_until: datetime | None = None  # means something only while snoozed
    resolved_by: str | None = None  # means something only while resolved
    was: State | None = None  # as it is stored
    created: bool = False
    summary: JsonObject | None = None  # of the call for a person
    laid_aside: str | None = None  # the reason that resolving or snoozing took away, should that be undone

    def call_person(self, reason: str, summary: Summary | None = None) -> None:
        """A call that stands already keeps its summary, unless there is a newer one."""
        if summary or self.needs_person_reason is None:
            self.summary = summary.as_json() if summary else None
        self.needs_person_reason, self.laid_aside = reason, None


@dataclass(frozen=True, slots=True)
class InboundEntry:
    """A customer's message on its way into the timeline."""

    channel: ChannelId
    contact: ContactId
    event: MessageReceived
    sent_at: datetime
    arrived_at: datetime
    correlation: str


@dataclass(frozen=True, slots=True)
class Appended:
    """Where an entry went. `duplicate`: it was there. `late`: older than what came before it."""

    conversation: Conversation
    message: MessageId
    duplicate: bool
    late: bool
    triggers: bool
    changed: UUID | None = None  # the earlier message that it edits or deletes


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A row for the timeline."""

    id: MessageId
    conversation: ConversationId
    channel: ChannelId
    direction: str
    author: Author
    kind: Kind
    text: str
    status: MessageStatus
    sort_at: datetime
    created_at: datetime
    source: Source | None = None
    external_id: str | None = None
    client_id: str | None = None
    member: UUID | None = None
    private: bool = False
    content: JsonObject | None = None
    media: object = None
    reply_to: str | None = None
    target: str | None = None
    seq: int | None = None
    late: bool = False
    sent_at: datetime | None = None
    trace: Sequence[TraceStage] = ()
    correlation: str = ""
    reason: str | None = None
    citations: Sequence[JsonObject] = ()


@dataclass(frozen=True, slots=True)
class MemberView:
    """A colleague by name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is shown."""

    id: MessageId
    conversation: ConversationId
    external_id: str | None
    client_id: str | None
    direction: str
    author: Author
    source: str | None
    kind: str
    text: str
    status: MessageStatus
    reason: str | None
    detail: str
    reply_to: str | None
    target: str | None
    private: bool
    content: JsonObject | None
    media: JsonObject | None
    citations: list[JsonObject]
    member: MemberView | None
    sort_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What automation wants to say: one reply in one or more parts."""

    purpose: Purpose
    texts: Sequence[str]
    source: Source | None
    author: Author
    trace: Sequence[TraceStage] = ()
    reply_to: str | None = None
    buttons: Sequence[str] = ()
    citations: Sequence[JsonObject] = ()


@dataclass(frozen=True, slots=True)
class ModeChange:
    """The answer to a toggle. `in_flight`: calls may be under way; `lines`: what the timeline says of it."""

    mode: Mode
    epoch: int
    changed: bool
    lines: Sequence[MessageId] = field(default_factory=tuple)
    in_flight: Sequence[UUID] = field(default_factory=tuple)
    skipped: Sequence[UUID] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class IdentityView:
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation as the inbox shows it."""

    id: ConversationId
    channel: ChannelId
    contact: ContactId
    contact_name: str
    identities: tuple[IdentityView, ...]
    opted_out: bool
    mode: Mode
    epoch: int
    state: State
    unread: int
    needs_person_reason: str | None
    summary: JsonObject | None
    preview: JsonObject | None
    last_message_at: datetime
    assignee: MemberView | None
    labels: tuple[Label, ...]
    priority: Priority
    mentions: tuple[Mentioned, ...]
    snoozed_until: datetime | None
    resolved_by: str | None
    window_until: datetime | None
    has_window: bool
    provider: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BurstMessage:
    """One message of a thought that waits for its answer."""

    id: MessageId
    external_id: str | None
    kind: Kind
    text: str
    sent_at: datetime
    arrived_at: datetime
    trace: tuple[TraceStage, ...]
    correlation: str


@dataclass(frozen=True, slots=True)
class Burst:
    """A conversation's unanswered messages as of a snapshot; `inbound_seq` tells whether more came since."""

    conversation: ConversationId
    channel: ChannelId
    contact: ContactId
    mode: Mode
    epoch: int
    inbound_seq: int
    opted_out: bool
    messages: tuple[BurstMessage, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A message that both sides have seen, as what came before another one."""

    incoming: bool
    text: str
    trace: tuple[TraceStage, ...]
