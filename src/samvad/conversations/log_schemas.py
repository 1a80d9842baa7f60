"""Shapes of the log of messages."""

from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from samvad.conversations import reasons
from samvad.conversations.schemas import IdentityOut
from samvad.conversations.types import Author, MessageStatus
from samvad.conversations.types.log import Action, Hold, LogLine


class LogContactOut(BaseModel):
    id: UUID
    name: str
    identities: list[IdentityOut]


class LogLineOut(BaseModel):
    id: UUID
    conversation_id: UUID
    channel_id: UUID
    contact: LogContactOut
    direction: Literal["in", "out"]
    author: Author
    kind: str
    text: str = Field(description="its first 300 characters")
    status: MessageStatus
    why: str = Field(description="what became of it and why, in plain words")
    reason: str | None = Field(description="a code of ours; null while nothing is wrong")
    action: Action | None = Field(description="what came of a customer's message; null for ours")
    hold: Hold | None = Field(description="what keeps a queued message, whatever its own reason")
    provider_code: str | None = Field(description="the provider's own code of the failure")
    provider_detail: str = Field(description="the provider's own words about it")
    attempts: int = Field(description="how often sending it was tried")
    next_attempt_at: AwareDatetime | None
    retryable: bool = Field(description="`POST /messages/{id}/retry` sends it again")
    created_at: AwareDatetime = Field(description="when it was accepted here")
    queued_at: AwareDatetime | None
    sent_at: AwareDatetime | None = Field(description="by the customer, or to the provider")
    delivered_at: AwareDatetime | None
    read_at: AwareDatetime | None
    failed_at: AwareDatetime | None

    @classmethod
    def of(cls, line: LogLine) -> Self:
        return cls(
            id=line.id,
            conversation_id=line.conversation,
            channel_id=line.channel,
            contact=LogContactOut(
                id=line.contact,
                name=line.contact_name,
                identities=[IdentityOut(kind=i.kind, value=i.value) for i in line.identities],
            ),
            direction="in" if line.direction == "in" else "out",
            author=Author(line.author),
            kind=line.kind,
            text=line.text,
            status=line.status,
            why=reasons.why(line),
            reason=line.reason,
            action=line.action,
            hold=line.hold,
            provider_code=line.provider_code,
            provider_detail=line.detail,
            attempts=line.attempts,
            next_attempt_at=reasons.next_attempt(line),
            retryable=line.direction == "out" and line.status in reasons.RETRYABLE,
            created_at=line.created_at,
            queued_at=line.queued_at,
            sent_at=line.sent_at,
            delivered_at=line.delivered_at,
            read_at=line.read_at,
            failed_at=line.failed_at,
        )


class LogPage(BaseModel):
    items: list[LogLineOut]
    next_cursor: str | None
