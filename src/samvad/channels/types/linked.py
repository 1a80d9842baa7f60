"""For channels that are a phone linked as a device at a gateway of one's own: how the gateway and the link
stand, who can be reached, and the link ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from samvad.channels.types.adapter import ChannelCredentials
from samvad.channels.types.form import Connection


class LinkState(StrEnum):
    OPEN = "open"  # messages come and go
    CONNECTING = "connecting"
    UNLINKED = "unlinked"  # no phone was linked yet
    DROPPED = "dropped"  # the connection was lost: it is asked for again
    LOGGED_OUT = "logged_out"  # ended on the phone, or here
    REPLACED = "replaced"  # another program has the session
    RESTRICTED = "restricted"  # banned for some time
    BANNED = "banned"
    BROKEN = "broken"  # the session cannot be used any more
    UNREACHABLE = "unreachable"  # the gateway does not say
    NONE = "none"  # the channel is no linked device


@dataclass(frozen=True, slots=True)
class Linked:
    """`detail`: what is to be done where it is not open; `number` and `name` of the phone, if known."""

    state: LinkState
    detail: str = ""
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a gateway answers, which version it is, and how long the answer took."""

    ok: bool
    version: str = ""
    milliseconds: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """Whether somebody with this number can be written to."""

    phone: str
    exists: bool


@runtime_checkable
class CapsStrangers(Protocol):
    """What an adapter has besides when too many strangers written to cost the number, and no provider says
    how many are too many."""

    def strangers_daily(self, given: Connection) -> int:
        """How many people who never wrote to it the account may write to within 24 hours."""
        ...


@runtime_checkable
class LinksDevice(Protocol):
    """What an adapter has besides `ChannelAdapter` when its channels are linked devices at a gateway."""

    async def health(self, via: ChannelCredentials) -> Health:
        """Never raises: what is wrong is in it."""
        ...

    async def linked(self, via: ChannelCredentials) -> Linked:
        """Asked of the gateway now. Raises SendError."""
        ...

    async def reconnect(self, via: ChannelCredentials) -> None:
        """Has the gateway connect again with the session that it keeps. Raises SendError."""
        ...

    async def log_out(self, via: ChannelCredentials) -> None:
        """Ends the link; the gateway forgets its session. One that has ended is no failure.
        Raises SendError."""
        ...

    async def reachable(self, via: ChannelCredentials, phones: Sequence[str]) -> Sequence[Reachable]:
        """Of E.164 numbers, in their order. Raises SendError."""
        ...
