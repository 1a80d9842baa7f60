"""What the assistant would answer from the tenant's records."""

from typing import Annotated

from fastapi import Depends

from samvad.assistant.schemas import AnswerOut, QuestionIn
from samvad.assistant.service.answering import Answerer
from samvad.tenancy.deps import Admitted, admits, part, room_router
from samvad.tenancy.types import Permission

router = room_router("knowledge", prefix="/knowledge")
Looks = Annotated[Admitted, admits(Permission.KNOWLEDGE_READ)]
Answers = Annotated[Answerer, Depends(part(Answerer))]


@router.post("/ask", summary="What a customer would be answered from your records, and out of which passages")
async def ask(call: Looks, body: QuestionIn, answerer: Answers) -> AnswerOut:
    return AnswerOut.of(await answerer.ask(call.tenant, body.question))
