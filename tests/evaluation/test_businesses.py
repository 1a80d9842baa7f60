"""The invented businesses keep what their README promises, and their questions can be judged."""

import csv
import re
import tomllib
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from evaluation.documents.making import BUSINESSES, stale

from samvad.assistant.rules.golden import Golden, holds, questions

DEMO = {"dairy", "property", "vending"}
DEVELOPMENT = {"bakery", "bicycle", "salon", "petshop", "garage", "studio", "courier", "restaurant"}
HELD_OUT = {"dental", "tutoring", "hardware", "homestay"}
SAID_BY_GRAMMAR = {"yes", "no", "not", "never", "not recommend", "not buy"}
IN_A_MESSAGE = 280  # characters that an automatic answer may have
SENTENCE = re.compile(r"(?<=[.?!]) (?=[^a-z])")
EVERY = [pytest.param(business, id=business.name) for business in BUSINESSES]


def written(business: Path, name: str) -> str:
    """What a document says, from its source where it is a made one."""
    source = business / "sources" / f"{name}.md"
    text = (source if source.exists() else business / "knowledge" / name).read_text(encoding="utf-8")
    if name.endswith(".csv"):
        return "\n".join(cell for row in csv.reader(text.splitlines()) for cell in row)
    return text


def test_every_business_is_of_one_set() -> None:
    assert {business.name for business in BUSINESSES} == DEMO | DEVELOPMENT | HELD_OUT


def test_the_readme_says_which_set() -> None:
    readme = (Path(__file__).parents[2] / "evaluation/README.md").read_text(encoding="utf-8")
    lines = (line for line in readme.splitlines() if line.startswith("| "))
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    said = {row[1]: row[4] for row in rows[1:]}
    assert said == dict.fromkeys(DEVELOPMENT, "development") | dict.fromkeys(HELD_OUT, "held out")


@pytest.mark.parametrize("business", EVERY)
def test_made_documents_are_fresh(business: Path) -> None:
    assert not [path.name for path, _ in stale(business)], "run: python -m evaluation.documents"


@pytest.mark.parametrize("business", EVERY)
def test_enough_is_written_in_enough_formats(business: Path) -> None:
    formats = {path.suffix for path in (business / "knowledge").iterdir()}
    assert len(formats) >= 3
    assert tomllib.loads((business / "business.toml").read_text(encoding="utf-8"))["name"]


@pytest.mark.parametrize("business", EVERY)
def test_questions_are_of_the_promised_number(business: Path) -> None:
    every = questions(business)
    answerable = sum(golden.answerable for golden in every)
    assert (answerable, len(every)) == ((40, 50) if business.name in DEMO else (25, 35))
    assert len({golden.id for golden in every}) == len({golden.question for golden in every}) == len(every)


@pytest.mark.parametrize("business", EVERY)
def test_answers_stand_in_the_sources_they_name(business: Path) -> None:
    for golden in questions(business):
        if not golden.answerable:
            assert not (golden.must or golden.must_not or golden.sources), golden.id
            continue
        assert golden.must, golden.id
        read = "\n".join(written(business, name) for name in golden.sources)
        absent = [words for words in golden.must if not any(_stands(read, word) for word in words)]
        assert not absent, golden.id


@pytest.mark.parametrize("business", EVERY)
def test_a_trap_is_somewhere_to_fall_into(business: Path) -> None:
    read = "\n".join(written(business, path.name) for path in (business / "knowledge").iterdir())
    for golden in questions(business):
        harmless = [word for word in golden.must_not if not holds(read, word)]
        assert not harmless, golden.id


@pytest.mark.parametrize("name", sorted(DEVELOPMENT))
def test_two_records_are_enough_to_answer(name: str) -> None:
    business = next(folder for folder in BUSINESSES if folder.name == name)
    for golden in questions(business):
        records = [record for file in golden.sources for record in _records(business, file)]
        assert not golden.answerable or any(_answers(golden, quote) for quote in _quotes(golden, records)), (
            golden.id
        )


def _records(business: Path, name: str) -> Iterator[str]:
    """A row of a table, a sentence of anything else."""
    if name.endswith(".csv"):
        text = (business / "knowledge" / name).read_text(encoding="utf-8")
        yield from (", ".join(row) for row in csv.reader(text.splitlines()))
        return
    for line in filter(None, written(business, name).splitlines()):
        yield from [line] if line.startswith("|") else SENTENCE.split(line)


def _quotes(golden: Golden, records: Sequence[str]) -> Iterator[str]:
    useful = [text for text in records if any(holds(text, word) for words in golden.must for word in words)]
    yield from useful
    yield from (" ".join(two) for two in combinations(useful, 2))


def _answers(golden: Golden, quote: str) -> bool:
    right = all(any(holds(quote, word) for word in words) for words in golden.must)
    return right and len(quote) <= IN_A_MESSAGE and not any(holds(quote, word) for word in golden.must_not)


def _stands(read: str, word: str) -> bool:
    return word.casefold() in SAID_BY_GRAMMAR or holds(read, word)


def test_a_question_knows_its_right_answer() -> None:
    line = """{"id": "a", "question": "?", "answerable": true, "must": ["420", ["kg", "kilo"]],
               "must_not": ["380"], "source": ["prices.xlsx", "faq.md"]}"""
    golden = Golden.of(line)
    assert golden.must == (("420",), ("kg", "kilo"))
    assert golden.sources == ("prices.xlsx", "faq.md")
