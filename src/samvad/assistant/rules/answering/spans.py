"""Passages cut into the spans that may answer: sentences, rows, answers of FAQ."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from samvad.assistant.rules.answering.rows import row_of
from samvad.assistant.rules.answering.terms import written
from samvad.assistant.rules.answering.types import Candidate, Row
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import Fact
from samvad.kernel.language import Language
from samvad.knowledge.types import Found, Passage, PassageKind

LONGEST = 280
_MOST_KEPT = 4096
WHOLE = -1  # the place of an answer that is said whole
_LONGEST_HEADING = 40
_LEAST_WRAPPED, _WIDTH = 40, 75  # characters of a line that may go on, of one that surely does
_QUALIFIED = re.compile(r"[(]|\bin\b", re.IGNORECASE)  # "Price in the machine" is a price
_BULLET = re.compile(r"^\s*(?:[-*•·▪–]|\d{1,2}[.)])\s+")
_MARKS = re.compile(r"\*\*|__|`|^#+\s*")
_END = re.compile(
    r"(?<=[.!?।؟])(?<!\bRs\.)(?<!\bNo\.)(?<!\bapprox\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bSt\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bca\.)\s+(?=[\"'“(]?[^\sa-z])"
)


def sentences(text: str) -> list[str]:
    """The sentences and list items of `text`, without the marks of lists and headings."""
    found: list[str] = []
    for line in text.splitlines():
        bare = _MARKS.sub("", _BULLET.sub("", line)).strip()
        found += [part.strip() for part in _END.split(bare) if part.strip()]
    return found


def lines(text: str) -> list[tuple[str, str]]:
    """(sentence, line above it that heads it) of `text`: plain text has headings without marks too."""
    found: list[tuple[str, str]] = []
    head = ""
    rows = unwrapped(text)
    for at, line in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else ""
        if not line:
            head = ""
        elif _heads(line) and following:
            head = line.strip("*_:# ")
        else:
            for sentence in sentences(line):
                if _shouts(sentence):
                    head = sentence.strip(".:")
                else:
                    found.append((sentence, head))
    return found


def _shouts(sentence: str) -> bool:
    """A title that runs into its text: "PETS. Small dogs only."."""
    return (
        sentence.isupper()
        and len(sentence) <= _LONGEST_HEADING
        and sentence[-1] in ".:"
        and not read(sentence)
    )


def unwrapped(text: str) -> list[str]:
    """The lines of `text`, with those joined that a page's width had cut."""
    rows: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if rows and _goes_on(rows[-1], line):
            rows[-1] = f"{rows[-1]} {line}"
        else:
            rows.append(line)
    return rows


def _goes_on(line: str, following: str) -> bool:
    if not following or len(line) < _LEAST_WRAPPED or line[-1] in ".!?:;।" or _BULLET.match(following):
        return False
    return len(line) >= _WIDTH or following[0].islower() or following[0].isdigit()


def _heads(line: str) -> bool:
    """A short line that ends no sentence and states nothing."""
    bare = line.strip("*_ ")
    if len(bare) > _LONGEST_HEADING or _BULLET.match(line) or bare[-1:] in ".!?,;":
        return False
    return bare.endswith(":") or (":" not in bare and not read(bare))


def candidates(found: Found, language: Language) -> list[Candidate]:
    """The spans of one passage, its words in the form that questions in `language` have."""
    return [replace(span, score=found.score) for span in _spans(found.passage, language)]


@lru_cache(maxsize=_MOST_KEPT)
def _spans(passage: Passage, language: Language) -> tuple[Candidate, ...]:
    """Kept, since customers ask about the same few passages again and again."""
    if passage.kind is PassageKind.ROW:
        return tuple(_of_row(passage, language))
    if passage.kind is PassageKind.FAQ:
        return tuple(_of_faq(passage, language))
    return tuple(_of_text(passage, passage.text, question="", language=language))


def _of_row(passage: Passage, language: Language) -> Iterator[Candidate]:
    row = row_of(passage.fields)
    if row is None:  # a note in a sheet of one column
        text = "\n".join(cell for _, cell in passage.fields if cell.strip()) or passage.text
        yield from _of_text(passage, text, question="", language=language)
        return
    cells = " ".join(cell for _, cell in passage.fields)
    columns = " ".join(_QUALIFIED.split(column)[0] for column, _ in passage.fields)
    facts = tuple(read(row.name)) + tuple(read(row.size)) + _cell_facts(row)
    yield Candidate(
        passage, passage.text, written(cells, language), written(f"{columns} {_headings(passage)}", language),
        frozenset(), facts, 0, 0.0, row,
    )  # fmt: skip


def _cell_facts(row: Row) -> tuple[Fact, ...]:
    cells = (*row.prices, *row.others, *((row.stock,) if row.stock else ()))
    return tuple(fact for cell in cells for fact in cell.facts)


def _of_faq(passage: Passage, language: Language) -> Iterator[Candidate]:
    fields = dict(passage.fields)
    question, answer = fields.get("question", ""), fields.get("answer", "")
    yield from _of_text(passage, answer, question=question, language=language)


def _of_text(passage: Passage, text: str, *, question: str, language: Language) -> Iterator[Candidate]:
    heard = written(question, language)
    above = written(_headings(passage), language)
    parts = lines(text)
    said = [written(part, language) for part, _ in parts]
    if question and parts and len(text) <= LONGEST:
        every = frozenset().union(*said) | heard
        facts = tuple(read(text, expand_days=True))
        shown = " ".join(part for part, _ in parts)
        yield Candidate(passage, shown, every, above, frozenset(), facts, WHOLE, 0.0, heard=heard)
    for at, (part, head) in enumerate(parts):
        near = frozenset().union(*said[max(at - 1, 0) : at + 2]) - said[at]
        facts = tuple(read(part, expand_days=True))
        around = above | heard | written(head, language)
        yield Candidate(passage, part, said[at], around, near, facts, at, 0.0, heard=heard, head=head)


def _headings(passage: Passage) -> str:
    name = re.sub(r"\.\w{1,5}$", "", passage.source.rsplit("/", 1)[-1])
    return f"{passage.heading} {name}"
