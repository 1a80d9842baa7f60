"""Messages that Twilio could not bring us: its own list, asked for now and then, an hour of it at a time.

Twilio tries for seconds. The list knows what came, but less of it than the webhook says (no name, no place,
no button): so it is asked only about what is older than any webhook on its way.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import orjson

from samvad.channels.adapters.reading import number, rows, words
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.adapters.twilio.form import number_of
from samvad.channels.adapters.twilio.people import WHATSAPP
from samvad.channels.adapters.twilio.resources import LISTED, MEDIA
from samvad.channels.errors import Transient
from samvad.channels.types import ChannelCredentials, Fetched, JsonObject, RawRequest

PAUSE = 300.0  # seconds between two questions
LAG = timedelta(minutes=2)  # a webhook takes 15 seconds at most, with every retry
WINDOW = timedelta(hours=1)
PAGE = 100  # of messages with 1,600 characters each: the answer stays below our limit
PAGES = 3  # of one window; a busier number gets shorter ones
_AT_ONCE = 8

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


async def fetch(twilio: Twilio, via: ChannelCredentials, cursor: str, *, now: datetime) -> Fetched:
    """What came between `cursor` and a moment ago, or an hour of it. A new channel begins with now."""
    edge = (now - LAG).replace(microsecond=0)
    since = _moment(cursor) or edge
    if since >= edge:
        return Fetched(cursor=since.strftime(_MOMENT))
    until, found = await _window(twilio, via, since, edge)
    more = until < edge
    if not found:
        return Fetched(cursor=until.strftime(_MOMENT), more=more)
    with_files = await _with_files(twilio, via, found)
    body = orjson.dumps({LISTED: with_files})
    return Fetched(RawRequest({"content-type": "application/json"}, body), until.strftime(_MOMENT), more)


def _moment(cursor: str) -> datetime | None:
    try:
        return datetime.strptime(cursor, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


async def _window(
    twilio: Twilio, via: ChannelCredentials, since: datetime, edge: datetime
) -> tuple[datetime, list[JsonObject]]:
    """The end of the window that could be read, and its messages, the oldest first."""
    length = min(WINDOW, edge - since)
    while True:
        until = since + length
        found = await _pages(twilio, via, since, until)
        if found is not None:
            return until, found
        if length <= timedelta(seconds=1):
            raise Transient(f"more than {PAGE * PAGES} messages in one second")
        length = timedelta(seconds=max(1, length // timedelta(seconds=4)))


async def _pages(
    twilio: Twilio, via: ChannelCredentials, since: datetime, until: datetime
) -> list[JsonObject] | None:
    """None: there are too many."""
    asked = {
        "To": WHATSAPP + number_of(via.address),
        "DateSent>": since.strftime(_MOMENT),
        "DateSent<": until.strftime(_MOMENT),
        "PageSize": PAGE,
    }
    answer = await twilio.listed(via, urlencode(asked))
    found: list[JsonObject] = []
    for _ in range(PAGES):
        found += [entry for entry in rows(answer, "messages") if isinstance(entry, dict)]
        following = words(answer, "next_page_uri")
        if not following:
            return found[::-1]
        answer = await twilio.following(via, following)
    return None


async def _with_files(
    twilio: Twilio, via: ChannelCredentials, found: Sequence[JsonObject]
) -> Sequence[JsonObject]:
    slots = asyncio.Semaphore(_AT_ONCE)

    async def completed(message: JsonObject) -> JsonObject:
        if not number(message, "num_media"):
            return message
        async with slots:
            return {**message, MEDIA: await twilio.files(via, words(message, "sid") or "")}

    return await asyncio.gather(*(completed(message) for message in found))
