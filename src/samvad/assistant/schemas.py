"""Request and response bodies of the assistant room."""

from dataclasses import replace
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from samvad.assistant.rules.answering.types import Considered, Outcome
from samvad.assistant.rules.citations import citations
from samvad.assistant.rules.limits import (
    FARTHEST,
    MOST_NAME,
    MOST_PHRASE,
    MOST_PHRASES,
    MOST_RULES,
    MOST_TEXT,
    MOST_TOPIC,
)
from samvad.assistant.types import Action, Match, Rule, RuleDetails, Trial
from samvad.kernel.language import Language
from samvad.knowledge.types import Found

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_NAME)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_PHRASE)]
Phrases = Annotated[
    list[Phrase],
    Field(
        min_length=1, max_length=MOST_PHRASES, examples=[["opening hours", "=open"]],
        description="Whole words, any case. One word, or a phrase written `=like this`, counts only when "
        "nothing else of content is said. With match=regex: RE2 expressions.",
    ),
]  # fmt: skip
Words = Annotated[str, StringConstraints(max_length=MOST_TEXT)]
Topic = Annotated[str, StringConstraints(max_length=MOST_TOPIC)]
Order = Annotated[int, Field(ge=-FARTHEST, le=FARTHEST, description="The lowest is tried first")]
Said = Annotated[str, StringConstraints(max_length=4096)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RuleIn(Body):
    name: Name
    match: Match = Match.PHRASE
    phrases: Phrases
    action: Action = Action.REPLY
    text: Annotated[Words, Field(examples=["We are open from 9 to 18."])] = ""
    texts: dict[Language, Words] = Field(default_factory=dict, description="By language; wins over text")
    topic: Topic | None = None
    order: Order | None = None
    enabled: bool = True

    def details(self) -> RuleDetails:
        return RuleDetails(
            self.name, self.match, tuple(self.phrases), self.action, self.text,
            {language.value: text for language, text in self.texts.items()}, self.topic, self.enabled,
        )  # fmt: skip


class RuleChange(Body):
    """What is left out stays. A `text` without `texts` is said in every language."""

    name: Name | None = None
    match: Match | None = None
    phrases: Phrases | None = None
    action: Action | None = None
    text: Words | None = None
    texts: dict[Language, Words] | None = None
    topic: Topic | None = None
    order: Order | None = None
    enabled: bool | None = None

    def apply(self, details: RuleDetails) -> RuleDetails:
        changed = replace(
            details,
            name=self.name or details.name,
            match=self.match or details.match,
            phrases=details.phrases if self.phrases is None else tuple(self.phrases),
            action=self.action or details.action,
            topic=self.topic if "topic" in self.model_fields_set else details.topic,
            enabled=details.enabled if self.enabled is None else self.enabled,
        )
        if self.texts is not None:
            changed = replace(changed, texts={k.value: text for k, text in self.texts.items()})
        elif self.text is not None:
            changed = replace(changed, texts={})
        return changed if self.text is None else replace(changed, text=self.text)


class RuleOut(BaseModel):
    id: UUID
    name: str
    match: Match
    phrases: list[str]
    action: Action
    text: str
    texts: dict[str, str]
    topic: str | None
    order: int
    enabled: bool
    builtin: str | None

    @classmethod
    def of(cls, rule: Rule) -> Self:
        return cls(
            id=rule.id, name=rule.name, match=rule.match, phrases=list(rule.phrases), action=rule.action,
            text=rule.text, texts=dict(rule.texts), topic=rule.topic, order=rule.position,
            enabled=rule.enabled, builtin=rule.builtin,
        )  # fmt: skip


class RulePage(BaseModel):
    items: list[RuleOut]
    next_cursor: str | None


class RuleOrder(Body):
    """Every rule, first to last."""

    ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_RULES + 50)]


class RuleOrdered(BaseModel):
    items: list[RuleOut]


class Burst(Body):
    """Messages that came together, in their order."""

    texts: Annotated[list[Said], Field(min_length=1, max_length=20)]


class TrialOut(BaseModel):
    matched: bool
    rule: RuleOut | None
    phrase: str | None
    language: Language
    would_say: str | None

    @classmethod
    def of(cls, trial: Trial) -> Self:
        found = trial.match
        return cls(
            matched=found is not None, rule=RuleOut.of(found.rule) if found else None,
            phrase=found.phrase if found else None, language=trial.language,
            would_say=trial.would_say or None,
        )  # fmt: skip


class QuestionIn(Body):
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)] = Field(
        examples=["How much is 1 kg of paneer?"]
    )


class CitationOut(BaseModel):
    """A passage that the answer rests on; `score`: how likely it is the right one."""

    source: str
    passage: str
    score: float
    source_id: UUID
    passage_id: UUID
    position: int
    heading: str
    page: int | None


class ConsideredOut(BaseModel):
    """A passage that was looked at."""

    id: UUID
    source: str
    source_id: UUID
    position: int
    heading: str
    page: int | None
    text: str
    score: float


class TookOut(BaseModel):
    search: float
    answer: float


class AnswerOut(BaseModel):
    """`outcome`: answered, which (one question back that names what fits) or unknown, where `answer` says
    that a person will answer and `reason` why. `confidence`: how likely it is that the answer, or the
    silence, is right. `ms` are milliseconds."""

    answer: str
    answered: bool
    outcome: Outcome
    confidence: float
    reason: str
    citations: list[CitationOut]
    passages: list[ConsideredOut]
    ms: TookOut

    @classmethod
    def of(cls, considered: Considered) -> Self:
        given = considered.answer
        return cls(
            answer=given.text or considered.fallback,
            answered=given.outcome is Outcome.ANSWERED,
            outcome=given.outcome,
            confidence=round(given.confidence, 4),
            reason=given.reason,
            citations=[CitationOut.model_validate(one) for one in citations(given)],
            passages=[_considered(one) for one in considered.found],
            ms=TookOut(search=considered.search_ms, answer=considered.answer_ms),
        )


def _considered(found: Found) -> ConsideredOut:
    passage = found.passage
    return ConsideredOut(
        id=passage.id, source=passage.source, source_id=passage.source_id, position=passage.position,
        heading=passage.heading, page=passage.page, text=passage.text, score=round(found.score, 4),
    )  # fmt: skip
