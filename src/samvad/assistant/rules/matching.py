"""Which rule a burst of messages meets: pure, linear in the length of the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import re2

from samvad.assistant.rules.human import asks_for_person
from samvad.assistant.types import Action, Builtin, Match, Rule, RuleMatch
from samvad.kernel.courtesy import COURTESY
from samvad.kernel.phrases import expression
from samvad.kernel.text import storable
from samvad.kernel.words import words

_FUNCTION_WORDS = frozenset(
    words(
        """a an the i me my mine we us our you your u ur is are am be it its this that these those to of for
        with on in at do does can could would will want wanna need like have get got give some any there here
        so and or let tell what whats
        un una uno el la los las de del lo le que en y mi su tu te es quiero necesito dame hay tengo
        um uma o os as do da no na e meu minha quero preciso tem
        le les des du je j vous et mon ma veux besoin avez ai
        क्या मैं मुझे मेरा मेरी है हैं का की के को में एक चाहिए दो
        kya mujhe mera meri hai hain ka ki ke ko mein ek chahiye do de
        apa saya aku mau ada yang ini itu di ke butuh minta
        انا اريد في من هل عندي ممكن"""
    )
)
ALONE = "="
_CONSENT = (Action.OPT_OUT, Action.OPT_IN)


def match(rules: Sequence[Rule], burst: Sequence[str]) -> RuleMatch | None:
    """The first enabled rule by position that the messages, read as one, meet.

    A phrase counts as whole words. A single word, and a phrase written "=like this", counts only when
    nothing else of content was said: "hi there" is a greeting, "hi, is the flat free?" is not. An
    expression is searched in the text as written and in its bare words.
    """
    heard = _Heard.of(burst)
    for rule in sorted(rules, key=lambda rule: rule.position):
        if rule.enabled and (phrase := _found(rule, heard)) is not None:
            return RuleMatch(rule, phrase)
    return None


def asks_only(phrase: str, burst: Sequence[str]) -> bool:
    """Whether the messages hold nothing of content beyond the phrase: "price?", not "price of milk?"."""
    return _Heard.of(burst).topics <= frozenset(words(phrase))


@dataclass(frozen=True, slots=True)
class _Heard:
    messages: tuple[str, ...]
    raw: str
    plain: str  # " like this "
    content: frozenset[str]  # words beyond courtesy
    topics: frozenset[str]  # words beyond courtesy and grammar
    said: frozenset[str]

    @classmethod
    def of(cls, burst: Sequence[str]) -> "_Heard":
        messages = tuple(map(storable, burst))
        raw = "\n".join(messages)
        said = words(raw)
        content = frozenset(said) - COURTESY
        return cls(messages, raw, f" {' '.join(said)} ", content, content - _FUNCTION_WORDS, frozenset(said))


@dataclass(frozen=True, slots=True)
class _Trigger:
    spaced: str  # " whole words "
    said: frozenset[str]
    phrase: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    """`alone` count when nothing else is said, `inside` anywhere; `signs` are emoji and the like."""

    alone: tuple[_Trigger, ...]
    inside: tuple[_Trigger, ...]
    signs: tuple[str, ...]


def _found(rule: Rule, heard: _Heard) -> str | None:
    if rule.match is Match.REGEX:
        return _found_expression(rule.phrases, heard)
    found = _found_phrase(_prepared(rule.phrases), heard, consent=rule.action in _CONSENT)
    if found is None and rule.builtin == Builtin.HUMAN:
        return asks_for_person(heard.messages)
    return found


def _found_phrase(phrases: _Phrases, heard: _Heard, *, consent: bool) -> str | None:
    content = heard.content if consent else heard.topics
    for trigger in phrases.alone:
        if trigger.spaced in heard.plain and content <= trigger.said:
            return trigger.phrase
    for trigger in phrases.inside:
        if trigger.spaced in heard.plain:
            return trigger.phrase
    if not heard.said:
        return next((sign for sign in phrases.signs if sign in heard.raw), None)
    return None


def _found_expression(patterns: tuple[str, ...], heard: _Heard) -> str | None:
    for pattern in patterns:
        regex = expression(pattern)
        if regex.search(heard.raw) or regex.search(heard.plain.strip()):
            return pattern
    return None


@lru_cache(maxsize=4096)
def _prepared(phrases: tuple[str, ...]) -> _Phrases:
    alone: list[_Trigger] = []
    inside: list[_Trigger] = []
    signs: list[str] = []
    for phrase in phrases:
        said = words(phrase)
        trigger = _Trigger(f" {' '.join(said)} ", frozenset(said), phrase)
        if not said:
            signs.append(phrase.strip())
        elif len(said) == 1 or phrase.startswith(ALONE):
            alone.append(trigger)
        else:
            inside.append(trigger)
    return _Phrases(tuple(alone), tuple(inside), tuple(signs))


def fault_of(pattern: str) -> str | None:
    """What is wrong with an RE2 expression, or None."""
    try:
        regex = expression(pattern)
    except re2.error as wrong:
        return _sentence(wrong)
    if regex.search("") is not None:
        return "this matches any text, even none"
    return None


def _sentence(wrong: re2.error) -> str:
    said = wrong.args[0]
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
