"""How a number behaves until it is told otherwise: its statuses, its webhooks, its answers to sends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

from samvad.sandbox.jsonio import BadField, Fields, JsonObject, JsonValue


class Until(StrEnum):
    """The last status that a message reaches by itself; `read` needs no reader."""

    NONE = "none"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"


class Order(StrEnum):
    ORDERED = "ordered"
    DISORDERED = "disordered"


class Window(StrEnum):
    """What happens to a free-form message more than 24 hours after the customer's last one."""

    REFUSE = "refuse"
    STATUS = "status"
    OFF = "off"


class Strangers(StrEnum):
    """Recipients that nobody introduced: reachable, failing by status, or refused (131030)."""

    ACCEPT = "accept"
    UNDELIVERABLE = "undeliverable"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from `low` to `high`, drawn by seed."""

    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Statuses:
    """`early`: the first status is posted before the send is answered."""

    until: Until = Until.DELIVERED
    order: Order = Order.ORDERED
    copies: int = 1
    early: bool = False
    failed_code: int | None = None
    sent_ms: int = 20
    delivered_ms: int = 120
    read_ms: int = 600


@dataclass(frozen=True, slots=True)
class Webhooks:
    """`ordered`: an unanswered webhook holds back its customer's later ones. `batch`: items in one POST.
    `stranger`: each POST carries something of a number that is none of ours along."""

    paused: bool = False
    ordered: bool = True
    batch: int = 1
    share_post_with: str | None = None
    duplicates: int = 0
    bad_signature: bool = False
    stranger: bool = False
    latency: Latency = field(default_factory=Latency)
    retry_base_ms: int = 500
    retry_cap_ms: int = 60_000


@dataclass(frozen=True, slots=True)
class Sends:
    latency: Latency = field(default_factory=Latency)
    error_code: int | None = None
    window: Window = Window.REFUSE
    strangers: Strangers = Strangers.ACCEPT
    per_second: int | None = None
    pair_rate: bool = False


class Review(StrEnum):
    """What becomes of a template that is written or edited."""

    APPROVE = "approve"
    REJECT = "reject"
    WAIT = "wait"  # for the control door


class Rating(StrEnum):
    """Of a number, as customers see it."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"


@dataclass(frozen=True, slots=True)
class Templates:
    """`review_ms`: how long a review takes; 0 is at once. `pacing`: so many of a template whose quality is
    unknown leave, the rest waits until it has one or is paused."""

    review: Review = Review.APPROVE
    review_ms: int = 2000
    pacing: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """`tier`: people that the account may write to first within 24 hours, over all its numbers; None:
    any. `marketing_cap`: marketing messages that one person gets within 24 hours. `media_expired`: files of
    customers cannot be fetched any more."""

    tier: int | None = None
    quality: Rating = Rating.GREEN
    marketing_cap: int | None = None
    media_expired: bool = False


@dataclass(frozen=True, slots=True)
class Behaviour:
    statuses: Statuses = field(default_factory=Statuses)
    webhooks: Webhooks = field(default_factory=Webhooks)
    sends: Sends = field(default_factory=Sends)
    templates: Templates = field(default_factory=Templates)
    policy: Policy = field(default_factory=Policy)

    def as_json(self) -> JsonObject:
        return asdict(self)


Reader = Callable[[Fields, str], object]


def _integer(low: int, high: int) -> Reader:
    return lambda fields, name: fields.integer(name, low=low, high=high)


def _nullable(reader: Reader) -> Reader:
    return lambda fields, name: reader(fields, name) if name in fields else None


def _choice(among: type[StrEnum]) -> Reader:
    return lambda fields, name: fields.choice(name, among)


def _flag(fields: Fields, name: str) -> bool:
    return fields.flag(name, default=False)


def _text(fields: Fields, name: str) -> str:
    return fields.text(name, limit=64)


def _latency(fields: Fields, name: str) -> Latency:
    """`200`, `[50, 900]` or `{"low": 50, "high": 900}`."""
    bounds = _bounds(fields.value(name))
    if not all(isinstance(b, int) and not isinstance(b, bool) and 0 <= b <= 600_000 for b in bounds):
        raise BadField(fields.at(name), "must be milliseconds, or a pair of them, up to 600000")
    low, high = (int(str(b)) for b in bounds)
    return Latency(low, max(low, high))


def _bounds(value: JsonValue) -> tuple[JsonValue, JsonValue]:
    if isinstance(value, Mapping):
        return value.get("low", 0), value.get("high", 0)
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 2:
        return value[0], value[1]
    return value, value


_MS = _integer(0, 600_000)
_STATUSES: Mapping[str, Reader] = {
    "until": _choice(Until), "order": _choice(Order), "copies": _integer(1, 5), "early": _flag,
    "failed_code": _nullable(_integer(0, 10**7)), "sent_ms": _MS, "delivered_ms": _MS, "read_ms": _MS,
}  # fmt: skip
_WEBHOOKS: Mapping[str, Reader] = {
    "paused": _flag, "ordered": _flag, "batch": _integer(1, 500), "share_post_with": _nullable(_text),
    "duplicates": _integer(0, 10), "bad_signature": _flag, "stranger": _flag, "latency": _latency,
    "retry_base_ms": _integer(1, 600_000), "retry_cap_ms": _integer(1, 86_400_000),
}  # fmt: skip
_SENDS: Mapping[str, Reader] = {
    "latency": _latency, "error_code": _nullable(_integer(0, 10**7)), "window": _choice(Window),
    "strangers": _choice(Strangers), "per_second": _nullable(_integer(1, 100_000)), "pair_rate": _flag,
}  # fmt: skip
_TEMPLATES: Mapping[str, Reader] = {
    "review": _choice(Review), "review_ms": _MS, "pacing": _nullable(_integer(0, 10**6)),
}  # fmt: skip
_POLICY: Mapping[str, Reader] = {
    "tier": _nullable(_integer(1, 10**7)), "quality": _choice(Rating), "media_expired": _flag,
    "marketing_cap": _nullable(_integer(0, 1000)),
}  # fmt: skip


def merge(behaviour: Behaviour, changes: Fields) -> Behaviour:
    """`behaviour` with the given fields of the given sections changed. Raises BadField."""
    for section in changes:
        if section not in ("statuses", "webhooks", "sends", "templates", "policy"):
            raise BadField(changes.at(section), "is not known")
    return Behaviour(
        statuses=replace(behaviour.statuses, **_read(changes, "statuses", _STATUSES)),  # type: ignore[arg-type]
        webhooks=replace(behaviour.webhooks, **_read(changes, "webhooks", _WEBHOOKS)),  # type: ignore[arg-type]
        sends=replace(behaviour.sends, **_read(changes, "sends", _SENDS)),  # type: ignore[arg-type]
        templates=replace(behaviour.templates, **_read(changes, "templates", _TEMPLATES)),  # type: ignore[arg-type]
        policy=replace(behaviour.policy, **_read(changes, "policy", _POLICY)),  # type: ignore[arg-type]
    )


def _read(changes: Fields, section: str, readers: Mapping[str, Reader]) -> dict[str, object]:
    fields = changes.optional_fields(section) or Fields({})
    for name in fields:
        if name not in readers:
            raise BadField(fields.at(name), "is not known")
    return {name: readers[name](fields, name) for name in fields}
