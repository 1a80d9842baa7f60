"""The tasks of `samvad ai`: each makes, from its options, the function that judges one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from samvad.assistant.prompts.system import Text, text
from samvad.assistant.rules import language as languages
from samvad.assistant.rules.citations import citations
from samvad.assistant.rules.language import guess
from samvad.assistant.service.answering import Business, Outcome, answered
from samvad.contacts import rules as consent
from samvad.kernel.errors import Invalid
from samvad.kernel.language import Language

_LIBRARY = "samvad.knowledge.service.library"  # heavy: loaded by the tasks that search
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one row, and the calibrated probability that it is right."""

    fields: Mapping[str, object]
    confidence: float


Judge = Callable[[Row], Judgement]
Task = Callable[..., Judge]
"""Its parameters, annotated for Typer, become options; it raises Invalid for those it cannot use."""


def text_of(row: Row, field: str = "text") -> str:
    """Raises Invalid when the row has no such text."""
    found = row.get(field)
    if not isinstance(found, str):
        raise Invalid(f"{field}: is needed, as text")
    return found


def optout() -> Judge:
    """Does the text ask not to be written to any more?"""

    def judge(row: Row) -> Judgement:
        wish = consent.opt_out_of(text_of(row))
        return Judgement({"optout": wish.asked}, wish.confidence)

    return judge


def language() -> Judge:
    """Which language is the text in? English where it does not tell."""

    def judge(row: Row) -> Judgement:
        told = languages.tell([text_of(row)], default=Language.ENGLISH)
        return Judgement({"lang": told.language}, told.confidence)

    return judge


Knowledge = Annotated[
    Path, typer.Option("--knowledge", help="a folder of documents", exists=True, file_okay=False)
]
TopK = Annotated[int, typer.Option("--top-k", min=1, max=50, help="most passages of a row")]


def retrieve(*, knowledge: Knowledge, top_k: TopK = 5) -> Judge:
    """Which passages of these documents answer the question best?"""
    library = import_module(_LIBRARY).Library.read(knowledge)
    for name, reason in library.unread.items():
        typer.echo(f"samvad ai retrieve: {name}: {reason}", err=True)

    def judge(row: Row) -> Judgement:
        found = library.search(text_of(row), top_k=top_k)
        shown = [
            {"source": f.passage.source, "text": f.passage.text, "score": round(f.score, 4)} for f in found
        ]
        return Judgement({"passages": shown}, found[0].score if found else 0.0)

    return judge


def answer(*, knowledge: Knowledge) -> Judge:
    """What do the documents of a folder say to a question? Without a model; unsure means not answered."""
    shelf = import_module(_LIBRARY).Library.read(knowledge)

    def judge(row: Row) -> Judgement:
        question = text_of(row)
        found = answered(question, shelf, business=Business()).answer
        fallback = text(Text.FALLBACK, guess([question], default=Language.ENGLISH))
        fields = {
            "answered": found.outcome is Outcome.ANSWERED,
            "outcome": found.outcome.value,  # "which" asks back, it answers nothing yet
            "answer": found.text or fallback,
            "citations": citations(found),
        }
        return Judgement(fields, found.confidence)

    return judge


TASKS: Mapping[str, Task] = {
    "answer": answer,
    "optout": optout,
    "language": language,
    "retrieve": retrieve,
}
