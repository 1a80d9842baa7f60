"""The port to a provider: what it can do, what it is given, what it must answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol
from uuid import UUID

from samvad.channels.types.content import Content
from samvad.channels.types.wire import Item, Kind, Provider, RawRequest
from samvad.kernel.errors import FieldError
from samvad.kernel.identity import Identity
from samvad.kernel.ids import ChannelId, TenantId
from samvad.kernel.json import JsonObject


@dataclass(frozen=True, slots=True)
class ChannelCredentials:
    """What an adapter needs to speak for one number; decrypted, never logged."""

    channel: ChannelId
    tenant: TenantId
    provider: Provider
    address: str  # Meta: phone_number_id
    account: str  # Meta: WABA id
    access_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    base_url: str
    graph_version: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message to send. `id` is ours and travels to the provider and back in every status; `content` is
    the record of its kind as JSON, nothing for text."""

    id: UUID
    to: tuple[Identity, ...]
    kind: Kind
    text: str = ""
    reply_to: str | None = None  # external id of the message that this one quotes
    target: str | None = None  # external id of the message that a reaction is for
    content: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendReceipt:
    """The provider accepted: its id of the message, and the recipient as it knows them."""

    external_id: str
    recipient: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Capabilities:
    window: bool  # free text only within 24 hours of the customer's last message
    templates: bool
    mark_read: bool
    typing: bool
    text_limit: int
    per_second: int  # default speed limit of one number
    kinds: frozenset[Kind]  # that can be sent


@dataclass(frozen=True, slots=True)
class ProbeStep:
    """One step of a channel's self-test; `detail` says what to do when it failed."""

    name: str
    ok: bool
    detail: str = ""


class ChannelAdapter(Protocol):
    """Translates between a provider and this vocabulary; it neither stores nor decides."""

    provider: ClassVar[Provider]
    capabilities: ClassVar[Capabilities]

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        """What the provider would refuse in it; pure, asked before anything is queued."""
        ...

    def verify(self, request: RawRequest, *, app_secret: str) -> bool:
        """Whether the signature fits the raw body; constant time, never raises."""
        ...

    def addresses(self, body: bytes) -> frozenset[str]:
        """Numbers named in the *unverified* body, only for choosing secrets. Raises MalformedBody."""
        ...

    def parse(self, body: bytes) -> Sequence[Item]:
        """Every item of a body, pure; unknown kinds and broken items too. Raises MalformedBody."""
        ...

    def challenge(self, query: Mapping[str, str], *, verify_token: str) -> str | None:
        """The text that proves ownership of the webhook URL, or None when the token is wrong."""
        ...

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        """Hands a message to the provider. Raises SendError."""
        ...

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        """Shows the customer blue ticks, with `typing` also that an answer is being written."""
        ...

    async def probe(self, via: ChannelCredentials) -> Sequence[ProbeStep]:
        """Asks the provider whether token and number work, and subscribes to its events."""
        ...

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest:
        """A signed webhook call that has no effect, to see whether our public URL leads to us."""
        ...
