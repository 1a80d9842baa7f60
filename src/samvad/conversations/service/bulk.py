"""One text to many by the lane that everything else goes before, and what became of it for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from samvad.channels.service import contents, outbox
from samvad.channels.types import Kind, Priority, Purpose
from samvad.conversations.repository import bulk, conversations, inbox, messages
from samvad.conversations.service import agents, outgoing, starting
from samvad.conversations.service.announce import announce
from samvad.conversations.types import (
    Author,
    Conversation,
    MessageStatus,
    NewMessage,
    Source,
    TraceStage,
)
from samvad.conversations.types.bulk import Progress
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import MessageId, new_id
from samvad.kernel.phone import BadPhone, typed_to_e164
from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.service import tenants

_PREFIX = "bulk:"
_NEWEST = timedelta(days=7)
_AROUND = timedelta(days=1)  # of the moment that stands in a bulk's id


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a bulk made of one number, as it was given: a message, or the reason why there is none."""

    phone: str
    number: str | None = None
    conversation: UUID | None = None
    message: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bulk:
    id: UUID
    recipients: Sequence[Recipient]


async def send(
    scope: Scope, channel: UUID, text: str, phones: Sequence[str], *, at: datetime, correlation: str
) -> Bulk:
    """Nobody gets it twice, nor whoever opted out, nor outside the window of an official number. Who answers
    a conversation does not change. Raises NotFound, NotByPhone, Invalid, Conflict."""
    found = await contents.channel_by_phone(scope, channel)
    if not text.strip():
        raise Invalid(errors=[FieldError("text", "is empty")])
    await contents.check_text(scope, channel, text)
    numbers = _numbers(phones, region=(await tenants.get_tenant(scope)).settings.country)
    wanted = [number for number in dict.fromkeys(numbers.values()) if number]
    people = await starting.talks(scope, found, wanted, at=at) if wanted else []
    closed = await _closed(scope, [talk for _, talk in people], at=at)
    talks: dict[str, Conversation] = {}
    refused: dict[str, str] = {}
    for number, (person, talk) in zip(wanted, people, strict=True):
        if person.opted_out or talk.id in closed:
            refused[number] = "opted_out" if person.opted_out else "window_closed"
        elif talk in talks.values():
            refused[number] = "same_person"
        else:
            talks[number] = talk
    id_ = new_id()
    rows = {n: _row(scope, talk, text, bulk=id_, at=at, correlation=correlation) for n, talk in talks.items()}
    await _queue(scope, talks, rows, at=at)
    return Bulk(id_, [_told(phone, numbers, talks, rows, refused) for phone in phones])


async def newest(scope: ReadScope, channel: UUID, *, now: datetime) -> UUID | None:
    """Of the last week."""
    client = await bulk.newest(scope, channel, prefix=_PREFIX, since=now - _NEWEST)
    return UUID(client.removeprefix(_PREFIX)) if client else None


async def progress(scope: ReadScope, channel: UUID, id: UUID) -> Sequence[Progress]:
    """How far each of its messages is; nothing for one that is not of this channel."""
    made = datetime.fromtimestamp((id.int >> 80) / 1000, UTC) if id.version == 7 else None
    if made is None:
        return []
    return await bulk.progress(scope, channel, _client(id), since=made - _AROUND, until=made + _AROUND)


async def sent_today(scope: ReadScope, channel: UUID, *, now: datetime) -> int:
    """By the business's own calendar, from here and from the phone."""
    zone = ZoneInfo((await tenants.get_tenant(scope)).settings.time_zone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return await bulk.sent_since(scope, channel, since=midnight.astimezone(UTC))


def _client(bulk_id: UUID) -> str:
    return f"{_PREFIX}{bulk_id}"


def _numbers(phones: Sequence[str], *, region: str) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    for phone in phones:
        try:
            found[phone] = typed_to_e164(phone, region=region)
        except BadPhone:
            found[phone] = None
    return found


async def _closed(scope: Scope, talks: Sequence[Conversation], *, at: datetime) -> set[UUID]:
    views = await inbox.some(scope, [talk.id for talk in talks]) if talks else []
    return {v.id for v in views if v.has_window and not (v.window_until and v.window_until > at)}


def _row(
    scope: Scope, talk: Conversation, text: str, *, bulk: UUID, at: datetime, correlation: str
) -> NewMessage:
    return NewMessage(
        id=MessageId(new_id()),
        conversation=talk.id,
        channel=talk.channel,
        direction="out",
        author=Author.AGENT,
        kind=Kind.TEXT,
        text=text,
        status=MessageStatus.QUEUED,
        sort_at=outgoing.next_sort(talk, at),
        created_at=at,
        source=Source.AGENT,
        client_id=_client(bulk),
        member=scope.actor.member,
        correlation=correlation,
        trace=(TraceStage("agent", "wrote_to_many"),),
    )


async def _queue(
    scope: Scope, talks: Mapping[str, Conversation], rows: Mapping[str, NewMessage], *, at: datetime
) -> None:
    if not rows:
        return
    fresh = [talk.id for talk in talks.values() if talk.created]
    for number, talk in talks.items():
        outgoing.show(talk, rows[number])
    await messages.insert(scope, list(rows.values()))
    to = await agents.recipients(scope, [talk.id for talk in talks.values()])
    queue = [
        replace(
            outgoing.queued(talk, rows[number], Purpose.BULK, to.get(talk.id, [])), priority=Priority.BULK
        )
        for number, talk in talks.items()
    ]
    await outbox.enqueue(scope, queue, at=at)
    await conversations.save(scope, list(talks.values()), at=at)
    await announce(
        scope,
        at=at,
        created=[row.id for row in rows.values()],
        conversations=[talk.id for talk in talks.values()],
        new_conversations=fresh,
    )


def _told(
    phone: str,
    numbers: Mapping[str, str | None],
    talks: Mapping[str, Conversation],
    rows: Mapping[str, NewMessage],
    refused: Mapping[str, str],
) -> Recipient:
    number = numbers[phone]
    if number is None:
        return Recipient(phone, reason="bad_phone")
    if number in refused:
        return Recipient(phone, number, reason=refused[number])
    return Recipient(phone, number, talks[number].id, rows[number].id)
