"""The port to a provider: what it can do, what it is given, what it must answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, runtime_checkable
from uuid import UUID

from samvad.channels.types.content import Content
from samvad.channels.types.form import FormField, Guide
from samvad.channels.types.wire import Item, Kind, Provider, RawRequest
from samvad.kernel.errors import FieldError
from samvad.kernel.identity import Identity
from samvad.kernel.ids import ChannelId, TenantId
from samvad.kernel.json import JsonObject


@dataclass(frozen=True, slots=True)
class ChannelCredentials:
    """What an adapter needs to speak for one number; decrypted, never logged. Names of `options` and
    `secrets` are those of the adapter's form."""

    channel: ChannelId
    tenant: TenantId
    provider: Provider
    address: str  # Meta: phone_number_id
    account: str  # Meta: WABA id
    base_url: str
    webhook_url: str  # the channel's own door, as the provider calls it
    options: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def option(self, name: str) -> str:
        return self.options.get(name, "")

    def secret(self, name: str) -> str:
        return self.secrets.get(name, "")


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message to send. `id` is ours and travels to the provider and back in every status; `content` is
    the record of its kind as JSON, nothing for text; `file`: we hold the file that belongs to it."""

    id: UUID
    to: tuple[Identity, ...]
    kind: Kind
    text: str = ""
    reply_to: str | None = None  # external id of the message that this one quotes
    target: str | None = None  # external id of the message that a reaction is for
    content: JsonObject = field(default_factory=dict)
    file: bool = False

    @property
    def marketing(self) -> bool:
        return self.kind is Kind.TEMPLATE and self.content.get("category") == "marketing"


@dataclass(frozen=True, slots=True)
class SendReceipt:
    """The provider accepted: its id of the message, and the recipient as it knows them. `waits`: why it keeps
    the message for now, as a reason."""

    external_id: str
    recipient: tuple[Identity, ...] = ()
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Capabilities:
    window: bool  # free text only within 24 hours of the customer's last message
    templates: bool
    mark_read: bool
    typing: bool
    text_limit: int
    per_second: int  # default speed limit of one number
    kinds: frozenset[Kind]  # that can be sent
    by_phone: bool = False  # who has a number can be written to, whether or not they wrote
    counts_incoming: bool = False  # what customers send uses up the same limit
    shared_secret: bool = False  # a call shows the secret itself: with a wrong one it is 401, not 403


@dataclass(frozen=True, slots=True)
class ProbeStep:
    """One step of a channel's self-test; `detail` says what to do when it failed."""

    name: str
    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The body of a 200 to the provider."""

    content_type: str = "text/plain; charset=utf-8"
    body: bytes = b""


class ChannelAdapter(Protocol):
    """Translates between a provider and this vocabulary; it neither stores nor decides."""

    provider: ClassVar[Provider]
    family: ClassVar[str]  # its door is /webhooks/{family}; addresses are unique within it
    title: ClassVar[str]  # for people
    form: ClassVar[Sequence[FormField]]
    guide: ClassVar[Guide]
    proofs: ClassVar[Sequence[str]]  # secrets that its webhooks may be signed with, each by itself
    handshake_word: ClassVar[str]  # the secret that a handshake must name; "": there is no handshake
    kept: ClassVar[frozenset[str]]  # headers (and TARGET) that verifying and parsing need
    acknowledgement: ClassVar[Acknowledgement]
    capabilities: ClassVar[Capabilities]

    @property
    def official(self) -> str:
        """The provider's own base URL: only its word is proof of who controls a number. Empty: there is no
        provider, a base URL is the tenant's own program, and may be missing."""
        ...

    @property
    def house_secret(self) -> str:
        """What signs webhooks of numbers that are not connected here; empty: nothing does."""
        ...

    def complete(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """A filled-in form with what follows from it: defaults, an address that a token holds.
        Raises Invalid."""
        ...

    @staticmethod
    def faults(content: Content) -> Sequence[FieldError]:
        """What the provider would refuse in it; pure, asked before anything is queued."""
        ...

    def verify(self, request: RawRequest, *, secret: str) -> bool:
        """Whether the call is signed with one of `proofs`, those that are filled in standing one a line;
        constant time, never raises."""
        ...

    def addresses(self, request: RawRequest) -> frozenset[str]:
        """Numbers that the call names, which nobody has verified. Raises MalformedBody."""
        ...

    def parse(self, request: RawRequest) -> Sequence[Item]:
        """Every item of a call, pure; unknown kinds and broken items too. Raises MalformedBody.

        An item that names neither number nor account is for the channel whose own door it came to.
        """
        ...

    def offered(self, query: Mapping[str, str]) -> str:
        """The token that a handshake offers, to find its channel by."""
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
        """Asks the provider whether token and number work, and has it call our webhook."""
        ...

    def test_handshake(self, via: ChannelCredentials, *, nonce: str) -> str | None:
        """The query of a handshake that must be answered with `nonce`; None where there is none."""
        ...

    def test_event(self, via: ChannelCredentials, *, nonce: str) -> RawRequest | None:
        """A signed webhook call that has no effect, to see whether our public URL leads to us; None: the
        provider does not call this channel."""
        ...


@runtime_checkable
class Acknowledges(Protocol):
    """What an adapter has besides when the body of its 200 depends on the call."""

    def acknowledge(self, request: RawRequest) -> Acknowledgement:
        """For a call that was taken in; never raises."""
        ...


@runtime_checkable
class Redacts(Protocol):
    """An adapter whose provider puts secrets into the bodies of its calls."""

    def redacted(self, body: bytes) -> bytes:
        """As the journal may keep it: what parsing needs is still there. Never raises."""
        ...


@runtime_checkable
class PointsWebhook(Protocol):
    """An adapter whose provider is told by a call where webhooks go, apart from what its self-test does."""

    async def point_webhook(self, via: ChannelCredentials) -> ProbeStep:
        """To the channel's own door, as `via` names it. What is wrong is in the step."""
        ...


def proof(adapter: type[ChannelAdapter] | ChannelAdapter, secrets: Mapping[str, str]) -> str:
    """What `verify` is given: the secrets that prove a webhook, one a line."""
    return "\n".join(secrets[name] for name in adapter.proofs if secrets.get(name))
