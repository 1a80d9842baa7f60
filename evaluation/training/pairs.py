"""Golden questions with the spans that the product would consider, each marked: does it answer?

`python -m evaluation.training.pairs FILE BUSINESS...` writes one JSON line a question: `business`,
`question`, `answerable`, `spans` (each in one line with what stands above it, the likeliest first) and
`marks` (1 answers, 0 does not, -1 tells a part, not learnt from). `python -m evaluation.training.reader`
learns from that.
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from samvad.assistant.rules.answering import choosing
from samvad.assistant.rules.answering.question import questions as parts_of
from samvad.assistant.rules.answering.searching import joined, searches
from samvad.assistant.rules.answering.types import Candidate
from samvad.assistant.rules.golden import Golden, holds, questions
from samvad.assistant.rules.language import guess
from samvad.kernel.language import Language
from samvad.knowledge.service.library import Library
from samvad.knowledge.types import PassageKind

_MOST_SPANS = 120


def asked(business: Path) -> Iterator[dict[str, object]]:
    library = Library.read(business / "knowledge")
    facts = tomllib.loads((business / "business.toml").read_text(encoding="utf-8"))
    language = Language(facts.get("language", "en"))
    for golden in questions(business):
        spans = _spans(golden, library, language)
        marks = [_mark(golden, span) for span in spans]
        if 1 not in marks:
            marks = [
                1 if mark == -1 else mark for mark in marks
            ]  # two records are needed: each is half of it
        if golden.answerable and 1 not in marks:
            continue
        yield {
            "business": business.name, "question": line(golden.question),
            "answerable": golden.answerable, "spans": [read_text(span) for span in spans], "marks": marks,
        }  # fmt: skip


def _spans(golden: Golden, library: Library, language: Language) -> list[Candidate]:
    """Those of all parts of the question, the likeliest of any part first."""
    found = joined([library.search(text, top_k=20) for text in searches(golden.question)])
    spoken = guess([golden.question], default=language)
    best: dict[tuple[object, int], tuple[float, Candidate]] = {}
    for part in parts_of(golden.question, language=spoken):
        for one in choosing.ranking(part, found):
            place = (one.span.passage.id, one.span.place)
            if place not in best or best[place][0] < one.sure:
                best[place] = (one.sure, one.span)
    ranked = sorted(best.values(), key=lambda entry: -entry[0])
    return [span for _, span in ranked[:_MOST_SPANS]]


def _mark(golden: Golden, span: Candidate) -> int:
    if not golden.answerable or span.passage.source not in golden.sources:
        return -1 if golden.answerable and _held(golden, span.text) else 0
    held = _held(golden, span.text)
    return 1 if held == len(golden.must) else -1 if held else 0


def _held(golden: Golden, text: str) -> int:
    return sum(any(holds(text, word) for word in wordings) for wordings in golden.must)


def read_text(span: Candidate) -> str:
    """The span under its headings, the question of its FAQ, or the names of its columns."""
    passage = span.passage
    above = passage.heading.rsplit(">", 1)[-1].strip()
    if passage.kind is PassageKind.FAQ:
        above = dict(passage.fields).get("question", "")
    elif span.head:
        above = f"{above}. {span.head}" if above else span.head
    cells = (f"{column}: {cell}" for column, cell in passage.fields if cell.strip())
    text = "; ".join(cells) if span.row else span.text
    return line(f"{above}: {text}" if above else text)


def line(text: str) -> str:
    return " ".join(text.split())


def main(arguments: Sequence[str]) -> None:
    target, *businesses = map(Path, arguments)
    with target.open("w", encoding="utf-8") as file:
        for business in businesses:
            for row in asked(business):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
