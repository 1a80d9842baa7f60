"""The golden questions of the demos and of the development businesses, asked of their own documents.

Words alone search here, as in an installation without the model of vectors; `samvad eval` uses what is there.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from samvad.assistant.service.evaluation import Judged, judge, score
from samvad.knowledge.service.library import Library

ROOT = Path(__file__).parents[2]
DEMOS = sorted((ROOT / "src/samvad/workflows/demo/businesses").glob("*/questions.jsonl"))
KNOWN, LATER = ("bakery", "bicycle"), ("courier", "garage", "petshop", "restaurant", "salon", "studio")


def development(names: Sequence[str]) -> list[Path]:
    return [ROOT / f"evaluation/businesses/{name}/questions.jsonl" for name in names]


def judged(business: Path) -> list[Judged]:
    return judge(business, Library.read(business / "knowledge", model=lambda: None))


@pytest.mark.parametrize("file", DEMOS, ids=lambda file: file.parent.name)
def test_a_demo_answers_its_golden_questions(file: Path) -> None:
    every = judged(file.parent)
    total = score(every)
    told = [f"{one.golden.question} -> {one.answer}" for one in every if one.verdict in ("wrong", "invented")]
    assert total.questions == 50
    assert total.right >= 0.75
    assert total.wrong <= 0.03, told
    assert total.refused == 1, told
    assert total.cited >= 0.95


def test_the_bars_hold_but_for_how_much_is_answered_where_people_ask_in_other_words() -> None:
    known = [one for file in (*DEMOS, *development(KNOWN)) for one in judged(file.parent)]
    assert score(known).right >= 0.8
    total = score([*known, *(one for file in development(LATER) for one in judged(file.parent))])
    assert total.right >= 0.53
    assert total.wrong <= 0.03
    assert total.refused >= 0.95
    assert total.cited >= 0.9
    assert total.gap <= 0.065


def test_a_judgement_knows_wrong_from_right() -> None:
    """The bars above would not be worth much if the judge let everything pass."""
    every = judged(DEMOS[0].parent)
    right = next(one for one in every if one.verdict == "right")
    other = next(one for one in every if one.verdict == "right" and one.answer != right.answer)
    swapped = Judged(right.golden, right.kind, right.outcome, other.answer, right.confidence, ["misses"])
    assert swapped.verdict == "wrong"
    assert score([right, swapped]).wrong == 0.5
