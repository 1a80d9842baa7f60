"""Chunks of 500 tokens that share 50, counted by the model's own tokenizer."""

import random
from itertools import pairwise

import pytest

from samvad.knowledge.adapters.registry import tokens
from samvad.knowledge.rules.chunks import OVERLAP, SIZE, WINDOW, chunks, windows
from samvad.knowledge.rules.passages import cut
from samvad.knowledge.types import PassageKind, Piece

WHOLE = ("milk", "bread", "water", "house", "river", "green", "seven", "table", "light", "paper", "stone")


def text_of(count: int) -> str:
    draw = random.Random(3)
    return " ".join(draw.choice(WHOLE) for _ in range(count))


def spread(text: str) -> list[tuple[int, int]]:
    """(first token, behind the last) of each chunk."""
    spans = tokens()(text)
    starts = {start: number for number, (start, _) in enumerate(spans)}
    ends = {end: number for number, (_, end) in enumerate(spans, 1)}
    return [(starts[start], ends[end]) for start, end in chunks(text, tokens())]


def test_two_thousand_tokens_are_cut_exactly() -> None:
    places = spread(text_of(2000))
    assert places == [(0, 500), (450, 950), (900, 1400), (1350, 1850), (1800, 2000)]
    text = text_of(2000)
    sizes = [len(tokens()(text[start:end])) for start, end in chunks(text, tokens())]
    assert sizes == [500, 500, 500, 500, 200]


def test_no_word_is_cut_and_nothing_is_lost() -> None:
    text = " ".join(f"immunoglobulin{n} desoxyribonucleotide" for n in range(400))
    places = spread(text)
    assert places[0][0] == 0 and places[-1][1] == len(tokens()(text))
    assert all(0 < end - start <= SIZE for start, end in places)
    shared = [before[1] - after[0] for before, after in pairwise(places)]
    assert all(OVERLAP <= overlap < OVERLAP + 12 for overlap in shared)
    assert all(
        word in text.split() for start, end in chunks(text, tokens()) for word in text[start:end].split()
    )


def test_a_word_without_end_is_cut_after_all() -> None:
    text = "x1" * 3000
    assert "".join(windows(text, tokens())) == text


def test_windows_follow_each_other() -> None:
    text = text_of(500)
    found = list(windows(text, tokens()))
    assert [len(tokens()(window)) for window in found] == [WINDOW] * 4 + [20]


def test_chunks_carry_their_heading_and_the_page_of_their_beginning() -> None:
    pages = [Piece(PassageKind.TEXT, text_of(300), "Handbook", page) for page in (1, 2, 3)]
    found = list(cut(pages, tokens()))
    assert [(piece.heading, piece.page) for piece in found] == [("Handbook", 1), ("Handbook", 2)]


@pytest.mark.parametrize("text", ["", "   \n"])
def test_nothing_makes_no_chunk(text: str) -> None:
    assert list(chunks(text, tokens())) == []
