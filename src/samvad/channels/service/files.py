"""Opening files that customers sent, at whichever provider keeps them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from samvad.channels.errors import FileGone as FileGone
from samvad.channels.errors import SendError as SendError
from samvad.channels.service.vault import Vault
from samvad.channels.types import (
    Broken,
    ChannelAdapter,
    FetchesFiles,
    IncomingFile,
    Media,
    Provider,
    ResumesFiles,
)
from samvad.kernel.ids import ChannelId, TenantId


class Files:
    def __init__(self, vault: Vault, adapters: Mapping[Provider, ChannelAdapter]) -> None:
        self._vault = vault
        self._adapters = adapters

    @asynccontextmanager
    async def open(
        self, tenant: TenantId, channel: UUID, media: Media, *, broken: Broken | None = None
    ) -> AsyncIterator[IncomingFile]:
        """Where `broken` broke off, if the provider can. Raises FileGone, SendError, NotFound for a channel
        that was deleted."""
        found, credentials = await self._vault.open(tenant, ChannelId(channel), version=None)
        adapter = self._adapters[found.provider]
        if not isinstance(adapter, FetchesFiles):
            raise FileGone(f"{adapter.title} hands out no files")
        if broken is not None and isinstance(adapter, ResumesFiles):
            opened = adapter.resume_file(media, broken, via=credentials)
        else:
            opened = adapter.open_file(media, via=credentials)
        async with opened as file:
            yield file
