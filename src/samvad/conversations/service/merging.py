"""Two threads of one person on one number become one: nothing lost, nobody answered over a person's head."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.service import outbox, windows
from samvad.channels.types import Kind
from samvad.conversations import rules
from samvad.conversations.repository import conversations, labels, mentions, merging, priorities
from samvad.conversations.service import mode as modes
from samvad.conversations.service import outgoing
from samvad.conversations.types import ACTIVE, Author, Conversation, Mode
from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.kernel.errors import Conflict, NotFound
from samvad.kernel.json import JsonObject, JsonValue
from samvad.platform.db import Scope

REASON = "contacts_merged"
_SILENCE, _IDLE = timedelta(minutes=30), timedelta(hours=24)
_KINDS = (TimerKind.REPLY, TimerKind.SILENCE, TimerKind.IDLE, TimerKind.SNOOZE)


class Busy(Conflict):
    """A call to the provider is under way: what it sends belongs to a thread that is about to move."""

    code = "conversation_busy"
    title = "A message of this conversation is being sent; try again in a moment"


async def lock_all(scope: Scope, contacts: Sequence[UUID]) -> dict[UUID, Conversation]:
    """Every conversation of these people, locked, in the order in which everybody locks them."""
    found = await merging.of_people(scope, contacts)
    return await conversations.lock(scope, [id_ for id_, _, _ in found])


async def pairs(scope: Scope, kept: UUID, absorbed: UUID) -> tuple[list[UUID], list[tuple[UUID, UUID]]]:
    """The conversations that go over as they are, and (absorbed, kept) of the numbers where both have one."""
    found = await merging.of_people(scope, [kept, absorbed])
    theirs = {channel: id_ for id_, channel, contact in found if contact == kept}
    mine = [(id_, channel) for id_, channel, contact in found if contact == absorbed]
    alone = [id_ for id_, channel in mine if channel not in theirs]
    return alone, [(id_, theirs[channel]) for id_, channel in mine if channel in theirs]


async def give(scope: Scope, ids: Sequence[UUID], *, whose: UUID, to: UUID) -> None:
    """With what waits to be sent there: the gate asks for the consent of who has it now."""
    if ids:
        await merging.give(scope, ids, whose=whose, to=to)
        await outbox.give(scope, ids, to=to)


async def absorb(scope: Scope, source: Conversation, target: Conversation, *, at: datetime) -> JsonObject:
    """`source` becomes part of `target`, both locked; writes both. A person of either stays with it, and then
    what automation queued is withdrawn. Raises Busy."""
    states = await outbox.states(scope, [source.id, target.id])
    if "sending" in states:
        raise Busy
    await jobs.disarm_all(scope, _KINDS, source.id)
    skipped: Sequence[UUID] = ()
    if Mode.HUMAN in (source.mode, target.mode):
        skipped = await outbox.withdraw_automatic(scope, source.id)
        await outgoing.skip(scope, skipped, reason=modes.TAKEN_OVER)
    if source.mode is Mode.HUMAN and target.mode is Mode.AI:
        await modes.switch(scope, target, Mode.HUMAN, reason=REASON, at=at)
        target.human_since, target.human_word_at = source.human_since, source.human_word_at
    waits = source.inbound_seq - source.answered_seq
    moved = await merging.move_messages(
        scope, source=source.id, target=target.id, answered=source.answered_seq,
        shift=target.inbound_seq - source.answered_seq,
    )  # fmt: skip
    target.inbound_seq += waits
    target.out_seq += await outbox.move(
        scope, source.id, target.id, contact=target.contact, after=target.out_seq, epoch=target.epoch
    )
    called = target.needs_person_reason is None and source.needs_person_reason is not None
    _take_over(source, target)
    await windows.join(scope, source.id, target.id)
    await labels.give(scope, source.id, target.id)
    await mentions.follow(scope, [source.id])
    await priorities.give(scope, source.id, target.id)
    await merging.mark(scope, source.id, into=target.id)
    await conversations.save(scope, [target], at=at)
    await _arm(scope, target, at)
    messages: list[JsonValue] = [str(id_) for id_ in moved]
    return {"from": str(source.id), "into": str(target.id), "messages": messages, "called": called}


def _take_over(source: Conversation, target: Conversation) -> None:
    if source.last_message_at > target.last_message_at or target.preview is None:
        target.preview = source.preview or target.preview
    target.last_message_at = max(target.last_message_at, source.last_message_at)
    target.last_sort_at = max(target.last_sort_at, source.last_sort_at)
    if source.last_inbound_at and (
        target.last_inbound_at is None or source.last_inbound_at > target.last_inbound_at
    ):
        target.last_inbound_at = source.last_inbound_at
        target.last_inbound_external_id = source.last_inbound_external_id
    if source.state in ACTIVE and target.state not in ACTIVE:
        target.state, target.resolved_by = source.state, source.resolved_by
    target.unread += source.unread
    target.assignee = target.assignee or source.assignee
    if target.needs_person_reason is None:
        target.needs_person_reason, target.summary = source.needs_person_reason, source.summary


async def _arm(scope: Scope, target: Conversation, at: datetime) -> None:
    """What waited in either thread is answered, by whoever answers now."""
    await jobs.arm(scope, [NewTimer(TimerKind.IDLE, target.id, at + _IDLE, at)])
    if target.inbound_seq == target.answered_seq:
        return
    if target.mode is Mode.AI:
        await jobs.arm(scope, [NewTimer(TimerKind.REPLY, target.id, at, at)])
    elif target.human_word_at is None:
        due = at + _SILENCE
        await jobs.arm(scope, [NewTimer(TimerKind.SILENCE, target.id, due, at, latest=due)])


async def restore(scope: Scope, thread: JsonObject, *, at: datetime) -> UUID:
    """The way back: the messages that came from it, and its person where one answers now. Its id."""
    source, target = UUID(str(thread["from"])), UUID(str(thread["into"]))
    found = (await conversations.lock(scope, [target])).get(target)
    if found is None:
        raise NotFound
    if "sending" in await outbox.states(scope, [target]):
        raise Busy
    ids = [UUID(str(id_)) for id_ in thread["messages"] or ()]  # type: ignore[union-attr]
    await merging.move_back(scope, ids, source=target, target=source)
    await mentions.follow(scope, [target])
    await outbox.move_some(scope, ids, source)
    await merging.mark(scope, source, into=None)
    again = (await conversations.lock(scope, [source]))[source]
    if found.mode is Mode.HUMAN and again.mode is Mode.AI:
        await modes.switch(scope, again, Mode.HUMAN, reason=REASON, at=at)
        again.human_word_at = found.human_word_at
    if thread.get("called") and found.needs_person_reason == again.needs_person_reason:
        found.needs_person_reason = found.summary = None  # it was the other's call
    for one in (found, again):
        await _preview(scope, one)
    await conversations.save(scope, [found, again], at=at)
    return source


async def _preview(scope: Scope, conversation: Conversation) -> None:
    """Each shows its own newest message, in its place of the list."""
    shown = await merging.newest_shown(scope, conversation.id, hidden=rules.NO_NEWS)
    if shown is None:
        conversation.preview = None
        return
    conversation.last_message_at = shown.sort_at
    kind = Kind.REVOKE if shown.revoked else Kind(shown.kind)
    text = "" if shown.revoked else shown.text
    conversation.preview = rules.preview(
        text=text, author=Author(shown.author), kind=kind, direction=shown.direction
    )
