"""A send whose answer was lost, looked for in Twilio's own list: by both numbers, words, way and time."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from samvad.channels.adapters.reading import number, rows, words
from samvad.channels.adapters.twilio import choices, payloads, statuses
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.adapters.twilio.api import moment as clock_of
from samvad.channels.adapters.twilio.missed import MOMENT, PAGE, PAGES
from samvad.channels.adapters.twilio.resources import in_words, moment
from samvad.channels.codec import content_from_json
from samvad.channels.types import (
    Buttons,
    ChannelCredentials,
    JsonObject,
    Kind,
    ListMessage,
    Outbound,
    Sought,
    StatusReceived,
    TemplateMessage,
)
from samvad.kernel.clock import Clock
from samvad.kernel.text import storable

_SKEW = timedelta(minutes=1)  # between Twilio's clock and ours, where it does not tell its own
_SLACK = timedelta(seconds=15)  # where it does: an answer, and a second, take their time
_OURS = "outbound-api"  # others are answers of a flow, or calls


async def like(
    twilio: Twilio, via: ChannelCredentials, sought: Sought, *, clock: Clock
) -> Sequence[StatusReceived]:
    """Every message to the same person with the same words that Twilio took then, the oldest first; none
    where words prove nothing, or where there are too many to read."""
    said, since = _words(sought.message), sought.since - _SKEW
    if not said:
        return []
    ends = payloads.ends(sought.message, via=via)
    asked = {**ends, "DateSent>": since.strftime(MOMENT), "PageSize": PAGE}
    answer, theirs = await twilio.listed_at(via, urlencode(asked))
    taken, found = _span(sought, theirs - clock.now() if theirs else None), list[JsonObject]()
    for _ in range(PAGES):
        found += [entry for entry in rows(answer, "messages") if isinstance(entry, dict)]
        following = words(answer, "next_page_uri")
        if not following:
            service = via.option("messaging_service_sid")
            mine = [one for one in found if _as_we_send(one, ends, service=service)]
            return list(_fitting(mine, taken, sought, said))[::-1]
        answer = await twilio.following(via, following)
    return []


def _span(sought: Sought, ahead: timedelta | None) -> tuple[datetime, datetime]:
    """When Twilio took it, by its own clock."""
    slack = _SKEW if ahead is None else _SLACK
    shift = ahead or timedelta()
    return sought.since + shift - slack, sought.until + shift + slack


def _as_we_send(entry: JsonObject, ends: payloads.Form, *, service: str) -> bool:
    """By the API, between these two, and through our messaging service if we have one: a console or another
    program may send otherwise."""
    same = (words(entry, "to"), words(entry, "from")) == (ends["To"], ends["From"])
    through = (words(entry, "messaging_service_sid") or "") == service
    return same and through and words(entry, "direction") in (None, _OURS)


def _words(message: Outbound) -> str:
    """As the list tells them."""
    if message.kind is Kind.TEXT:
        return storable(message.text).strip()
    content = content_from_json(message.kind, message.content)
    if isinstance(content, TemplateMessage):
        return content.said.strip()
    if isinstance(content, Buttons | ListMessage):
        return storable(content.body).strip()
    return payloads.said_of(content).get("Body", "").strip()


def _fitting(
    listed: Sequence[JsonObject], taken: tuple[datetime, datetime], sought: Sought, said: str
) -> Iterator[StatusReceived]:
    """The first is the newest. A template's file may be counted or not."""
    files = sought.message.kind not in (Kind.TEXT, Kind.LOCATION, Kind.TEMPLATE, *choices.KINDS)
    for entry in listed:
        sid, at = words(entry, "sid"), clock_of(words(entry, "date_created") or "")
        counted = sought.message.kind is Kind.TEMPLATE or bool(number(entry, "num_media")) is files
        if not (sid and at and counted and (words(entry, "body") or "").strip() == said):
            continue
        if taken[0] <= at <= taken[1]:
            yield statuses.status(in_words(entry), sid, named="", at=moment(entry))
