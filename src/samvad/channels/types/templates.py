"""Message templates in words of no provider: what the provider approved, and what is sent of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol, runtime_checkable

from samvad.channels.types.adapter import ChannelCredentials
from samvad.channels.types.content import Content, Record
from samvad.channels.types.files import FileRule, OutgoingFile
from samvad.channels.types.wire import (
    Kind,
    Provider,
    TemplateCategory,
    TemplateQuality,
    TemplateStatus,
)
from samvad.kernel.errors import FieldError
from samvad.kernel.ids import ChannelId, TemplateId


class HeaderFormat(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"


class ButtonAct(StrEnum):
    """What a button does when it is pressed."""

    QUICK_REPLY = "quick_reply"
    URL = "url"
    PHONE = "phone"
    COPY_CODE = "copy_code"
    FLOW = "flow"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateHeader(Record):
    """`example`: for the reviewer, a value of its placeholder, or what Meta calls the handle of a file.
    `link`: where the provider has the file, if it is fixed; it may hold a placeholder."""

    format: HeaderFormat
    text: str = ""
    example: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateButton(Record):
    """`url` may end in one placeholder; `example` is a value of it, or a code to copy. `code`: what is
    copied, fixed or a placeholder (of the body's too); empty: it is chosen when the template is sent."""

    act: ButtonAct
    text: str = ""
    url: str = ""
    phone: str = ""
    example: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLayout(Record):
    """The parts of a template. Placeholders are `{{1}}`, `{{2}}` or all of them named, `{{first_name}}`;
    `examples` has a value of each of the body's. `lacking`: parts that we cannot fill, so it is not sent."""

    body: str
    header: TemplateHeader | None = None
    footer: str = ""
    buttons: tuple[TemplateButton, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict)
    lacking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateChoice(Record):
    """What somebody asks to be sent: which one, and a value for each of its slots."""

    name: str
    language: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateMessage(Content):
    """A template as it was when it was sent, with its values. `asked`: the values as they were given, where
    something of the contact was put into them. `external_id`: the provider's, of those that send by it."""

    kind: ClassVar[Kind] = Kind.TEMPLATE
    name: str
    language: str
    category: TemplateCategory
    layout: TemplateLayout
    values: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    file: str = ""  # the name of the file of ours that stands in its header, where no link does
    said: str = ""  # the body with its values
    external_id: str = ""

    @property
    def text(self) -> str:
        return self.said


class SlotKind(StrEnum):
    TEXT = "text"
    LINK = "link"  # a public https address of a file
    NUMBER = "number"  # degrees


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled: `body.1`, `body.first_name`, `header.link`, `button.0` (the first button)."""

    name: str
    kind: SlotKind = SlotKind.TEXT
    required: bool = True
    example: str = ""


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template to be reviewed by the provider."""

    name: str
    language: str
    category: TemplateCategory
    layout: TemplateLayout


@dataclass(frozen=True, slots=True)
class ListedTemplate:
    """A template as its provider lists it; `reason`: the provider's word on why it is not approved."""

    external_id: str
    name: str
    language: str
    category: TemplateCategory
    status: TemplateStatus
    layout: TemplateLayout
    quality: TemplateQuality = TemplateQuality.UNKNOWN
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """`after`: where the next page begins; None: this was the last."""

    items: Sequence[ListedTemplate]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateReceipt:
    """The provider took a draft; it may have put it into another category."""

    external_id: str
    status: TemplateStatus
    category: TemplateCategory


@runtime_checkable
class HasTemplates(Protocol):
    """What an adapter has besides `ChannelAdapter` when its provider reviews templates. All of an account
    are listed, whichever of its numbers asks. Calls raise SendError, and AccountMissing where the channel
    names no account."""

    @staticmethod
    def draft_faults(draft: TemplateDraft) -> Sequence[FieldError]:
        """What the provider would refuse in it; pure, asked before it is called."""
        ...

    async def list_templates(self, via: ChannelCredentials, *, after: str) -> TemplatePage:
        """One page from `after` on; "" is the first."""
        ...

    async def create_template(self, via: ChannelCredentials, draft: TemplateDraft) -> TemplateReceipt: ...

    async def edit_template(self, via: ChannelCredentials, external_id: str, draft: TemplateDraft) -> None:
        """Name and language stay; the provider reviews it again."""
        ...

    async def delete_template(self, via: ChannelCredentials, *, external_id: str, name: str) -> None:
        """One language of it. One that is not there is no failure."""
        ...


@runtime_checkable
class TakesExamples(HasTemplates, Protocol):
    """What an adapter has besides `HasTemplates` when its reviewers look at files of headers."""

    @staticmethod
    def example_rules() -> Sequence[FileRule]:
        """Which they take, each kind one format."""
        ...

    async def upload_example(self, via: ChannelCredentials, file: OutgoingFile) -> str:
        """What the provider calls it from then on: the header's `example`. Raises SendError."""
        ...


@runtime_checkable
class LinksExamples(HasTemplates, Protocol):
    """What an adapter has besides `HasTemplates` when its reviewers follow a link to a file of a header: the
    header's `example`, with the ending of its type."""

    @staticmethod
    def example_formats() -> Sequence[HeaderFormat]: ...


@dataclass(frozen=True, slots=True)
class Template:
    """A template of a tenant's account. `account` as `provider` names it."""

    id: TemplateId
    provider: Provider
    account: str
    listed: ListedTemplate
    status_at: datetime | None = None  # of the newest word on its status
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TemplateFilter:
    provider: Provider | None = None
    account: str | None = None
    status: TemplateStatus | None = None
    category: TemplateCategory | None = None
    language: str | None = None
    words: str | None = None  # a part of the name


@dataclass(frozen=True, slots=True)
class TemplateSync:
    """How asking about a channel's templates went the last time; `problem`: empty when it went well."""

    channel: ChannelId
    synced_at: datetime | None
    tried_at: datetime
    problem: str = ""
