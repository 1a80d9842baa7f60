"""Thumbs on the assistant's answers, and what is made of those that somebody finds wrong."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.conversations.errors import NotAnAnswer
from samvad.conversations.repository import judgements
from samvad.conversations.repository.messages import Messages
from samvad.conversations.types import Author, Message, Source
from samvad.conversations.types.judgements import JudgedAnswer, Judgement, Verdict
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.kernel.ids import MemberId
from samvad.kernel.json import JsonObject
from samvad.platform import events
from samvad.platform.db import Page, ReadScope, Scope
from samvad.platform.db.paging import page_of, pair
from samvad.platform.events import NewEvent
from samvad.tenancy.service.audit import record


async def of_answer(scope: ReadScope, message: UUID) -> Sequence[Judgement]:
    """Oldest first; none of what is no answer."""
    return (await judgements.of_messages(scope, [message])).get(message, [])


async def judge(scope: Scope, message: UUID, verdict: Verdict, reason: str, *, at: datetime) -> None:
    """In place of what the same member thought of it before. Raises NotFound, NotAnAnswer, Invalid."""
    answer = await _answer(scope, message)
    member = _member(scope)
    await judgements.lock(scope, message, at=at)
    if await judgements.put(scope, message, member, verdict, reason, at):
        await _tell(scope, answer, at=at, wrong=verdict is Verdict.DOWN)


async def take_back(scope: Scope, message: UUID, *, at: datetime) -> None:
    """Raises NotFound, NotAnAnswer, Invalid."""
    answer = await _answer(scope, message)
    member = _member(scope)
    await judgements.lock(scope, message, at=at)
    if await judgements.remove(scope, message, member):
        await _tell(scope, answer, at=at, wrong=False)


async def _answer(scope: ReadScope, message: UUID) -> Message:
    found = next(iter(await Messages(scope).some([message])), None)
    if found is None:
        raise NotFound
    if found.author is not Author.ASSISTANT:
        raise NotAnAnswer
    return found


def _member(scope: Scope) -> MemberId:
    if scope.actor.member is None:
        raise Invalid(errors=[FieldError("", "a key is nobody: only a member judges answers")])
    return scope.actor.member


async def _tell(scope: Scope, answer: Message, *, at: datetime, wrong: bool) -> None:
    up, down = await judgements.count(scope, answer.id, wrong_at=at if wrong else None)
    data: JsonObject = {"message_id": str(answer.id), "up": up, "down": down}
    data["conversation_id"] = str(answer.conversation)
    await events.append(scope, [NewEvent("answer.judged", data)], at=at)


async def list_wrong(
    scope: ReadScope, *, settled: bool, source: Source | None, cursor: str | None, limit: int
) -> Page[JudgedAnswer]:
    """What at least one member finds wrong, newest judgement first. Raises Invalid for a cursor that is not
    ours."""
    rows = await judgements.wrong(scope, settled=settled, source=source, before=pair(cursor), limit=limit + 1)
    return page_of(rows, limit, lambda one: (one.judged_at.isoformat(), str(one.message)))


async def settle(scope: Scope, message: UUID, *, settled: bool, at: datetime) -> None:
    """Somebody has dealt with it, or has not after all. Raises NotFound where nobody finds it wrong."""
    changed = await judgements.settle(scope, message, at=at if settled else None)
    if changed is None:
        raise NotFound
    if changed:
        deed = "answer.settled" if settled else "answer.unsettled"
        await record(scope, deed, subject=f"message:{message}", now=at)
        await events.append(scope, [NewEvent("answer.settled", {"message_id": str(message)})], at=at)
