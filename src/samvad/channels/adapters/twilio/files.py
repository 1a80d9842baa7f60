"""Files of customers at Twilio: a URL of its own, behind credentials, redirecting to a storage."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from samvad.channels.adapters import files
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.errors import FileGone
from samvad.channels.types import Broken, ChannelCredentials, IncomingFile, Media


@asynccontextmanager
async def opened(
    twilio: Twilio, media: Media, via: ChannelCredentials, *, broken: Broken | None = None
) -> AsyncIterator[IncomingFile]:
    """The credentials go to Twilio's own host alone, whatever the message says.
    Raises FileGone, SendError."""
    if not media.url:
        raise FileGone("the message names no file")
    ours = urlsplit(media.url)[:2] == urlsplit(via.base_url)[:2]
    headers = twilio.authorization(via) if ours else {}
    async with files.opened(
        twilio.http, media.url, headers=headers, allow=twilio.allow, broken=broken
    ) as found:
        yield found
