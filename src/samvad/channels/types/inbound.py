"""What the door stores: routes, deliveries, items, lanes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.channels.types.wire import Item
from samvad.kernel.ids import ChannelId, TenantId
from samvad.kernel.json import JsonObject


class RouteKind(StrEnum):
    KEY = "key"  # the unguessable part of a channel's own webhook URL
    ADDRESS = "address"  # the provider's name of the number; one active channel each
    ACCOUNT = "account"  # the provider's account, which several channels may share
    VERIFY = "verify"  # SHA-256 of the verify token, for the handshake of a URL without a key


@dataclass(frozen=True, slots=True)
class Route:
    """A line of the directory; secrets as stored, encrypted."""

    kind: RouteKind
    value: str
    tenant: TenantId
    channel: ChannelId
    secret: bytes = field(repr=False)  # what signs its webhooks; several are lines of one text
    verify_token: bytes = field(repr=False)


class Verdict(StrEnum):
    """What the door or the pipeline made of a delivery."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"  # accepted, and all of it had come before
    FORGED = "forged"
    UNROUTED = "unrouted"
    UNPARSABLE = "unparsable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StoredDelivery:
    tenant: UUID  # the nil UUID where no tenant can be named
    id: UUID
    channel: UUID | None
    door: str
    received_at: datetime
    headers: dict[str, str]
    body: bytes
    verdict: Verdict
    items: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A delivery as lists show it: without its body."""

    id: UUID
    channel: UUID | None
    received_at: datetime
    verdict: Verdict
    items: int
    size: int
    note: str
    redriven_at: datetime | None
    duplicates: int  # messages in it that had come before
    waiting: int = 0  # items that are not worked off yet


@dataclass(frozen=True, slots=True)
class JournalFilter:
    verdict: Verdict | None = None
    channel: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One delivery opened: `body` is None where others' numbers are named in it too."""

    line: JournalLine
    headers: Mapping[str, str]
    body: bytes | None
    items: Sequence[Item]
    unconnected: Sequence[str] = ()  # numbers that an unrouted one names and nobody has connected here


@dataclass(frozen=True, slots=True)
class Redriven:
    """What became of driving several again: `refused` says why, by delivery."""

    tried: int
    items: int
    refused: Sequence[tuple[UUID, str]]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class StoredItem:
    tenant: TenantId
    id: UUID
    channel: ChannelId
    lane: str
    delivery: UUID
    event: object  # as codec.event_to_json gives it: orjson writes dataclasses by itself
    sent_at: datetime
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class InboundItem:
    id: UUID
    channel: ChannelId
    lane: str
    delivery: UUID
    event: JsonObject
    sent_at: datetime
    arrived_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class ClaimedLane:
    """A contact's queue that is ours until the lease ends; `gen` tells whether more came since."""

    tenant: TenantId
    channel: ChannelId
    lane: str
    gen: int
    attempts: int
