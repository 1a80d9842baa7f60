"""The fitted numbers of ranking, as `evaluation/retrieval.py` wrote them into retrieval.json."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson


@dataclass(frozen=True, slots=True)
class Arm:
    """A logistic model: a bias, and one factor for each of the features that `ranking.features` makes."""

    bias: float
    factors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    weight: float  # of the vector arm in the sum of z-scores
    faq_weight: float  # the same for a question with its answer
    both: Arm  # where the question has a vector
    words: Arm  # where it has none


@cache
def fitted() -> Model:
    found = orjson.loads(files("samvad.knowledge.rules").joinpath("retrieval.json").read_bytes())
    both, words = (Arm(found[name]["bias"], tuple(found[name]["factors"])) for name in ("both", "words"))
    return Model(found["weight"], found["faq_weight"], both, words)
