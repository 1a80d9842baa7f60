"""Files of messages: what an adapter that hands out customers' files, or takes ours, must answer."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from samvad.channels.types.adapter import ChannelCredentials, Outbound, SendReceipt
from samvad.channels.types.wire import Kind, Media


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """An opened file. `sha256` as the provider states it, None where it does not; `size` of all of it, of
    which `chunks` begin at byte `start`. `validator`: another one when the file is another one."""

    mime_type: str | None
    size: int | None
    sha256: bytes | None
    chunks: AsyncIterator[bytes]
    start: int = 0
    validator: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A download that broke off: so many bytes of a file of this size and validator are here."""

    bytes: int
    size: int
    validator: str


@runtime_checkable
class FetchesFiles(Protocol):
    """An adapter whose provider keeps the files of messages for a while."""

    def open_file(
        self, media: Media, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        """Raises FileGone when it is not there any more, else SendError."""
        ...


@runtime_checkable
class ResumesFiles(Protocol):
    """An adapter that may go on where a download broke off."""

    def resume_file(
        self, media: Media, broken: Broken, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        """From `broken.bytes` on where the provider hands out the rest of the very same file, else from 0."""
        ...


@dataclass(frozen=True, slots=True)
class FileRule:
    """What a provider takes as one kind: media types in lower case with their usual endings (none: any type),
    at most `most` bytes."""

    kind: Kind
    types: Mapping[str, str]
    most: int

    def takes(self, mime_type: str) -> bool:
        return not self.types or mime_type in self.types


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    name: str
    mime_type: str
    content: bytes


@runtime_checkable
class TakesFiles(Protocol):
    """What an adapter that sends files of ours has, whichever way they reach the provider."""

    @staticmethod
    def file_rules() -> Sequence[FileRule]:
        """The first that fits decides as what a file is sent."""
        ...


@runtime_checkable
class SendsFiles(TakesFiles, Protocol):
    """An adapter whose provider takes files themselves, not only links to them."""

    async def send_file(
        self, message: Outbound, file: OutgoingFile, *, via: ChannelCredentials
    ) -> SendReceipt:
        """Hands over the message with its file. Raises SendError."""
        ...


@runtime_checkable
class SendsFileLinks(TakesFiles, Protocol):
    """An adapter whose provider fetches our files itself, so that they need a public address for a while."""

    async def send_link(self, message: Outbound, link: str, *, via: ChannelCredentials) -> SendReceipt:
        """Hands over the message with where its file is, which no failure tells. Raises SendError."""
        ...
