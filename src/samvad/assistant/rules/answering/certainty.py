"""How sure the best answer is: by its own evidence, and by that of what would say something else."""

import math
from collections.abc import Sequence

from samvad.assistant.rules.answering.fit import DENIAL, Scored
from samvad.kernel.calibration import logistic
from samvad.knowledge.types import PassageKind

# A logistic regression of "the best answer is right", written by `python -m evaluation.answering`.
OWN, LEAD, SHIFT = 0.45, 0.12, 0.42
_MOST, _FURTHEST = 5.0, 6.0  # beyond these, evidence and lead say no more
_SAME = 0.02
_NEARLY = 0.6  # of log odds


def certainty(ranked: Sequence[Scored]) -> float:
    """The probability that what the first of `ranked` says is right."""
    own, lead = evidence(ranked)
    return logistic(OWN * own + LEAD * lead + SHIFT)


def evidence(ranked: Sequence[Scored]) -> tuple[float, float]:
    """The log odds of the best, and how far they are above those of all its rivals together."""
    best = ranked[0]
    own = _log_odds(best)
    rivals = sum(
        math.exp(_log_odds(one))
        for one in ranked[1:]
        if not alike(one, best) and not _of_one(one, best) and not said_with(one, best)
    )
    return min(own, _MOST), min(own - math.log(rivals), _FURTHEST) if rivals else _FURTHEST


def alike(one: Scored, best: Scored) -> bool:
    """Whether both are rows that the question fits as well: they answer together, or make a choice."""
    return (
        one.span.row is not None
        and best.span.row is not None
        and abs(one.fit.covered - best.fit.covered) < _SAME
        and one.fit.amount == best.fit.amount
        and one.fit.days == best.fit.days
        and one.fit.expected == best.fit.expected
    )


def said_with(one: Scored, best: Scored) -> bool:
    """Whether both are sentences of one passage that fit about as well: they are said together."""
    if one.span.passage.id != best.span.passage.id or min(one.span.place, best.span.place) < 0:
        return False
    limits = DENIAL * (best.fit.denied - one.fit.denied)  # "cards in the shop; riders take no cards"
    return _log_odds(best) - _log_odds(one) - limits < _NEARLY


def _of_one(one: Scored, best: Scored) -> bool:
    """The whole answer of a FAQ is no rival of its sentences."""
    same = one.span.passage.id == best.span.passage.id
    return same and best.span.passage.kind is PassageKind.FAQ


def _log_odds(one: Scored) -> float:
    sure = min(max(one.sure, 1e-9), 1 - 1e-9)
    return math.log(sure / (1 - sure))
