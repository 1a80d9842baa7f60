"""For providers that are asked for news, because they do not call us or because nobody can reach us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from samvad.channels.types.adapter import ChannelCredentials, Outbound
from samvad.channels.types.form import Connection
from samvad.channels.types.wire import RawRequest, StatusReceived
from samvad.kernel.ids import ChannelId, TenantId


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer. `call`: what is new, in the form of a call to the channel's own URL, so that `parse`
    reads it; None: nothing. `cursor`: where to go on once this is stored. `more`: to be asked again at once.
    """

    call: RawRequest | None = None
    cursor: str = ""
    more: bool = False


@runtime_checkable
class Polls(Protocol):
    """What an adapter has besides `ChannelAdapter` when its channels can be asked for news."""

    def poll_pause(self, given: Connection) -> float | None:
        """Seconds between two questions; None: this channel is not asked, its provider calls us."""
        ...

    async def fetch(self, via: ChannelCredentials, cursor: str) -> Fetched:
        """What came after `cursor` ("": whatever there is), within half a minute. Raises SendError."""
        ...

    async def settle(self, via: ChannelCredentials, fetched: Fetched) -> None:
        """After it is stored for good: the provider may forget it. Whoever dies before is told the same
        again, which is recognised. Raises SendError."""
        ...


@dataclass(frozen=True, slots=True)
class Sought:
    """A send whose outcome is unknown. If it was taken at all, then between the two moments by our clock."""

    conversation: UUID
    message: Outbound
    since: datetime
    until: datetime


@runtime_checkable
class ListsSent(Protocol):
    """What an adapter has besides `Polls` when its provider lists what it took from us, without our ids."""

    async def sent_like(self, via: ChannelCredentials, sought: Sought) -> Sequence[StatusReceived]:
        """What became of every message with the same words to the same person from this number that was taken
        then, whoever sent it, the oldest first; nothing for a message without words. Raises SendError."""
        ...


@dataclass(frozen=True, slots=True)
class DuePoll:
    """A channel that is ours to ask until the lease ends; `gen` tells whether it still is."""

    tenant: TenantId
    channel: ChannelId
    version: int  # of the channel, for what is remembered of it
    pause: float
    cursor: str
    failures: int  # in a row
    gen: int
