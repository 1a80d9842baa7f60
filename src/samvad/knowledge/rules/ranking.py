"""From what two arms found to one order with probabilities: a sum of z-scores, then a logistic model."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from samvad.knowledge.rules.model import Model

POOL = 100  # candidates that each arm brings
_FURTHEST = 3.0  # a margin beyond this says no more
_REPLACED = 0.5  # what is left of the probability of a document that calls itself replaced


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that one of the arms brought, measured by both."""

    lexical: float  # BM25, as a share of what the question could reach at most: 0 to 1
    coverage: float  # of what the question asks for, by rarity, the share that it holds: 0 to 1
    vector: float | None  # cosine of its best window; None where the question has no vector
    faq: bool = False
    superseded: bool = False


def rank(candidates: Sequence[Candidate], model: Model) -> list[tuple[int, float]]:
    """(position in `candidates`, probability that it answers), best first; what is replaced comes last."""
    if not candidates:
        return []
    fused = fuse(candidates, model)
    order = sorted(range(len(candidates)), key=lambda i: (candidates[i].superseded, -fused[i], i))
    leaders = sorted(fused, reverse=True)[:2]
    return [(i, probability(candidates[i], _lead(fused[i], leaders), model)) for i in order]


def fuse(candidates: Sequence[Candidate], model: Model) -> list[float]:
    """The weighted sum of both arms' z-scores over the candidates; the words' alone without vectors."""
    lexical = _standardised([c.lexical for c in candidates])
    if all(c.vector is None for c in candidates):
        return lexical
    vector = _standardised([c.vector or 0.0 for c in candidates])
    weights = [model.faq_weight if c.faq else model.weight for c in candidates]
    return [(1 - w) * words + w * near for w, words, near in zip(weights, lexical, vector, strict=True)]


def margin(fused: Sequence[float], at: int) -> float:
    """How far one is before, or behind, the best of the others."""
    return _lead(fused[at], sorted(fused, reverse=True)[:2])


def _lead(own: float, leaders: Sequence[float]) -> float:
    """`leaders` are the best two of all."""
    best, *others = leaders
    other = best if own < best or not others else others[0]
    return max(-_FURTHEST, min(_FURTHEST, own - other))


def features(candidate: Candidate, ahead: float) -> tuple[float, ...]:
    """What the logistic model sees; none of it depends on how large the index is."""
    words = (
        candidate.coverage,
        candidate.lexical,
        ahead,
        float(candidate.faq),
        candidate.faq * candidate.coverage,
    )
    if candidate.vector is None:
        return words
    return (*words, candidate.vector, candidate.faq * candidate.vector)


def probability(candidate: Candidate, ahead: float, model: Model) -> float:
    arm = model.words if candidate.vector is None else model.both
    evidence = arm.bias + sum(
        factor * feature for factor, feature in zip(arm.factors, features(candidate, ahead), strict=True)
    )
    found = 1 / (1 + math.exp(-max(-30.0, min(30.0, evidence))))
    return found * _REPLACED if candidate.superseded else found


def _standardised(scores: Sequence[float]) -> list[float]:
    mean = sum(scores) / len(scores)
    spread = math.sqrt(sum((s - mean) ** 2 for s in scores) / len(scores))
    return [(s - mean) / spread if spread > 1e-9 else 0.0 for s in scores]
