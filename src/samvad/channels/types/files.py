"""Files that customers send: what an adapter that hands them out must answer."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from samvad.channels.types.adapter import ChannelCredentials
from samvad.channels.types.wire import Media


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """An opened file. `sha256` as the provider states it, None where it does not."""

    mime_type: str | None
    size: int | None
    sha256: bytes | None
    chunks: AsyncIterator[bytes]


@runtime_checkable
class FetchesFiles(Protocol):
    """An adapter whose provider keeps the files of messages for a while."""

    def open_file(
        self, media: Media, *, via: ChannelCredentials
    ) -> AbstractAsyncContextManager[IncomingFile]:
        """Raises FileGone when it is not there any more, else SendError."""
        ...
