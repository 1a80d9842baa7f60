"""Whether an answer is right: whole words and numbers, the right citation, silence where nothing stands."""

import pytest

from samvad.assistant.rules.golden import Golden, faults, holds

ANSWERABLE = Golden("a", "?", True, (("420",), ("kg", "kilo")), ("380",), ("prices.xlsx",))
UNANSWERABLE = Golden("b", "?", False, (), (), ())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("₹420 a kg", "420"),
        ("It costs ₹1,890.00.", "1890"),
        ("₹1,40,000 a month", "1,40,000"),
        ("R$ 38,90", "38,90"),
        ("Until 5 p.m.", "5 pm"),
        ("closes at 5pm", "5 pm"),
        ("6:00 to 21:00", "6:00"),
        ("NO, never", "no"),
        ("não entregamos", "Não"),
    ],
)
def test_it_is_there(text: str, wanted: str) -> None:
    assert holds(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("₹420", "42"), ("12.5 percent", "12"), ("16:00", "6:00"), ("nobody", "no"), ("6:00 13:00", "0013")],
)
def test_it_only_looks_as_if(text: str, wanted: str) -> None:
    assert not holds(text, wanted)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("500,27500", ["500", "27500"]),
        ("1,27500", ["1", "27500"]),
        ("27500,500", ["27500", "500"]),
        ("500,27,500", ["500", "27500"]),
        ("2,500,27500", ["2500", "27500"]),
        ("A1,500,27500,yes", ["27500", "yes"]),
        ("12,34,567,890", ["12,34,567", "890"]),
    ],
)
def test_cells_of_a_row_are_numbers_of_their_own(row: str, cells: list[str]) -> None:
    assert [cell for cell in cells if not holds(row, cell)] == []


@pytest.mark.parametrize(
    ("written", "number", "part"),
    [
        ("1,40,000", "140000", "40000"),
        ("12,34,567", "1234567", "34"),
        ("1,890", "1890", "890"),
        ("1,234,567", "1234567", "567"),
        ("38,90", "38,90", "38"),
    ],
)
def test_groups_of_one_number_are_no_cells(written: str, number: str, part: str) -> None:
    assert holds(written, number)
    assert not holds(written, part)


def test_a_right_answer_has_no_fault() -> None:
    assert not faults(ANSWERABLE, answered=True, answer="₹420 for a kilo", sources=["faq.md", "prices.xlsx"])
    assert not faults(UNANSWERABLE, answered=False, answer="", sources=[])


@pytest.mark.parametrize(
    ("answered", "answer", "sources", "why"),
    [
        (False, "", [], "not answered"),
        (True, "₹480 a kg", ["prices.xlsx"], "misses 420"),
        (True, "₹420 a kg, once ₹380", ["prices.xlsx"], "holds 380"),
        (True, "₹420 a kg", ["faq.md"], "cites faq.md"),
        (True, "₹420 a kg", [], "cites nothing"),
    ],
)
def test_a_wrong_answer_says_why(answered: bool, answer: str, sources: list[str], why: str) -> None:
    assert faults(ANSWERABLE, answered=answered, answer=answer, sources=sources) == [why]


def test_what_nobody_wrote_down_must_stay_unanswered() -> None:
    assert faults(UNANSWERABLE, answered=True, answer="₹90", sources=["prices.xlsx"])
