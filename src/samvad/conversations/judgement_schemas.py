"""Request and answer bodies of what members think of answers."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from samvad.conversations.schemas import JudgementOut, Strict
from samvad.conversations.types.judgements import JudgedAnswer, Judgement

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class JudgementIn(Strict):
    verdict: Literal["up", "down"]
    reason: Reason = ""


class SettledIn(Strict):
    settled: bool = Field(description="somebody has dealt with it; false: not after all")


class JudgementList(BaseModel):
    """What each member thinks of one answer, oldest first."""

    items: list[JudgementOut]

    @classmethod
    def of(cls, said: Sequence[Judgement]) -> Self:
        return cls(items=[shown(one) for one in said])


class JudgedAnswerOut(BaseModel):
    message_id: UUID
    conversation_id: UUID
    contact_name: str
    question: str = Field(description="what the customer had written last before it; may be empty")
    answer: str
    source: Literal["rule", "answer", "model", "campaign", "agent"] | None
    up: int
    down: int
    wrong: list[JudgementOut] = Field(description="of those who find it wrong, oldest first")
    judged_at: AwareDatetime
    settled_at: AwareDatetime | None

    @classmethod
    def of(cls, one: JudgedAnswer) -> Self:
        return cls(
            message_id=one.message,
            conversation_id=one.conversation,
            contact_name=one.contact_name,
            question=one.question,
            answer=one.answer,
            source=one.source.value if one.source else None,
            up=one.ups,
            down=one.downs,
            wrong=[shown(each) for each in one.wrong],
            judged_at=one.judged_at,
            settled_at=one.settled_at,
        )


class JudgedAnswerPage(BaseModel):
    items: list[JudgedAnswerOut]
    next_cursor: str | None


def shown(one: Judgement) -> JudgementOut:
    return JudgementOut.model_validate(one, from_attributes=True)
