"""A connected number and its settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from samvad.channels.types.adapter import ChannelCredentials
from samvad.channels.types.form import Connection
from samvad.channels.types.templates import TemplateChoice
from samvad.channels.types.wire import Provider
from samvad.kernel.ids import ChannelId, OutletId

UNTIL_ACCEPTED = datetime(9999, 1, 1, tzinfo=UTC)  # templates and bulk rest until a person says otherwise


@dataclass(frozen=True, slots=True)
class ReplySettings:
    """How a channel answers; `quiet` and `cap` in milliseconds, 0 = at once."""

    reply_quiet_ms: int = 1200
    reply_cap_ms: int = 6000
    mark_read: str = "reply"  # "reply" | "open" | "never"
    per_second: float | None = None


class ChannelStatus(StrEnum):
    ACTIVE = "active"
    STOPPED = "stopped"  # nothing is sent, the queue is kept; `status_reason` says why
    UNCLAIMED = "unclaimed"  # another channel of this installation answers for the number


@dataclass(frozen=True, slots=True)
class StoredChannel:
    """What is written when a channel is made."""

    id: ChannelId
    outlet: OutletId | None
    provider: Provider
    name: str
    key: str
    address: str
    account: str
    display_address: str
    base_url: str
    options: Mapping[str, str]
    settings: ReplySettings
    credentials: bytes = field(repr=False)

    def connection(self, secrets: Mapping[str, str] | None = None) -> Connection:
        """What was filled in; without `secrets` what may be read again."""
        return Connection(
            self.address, self.account, self.display_address, self.base_url, self.options, secrets or {}
        )


@dataclass(frozen=True, slots=True)
class AccountLimit:
    """How many people an account's numbers may write to first within 24 hours, and how many they have."""

    daily: int
    used: int


class Quality(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the provider says of a number when it is asked. All but `quality` in its own words, in lower case,
    empty where it says nothing; `daily`: recipients, UNLIMITED, or None."""

    quality: Quality = Quality.UNKNOWN
    throughput: str = ""
    name: str = ""
    name_status: str = ""
    state: str = ""
    daily: int | None = None


@runtime_checkable
class TellsStanding(Protocol):
    """What an adapter has besides `ChannelAdapter` when its provider rates numbers."""

    async def standing(self, via: ChannelCredentials) -> Standing:
        """Raises SendError."""
        ...


@dataclass(frozen=True, slots=True)
class Channel(StoredChannel):
    """A number as its tenant sees it."""

    status: ChannelStatus = ChannelStatus.ACTIVE
    status_reason: str = ""
    last_event_at: datetime | None = None
    limit: AccountLimit | None = None
    standing: Standing | None = None
    standing_at: datetime | None = None
    window_template: TemplateChoice | None = None  # what automations send in a closed window
    version: int = 1
    created_at: datetime | None = None
