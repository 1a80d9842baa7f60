"""What a person does with messages: write, note, read, send again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.errors import WindowIsClosed
from samvad.channels.service import outbox
from samvad.channels.types import Identity, IdentityKind, Kind, Purpose, QueuedMessage
from samvad.conversations import rules
from samvad.conversations.errors import ClientIdReused, MessageNotHeld, MessageNotRetryable
from samvad.conversations.repository import conversations, inbox, messages, progress, standing
from samvad.conversations.repository.messages import Messages
from samvad.conversations.service import mode as modes
from samvad.conversations.service import outgoing, wordings
from samvad.conversations.service.announce import announce, mode_event
from samvad.conversations.service.outgoing_files import SentFile, keep
from samvad.conversations.service.wordings import Said, Wording
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
from samvad.conversations.types.inbox import BLANK
from samvad.jobs import service as jobs
from samvad.jobs.types import TimerKind
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import MessageId, new_id
from samvad.platform.crashpoints import Point
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent
from samvad.tenancy.service import alerts

POINT = Point.AGENT_MESSAGE  # of the transaction around write, retry and drop
DROPPED = "dropped"


async def lock_one(scope: Scope, conversation: UUID) -> Conversation:
    """Raises NotFound."""
    locked = (await conversations.lock(scope, [conversation])).get(conversation)
    if locked is None:
        raise NotFound
    return locked


async def recipient(scope: Scope, conversation: UUID) -> list[Identity]:
    return (await recipients(scope, [conversation])).get(conversation, [])


async def recipients(scope: Scope, conversations: Sequence[UUID]) -> dict[UUID, list[Identity]]:
    """The addresses of each conversation's person that its channel may use; none: not in it."""
    found: dict[UUID, list[Identity]] = {}
    for conversation, kind, value in await messages.recipients(scope, conversations):
        found.setdefault(conversation, []).append(Identity(IdentityKind(kind), value))
    return found


async def write(
    scope: Scope,
    conversation: UUID,
    said: Said,
    *,
    client_id: str,
    at: datetime,
    correlation: str,
    reply_to: UUID | None = None,
) -> Message:
    """An agent's message to the customer; in AI mode this takes over first. `reply_to`: our id of the message
    that it quotes.

    The same `client_id` again answers with the first message. Raises NotFound, Invalid, KindNotSent,
    WindowIsClosed for all but templates, TemplateNotSent, OptedOut, ClientIdReused.
    """
    locked = await lock_one(scope, conversation)
    wording = await wordings.of(scope, locked, said, reply_to=reply_to, at=at)
    known = await earlier(scope, locked, client_id, wording, private=False)
    if known:
        return known
    await _check_window(scope, locked, wording.kind, at)
    extra: list[NewEvent] = []
    skipped: Sequence[UUID] = ()
    lines: Sequence[UUID] = ()
    fresh = [locked.id] if locked.last_sort_at == BLANK else []
    if locked.mode is Mode.AI:
        change = await modes.switch(scope, locked, Mode.HUMAN, reason="agent_wrote", at=at)
        skipped, lines = change.skipped, change.lines
        extra.append(mode_event(locked, by=scope.actor.label, reason="agent_wrote"))
    message = await _say(scope, locked, wording, client_id=client_id, at=at, correlation=correlation)
    if isinstance(said, SentFile):
        await keep(scope, message, said.content)
    locked.human_word_at, locked.unread, locked.needs_person_reason = at, 0, None
    await alerts.end_about(scope, str(locked.id), now=at)
    locked.answered_seq = locked.inbound_seq
    await jobs.disarm(scope, TimerKind.SILENCE, [locked.id])
    if wording.kind not in (Kind.TEMPLATE, Kind.REACTION):
        skipped = [*skipped, *await outgoing.supersede(scope, [locked.id])]
    await conversations.save(scope, [locked], at=at)
    await announce(
        scope, at=at, created=[*lines, message], updated=skipped, conversations=[locked.id],
        new_conversations=fresh, extra=extra,
    )  # fmt: skip
    return (await Messages(scope).some([message]))[0]


async def earlier(
    scope: Scope, locked: Conversation, client_id: str, wording: Wording, *, private: bool
) -> Message | None:
    found = await Messages(scope).by_client(locked.id, client_id)
    if found and (not wordings.repeats(found, wording) or found.private != private):
        raise ClientIdReused
    return found


async def _check_window(scope: Scope, locked: Conversation, kind: Kind, at: datetime) -> None:
    if kind is Kind.TEMPLATE:
        return
    view = (await inbox.some(scope, [locked.id]))[0]
    if view.has_window and not (view.window_until and view.window_until > at):
        raise WindowIsClosed


async def _say(
    scope: Scope, locked: Conversation, wording: Wording, *, client_id: str, at: datetime, correlation: str
) -> MessageId:
    row = NewMessage(
        id=MessageId(new_id()),
        conversation=locked.id,
        channel=locked.channel,
        direction="out",
        author=Author.AGENT,
        kind=wording.kind,
        text=wording.text,
        content=wording.content,
        reply_to=wording.reply_to,
        target=wording.target,
        media=wording.media,
        status=MessageStatus.QUEUED,
        sort_at=outgoing.next_sort(locked, at),
        created_at=at,
        source=Source.AGENT,
        client_id=client_id,
        member=scope.actor.member,
        correlation=correlation,
        trace=(TraceStage("agent", "wrote"),),
    )
    if rules.counts_as_news(row.kind):
        outgoing.show(locked, row)
    await messages.insert(scope, [row])
    to = await recipient(scope, locked.id)
    await outbox.enqueue(scope, [outgoing.queued(locked, row, Purpose.AGENT, to)], at=at)
    return row.id


async def retry(scope: Scope, message: UUID, *, at: datetime) -> Message:
    """Sends a failed or held message again, as the agent's own act. Raises NotFound, MessageNotRetryable."""
    found = await _ours(scope, message)
    locked = await lock_one(scope, found.conversation)
    found = (await Messages(scope).some([message]))[0]
    if found.status not in (MessageStatus.FAILED, MessageStatus.HELD):
        raise MessageNotRetryable
    await _check_window(scope, locked, Kind(found.kind), at)
    locked.out_seq += 1
    again = outgoing.outbound(found, await recipient(scope, locked.id))
    row = QueuedMessage(
        channel=locked.channel,
        conversation=locked.id,
        contact=locked.contact,
        seq=locked.out_seq,
        purpose=Purpose.AGENT,
        epoch=locked.epoch,
        starts_reply=False,
        message=again,
        correlation=str(found.id),
    )
    await progress.requeue(scope, found.id)
    await outbox.enqueue(scope, [row], at=at)
    await conversations.save(scope, [locked], at=at)
    await announce(scope, at=at, updated=[found.id])
    return (await Messages(scope).some([message]))[0]


async def drop(scope: Scope, message: UUID, *, at: datetime) -> Message:
    """A held message that nobody wants sent any more. Raises NotFound, MessageNotHeld."""
    found = await _ours(scope, message)
    locked = await lock_one(scope, found.conversation)
    found = await _ours(scope, message)
    if found.status is not MessageStatus.HELD:
        raise MessageNotHeld
    await progress.drop(scope, message, reason=DROPPED)
    calmed = locked.needs_person_reason == found.reason and not await standing.held(scope, locked.id)
    if calmed:
        locked.needs_person_reason = None
        await conversations.save(scope, [locked], at=at)
    await announce(scope, at=at, updated=[message], conversations=[locked.id] if calmed else ())
    return await _ours(scope, message)


async def _ours(scope: Scope, message: UUID) -> Message:
    found = next(iter(await Messages(scope).some([message])), None)
    if found is None or found.direction != "out":
        raise NotFound
    return found


async def mark_seen(scope: Scope, conversation: UUID, *, at: datetime) -> Conversation:
    """Someone of the team has it open. Raises NotFound."""
    locked = await lock_one(scope, conversation)
    if locked.unread:
        locked.unread = 0
        await conversations.save(scope, [locked], at=at)
        await announce(scope, at=at, conversations=[locked.id])
    return locked
