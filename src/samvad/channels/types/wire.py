"""What a provider tells us, in words of no provider: messages, echoes, statuses, notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self
from uuid import UUID

from samvad.kernel.identity import Sender
from samvad.kernel.json import JsonObject, JsonValue

Provider = NewType("Provider", str)  # an open set: adapters name themselves, `adapters.registry` lists them

SANDBOX = Provider("sandbox")  # the only one that may reach our own emulator, and nothing else


class Kind(StrEnum):
    """What a message is. `TRIGGERS` in `channels.rules` says which of them are owed a reply."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACTS = "contacts"
    BUTTON_REPLY = "button_reply"
    LIST_REPLY = "list_reply"
    FORM_REPLY = "form_reply"
    QUICK_REPLY = "quick_reply"
    ORDER = "order"
    OPENED = "opened"  # the person opened the chat and has not asked anything yet
    CALL_PERMISSION = "call_permission"
    BUTTONS = "buttons"
    LIST = "list"
    CTA_URL = "cta_url"
    LOCATION_REQUEST = "location_request"
    FLOW = "flow"
    TEMPLATE = "template"
    REACTION = "reaction"
    EDIT = "edit"
    REVOKE = "revoke"
    SYSTEM = "system"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Media:
    """A file at the provider. `sha256` as the provider gave it; `url` is short-lived."""

    id: str | None
    mime_type: str | None
    sha256: str | None = None
    filename: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ProviderError:
    """A provider's own words on a failure."""

    code: int
    title: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """One message of a customer. `text` is what a person would read: body, caption, button title."""

    external_id: str
    sender: Sender
    kind: Kind
    sent_at: datetime | None  # the provider's clock; None when it gave none that can be right
    text: str = ""
    media: Media | None = None
    reply_to: str | None = None  # external id of the quoted message
    target: str | None = None  # external id that a reaction, edit or revoke is about
    content: JsonObject = field(default_factory=dict)  # the kind's own fields, for showing
    errors: tuple[ProviderError, ...] = ()


@dataclass(frozen=True, slots=True)
class EchoReceived:
    """A message that the business sent from its phone or another client. `bare_id`: as of a status;
    `about_bare`: the same of the message that it quotes or changes."""

    external_id: str
    recipient: Sender
    kind: Kind
    sent_at: datetime | None
    text: str = ""
    media: Media | None = None
    reply_to: str | None = None
    target: str | None = None
    content: JsonObject = field(default_factory=dict)
    bare_id: str | None = None
    about_bare: str | None = None


class Delivery(StrEnum):
    """How far a message got, from the provider's status events. Order of progress: see `rules`."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"
    UNKNOWN_WORD = "unknown_word"  # a word that the provider invented since: kept, logged, no effect


@dataclass(frozen=True, slots=True)
class StatusReceived:
    """`bare_id`: the provider's own id of the message, where `external_id` is made of its chat and it: a chat
    may have two names."""

    external_id: str
    state: Delivery
    at: datetime | None
    our_id: UUID | None = None  # what we sent along (`biz_opaque_callback_data`), when it is ours
    recipient: Sender | None = None
    errors: tuple[ProviderError, ...] = ()
    content: JsonObject = field(default_factory=dict)  # pricing, conversation
    failure: str | None = None  # of FAILED: the code of the SendError that it amounts to
    bare_id: str | None = None


@dataclass(frozen=True, slots=True)
class PastMessage:
    """A message of either side from before the number was connected: it takes its place in the timeline, and
    nothing follows from it. `outward`: the business's own, which got as far as `state`."""

    external_id: str
    person: Sender
    outward: bool
    kind: Kind
    sent_at: datetime
    text: str = ""
    media: Media | None = None
    reply_to: str | None = None
    content: JsonObject = field(default_factory=dict)
    state: Delivery | None = None


@dataclass(frozen=True, slots=True)
class IdentityChanged:
    """A customer's number or user id changed: `old` and `new` are the same person."""

    external_id: str
    old: Sender
    new: Sender
    at: datetime | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class MarketingPreference:
    """The customer told the provider to stop or resume marketing messages."""

    sender: Sender
    stop: bool
    at: datetime | None


class TemplateCategory(StrEnum):
    MARKETING = "marketing"  # never to somebody who opted out
    UTILITY = "utility"
    AUTHENTICATION = "authentication"


class TemplateStatus(StrEnum):
    """Only an approved one may be sent."""

    APPROVED = "approved"
    PENDING = "pending"
    REJECTED = "rejected"
    PAUSED = "paused"  # for some hours, as customers blocked or reported it
    DISABLED = "disabled"
    DELETED = "deleted"  # told by the provider; such a record is not kept
    UNKNOWN = "unknown"  # a word that the provider invented since


class TemplateQuality(StrEnum):
    """What customers think of it, as the provider sees it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"  # too few were sent


@dataclass(frozen=True, slots=True)
class TemplateNews:
    """Something about a message template of an account; None: nothing of that. `again`: more changed
    than is told, so it must be asked for again."""

    external_id: str
    name: str
    language: str
    status: TemplateStatus | None = None
    quality: TemplateQuality | None = None
    category: TemplateCategory | None = None
    reason: str = ""  # the provider's word on the status
    again: bool = False


UNLIMITED = -1


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """Anything else about the account or number: kept and shown. `said`: what happened, in a sentence.
    `daily`: how many people the account may now write to first within 24 hours, UNLIMITED or None where
    nothing is said of it. `alarms`: somebody should look, under the name of its `topic`, else its own;
    `ends`: topics that are over."""

    name: str  # the provider's field, e.g. "account_update"
    content: JsonObject
    daily: int | None = None
    said: str = ""
    alarms: bool = True
    topic: str = ""
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """Understood and deliberately without effect (a group message, say); `why` is kept."""

    why: str
    content: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unparsable:
    """An item that we do not understand: kept whole, answered 200, visible in the journal."""

    why: str
    content: JsonValue = None


Event = (
    MessageReceived | EchoReceived | PastMessage | StatusReceived | IdentityChanged | MarketingPreference
    | TemplateNews | AccountNotice | Ignored | Unparsable
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a webhook body: whom it is for and what it says.

    `address` is the provider's own name of the number (Meta: phone_number_id; empty for events of a
    whole account, which then carry `account`, Meta's WABA id).
    """

    address: str
    account: str
    event: Event

    @property
    def external_id(self) -> str | None:
        """The provider's message id, unique for ever; None where there is none."""
        if isinstance(self.event, MessageReceived | EchoReceived | PastMessage | IdentityChanged):
            return self.event.external_id
        return None


TARGET = ":target"  # beside header names: path and query as they came


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A webhook call as it came: nothing decoded, nothing normalised but header names (lower case)."""

    headers: Mapping[str, str]
    body: bytes
    query: str = ""
    path: str = ""

    @property
    def target(self) -> str:
        """Path and query as they stood in the request line."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def kept(self, names: frozenset[str]) -> dict[str, str]:
        """Of headers and TARGET only what the journal keeps, so that the call can be judged again."""
        found = {name: self.headers.get(name, "") for name in names if name != TARGET}
        return found | ({TARGET: self.target} if TARGET in names else {})

    @classmethod
    def again(cls, kept: Mapping[str, str], body: bytes) -> Self:
        """The call that `kept` was made of."""
        path, _, query = kept.get(TARGET, "").partition("?")
        headers = {name: value for name, value in kept.items() if name != TARGET}
        return cls(headers, body, query, path)
