"""Words, weights and ranks: what the arms say and how they become one order with probabilities."""

from pathlib import Path

import pytest

from samvad.knowledge.rules.bm25 import rarities, rarity, score, weights
from samvad.knowledge.rules.model import Arm, Model, fitted
from samvad.knowledge.rules.query import ask
from samvad.knowledge.rules.ranking import Candidate, rank
from samvad.knowledge.rules.text import is_english, question_terms, terms
from samvad.knowledge.service.library import Library

MODEL = Model(0.5, 0.8, Arm(-1.0, (1, 1, 1, 0, 0, 1, 0)), Arm(-1.0, (1, 1, 1, 0, 0)))


def place_of(order: list[tuple[int, float]], number: int) -> int:
    return [i for i, _ in order].index(number)


def test_terms_are_stemmed_and_common_words_left_out() -> None:
    assert terms("The deliveries are delivered on Mondays", english=True) == ["deliveri", "deliv", "monday"]
    assert terms("Rs. 1,250.50 on 2026-03-01", english=True) == ["rs", "1,250.50", "2026-03-01"]


def test_a_question_of_common_words_alone_is_searched_by_them() -> None:
    assert question_terms("who are you", english=True) == ["who", "are", "you"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("what is the price?", True),
        ("refund policy", True),
        ("cuánto cuesta el envío", False),
        ("onde fica a loja de vocês?", False),
        ("kitna paisa lagega bhai kya hai", False),
        ("कितना लगेगा", False),
        ("كم السعر", False),
        ("", False),
    ],
)
def test_only_english_gets_a_vector(text: str, english: bool) -> None:
    assert is_english(text) is english


def test_other_languages_are_found_by_parts_of_words() -> None:
    held = weights(terms("डिलीवरी सोमवार को होती है", english=False))
    asked = rarities(question_terms("डिलीवरियों कब", english=False), dict.fromkeys(held, 1), 10)
    assert score(asked, held) > 0


def test_rare_terms_weigh_more_and_repeats_saturate() -> None:
    assert rarity(1, 100) > rarity(50, 100) > rarity(100, 100) > 0
    once, twice, often = (weights(["milk"] * n + ["x"] * (20 - n))["milk"] for n in (1, 2, 10))
    assert once < twice < often < 2 * twice


def test_the_rarest_terms_lead_until_enough_is_read() -> None:
    query = ask("paneer milk delivery", {"paneer": 3, "milk": 900, "deliveri": 50}, 1000)
    assert list(query.leading(100)) == ["paneer", "deliveri"]
    assert list(query.leading(10_000)) == ["paneer", "deliveri", "milk"]
    assert list(ask("milk", {"milk": 900}, 1000).leading(10)) == ["milk"]


def test_both_arms_together_beat_either() -> None:
    both = Candidate(0.8, 0.8, 0.7)
    order = rank([Candidate(0.9, 0.9, 0.1), both, Candidate(0.1, 0.1, 0.8), *[Candidate(0, 0, 0)] * 5], MODEL)
    assert order[0][0] == 1
    assert all(0 < p < 1 for _, p in order)


def test_without_a_vector_words_alone_decide() -> None:
    order = rank([Candidate(0.2, 0.5, None), Candidate(0.6, 1.0, None)], MODEL)
    assert [i for i, _ in order] == [1, 0]


def test_what_was_replaced_never_wins_over_what_is_in_force() -> None:
    old, new = Candidate(0.9, 1.0, 0.9, superseded=True), Candidate(0.3, 0.4, 0.3)
    order = rank([old, new], MODEL)
    assert (place_of(order, 1), place_of(order, 0)) == (0, 1)
    fresh = dict(rank([Candidate(0.9, 1.0, 0.9), new], MODEL))
    assert dict(order)[0] < fresh[0]


def test_nothing_to_rank() -> None:
    assert rank([], MODEL) == []


def test_the_shipped_numbers_fit_the_features() -> None:
    model = fitted()
    assert 0 < model.weight < 1 and 0 < model.faq_weight < 1
    assert (len(model.both.factors), len(model.words.factors)) == (7, 5)
    assert all(p > 0 for _, p in rank([Candidate(0.5, 0.5, 0.5, faq=True)], model))


@pytest.mark.parametrize("model", ["with the model", "without"])
def test_a_folder_is_searched_as_the_product_searches(tmp_path: Path, model: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "hours.txt").write_text("We are open from nine to six.")
    (tmp_path / "sub" / "prices.csv").write_text("item,price\nCow milk,Rs. 62\nPaneer,Rs. 90\n")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7")
    library = Library.read(tmp_path) if model != "without" else Library.read(tmp_path, model=lambda: None)
    found = library.search("what is the price of paneer", top_k=2)
    assert found[0].passage.fields == (("item", "Paneer"), ("price", "Rs. 90"))
    assert (found[0].passage.source, len(found)) == ("sub/prices.csv", 2)
    assert found[0].score > found[1].score
    assert list(library.unread) == ["broken.pdf"]
    assert library.search("") == []
