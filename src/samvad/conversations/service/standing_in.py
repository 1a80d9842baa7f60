"""Words that met a closed window: the channel's template says them, once, or they are held for a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from uuid import UUID

from samvad.channels.rules.templates import REPLY
from samvad.channels.service import outbox, window_templates, windows
from samvad.channels.service.window_templates import StandIn
from samvad.channels.types import Kind, Purpose
from samvad.conversations.repository import conversations, messages, standing
from samvad.conversations.repository.messages import Messages
from samvad.conversations.repository.progress import SENT_AGAIN
from samvad.conversations.repository.standing import SENT_AS_TEMPLATE, Part
from samvad.conversations.rules import MADE_BY_CONSENT
from samvad.conversations.service import outgoing, wordings
from samvad.conversations.service.agents import recipient
from samvad.conversations.types import (
    Author,
    Conversation,
    Message,
    MessageStatus,
    Mode,
    NewMessage,
    Source,
    TraceStage,
)
from samvad.kernel.ids import MessageId, new_id
from samvad.platform.db import Scope

CLOSED = "window_closed"


@dataclass(frozen=True, slots=True)
class Met:
    """A message that this transaction found held. `told`: by the provider, where the gate had let it pass."""

    message: Message
    automatic: bool
    told: bool


@dataclass(slots=True)
class Stood:
    """`handled`: messages for which nobody has to be called."""

    handled: set[UUID] = field(default_factory=set)
    created: list[MessageId] = field(default_factory=list)
    updated: set[UUID] = field(default_factory=set)
    changed: dict[UUID, Conversation] = field(default_factory=dict)
    shut: set[UUID] = field(default_factory=set)  # conversations whose window we thought open


async def stand_in(
    scope: Scope,
    met: Sequence[Met],
    *,
    at: datetime,
    known: Mapping[UUID, Conversation] = MappingProxyType({}),
) -> Stood:
    """Once for each reply, however many of its parts were held, and however often. `known`: see
    `conversations.lock`."""
    stood = Stood()
    if not met:
        return stood
    locked = await conversations.lock(scope, [one.message.conversation for one in met], known=known)
    answers = [one.message.id for one in met if one.automatic and one.message.kind == Kind.TEXT]
    found = await standing.parts(scope, answers) if answers else []
    for _, parts in groupby(sorted(found, key=_reply), key=_reply):
        reply = list(parts)
        await _take_over(scope, locked[reply[0].conversation], reply, set(answers), stood, at=at)
    stood.shut.update(_shut(met, locked))
    await windows.shut(scope, sorted(stood.shut), at=at)  # after the rows, as the gate locks them
    await conversations.save(scope, list(stood.changed.values()), at=at)
    return stood


def _reply(part: Part) -> tuple[UUID, datetime, str]:
    return part.conversation, part.created_at, part.correlation


def _shut(met: Iterable[Met], locked: dict[UUID, Conversation]) -> list[UUID]:
    """Conversations of which the provider says that they are closed, and nobody has written since."""
    told = ((locked.get(one.message.conversation), one.message.created_at) for one in met if one.told)
    return [talk.id for talk, made_at in told if talk and not _wrote(talk, made_at)]


def _wrote(talk: Conversation, since: datetime) -> bool:
    return talk.last_inbound_at is not None and talk.last_inbound_at > since


async def _take_over(
    scope: Scope, talk: Conversation, reply: list[Part], met: set[UUID], stood: Stood, *, at: datetime
) -> None:
    held = [part.id for part in reply if part.id in met]
    key = f"window:{reply[0].id}"
    if await Messages(scope).by_client(talk.id, key):
        stood.handled.update(held)
        return
    channel = await window_templates.with_one(scope, talk.channel)
    if channel is None or not _still_meant(talk, reply):
        return
    unsaid = await _unsaid(scope, reply, held)
    facts = await wordings.facts_of(scope, talk)
    words = " ".join(part.text for part in unsaid)
    found = await window_templates.in_place(scope, channel, facts | {REPLY: words})
    carried, said = False, found
    if isinstance(found, StandIn):
        row = _row(talk, reply, found, key, at)
        await _queue(scope, talk, row, at)
        stood.created.append(row.id)
        stood.changed[talk.id] = talk
        stood.handled.update(held)
        carried, said = found.carries, f"the template {found.message.name} went in its place"
    await standing.settle(
        scope,
        [part.id for part in unsaid],
        status=MessageStatus.SKIPPED if carried else MessageStatus.HELD,
        reason=SENT_AS_TEMPLATE if carried else CLOSED,
        detail=str(said),
    )
    stood.updated.update(part.id for part in unsaid)


def _still_meant(talk: Conversation, reply: Sequence[Part]) -> bool:
    """Not of what a person decided since, nor of what the customer wrote since: that gets its own answer."""
    first = reply[0]
    stages = {(stage.name, stage.verdict) for part in reply for stage in part.trace}
    consent = bool(first.trace) and first.trace[0].name == MADE_BY_CONSENT
    again = (SENT_AGAIN.name, SENT_AGAIN.verdict) in stages
    return not (first.since or consent or again or _wrote(talk, first.created_at))


async def _unsaid(scope: Scope, reply: list[Part], held: Sequence[UUID]) -> list[Part]:
    """From the first part that did not arrive on; what still waits is taken back."""
    begin = next(at for at, part in enumerate(reply) if part.id in held or _is_held(part))
    later = reply[begin:]
    queued = [part.id for part in later if part.queue == "queued"]
    back = await outbox.withdraw(scope, queued)
    lost = await outbox.refused(scope, [part.id for part in later if part.id not in back])
    lost |= {part.id for part in later if _is_held(part)}
    lost |= {part.id for part in later if part.status is MessageStatus.SENT and part.queue is None}
    return [part for part in later if part.id in back | lost | set(held)]


def _is_held(part: Part) -> bool:
    return part.status is MessageStatus.HELD and part.reason == CLOSED


def _row(talk: Conversation, reply: Sequence[Part], found: StandIn, key: str, at: datetime) -> NewMessage:
    first, message = reply[0], found.message
    why = TraceStage("window", "template", 0, {"in_place_of": str(first.id), "template": message.name})
    return NewMessage(
        id=MessageId(new_id()),
        conversation=talk.id,
        channel=talk.channel,
        direction="out",
        author=Author.ASSISTANT,
        kind=Kind.TEMPLATE,
        text=message.text,
        content=message.as_json(),
        status=MessageStatus.QUEUED,
        sort_at=outgoing.next_sort(talk, at),
        created_at=at,
        source=Source(first.source) if first.source else None,
        client_id=key,
        trace=(*first.trace, why),
        correlation=first.correlation,
        citations=first.citations if found.carries else (),
    )


async def _queue(scope: Scope, talk: Conversation, row: NewMessage, at: datetime) -> None:
    purpose = Purpose.HANDOFF if talk.mode is Mode.HUMAN else Purpose.REPLY
    outgoing.show(talk, row)
    await messages.insert(scope, [row])
    to = await recipient(scope, talk.id)
    await outbox.enqueue(scope, [outgoing.queued(talk, row, purpose, to, starts_reply=True)], at=at)
