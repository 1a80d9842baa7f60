"""The gateway's own list of messages: what its calls did not bring while we were away, and what became of a
send whose answer was lost."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson

from samvad.channels.adapters.evolution import kinds, people, statuses
from samvad.channels.adapters.evolution.api import Gateway
from samvad.channels.adapters.evolution.events import LISTED
from samvad.channels.adapters.reading import ident, moment, objekt, rows, words
from samvad.channels.codec import content_from_json
from samvad.channels.errors import Transient
from samvad.channels.types import (
    ChannelCredentials,
    Delivery,
    Fetched,
    JsonObject,
    JsonValue,
    Kind,
    Outbound,
    RawRequest,
    Sought,
    StatusReceived,
)
from samvad.kernel.text import storable

PAUSE = 60.0  # seconds between two questions
_LAG = timedelta(minutes=2)  # before that a call may be on its way
_OLDEST = timedelta(days=7)  # what is older is no news to anybody
_SKEW = timedelta(minutes=1)  # between the gateway's clock and ours
_PAGE, _PAGES = 50, 20
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Span:
    since: datetime
    until: datetime

    def holds(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at <= self.until

    def as_filter(self) -> JsonObject:
        """Releases that do not know it answer everything, the newest first."""
        return {"gte": self.since.strftime(_MOMENT), "lte": self.until.strftime(_MOMENT)}


async def missed(gateway: Gateway, via: ChannelCredentials, cursor: str, *, now: datetime) -> Fetched:
    """What came and went between `cursor` and a moment ago; a new channel begins with now.
    Raises SendError."""
    edge = (now - _LAG).replace(microsecond=0)
    since = max(_moment(cursor) or edge, edge - _OLDEST)
    if since >= edge:
        return Fetched(cursor=cursor or edge.strftime(_MOMENT))
    until, found = await _window(gateway, via, Span(since, edge))
    reached, more = until.strftime(_MOMENT), until < edge
    if not found:
        return Fetched(cursor=reached, more=more)
    body = orjson.dumps({"event": LISTED, "data": found})
    return Fetched(RawRequest({"content-type": "application/json"}, body), reached, more)


async def _window(gateway: Gateway, via: ChannelCredentials, span: Span) -> tuple[datetime, list[JsonObject]]:
    """Up to where it could be read, and its messages, the oldest first."""
    while True:
        try:
            found = [one async for one in _records(gateway, via, span, {})]
        except _TooMany:
            if span.until - span.since <= timedelta(seconds=1):
                raise Transient(f"more than {_PAGE * _PAGES} messages in one second") from None
            shorter = timedelta(seconds=max(1, (span.until - span.since) // timedelta(seconds=4)))
            span = Span(span.since, span.since + shorter)
            continue
        return span.until, found[::-1]


class _TooMany(Exception):
    """More pages than are read at once."""


async def _records(
    gateway: Gateway, via: ChannelCredentials, span: Span, key: JsonObject
) -> AsyncIterator[JsonObject]:
    """The newest first."""
    where: JsonObject = {"messageTimestamp": span.as_filter(), **({"key": key} if key else {})}
    for page in range(1, _PAGES + 1):
        asked: JsonObject = {"where": where, "page": page, "offset": _PAGE}
        listed = rows(objekt(await gateway.found(asked, via=via), "messages"), "records")
        records = [one for one in listed if isinstance(one, dict)]
        times = [_at(one, span) for one in records]
        for record, at in zip(records, times, strict=True):
            if span.holds(at):
                yield record
        if len(listed) < _PAGE or any(at is not None and at < span.since for at in times):
            return
    raise _TooMany


def _at(record: JsonValue, span: Span) -> datetime | None:
    return moment(record, "messageTimestamp", latest=span.until + timedelta(days=365))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


async def like(gateway: Gateway, via: ChannelCredentials, sought: Sought) -> Sequence[StatusReceived]:
    """Every message of ours to the same person with the same words that the gateway took then, the oldest
    first; that one alone which bears the id that we gave it. Raises SendError."""
    message, span = sought.message, Span(sought.since - _SKEW, sought.until + _SKEW)
    try:
        found = [one async for one in _records(gateway, via, span, {"fromMe": True})]
    except _TooMany:
        return []
    ours = people.message_id(message.id)
    named = [one for one in found if ident(objekt(one, "key"), "id") == ours]
    return [_taken(one) for one in (named or [*_fitting(found, message)])][::-1]


def _fitting(found: Sequence[JsonObject], message: Outbound) -> Iterator[JsonObject]:
    said = _words(message)
    wanted = {jid for one in message.to for jid in _jids(one.value)}
    for record in found:
        key, inner = objekt(record, "key"), kinds.opened(objekt(record, "message"))
        read = kinds.read(inner, sent=True)
        same = said and (read.text.strip(), read.kind) == (said, message.kind)
        if same and wanted & set(people.chats(key)):
            yield record


def _jids(value: str) -> tuple[str, str]:
    bare = value.removeprefix("+")
    return people.jid(f"{bare}@s.whatsapp.net"), people.jid(f"{bare}@lid")


def _words(message: Outbound) -> str:
    """Nothing for what has no words: that proves nothing."""
    if message.kind is Kind.TEXT:
        return storable(message.text).strip()
    return storable(content_from_json(message.kind, message.content).text).strip()


def _taken(record: JsonObject) -> StatusReceived:
    key = objekt(record, "key")
    id_ = ident(key, "id") or ""
    named = people.chats(key)
    noted = statuses.furthest(words(one, "status") or "" for one in rows(record, "MessageUpdate"))
    return StatusReceived(
        external_id=people.external_id(named[0], id_) if named else id_,
        state=noted or Delivery.SENT,
        at=None,
        recipient=people.person(key),
        bare_id=id_,
    )
