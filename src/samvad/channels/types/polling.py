"""For providers that are asked for news, because they do not call us or because nobody can reach us."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from samvad.channels.types.adapter import ChannelCredentials
from samvad.channels.types.form import Connection
from samvad.channels.types.wire import RawRequest
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
class DuePoll:
    """A channel that is ours to ask until the lease ends; `gen` tells whether it still is."""

    tenant: TenantId
    channel: ChannelId
    version: int  # of the channel, for what is remembered of it
    pause: float
    cursor: str
    failures: int  # in a row
    gen: int
