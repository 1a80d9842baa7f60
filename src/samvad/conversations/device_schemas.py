"""Shapes of what goes to many, and of a linked device with what it sent."""

from collections import Counter
from collections.abc import Sequence
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from samvad.channels.types import Linked, LinkState
from samvad.conversations import reasons
from samvad.conversations.service.bulk import Bulk
from samvad.conversations.types import MessageStatus
from samvad.conversations.types.bulk import Progress

MOST = 500


class ConnectionOut(BaseModel):
    state: LinkState
    detail: str = Field(description="what is to be done where it is not open")
    number: str = Field(description="of the linked phone; empty: none, or not known")
    name: str
    sent_today: int = Field(description="messages that left this number since midnight of the business")

    @classmethod
    def of(cls, linked: Linked, *, sent_today: int) -> Self:
        return cls(
            state=linked.state,
            detail=linked.detail,
            number=linked.number,
            name=linked.name,
            sent_today=sent_today,
        )


class BulkIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=65_536)
    phones: list[str] = Field(min_length=1, max_length=MOST, description="as people write them")


class RecipientOut(BaseModel):
    phone: str = Field(description="as it was given")
    number: str | None = Field(description="E.164; null: it is no phone number")
    conversation_id: UUID | None
    message_id: UUID | None = Field(description="null: nothing is sent to this number")
    reason: str = Field(description="`bad_phone`, `opted_out`, `window_closed`, `same_person`; empty: queued")


class BulkOut(BaseModel):
    id: UUID
    queued: int
    items: list[RecipientOut]

    @classmethod
    def of(cls, bulk: Bulk) -> Self:
        items = [
            RecipientOut(
                phone=one.phone,
                number=one.number,
                conversation_id=one.conversation,
                message_id=one.message,
                reason=one.reason,
            )
            for one in bulk.recipients
        ]
        return cls(id=bulk.id, queued=len({one.message for one in bulk.recipients} - {None}), items=items)


class ProgressOut(BaseModel):
    message_id: UUID
    conversation_id: UUID
    number: str | None
    status: MessageStatus
    reason: str | None
    why: str = Field(description="the reason in plain words; empty: nothing is wrong")


class BulkProgressOut(BaseModel):
    id: UUID | None = Field(description="null: there was none within a week")
    counts: dict[MessageStatus, int]
    items: list[ProgressOut]

    @classmethod
    def of(cls, id: UUID | None, found: Sequence[Progress]) -> Self:
        items = [
            ProgressOut(
                message_id=one.message,
                conversation_id=one.conversation,
                number=one.number,
                status=one.status,
                reason=one.reason,
                why=reasons.WHY.get(one.reason or "", ""),
            )
            for one in found
        ]
        return cls(id=id, counts=Counter(one.status for one in found), items=items)
