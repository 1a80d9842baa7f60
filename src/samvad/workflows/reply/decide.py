"""What to answer to a burst: pure steps, the first that has a word decides. This list is the ladder.

answerable  HUMAN, opted out, or nothing left to answer: silence, a closed list
restored    written before this installation was restored: a person, without a word, for it may be answered
stale       older than 15 minutes on arrival: a person
opened      somebody opened the chat and asked nothing: the tenant's greeting
rules       the tenant's rules, by phrase over the whole burst
answer      what the tenant's records say; they are asked between two passes, and this list is climbed again
media       media without words: one "a person will look"
person      nobody else can answer: a person
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samvad.assistant.service import texts
from samvad.assistant.service.matching import asks_only, match, words_of
from samvad.assistant.types import Action, Builtin, Rule
from samvad.channels.rules import needs_eyes
from samvad.channels.types import Kind
from samvad.conversations.rules import STALE
from samvad.conversations.types import Burst, Mode, Source, TraceStage
from samvad.kernel.json import JsonObject, JsonValue
from samvad.kernel.language import Language
from samvad.kernel.text import split_sentences
from samvad.workflows.reply.types import Heard

PART = 280  # characters of one message


class Act(StrEnum):
    SILENCE = "silence"
    ASK = "ask"  # the records, then decide again with what they say
    REPLY = "reply"
    HANDOFF = "handoff"  # mode HUMAN and one explanation
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a decision may look at."""

    burst: Burst
    rules: Sequence[Rule]
    business: str
    default_language: Language
    back_at: datetime | None  # when the business opens again; None while it is open
    time_zone: str
    restored_at: datetime | None = None  # when the installation was filled from a backup, if it was
    heard: Heard | None = None  # what the records say; None before they were asked

    @property
    def said(self) -> list[str]:
        return [m.text for m in self.burst.messages if m.text.strip()]

    @property
    def language(self) -> Language:
        return texts.guess([m.text for m in self.burst.messages], default=self.default_language)


@dataclass(frozen=True, slots=True)
class Decision:
    act: Act
    reason: str
    texts: tuple[str, ...] = ()
    step: str = ""
    detail: JsonValue = None
    language: Language = Language.ENGLISH
    source: Source = Source.RULE
    citations: Sequence[JsonObject] = ()

    def trace(self) -> TraceStage:
        return TraceStage(self.step, f"{self.act.value}: {self.reason}", 0, self.detail)


Step = Callable[[Situation, Language], Decision | None]


def decide(situation: Situation) -> tuple[Decision, list[TraceStage]]:
    """The decision, and what each step said on the way to it."""
    language = situation.language
    passed: list[TraceStage] = []
    for name, step in STEPS:
        decision = step(situation, language)
        if decision is not None:
            return decision, [*passed, decision.trace()]
        passed.append(TraceStage(name, "no"))
    raise AssertionError("the last step always decides")


def _answerable(situation: Situation, language: Language) -> Decision | None:
    burst = situation.burst
    if burst.mode is Mode.HUMAN:
        return Decision(Act.SILENCE, "human_mode", step="answerable")
    if burst.opted_out:
        return Decision(Act.SILENCE, "opted_out", step="answerable")
    if not burst.messages:
        return Decision(Act.SILENCE, "answered", step="answerable")
    return None


def _restored(situation: Situation, language: Language) -> Decision | None:
    at = situation.restored_at
    if at is None or not any(m.sent_at <= at for m in situation.burst.messages):
        return None
    return Decision(Act.HANDOFF, "restored", step="restored", language=language)


def _stale(situation: Situation, language: Language) -> Decision | None:
    old = [m for m in situation.burst.messages if m.arrived_at - m.sent_at > STALE]
    return _to_person(situation, language, step="stale", reason="stale_backlog") if old else None


def _opened(situation: Situation, language: Language) -> Decision | None:
    if any(m.kind is not Kind.OPENED for m in situation.burst.messages):
        return None
    rule = next((rule for rule in situation.rules if rule.builtin == Builtin.GREETING), None)
    if rule is None:
        return None
    words = words_of(rule, language, business=situation.business)
    detail: JsonValue = {"rule": str(rule.id), "name": rule.name}
    parts = tuple(split_sentences(words, PART))
    return Decision(Act.REPLY, f"rule:{rule.name}", parts, "opened", detail, language)


def _rules(situation: Situation, language: Language) -> Decision | None:
    found = match(situation.rules, situation.said)
    if found is None:
        return None
    rule = found.rule
    detail: JsonValue = {"rule": str(rule.id), "name": rule.name, "phrase": found.phrase}
    words = words_of(rule, language, business=situation.business)
    reason = f"rule:{rule.topic or rule.name}"
    if rule.action is Action.LOOKUP and not asks_only(found.phrase, situation.said):
        return _looked_up(situation, language, reason=reason, detail=detail)
    act = _ACTS[rule.action]
    if act is Act.HANDOFF:
        return _to_person(situation, language, step="rules", reason=reason, detail=detail, words=words)
    return Decision(act, reason, tuple(split_sentences(words, PART)), "rules", detail, language)


def _looked_up(
    situation: Situation, language: Language, *, reason: str, detail: JsonValue
) -> Decision | None:
    """A look-up asks which thing is meant; once that is said, records answer, and without them a person."""
    if situation.heard is None:
        return Decision(Act.ASK, reason, step="rules", detail=detail, language=language)
    if situation.heard.says:
        return None
    return _to_person(situation, language, step="rules", reason=reason, detail=detail)


_ACTS = {
    Action.REPLY: Act.REPLY,
    Action.LOOKUP: Act.REPLY,
    Action.HANDOFF: Act.HANDOFF,
    Action.OPT_OUT: Act.OPT_OUT,
    Action.OPT_IN: Act.OPT_IN,
}


def _answer(situation: Situation, language: Language) -> Decision | None:
    heard = situation.heard
    if heard is None:
        return Decision(Act.ASK, "records", step="answer", language=language) if situation.said else None
    if not heard.says:
        return None
    words = tuple(split_sentences(heard.text, PART))
    return Decision(
        Act.REPLY, heard.reason, words, "answer", heard.detail, language, heard.source, heard.citations
    )  # fmt: skip


def _media(situation: Situation, language: Language) -> Decision | None:
    if not any(needs_eyes(m.kind, m.text) for m in situation.burst.messages):
        return None
    key = texts.Text.MEDIA_RECEIVED
    words = None if situation.back_at else texts.text(key, language, business=situation.business)
    return _to_person(situation, language, step="media", reason="media", words=words or "")


def _person(situation: Situation, language: Language) -> Decision | None:
    return _to_person(situation, language, step="person", reason="no_answer")


def _to_person(
    situation: Situation,
    language: Language,
    *,
    step: str,
    reason: str,
    detail: JsonValue = None,
    words: str = "",
) -> Decision:
    """Exactly one explanation: the given words while the business is open, else when it is back."""
    if situation.back_at is not None:
        shown = texts.local_time(situation.back_at, situation.time_zone, language)
        words = texts.text(texts.Text.PERSON_BACK_AT, language, business=situation.business, time=shown)
    said = words or texts.text(texts.Text.PERSON_WILL_ANSWER, language, business=situation.business)
    return Decision(Act.HANDOFF, reason, tuple(split_sentences(said, PART)), step, detail, language)


STEPS: Sequence[tuple[str, Step]] = (
    ("answerable", _answerable),
    ("restored", _restored),
    ("stale", _stale),
    ("opened", _opened),
    ("rules", _rules),
    ("answer", _answer),
    ("media", _media),
    ("person", _person),
)
