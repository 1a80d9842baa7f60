"""Request and answer bodies of conversations and messages."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from samvad.conversations.types.labels import Colour
from samvad.conversations.types.priorities import Priority


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class IdentityOut(BaseModel):
    kind: str
    value: str


class ContactOut(BaseModel):
    id: UUID
    name: str
    opted_out: bool
    identities: list[IdentityOut]


class PreviewOut(BaseModel):
    text: str
    author: str
    kind: str
    direction: Literal["in", "out"]


class WindowOut(BaseModel):
    """Free text is allowed while it is open; `closes_at` is null where the channel has no window."""

    open: bool
    closes_at: AwareDatetime | None


class MemberOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class LabelOut(BaseModel):
    id: UUID
    name: str
    colour: Colour


class MentionedOut(BaseModel):
    member_id: UUID
    seen: bool = Field(description="they have had it open since they were mentioned last")


class SummaryOut(BaseModel):
    wants: str = Field(description="in the customer's own words; may be empty")
    known: str = Field(
        description="why nobody else could answer: `rule`, `file`, `late`, `restored`, `wordless`, `busy`,"
        " `nothing`, `unsure`, `several`, `long`, `unverified`"
    )
    values: dict[str, str] = Field(description="what belongs to it: `source`, `name`, `kind`")


class SnippetOut(BaseModel):
    text: str
    hit: bool = Field(description="these are the words searched for")


class MatchOut(BaseModel):
    """The newest message that has the words of `q`."""

    message_id: UUID
    sort_at: AwareDatetime
    parts: list[SnippetOut]


class ConversationOut(BaseModel):
    id: UUID
    channel_id: UUID
    contact: ContactOut
    mode: Literal["ai", "human"]
    epoch: int
    status: Literal["open", "pending", "snoozed", "resolved"]
    unread: int
    needs_person: bool
    needs_person_reason: str | None
    needs_person_summary: SummaryOut | None = Field(description="of a handover by the assistant")
    preview: PreviewOut | None
    last_message_at: AwareDatetime
    assignee_id: UUID | None
    assignee: MemberOut | None
    labels: list[LabelOut] = Field(description="by name")
    priority: Priority
    mentions: list[MentionedOut] = Field(description="members whom notes of it mention")
    snoozed_until: AwareDatetime | None
    resolved_by: str | None = Field(description="`idle`, `member:ID`, `api_key:ID`; null: not resolved")
    window: WindowOut
    text_limit: int = Field(description="the most characters of one message to this customer")
    sends_kinds: list[str] = Field(description="kinds of messages that can be sent from here")
    sends_files: bool = Field(description="whether a file can be sent from here, not only a link to one")
    fetches_files: bool = Field(
        description="whether its provider fetches such a file here, which needs `public` of `/me`"
    )
    created_at: AwareDatetime
    match: MatchOut | None = None


class CountsOut(BaseModel):
    """Conversations of each tab; 1000 stands for that many and more."""

    mine: int
    unassigned: int
    ai: int
    all: int
    mentions: int = Field(description="those of which you have not seen that they mention you")
    waiting: int = Field(description="active ones for which a person is asked, or has something to answer")


class ConversationPage(BaseModel):
    items: list[ConversationOut]
    next_cursor: str | None


class MessageOut(BaseModel):
    id: UUID
    conversation_id: UUID
    external_id: str | None
    client_id: str | None
    direction: Literal["in", "out"]
    author: Literal["customer", "assistant", "agent", "system"]
    source: Literal["rule", "answer", "model", "campaign", "agent"] | None
    kind: str
    text: str
    status: Literal[
        "received", "queued", "sending", "sent", "delivered", "read", "failed", "unknown", "held", "skipped"
    ]
    reason: str | None
    detail: str
    reply_to: str | None
    target: str | None
    private: bool
    content: dict[str, JsonValue] | None = Field(
        description='of kind `system`: `{"event": "mode", "mode", "by", "reason", "hint"}`: who switched, why'
        ' and what they told the assistant; or `{"event": "priority", "priority", "was", "by"}`;'
        ' of a note: `{"mentions": [{"id", "name"}]}`'
    )
    media: dict[str, JsonValue] | None
    citations: list[dict[str, JsonValue]]
    member_id: UUID | None
    member: MemberOut | None
    sort_at: AwareDatetime
    created_at: AwareDatetime


class MessagePage(BaseModel):
    items: list[MessageOut]
    next_cursor: str | None


class NewConversationIn(Strict):
    channel_id: UUID = Field(description="the number to write from")
    phone: str = Field(
        min_length=1, max_length=40, description="without a country code it is of the business's country"
    )


Hint = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\r\n]*$")]


class ModeIn(Strict):
    mode: Literal["ai", "human"]
    reason: str = Field("", max_length=200)
    hint: Hint | None = Field(
        None,
        description="one line for the assistant, with `ai`: a language model reads it, where one is set, no"
        " customer does. It may be given or changed later, by whoever gave the conversation back",
    )
    undo: bool = Field(
        False, description="giving back is taken back, with the call and the alerts that it ended"
    )


class ModeOut(BaseModel):
    mode: Literal["ai", "human"]
    epoch: int
    in_flight: list[UUID] = Field(description="automatic messages whose provider call may be under way")


class StatusIn(Strict):
    status: Literal["open", "pending", "snoozed", "resolved"]
    until: AwareDatetime | None = Field(None, description="when a snoozed conversation wakes up")
    undo: bool = Field(
        False, description="a resolving or snoozing is taken back, with the call and alerts that it ended"
    )


class AssigneeIn(Strict):
    assignee_id: UUID | None


class PriorityIn(Strict):
    priority: Priority


class StageOut(BaseModel):
    name: str
    verdict: str
    ms: float
    detail: JsonValue = None


class CostOut(BaseModel):
    amount: str
    currency: str


class JudgementOut(BaseModel):
    """What a member thinks of an answer."""

    member: MemberOut
    verdict: Literal["up", "down"]
    reason: str
    at: AwareDatetime


class TraceOut(BaseModel):
    stages: list[StageOut]
    cost: CostOut
    judgements: list[JudgementOut] = Field(description="of an answer of the assistant, oldest first")
