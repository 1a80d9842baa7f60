"""How the index packs where a term stands: blocks of neighbouring passages, one number for each of them.

A number holds the passage's place in its block and the term's weight there in steps of HIGHEST / 65535, so
that a score is at most 0.00002 of the highest possible off. A block is small enough to stand in an index.
"""

from collections import defaultdict
from collections.abc import Mapping

from samvad.knowledge.rules.bm25 import HIGHEST

BLOCK = 128  # passages; what is stored depends on it
STEPS = 65535


def packed(weights: Mapping[int, float]) -> dict[int, list[int]]:
    """By block, from a term's weight in each passage of a source."""
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for position, weight in sorted(weights.items()):
        block, place = divmod(position, BLOCK)
        blocks[block].append(place << 16 | step(weight))
    return dict(blocks)


def step(weight: float) -> int:
    """At least one: a term that is held at all counts as held."""
    return max(1, min(STEPS, round(weight / HIGHEST * STEPS)))


def is_at(one: int, position: int) -> bool:
    """Whether `one`, of this position's block, is of this position."""
    return one >> 16 == position % BLOCK


def weight(one: int) -> float:
    return (one & STEPS) * HIGHEST / STEPS
