"""Golden questions: what a right answer holds, and whether a given answer is right."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from samvad.kernel.errors import Invalid

_GROUPED = re.compile(  # 1,890 and 1,40,000, but neither 38,90 nor 500,27,500
    r"(?<!\d)(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?!\d)"
)
_CELLS = re.compile(r"(?<=\d),(?=\d{4})|(?<=\d{4}),(?=\d{3}(?!\d))")  # no number is written 500,27500
_CENTS = re.compile(r"(?<=\d)[.,]0+(?!\d)")
_HOUR = re.compile(r"(?<=\d)\s*([ap])\.?\s?m\b\.?")


@dataclass(frozen=True, slots=True)
class Golden:
    """`must`: each entry in one of its wordings; `sources`: any of these files is a right citation."""

    id: str
    question: str
    answerable: bool
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    sources: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Self:
        row = json.loads(line)
        return cls(
            row["id"], row["question"], row["answerable"], tuple(map(_several, row["must"])),
            tuple(row.get("must_not", ())), _several(row["source"]),
        )  # fmt: skip


def _several(entry: str | Sequence[str] | None) -> tuple[str, ...]:
    return () if entry is None else (entry,) if isinstance(entry, str) else tuple(entry)


def questions(business: Path) -> list[Golden]:
    """Raises OSError, and Invalid with the line that is no question."""
    lines = (business / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [_golden(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _golden(number: int, line: str) -> Golden:
    try:
        return Golden.of(line)
    except KeyError as missing:
        raise Invalid(f"questions.jsonl, line {number}: {missing} is missing") from missing
    except (ValueError, TypeError) as broken:
        raise Invalid(f"questions.jsonl, line {number} is no question: {broken}") from broken


def faults(golden: Golden, *, answered: bool, answer: str, sources: Sequence[str]) -> list[str]:
    """Why this is no right answer; empty when it is. `sources` as cited, best first."""
    if not golden.answerable:
        return [f"answered, though nobody wrote it down: {answer}"] if answered else []
    if not answered:
        return ["not answered"]
    missing = [f"misses {' or '.join(words)}" for words in golden.must if not _any(words, answer)]
    wrong = [f"holds {word}" for word in golden.must_not if holds(answer, word)]
    cited = [] if set(golden.sources) & set(sources) else [f"cites {', '.join(sources) or 'nothing'}"]
    return [*missing, *wrong, *cited]


def _any(words: Sequence[str], answer: str) -> bool:
    return any(holds(answer, word) for word in words)


def holds(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` as whole words or whole numbers: 42 is not in 420 nor in 42.5."""
    word = _plain(wanted)
    before = r"(?<!\d)(?<!\d[.,:])" if word[0].isdigit() else r"(?<!\w)"
    after = r"(?!\d|[.,:]\d)" if word[-1].isdigit() else r"(?!\w)"
    return re.search(before + re.escape(word) + after, _plain(text)) is not None


def _plain(text: str) -> str:
    """Lower case, one space, `1,890.00` as `1890`, `9 p.m.` as `9pm`, `500,27500` as two numbers."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    plain = _GROUPED.sub(lambda found: found[0].replace(",", ""), plain)
    return _HOUR.sub(r"\1m", _CENTS.sub("", _CELLS.sub(", ", plain)))
