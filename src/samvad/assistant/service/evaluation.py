"""How good the answers from records are: golden questions put to documents in memory, each answer judged."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from samvad.assistant.rules.answering.question import questions as parts_of
from samvad.assistant.rules.answering.types import Outcome
from samvad.assistant.rules.golden import Golden, faults, questions
from samvad.assistant.rules.grounded import Business
from samvad.assistant.service.answering import Shelf, answered
from samvad.kernel.language import Language

_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One golden question and what came of it; `faults` is empty when the answer is right."""

    golden: Golden
    kind: str  # what it asks for, as we understood it
    outcome: Outcome
    answer: str
    confidence: float
    faults: Sequence[str]

    @property
    def verdict(self) -> str:
        """right, miscited, wrong or not answered; for what nobody wrote down: refused or invented."""
        said = self.outcome is Outcome.ANSWERED
        if not self.golden.answerable:
            return "invented" if said else "refused"
        if not said:
            return "not answered"
        if not self.faults:
            return "right"
        return "miscited" if all(fault.startswith("cites") for fault in self.faults) else "wrong"


@dataclass(frozen=True, slots=True)
class Score:
    """Shares: `right`, `wrong` and `cited` of the answerable, `refused` of the others. `gap`: between stated
    confidence and what came true (ECE)."""

    questions: int
    right: float
    wrong: float
    refused: float
    cited: float
    gap: float


def judge(business: Path, shelf: Shelf) -> list[Judged]:
    """Every question of `business`/questions.jsonl, put to `shelf`."""
    profile, language = _profile(business)
    return [_judged(golden, shelf, profile, language) for golden in questions(business)]


def score(judged: Sequence[Judged]) -> Score:
    can = [one for one in judged if one.golden.answerable]
    cannot = [one for one in judged if not one.golden.answerable]
    said = [one for one in can if one.outcome is Outcome.ANSWERED]
    return Score(
        len(judged),
        right=_share(one.verdict in ("right", "miscited") for one in can),
        wrong=_share(one.verdict == "wrong" for one in can),
        refused=_share(one.verdict == "refused" for one in cannot),
        cited=_share(not any(fault.startswith("cites") for fault in one.faults) for one in said),
        gap=_gap(judged),
    )


def by_kind(judged: Iterable[Judged]) -> dict[str, Counter[str]]:
    """Verdicts by what was asked for."""
    table: dict[str, Counter[str]] = {}
    for one in judged:
        table.setdefault(one.kind, Counter())[one.verdict] += 1
    return dict(sorted(table.items()))


def _judged(golden: Golden, shelf: Shelf, business: Business, language: Language) -> Judged:
    found = answered(golden.question, shelf, business=business, default=language).answer
    said = found.outcome is Outcome.ANSWERED
    wrong = faults(
        golden, answered=said, answer=found.text, sources=[one.passage.source for one in found.citations]
    )
    kinds = [part.asked.value for part in parts_of(golden.question, language=language)]
    return Judged(golden, "+".join(kinds) or "nothing", found.outcome, found.text, found.confidence, wrong)


def _profile(business: Path) -> tuple[Business, Language]:
    facts = tomllib.loads((business / "business.toml").read_text(encoding="utf-8"))
    language = facts.get("language", "en")
    known = Language(language) if language in set(Language) else Language.ENGLISH
    return Business(facts["name"], facts["currency"], facts["country"]), known


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return round(mean(counted), 4) if counted else 0.0


def _gap(judged: Sequence[Judged]) -> float:
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(int(one.confidence * _BINS), _BINS - 1), []).append(one)
    gaps = (
        len(found) * abs(mean(one.confidence for one in found) - mean(_came_true(one) for one in found))
        for found in bins.values()
    )
    return round(sum(gaps) / len(judged), 4) if judged else 0.0


def _came_true(one: Judged) -> bool:
    """A confidence speaks for what was done: the answer given is right, or the refusal was."""
    return one.verdict in ("right", "miscited", "refused")
