"""From evidence to a probability: what a judgement's confidence is made with."""

from math import exp

_FURTHEST = 30.0


def logistic(evidence: float) -> float:
    """The probability in (0, 1) of log-odds `evidence`."""
    bound = max(-_FURTHEST, min(_FURTHEST, evidence))
    return 1 / (1 + exp(-bound))
