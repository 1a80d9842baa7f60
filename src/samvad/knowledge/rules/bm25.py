"""BM25 in two halves: a term's weight in a passage, fixed when it is indexed, and its rarity, when asked.

Lengths are measured against a fixed usual length instead of the collection's mean: a weight then never
changes because of other documents, and the arms of one index and of many agree.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_K1, _B, _USUAL = 0.9, 0.4, 220.0  # the usual length in terms: a chunk of 500 tokens
HIGHEST = _K1 + 1  # no weight is above it


def weights(terms: Sequence[str]) -> dict[str, float]:
    """Each term of a passage with its weight."""
    norm = _K1 * (1 - _B + _B * len(terms) / _USUAL)
    return {term: times * HIGHEST / (times + norm) for term, times in Counter(terms).items()}


def rarity(holding: int, passages: int) -> float:
    """The inverse document frequency of a term that `holding` of `passages` have; above 0."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def rarities(question: Iterable[str], holding: Mapping[str, int], passages: int) -> dict[str, float]:
    """Of every term of the question, known or not."""
    return {term: rarity(min(holding.get(term, 0), passages), passages) for term in question}


def score(rarity: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return sum(rare * weight[term] for term, rare in rarity.items() if term in weight)
