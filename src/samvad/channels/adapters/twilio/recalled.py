"""A send whose answer was lost, looked for in Twilio's own list: by both numbers, words and time."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from samvad.channels.adapters.reading import number, rows, words
from samvad.channels.adapters.twilio import payloads, statuses
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.adapters.twilio.missed import MOMENT, PAGE, PAGES
from samvad.channels.adapters.twilio.resources import in_words, moment
from samvad.channels.codec import content_from_json
from samvad.channels.types import (
    ChannelCredentials,
    JsonObject,
    Kind,
    Outbound,
    Sought,
    StatusReceived,
    TemplateMessage,
)
from samvad.kernel.text import storable

_SKEW = timedelta(minutes=1)  # between Twilio's clock and ours


async def like(twilio: Twilio, via: ChannelCredentials, sought: Sought) -> Sequence[StatusReceived]:
    """Every message to the same person with the same words that Twilio took then, the oldest first; none
    where words prove nothing, or where there are too many to read."""
    said, since = _words(sought.message), sought.since - _SKEW
    if not said:
        return []
    ends = payloads.ends(sought.message, via=via)
    asked = {**ends, "DateSent>": since.strftime(MOMENT), "PageSize": PAGE}
    answer, found = await twilio.listed(via, urlencode(asked)), list[JsonObject]()
    for _ in range(PAGES):
        found += [entry for entry in rows(answer, "messages") if isinstance(entry, dict)]
        following = words(answer, "next_page_uri")
        if not following:
            return list(_fitting(found, ends, sought, said))[::-1]
        answer = await twilio.following(via, following)
    return []


def _words(message: Outbound) -> str:
    """As the list tells them."""
    if message.kind is Kind.TEXT:
        return storable(message.text).strip()
    content = content_from_json(message.kind, message.content)
    if isinstance(content, TemplateMessage):
        return content.said.strip()
    return payloads.said_of(content).get("Body", "").strip()


def _fitting(
    listed: Sequence[JsonObject], ends: payloads.Form, sought: Sought, said: str
) -> Iterator[StatusReceived]:
    """The first is the newest. A template's file may be counted or not."""
    files = sought.message.kind not in (Kind.TEXT, Kind.LOCATION, Kind.TEMPLATE)
    for entry in listed:
        sid, at = words(entry, "sid"), _taken(entry)
        same = (words(entry, "to"), words(entry, "from")) == (ends["To"], ends["From"])
        counted = sought.message.kind is Kind.TEMPLATE or bool(number(entry, "num_media")) is files
        if not (sid and at and same and counted and (words(entry, "body") or "").strip() == said):
            continue
        if sought.since - _SKEW <= at <= sought.until + _SKEW:
            yield statuses.status(in_words(entry), sid, named="", at=moment(entry))


def _taken(entry: JsonObject) -> datetime | None:
    try:
        found = parsedate_to_datetime(words(entry, "date_created") or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
