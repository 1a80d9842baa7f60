"""What Twilio could not bring us: its own list of messages, asked for now and then, an hour of it at a time.

Twilio tries for seconds. The list knows what came, but less of it than the webhook says (no name, no place,
no button): so it is asked only about what is older than any webhook on its way. What became of our own
messages is asked after a gap alone, in which nobody was here to be told.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self
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
GAP = timedelta(minutes=15)  # without a question: we were down
LOOK_BACK = timedelta(hours=1)  # before a gap: what was sent then may have been read in it
OLDEST = timedelta(days=30)  # what is older is no news to anybody
WINDOW = timedelta(hours=1)
PAGE = 100  # of messages with 1,600 characters each: the answer stays below our limit
PAGES = 3  # of one window; a busier number gets shorter ones
_AT_ONCE = 8

MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Place:
    """How far the list was read: of what came, and after a gap of what we sent."""

    came: datetime
    sent: datetime | None = None

    @classmethod
    def of(cls, cursor: str, *, edge: datetime) -> Self:
        """A new channel begins with now; a gap is noticed here."""
        came, _, sent = cursor.partition("/")
        place = cls(_moment(came) or edge, _moment(sent))
        oldest = edge - OLDEST
        if place.sent is None and edge - place.came > GAP:
            place = replace(place, sent=place.came - LOOK_BACK)
        return cls(max(place.came, oldest), place.sent and max(place.sent, oldest))

    def __str__(self) -> str:
        came = self.came.strftime(MOMENT)
        return f"{came}/{self.sent.strftime(MOMENT)}" if self.sent else came


async def fetch(twilio: Twilio, via: ChannelCredentials, cursor: str, *, now: datetime) -> Fetched:
    """What came between `cursor` and a moment ago, or an hour of it, and what became of what we sent."""
    edge = (now - LAG).replace(microsecond=0)
    place, found = Place.of(cursor, edge=edge), []
    if place.came < edge:
        until, came = await _window(twilio, via, "To", place.came, edge)
        place, found = replace(place, came=until), [*await _with_files(twilio, via, came)]
    if place.sent is not None:
        until, ours = await _window(twilio, via, "From", place.sent, edge)
        place, found = replace(place, sent=until if until < edge else None), [*found, *ours]
    more = place.came < edge or place.sent is not None
    if not found:
        return Fetched(cursor=str(place), more=more)
    body = orjson.dumps({LISTED: found})
    return Fetched(RawRequest({"content-type": "application/json"}, body), str(place), more)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


async def _window(
    twilio: Twilio, via: ChannelCredentials, end: str, since: datetime, edge: datetime
) -> tuple[datetime, list[JsonObject]]:
    """The end of the window that could be read, and its messages, the oldest first. `end`: at which of the
    two our number stands."""
    length = min(WINDOW, edge - since)
    while True:
        until = since + length
        found = await _pages(twilio, via, end, since, until)
        if found is not None:
            return until, found
        if length <= timedelta(seconds=1):
            raise Transient(f"more than {PAGE * PAGES} messages in one second")
        length = timedelta(seconds=max(1, length // timedelta(seconds=4)))


async def _pages(
    twilio: Twilio, via: ChannelCredentials, end: str, since: datetime, until: datetime
) -> list[JsonObject] | None:
    """None: there are too many."""
    asked = {
        end: WHATSAPP + number_of(via.address),
        "DateSent>": since.strftime(MOMENT),
        "DateSent<": until.strftime(MOMENT),
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
