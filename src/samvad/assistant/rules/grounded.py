"""An answer that may be sent: composed from what was found, then held against it fact by fact."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samvad.assistant.rules.answering.answering import answer
from samvad.assistant.rules.answering.repeated import CONTRADICTORY, contradict, once
from samvad.assistant.rules.answering.rows import row_of
from samvad.assistant.rules.answering.types import Answer, Outcome
from samvad.assistant.rules.verifier import Grounds, misses
from samvad.kernel.language import Language
from samvad.knowledge.types import Found, PassageKind


@dataclass(frozen=True, slots=True)
class Business:
    """What an answer may rest on besides documents. `country` (ISO 3166) reads national phone numbers."""

    name: str = ""
    currency: str = ""
    country: str | None = None


def grounded(text: str, found: Sequence[Found], *, language: Language, business: Business) -> Answer:
    """The answer to `text`; one that the verifier does not pass is no answer."""
    found = once(found)
    given = answer(text, found, language=language, region=business.country)
    if given.outcome is Outcome.ANSWERED and contradict(one.passage for one in given.citations):
        return Answer(Outcome.UNKNOWN, "", given.confidence, (), CONTRADICTORY)
    return verified(given, text, found, business=business)


def verified(given: Answer, text: str, found: Sequence[Found], *, business: Business) -> Answer:
    """The same answer to `text`, or none where something in it has no ground in what it cites."""
    if given.outcome is Outcome.UNKNOWN:
        return given
    cited = {one.passage.id for one in given.citations}
    grounds = Grounds(
        passages=[one.passage for one in given.citations],
        records=(business.name,),
        customer=text,
        currency=business.currency,
        worked_out=given.worked_out,
        names=frozenset(_names(one for one in found if one.passage.id not in cited)),
    )
    missed = misses(given.text, grounds)
    if missed:
        reason = "unverified: " + ", ".join(f"{miss.kind} {miss.text}" for miss in missed)
        return Answer(Outcome.UNKNOWN, "", given.confidence, (), reason)
    return given


def _names(found: Iterable[Found]) -> Iterator[str]:
    for one in found:
        row = row_of(one.passage.fields) if one.passage.kind is PassageKind.ROW else None
        if row is not None:
            yield row.name
