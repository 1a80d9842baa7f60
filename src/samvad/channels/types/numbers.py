"""A connected number and its settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from samvad.channels.types.form import Connection
from samvad.channels.types.templates import TemplateChoice
from samvad.channels.types.wire import Provider
from samvad.kernel.ids import ChannelId, OutletId


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


@dataclass(frozen=True, slots=True)
class Channel(StoredChannel):
    """A number as its tenant sees it."""

    status: ChannelStatus = ChannelStatus.ACTIVE
    status_reason: str = ""
    last_event_at: datetime | None = None
    limit: AccountLimit | None = None
    window_template: TemplateChoice | None = None  # what automations send in a closed window
    version: int = 1
    created_at: datetime | None = None
