"""Files of customers at Telegram: an id that lasts, behind it a path good for an hour; 20 MB at most."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import quote

from samvad.channels.adapters import files
from samvad.channels.adapters.reading import words
from samvad.channels.adapters.telegram.api import Bot
from samvad.channels.errors import FileGone, SendError
from samvad.channels.types import Broken, ChannelCredentials, IncomingFile, Media


@asynccontextmanager
async def opened(
    bot: Bot, media: Media, via: ChannelCredentials, *, broken: Broken | None = None
) -> AsyncIterator[IncomingFile]:
    """Telegram calls every file a stream of octets: what the message said of it counts. Raises FileGone,
    SendError."""
    url = bot.file_url(await _path(bot, media, via), via=via)
    async with files.opened(bot.http, url, headers={}, allow=bot.allow, broken=broken) as found:
        yield replace(found, mime_type=media.mime_type or found.mime_type)


async def _path(bot: Bot, media: Media, via: ChannelCredentials) -> str:
    if not media.id:
        raise FileGone("the message names no file")
    try:
        found = await bot.call("getFile", {"file_id": media.id}, via=via)
    except SendError as failure:
        if files.gone(failure):
            raise FileGone(failure.detail) from failure
        raise
    path = words(found, "file_path")
    if not path:
        raise FileGone("the provider names no place of the file")
    return quote(path)
