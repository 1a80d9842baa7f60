"""Shapes of the journal of webhooks."""

import base64
from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from samvad.channels.types import Item, JournalLine, JournalPage, Redriven, Verdict


class DeliveryOut(BaseModel):
    id: UUID
    channel_id: UUID | None
    received_at: AwareDatetime
    verdict: Verdict
    items: int = Field(description="how many of its items were taken in")
    size: int = Field(description="bytes of the body")
    note: str
    redriven_at: AwareDatetime | None
    duplicates: int = Field(description="messages in it that had come before, and changed nothing")
    waiting: int = Field(description="items that are not worked off yet; 0: it is processed")

    @classmethod
    def of(cls, line: JournalLine) -> Self:
        return cls(
            id=line.id,
            channel_id=line.channel,
            received_at=line.received_at,
            verdict=line.verdict,
            items=line.items,
            size=line.size,
            note=line.note,
            redriven_at=line.redriven_at,
            duplicates=line.duplicates,
            waiting=line.waiting,
        )


class DeliveryPage(BaseModel):
    items: list[DeliveryOut]
    next_cursor: str | None


class DeliveryItemOut(BaseModel):
    kind: str = Field(description="what today's parser makes of it, like `MessageReceived`")
    external_id: str | None = Field(description="the provider's id of the message")

    @classmethod
    def of(cls, item: Item) -> Self:
        return cls(kind=type(item.event).__name__, external_id=item.external_id)


class DeliveryDetailOut(BaseModel):
    """`body` is null where it also names numbers that are not this channel's."""

    delivery: DeliveryOut
    headers: dict[str, str] = Field(description="signatures are hidden")
    body: str | None
    encoding: Literal["text", "base64"]
    contents: list[DeliveryItemOut] = Field(description="its items that are for this channel")
    unconnected: list[str] = Field(description="numbers that an `unrouted` one names and nobody connected")

    @classmethod
    def of(cls, page: JournalPage) -> Self:
        encoding, body = _written(page.body or b"")
        return cls(
            delivery=DeliveryOut.of(page.line),
            headers=dict(page.headers),
            body=None if page.body is None else body,
            encoding=encoding,
            contents=[DeliveryItemOut.of(item) for item in page.items],
            unconnected=list(page.unconnected),
        )


class RedriveOut(BaseModel):
    items: int = Field(description="how many went in again; what was handled before changes nothing")


class RedriveIn(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    verdict: Literal["failed", "unparsable", "unrouted"]
    channel_id: UUID | None = None
    since: AwareDatetime | None = Field(None, alias="from", description="received at or after")
    until: AwareDatetime | None = Field(None, alias="to", description="received before")
    cursor: str | None = Field(None, description="`next_cursor` of the call before")


class NotRedrivenOut(BaseModel):
    delivery_id: UUID
    why: str


class RedrivenOut(BaseModel):
    deliveries: int = Field(description="how many were tried")
    items: int = Field(description="how many items went in again; what was handled before changes nothing")
    refused: list[NotRedrivenOut] = Field(description="those of which nothing can be made")
    next_cursor: str | None = Field(description="null when all of the filter were tried")

    @classmethod
    def of(cls, done: Redriven) -> Self:
        return cls(
            deliveries=done.tried,
            items=done.items,
            refused=[NotRedrivenOut(delivery_id=delivery, why=why) for delivery, why in done.refused],
            next_cursor=done.next_cursor,
        )


def _written(body: bytes) -> tuple[Literal["text", "base64"], str]:
    try:
        return "text", body.decode()
    except UnicodeDecodeError:
        return "base64", base64.b64encode(body).decode()
