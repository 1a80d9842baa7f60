"""Routes of what members think of answers."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from samvad.conversations import judgement_schemas as schemas
from samvad.conversations.service import judgements
from samvad.conversations.types import Source
from samvad.conversations.types.judgements import Verdict
from samvad.platform.db import ReadScope, Scope
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import PAGE, After, Cursor, Limit, Now, part, reads, room_router, writes
from samvad.tenancy.types import Permission

router = room_router("judgements")

Judges = Annotated[Scope, writes(Permission.INBOX_WRITE)]
Wakes = Annotated[Wakeups, Depends(part(Wakeups))]


@router.put("/messages/{message_id}/judgement")
async def judge_answer(
    scope: Judges, now: Now, after: After, wakes: Wakes, message_id: UUID, body: schemas.JudgementIn
) -> schemas.JudgementList:
    """Your thumb on an answer of the assistant, in place of your earlier one; the answer is everybody's."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    await judgements.judge(scope, message_id, Verdict(body.verdict), body.reason, at=now)
    return schemas.JudgementList.of(await judgements.of_answer(scope, message_id))


@router.delete("/messages/{message_id}/judgement")
async def take_judgement_back(
    scope: Judges, now: Now, after: After, wakes: Wakes, message_id: UUID
) -> schemas.JudgementList:
    """You think nothing of it any more; the answer is what the others think."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    await judgements.take_back(scope, message_id, at=now)
    return schemas.JudgementList.of(await judgements.of_answer(scope, message_id))


@router.get("/judged-answers")
async def list_judged_answers(
    scope: Annotated[ReadScope, reads(Permission.INBOX_READ)],
    settled: Annotated[bool, Query(description="those that somebody has dealt with")] = False,
    source: Annotated[Source | None, Query(description="what made the answer")] = None,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> schemas.JudgedAnswerPage:
    """Answers that somebody of the team finds wrong, with the question and the reasons, the newest first."""
    page = await judgements.list_wrong(scope, settled=settled, source=source, cursor=cursor, limit=limit)
    items = [schemas.JudgedAnswerOut.of(one) for one in page.items]
    return schemas.JudgedAnswerPage(items=items, next_cursor=page.next_cursor)


@router.put("/judged-answers/{message_id}/settled", status_code=204)
async def settle_judged_answer(
    scope: Annotated[Scope, writes(Permission.KNOWLEDGE_WRITE)],
    now: Now,
    after: After,
    wakes: Wakes,
    message_id: UUID,
    body: schemas.SettledIn,
) -> None:
    """Somebody has dealt with it. It is open again as soon as somebody finds it wrong anew."""
    after.do(partial(wakes.poke, Topic.EVENTS))
    await judgements.settle(scope, message_id, settled=body.settled, at=now)
