"""Routes of conversations and messages."""

from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query

from samvad.channels.service.receipts import Receipts
from samvad.conversations import judgement_schemas, sayings, schemas
from samvad.conversations.service import agents, care, judgements, notes, priorities, reading, starting, ticks
from samvad.conversations.service import mode as modes
from samvad.conversations.types import ACTIVE, Mode, State
from samvad.conversations.types.priorities import Priority
from samvad.kernel.errors import FieldError, Invalid
from samvad.platform.db import ReadScope, Scope
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import (
    PAGE,
    Admitted,
    After,
    Correlation,
    Cursor,
    Limit,
    Now,
    admits,
    part,
    reads,
    room_router,
    writes,
)
from samvad.tenancy.types import Permission

router = room_router("conversations")

Reads = Annotated[ReadScope, reads(Permission.INBOX_READ)]
Writes = Annotated[Scope, writes(Permission.INBOX_WRITE)]
Speaks = Annotated[Scope, writes(Permission.INBOX_WRITE, point=agents.POINT)]
Acts = Annotated[Admitted, admits(Permission.INBOX_WRITE)]
Wakes = Annotated[Wakeups, Depends(part(Wakeups))]
Ticks = Annotated[Receipts, Depends(part(Receipts))]
Status = Annotated[
    Literal["active", "open", "pending", "snoozed", "resolved"] | None,
    Query(description="`active`: open or pending"),
]


@router.get("/conversations")
async def list_conversations(
    scope: Reads,
    now: Now,
    mode: Literal["ai", "human"] | None = None,
    status: Status = None,
    channel_id: UUID | None = None,
    assignee: Annotated[Literal["me", "none"] | UUID | None, Query(description="who looks after it")] = None,
    label_id: UUID | None = None,
    priority: Priority | None = None,
    mentioned: Annotated[Literal["me"] | UUID | None, Query(description="a member, in notes of it")] = None,
    phone: Annotated[str | None, Query(max_length=40)] = None,
    q: Annotated[str | None, Query(max_length=200, description="words of name, number or messages")] = None,
    order: Annotated[
        Literal["newest", "needs_person"],
        Query(
            description="`needs_person`: those that wait for a person first, the most urgent of them before."
            " A cursor is of one order"
        ),
    ] = "newest",
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> schemas.ConversationPage:
    search = reading.Search(
        mode=Mode(mode) if mode else None,
        states=_states(status),
        channel=channel_id,
        assignee=_member(scope, assignee, field="assignee"),
        unassigned=assignee == "none",
        label=label_id,
        priority=priority,
        phone=phone,
        words=q,
        mentioned=_member(scope, mentioned, field="mentioned"),
        escalated_first=order == "needs_person",
    )
    page = await reading.list_conversations(scope, search, cursor=cursor, limit=limit, now=now)
    return schemas.ConversationPage.model_validate({"items": page.items, "next_cursor": page.next_cursor})


def _states(status: str | None) -> frozenset[State]:
    if status == "active":
        return ACTIVE
    return frozenset({State(status)}) if status else frozenset()


def _member(scope: ReadScope, who: str | UUID | None, *, field: str) -> UUID | None:
    if who != "me":
        return who if isinstance(who, UUID) else None
    if scope.actor.member is None:
        raise Invalid(errors=[FieldError(field, "a key is nobody: name a member")])
    return scope.actor.member


@router.post("/conversations")
async def start_conversation(
    scope: Writes, now: Now, wakes: Wakes, body: schemas.NewConversationIn
) -> schemas.ConversationOut:
    """The conversation with whoever has this number, made where there is none; nothing is sent yet."""
    found = await starting.start(scope, body.channel_id, body.phone, at=now)
    wakes.poke(Topic.EVENTS)
    return schemas.ConversationOut.model_validate(await reading.get_conversation(scope, found, now=now))


@router.get("/conversations/counts")
async def count_conversations(
    scope: Reads, status: Status = None, label_id: UUID | None = None, priority: Priority | None = None
) -> schemas.CountsOut:
    """How many conversations are mine, nobody's, the assistant's, and in all."""
    states = _states(status)
    found = await reading.count_conversations(
        scope, states, member=scope.actor.member, label=label_id, priority=priority
    )
    return schemas.CountsOut.model_validate(found, from_attributes=True)


@router.get("/conversations/{conversation_id}")
async def get_conversation(scope: Reads, now: Now, conversation_id: UUID) -> schemas.ConversationOut:
    return schemas.ConversationOut.model_validate(
        await reading.get_conversation(scope, conversation_id, now=now)
    )


@router.put("/conversations/{conversation_id}/mode")
async def set_mode(
    call: Acts, now: Now, wakes: Wakes, conversation_id: UUID, body: schemas.ModeIn
) -> schemas.ModeOut:
    """AI or HUMAN. Taking over withdraws what automation queued; `in_flight` names what may still arrive."""
    async with call.unit_of_work(point=modes.POINT) as scope:
        change = await modes.set_mode(
            scope,
            conversation_id,
            Mode(body.mode),
            reason=body.reason or "toggled",
            at=now,
            undo=body.undo,
            hint=body.hint,
        )
    wakes.poke(Topic.EVENTS, Topic.OUTBOUND)
    return schemas.ModeOut(mode=change.mode.value, epoch=change.epoch, in_flight=list(change.in_flight))


@router.put("/conversations/{conversation_id}/status")
async def set_status(
    call: Acts, now: Now, wakes: Wakes, conversation_id: UUID, body: schemas.StatusIn
) -> schemas.ConversationOut:
    """Resolving gives the conversation back to the assistant. A snoozed one wakes at `until`, or when the
    customer writes."""
    async with call.unit_of_work() as scope:
        await care.set_state(
            scope, conversation_id, State(body.status), until=body.until, undo=body.undo, at=now
        )
        found = await reading.get_conversation(scope, conversation_id, now=now)
    wakes.poke(Topic.EVENTS)
    return schemas.ConversationOut.model_validate(found)


@router.put("/conversations/{conversation_id}/assignee")
async def set_assignee(
    call: Acts, now: Now, wakes: Wakes, conversation_id: UUID, body: schemas.AssigneeIn
) -> schemas.ConversationOut:
    """Who looks after it; null for nobody."""
    async with call.unit_of_work() as scope:
        await care.assign(scope, conversation_id, body.assignee_id, at=now)
        found = await reading.get_conversation(scope, conversation_id, now=now)
    wakes.poke(Topic.EVENTS)
    return schemas.ConversationOut.model_validate(found)


@router.put("/conversations/{conversation_id}/priority")
async def set_priority(
    call: Acts, now: Now, wakes: Wakes, conversation_id: UUID, body: schemas.PriorityIn
) -> schemas.ConversationOut:
    """How urgent it is."""
    async with call.unit_of_work() as scope:
        await priorities.set_priority(scope, conversation_id, body.priority, at=now)
        found = await reading.get_conversation(scope, conversation_id, now=now)
    wakes.poke(Topic.EVENTS)
    return schemas.ConversationOut.model_validate(found)


@router.post("/conversations/{conversation_id}/read", status_code=204)
async def mark_read(
    scope: Writes, now: Now, after: After, wakes: Wakes, receipts: Ticks, conversation_id: UUID
) -> None:
    """The team has it open: unread becomes 0, and the customer sees blue ticks where the channel says so."""
    seen = await agents.mark_seen(scope, conversation_id, at=now)
    show = await ticks.to_show(scope, seen, when="open")
    after.do(partial(wakes.poke, Topic.EVENTS))
    if show:
        after.do(partial(receipts.show, scope.tenant, seen.channel, show, typing=False))


@router.post("/conversations/{conversation_id}/mentions/seen", status_code=204)
async def see_mentions(
    scope: Annotated[Scope, writes(Permission.INBOX_READ)],
    now: Now,
    after: After,
    wakes: Wakes,
    conversation_id: UUID,
) -> None:
    """You have seen whatever mentions you there."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    await notes.see_mentions(scope, conversation_id, at=now)


@router.get("/conversations/{conversation_id}/messages")
async def list_messages(
    scope: Reads, conversation_id: UUID, cursor: Cursor = None, limit: Limit = PAGE
) -> schemas.MessagePage:
    page = await reading.list_messages(scope, conversation_id, cursor=cursor, limit=limit)
    return schemas.MessagePage.model_validate({"items": page.items, "next_cursor": page.next_cursor})


@router.post("/conversations/{conversation_id}/messages", status_code=201)
async def write_message(
    scope: Speaks,
    now: Now,
    after: After,
    wakes: Wakes,
    receipts: Ticks,
    correlation: Correlation,
    conversation_id: UUID,
    body: sayings.MessageIn,
) -> schemas.MessageOut:
    """An agent's message: text, or `content` of a `kind`; with `private` a note that only the team sees.
    Writing takes over from AI."""
    after.do(partial(wakes.poke, Topic.OUTBOUND, Topic.EVENTS))
    said = body.root
    if isinstance(said, sayings.TextIn) and said.private:
        noted = await notes.note(
            scope, conversation_id, said.text, client_id=said.client_id, mentions=said.mentions, at=now
        )
        return schemas.MessageOut.model_validate(reading.shown(noted))
    message = await agents.write(
        scope,
        conversation_id,
        said.text if isinstance(said, sayings.TextIn) else said.content,
        client_id=said.client_id,
        reply_to=said.reply_to,
        at=now,
        correlation=correlation,
    )
    seen = await agents.lock_one(scope, conversation_id)
    show = await ticks.to_show(scope, seen, when="reply")
    if show:
        after.do(partial(receipts.show, scope.tenant, seen.channel, show, typing=False))
    return schemas.MessageOut.model_validate(reading.shown(message))


@router.post("/messages/{message_id}/retry")
async def retry_message(
    scope: Speaks, now: Now, after: After, wakes: Wakes, message_id: UUID
) -> schemas.MessageOut:
    """Sends a failed or held message again; one of unknown outcome is never repeated."""
    after.do(partial(wakes.poke, Topic.OUTBOUND, Topic.EVENTS))
    return schemas.MessageOut.model_validate(reading.shown(await agents.retry(scope, message_id, at=now)))


@router.post("/messages/{message_id}/drop")
async def drop_message(
    scope: Speaks, now: Now, after: After, wakes: Wakes, message_id: UUID
) -> schemas.MessageOut:
    """Gives up a held message: it stays in the timeline and is never sent."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    return schemas.MessageOut.model_validate(reading.shown(await agents.drop(scope, message_id, at=now)))


@router.get("/messages/{message_id}/trace")
async def get_trace(scope: Reads, message_id: UUID) -> schemas.TraceOut:
    """Why this message is as it is: stages with verdicts and milliseconds."""
    stages = await reading.trace_of(scope, message_id)
    return schemas.TraceOut(
        stages=[schemas.StageOut(name=s.name, verdict=s.verdict, ms=s.ms, detail=s.detail) for s in stages],
        cost=schemas.CostOut(amount="0", currency="USD"),
        judgements=[judgement_schemas.shown(j) for j in await judgements.of_answer(scope, message_id)],
    )
