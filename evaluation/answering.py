"""Fits the evidence for an answer to the probability that it is right, and judges that on strangers.

`python -m evaluation.answering [BUSINESS...]` prints OWN, LEAD and SHIFT of
`assistant/rules/answering/certainty.py` and SILENCE of `choosing.py`, over the questions that ask one thing,
words alone; and what a threshold would have done to each business, fitted on all the others. Without names:
the demos and the development businesses.
"""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samvad.assistant.rules.answering import choosing
from samvad.assistant.rules.answering.certainty import evidence
from samvad.assistant.rules.answering.question import questions as parts_of
from samvad.assistant.rules.answering.searching import joined, searches
from samvad.assistant.rules.answering.types import Outcome
from samvad.assistant.rules.golden import Golden, faults, questions
from samvad.assistant.rules.language import guess
from samvad.kernel.language import Language
from samvad.knowledge.service.library import Library

ROOT = Path(__file__).parents[1]
DEVELOPMENT = ("bakery", "bicycle", "courier", "garage", "petshop", "restaurant", "salon", "studio")
BUSINESSES = (
    *sorted((ROOT / "src/samvad/workflows/demo/businesses").glob("*/")),
    *(ROOT / "evaluation/businesses" / name for name in DEVELOPMENT),
)
_RIDGE, _STEPS = 1.0, 50
_THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8)


@dataclass(frozen=True, slots=True)
class Sample:
    """The best answer to one question: its evidence, whether it is an answer at all, whether it is right."""

    business: str
    evidence: tuple[float, float]
    answers: bool
    right: bool
    answerable: bool


def samples(businesses: Sequence[Path]) -> Iterator[Sample]:
    for business in businesses:
        library = Library.read(business / "knowledge", model=lambda: None)
        facts = tomllib.loads((business / "business.toml").read_text(encoding="utf-8"))
        language = Language(facts.get("language", "en"))
        for golden in questions(business):
            sample = _sample(business.name, golden, library, language)
            if sample is not None:
                yield sample


def _sample(business: str, golden: Golden, library: Library, language: Language) -> Sample | None:
    parts = parts_of(golden.question, language=guess([golden.question], default=language))
    found = joined([library.search(text, top_k=20) for text in searches(golden.question)])
    ranked = choosing.ranking(parts[0], found) if len(parts) == 1 else []
    if not ranked:
        return None
    said = choosing.said(parts[0], ranked)
    answers = said.outcome is Outcome.ANSWERED
    sources = [one.passage.source for one in said.citations]
    right = golden.answerable and not faults(golden, answered=answers, answer=said.text, sources=sources)
    return Sample(business, evidence(ranked), answers, right, golden.answerable)


def fitted(known: Sequence[Sample]) -> NDArray[np.float64]:
    """OWN, LEAD and SHIFT by Newton's method on the log loss, with a small ridge."""
    x = np.array([(*one.evidence, 1.0) for one in known])
    right = np.array([float(one.right) for one in known])
    ridge = np.diag([_RIDGE, _RIDGE, 1e-6])
    factors = np.zeros(3)
    for _ in range(_STEPS):
        likely = probabilities(factors, known)
        slope = x.T @ (likely - right) + ridge @ factors
        factors -= np.linalg.solve((x.T * (likely * (1 - likely))) @ x + ridge, slope)
    return factors


def probabilities(factors: NDArray[np.float64], asked: Sequence[Sample]) -> NDArray[np.float64]:
    x = np.array([(*one.evidence, 1.0) for one in asked])
    made: NDArray[np.float64] = 1 / (1 + np.exp(-x @ factors))
    return made


def strangers(known: Sequence[Sample]) -> list[tuple[Sample, float]]:
    """Each sample with its probability by what was fitted on the other businesses."""
    judged: list[tuple[Sample, float]] = []
    for name in dict.fromkeys(one.business for one in known):
        own = [one for one in known if one.business == name]
        factors = fitted([one for one in known if one.business != name])
        judged += zip(own, probabilities(factors, own).tolist(), strict=True)
    return judged


def report(judged: Sequence[tuple[Sample, float]]) -> None:
    can = sum(one.answerable for one, _ in judged)
    for least in _THRESHOLDS:
        said = [one for one, sure in judged if sure >= least and one.answers]
        right = sum(one.right for one in said)
        wrong = sum(one.answerable for one in said) - right
        invented = len(said) - right - wrong
        refused = 1 - invented / (len(judged) - can)
        print(f"  from {least:.2f}: right {right / can:.3f}, wrong {wrong / can:.3f}, refused {refused:.3f}")


def silence(judged: Sequence[tuple[Sample, float]], least: float) -> float:
    """Of what a refusal's evidence leaves open, the share in which silence was right."""
    refused = [(one, sure) for one, sure in judged if sure < least]
    return sum(not one.answerable for one, _ in refused) / sum(1 - sure for _, sure in refused)


if __name__ == "__main__":
    every = list(samples([Path(name) for name in sys.argv[1:]] or BUSINESSES))
    best = sum(one.right for one in every) / sum(one.answerable for one in every)
    print(f"best span right: {best:.3f} of what can be answered")
    own, lead, shift = fitted(every)
    print(f"OWN, LEAD, SHIFT = {own:.2f}, {lead:.2f}, {shift:.2f}  # {len(every)} questions")
    apart = strangers(every)
    print(f"SILENCE = {silence(apart, 0.7):.2f}")
    print("Each business by what was fitted on the others:")
    report(apart)
