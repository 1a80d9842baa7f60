"""The sandbox's own vocabulary: numbers, customers, messages and the rules that make sends go wrong."""

from dataclasses import dataclass, field
from enum import StrEnum

from samvad.sandbox.behaviour import Behaviour
from samvad.sandbox.jsonio import JsonObject


class Fault(StrEnum):
    """What happens to the next sends or webhooks that a rule meets."""

    ERROR = "error"  # refused with `code`
    SERVER_ERROR = "server_error"
    RATE_LIMITED = "rate_limited"
    EXPIRED_TOKEN = "expired_token"  # noqa: S105 - the name of a fault
    PAIR_RATE = "pair_rate"
    FAILED = "failed"  # accepted, then a failed status with `code`
    UNDELIVERABLE = "undeliverable"
    TIMEOUT_BEFORE_ACCEPT = "timeout_before_accept"
    CLOSE_BEFORE_ACCEPT = "close_before_accept"
    TIMEOUT_AFTER_ACCEPT = "timeout_after_accept"
    CLOSE_AFTER_ACCEPT = "close_after_accept"
    CUT_AFTER_ACCEPT = "cut_after_accept"
    ERROR_AFTER_ACCEPT = "error_after_accept"
    WEBHOOK_BAD_SIGNATURE = "webhook_bad_signature"  # first attempt only; the retry is signed well
    WEBHOOK_DUPLICATE = "webhook_duplicate"

    @property
    def of_webhooks(self) -> bool:
        return self in (Fault.WEBHOOK_BAD_SIGNATURE, Fault.WEBHOOK_DUPLICATE)


@dataclass(frozen=True, slots=True)
class Rule:
    """The next `remaining` sends (None: all) of that recipient and kind meet `fault`."""

    id: int
    fault: Fault
    remaining: int | None = 1
    code: int | None = None
    http_status: int | None = None
    recipient: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    phone_number_id: str
    waba_id: str
    display_phone_number: str
    access_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    webhook_url: str
    verify_token: str = field(repr=False)
    tenant: str
    subscribed: bool = True
    verified: bool = False
    clock_offset_ms: int = 0
    behaviour: Behaviour = field(default_factory=Behaviour)
    rules: tuple[Rule, ...] = ()

    @property
    def wa_id(self) -> str:
        return "".join(c for c in self.display_phone_number if c.isdigit())


@dataclass(frozen=True, slots=True)
class Customer:
    """`phone` is digits, or None for one who has only a business-scoped id."""

    id: int
    name: str
    phone: str | None
    wa_id: str | None
    bsuid: str
    last_wrote_ms: int | None = None
    typing_until_ms: int = 0


class Direction(StrEnum):
    IN = "in"  # from the customer
    OUT = "out"  # from the business
    ECHO = "echo"  # typed on the business's own phone


class State(StrEnum):
    """Ticks, in their order; `failed` stands aside."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the ledger; `content` is what its kind holds on the wire."""

    id: int
    wamid: str
    customer_id: int
    direction: Direction
    kind: str
    content: JsonObject
    state: State
    at_ms: int
    reply_to: str | None = None
    client_id: str | None = None
    error_code: int | None = None
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Webhook:
    """One change item that waits for its 200. `lane` is the customer whose order it keeps."""

    phone_number_id: str
    lane: str
    field: str
    value: JsonObject
    due_ms: int
    message_id: int | None = None
    state: State | None = None
    bad_signatures: int = 0
