"""For channels that are a phone linked as a device: the code that the phone has to see."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from samvad.channels.types.adapter import ChannelCredentials


class PairingState(StrEnum):
    CODE = "code"  # scan `image` with the phone
    PAIRED = "paired"
    BLOCKED = "blocked"  # the messenger banned the phone's number; `detail` says so
    NONE = "none"  # its provider links no phone by a code
    LATER = "later"  # no code just now; `detail` says why


@dataclass(frozen=True, slots=True)
class Pairing:
    """`image`: PNG of a QR code, good for `seconds`; whoever scans it links a phone, so it is a secret, as is
    `code`, which is typed in its place where the provider gives one."""

    state: PairingState
    image: bytes = field(default=b"", repr=False)
    seconds: int = 0
    detail: str = ""
    code: str = field(default="", repr=False)


@runtime_checkable
class Pairs(Protocol):
    """What an adapter has besides `ChannelAdapter` when its channels are linked by a code."""

    async def pair(self, via: ChannelCredentials) -> Pairing:
        """The code of the moment. Raises SendError."""
        ...
