"""Files of customers at Meta: an id good for seven days, behind it a URL good for minutes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from samvad.channels.adapters import files
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.reading import words
from samvad.channels.errors import FileGone, SendError
from samvad.channels.types import Broken, ChannelCredentials, IncomingFile, JsonObject, Media


@asynccontextmanager
async def opened(
    graph: Graph, media: Media, via: ChannelCredentials, *, broken: Broken | None = None
) -> AsyncIterator[IncomingFile]:
    """The URL is asked for anew each time: the one of the webhook may have ended; that it is the same file
    its checksum says. Raises FileGone, SendError."""
    place = await _place(graph, media, via)
    url = words(place, "url")
    if not url:
        raise FileGone("the provider names no place of the file")
    stated = files.digest(words(place, "sha256")) or files.digest(media.sha256)
    validator = files.by_checksum(stated)
    same = broken if broken and broken.validator == validator else None
    headers = graph.authorization(via)
    async with files.opened(graph.http, url, headers=headers, allow=graph.allow, broken=same) as found:
        mime_type = words(place, "mime_type") or found.mime_type
        yield replace(found, mime_type=mime_type, sha256=stated, validator=validator)


async def _place(graph: Graph, media: Media, via: ChannelCredentials) -> JsonObject:
    if not media.id:
        raise FileGone("the message names no file")
    try:
        return await graph.media(media.id, via=via)
    except SendError as failure:
        if files.gone(failure):
            raise FileGone(failure.detail) from failure
        raise
