"""Request and answer bodies of message templates."""

from collections.abc import Sequence
from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from samvad.channels.rules.templates import slots
from samvad.channels.schemas import Strict
from samvad.channels.service.templates import links_examples, takes_examples
from samvad.channels.types import (
    Channel,
    HeaderFormat,
    Template,
    TemplateCategory,
    TemplateDraft,
    TemplateLayout,
    TemplateQuality,
    TemplateStatus,
    TemplateSync,
)


class DraftIn(Strict):
    category: Literal["marketing", "utility", "authentication"]
    layout: TemplateLayout

    def draft(self, name: str, language: str) -> TemplateDraft:
        return TemplateDraft(name, language, TemplateCategory(self.category), self.layout)


class NewTemplateIn(DraftIn):
    """It goes to the provider of the channel for review, for all numbers of its account."""

    channel_id: UUID
    name: str = Field(min_length=1, max_length=512)
    language: str = Field(min_length=2, max_length=20)


class ExampleOut(BaseModel):
    format: HeaderFormat
    handle: str


class SlotOut(BaseModel):
    """A value that sending it takes, by this name."""

    name: str
    kind: Literal["text", "link", "number"]
    required: bool
    example: str


class TemplateOut(BaseModel):
    id: UUID
    name: str
    language: str
    category: TemplateCategory
    status: TemplateStatus
    quality: TemplateQuality
    reason: str = Field(description="the provider's word on why it is not approved")
    layout: TemplateLayout
    slots: list[SlotOut]
    channel_ids: list[UUID] = Field(description="the numbers that it can be sent from")
    created_at: AwareDatetime | None
    updated_at: AwareDatetime | None

    @classmethod
    def of(cls, template: Template, channels: Sequence[Channel]) -> Self:
        listed = template.listed
        return cls(
            id=template.id,
            name=listed.name,
            language=listed.language,
            category=listed.category,
            status=listed.status,
            quality=listed.quality,
            reason=listed.reason,
            layout=listed.layout,
            slots=[
                SlotOut(name=s.name, kind=s.kind.value, required=s.required, example=s.example)
                for s in slots(listed.layout)
            ],
            channel_ids=[
                one.id
                for one in channels
                if (one.provider, one.account) == (template.provider, template.account)
            ],
            created_at=template.created_at,
            updated_at=template.updated_at,
        )


class TemplatePage(BaseModel):
    items: list[TemplateOut]
    next_cursor: str | None


class TemplateChannelOut(BaseModel):
    """A number whose provider reviews templates. `problem`: why they could not be asked for the last time."""

    channel_id: UUID
    name: str
    account: str = Field(description="empty: templates need the account's ID, under Channels")
    synced_at: AwareDatetime | None
    problem: str
    takes_examples: bool = Field(description="its reviewers look at example files of headers")
    links_examples: bool = Field(description="they follow a link to one instead")

    @classmethod
    def of(cls, channel: Channel, sync: TemplateSync | None) -> Self:
        return cls(
            channel_id=channel.id,
            name=channel.name,
            account=channel.account,
            synced_at=sync.synced_at if sync else None,
            problem=sync.problem if sync else "",
            takes_examples=takes_examples(channel),
            links_examples=links_examples(channel),
        )


class TemplateChannels(BaseModel):
    items: list[TemplateChannelOut]


class SyncIn(Strict):
    channel_id: UUID


class SyncOut(BaseModel):
    total: int
    added: int
    changed: int
    removed: int
