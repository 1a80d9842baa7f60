"""What a person is told at a handover, in two lines: what the customer wants, and what is known of it. Pure.

The first line is the customer's own words. The second is a word of a closed list with what belongs to it, for
the screen to put into a sentence:

rule        a rule of the tenant calls a person (`name`)
file        something without words that nobody has read (`kind`)
late        it arrived too late to be answered by itself
restored    it was written before a backup was restored
wordless    there is nothing to look up (`kind`)
busy        the records did not answer in time, or failed
nothing     nothing in the records speaks of it
unsure      something may speak of it (`source`), not surely enough
several     too many things fit (`source`)
differ      `source` and another document name different prices for it
long        the answer is too long for a message (`source`)
unverified  what would have been said is not what the source says (`source`)
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from samvad.assistant.rules.answering.question import parse
from samvad.assistant.rules.answering.types import Asked
from samvad.conversations.types import Said
from samvad.conversations.types.summaries import Summary
from samvad.kernel.json import JsonValue
from samvad.kernel.language import Language
from samvad.kernel.text import cut
from samvad.workflows.reply.decide import Decision, Situation
from samvad.workflows.reply.types import Heard

LONGEST = 160

_SENTENCE_END = re.compile(r"(?<=[?!।؟])\s*|(?<=\.)\s+(?=\D)|\n+")  # "Rs. 50" is no end
_MARKS = "?؟"
_SURE_QUESTIONS = frozenset(
    {Asked.PRICE, Asked.HOURS, Asked.PLACE, Asked.CONTACT, Asked.DURATION, Asked.COUNT, Asked.DATE}
)
_BY_STEP = {"stale": "late", "restored": "restored"}
_BY_WHY = {
    "nothing_found": "nothing",
    "nothing_asked": "nothing",
    "too_many": "several",
    "too_long": "long",
    "contradictory": "differ",
}


def summarised(situation: Situation, decision: Decision, before: Sequence[Said]) -> Summary:
    """`before`: what both sides had said before the burst, newest first."""
    called = decision.step == "rules" and situation.heard is None
    return Summary(_wants(situation, before, called=called), *_known(situation, decision))


def _wants(situation: Situation, before: Sequence[Said], *, called: bool) -> str:
    """The last question; where somebody only calls for a person, or sent no words, the one before that."""
    own = _last_question(reversed(situation.said), situation.language)
    if own is None and (called or not situation.said):
        own = _last_question((said.text for said in before if said.incoming), situation.language)
    if own is None:
        own = next((text for text in reversed(situation.said)), "")
    words = " ".join(own.split())
    return words if len(words) <= LONGEST else f"{cut(words, LONGEST - 1).rstrip()}…"


def _last_question(texts: Iterable[str], language: Language) -> str | None:
    """`texts`: newest first. A question mark says more than words that look like a question."""
    for text in texts:
        sentences = [one.strip() for one in _SENTENCE_END.split(text) if one.strip()]
        marked = [one for one in sentences if one.endswith(tuple(_MARKS))]
        asking = marked or [s for s in sentences if parse(s, language=language).asked in _SURE_QUESTIONS]
        if asking:
            return asking[-1]
    return None


def _known(situation: Situation, decision: Decision) -> tuple[str, dict[str, str]]:
    kind = situation.burst.messages[-1].kind.value if situation.burst.messages else ""
    if decision.step in _BY_STEP:
        return _BY_STEP[decision.step], {}
    if decision.step == "media":
        return "file", {"kind": kind}
    if situation.heard is not None:
        return _of_records(situation.heard)
    if decision.step == "rules" and isinstance(decision.detail, Mapping):
        return "rule", {"name": str(decision.detail["name"])}
    return "wordless", {"kind": kind}


def _of_records(heard: Heard) -> tuple[str, dict[str, str]]:
    if not isinstance(heard.detail, Mapping):
        return "busy", {}
    source = _first_source(heard.detail.get("passages"))
    why = str(heard.detail.get("why"))
    if source is None:
        return "nothing", {}
    if why.startswith("unverified"):
        return "unverified", {"source": source}
    known = _BY_WHY.get(why, "unsure")
    return known, {} if known == "nothing" else {"source": source}


def _first_source(passages: JsonValue) -> str | None:
    if not isinstance(passages, Sequence) or isinstance(passages, str) or not passages:
        return None
    first = passages[0]
    return str(first["source"]) if isinstance(first, Mapping) else None
