"""Of a row with several prices the one that was asked for is told, of a row without any all of it."""

import pytest

from tests.assistant.answering.shelf import ask, row

FISH = row("board.csv", Fish="Sardine", Half_kilo="Rs 90", One_kilo="Rs 170", Remark="from Kochi")
MENU = row("menus.csv", Menu="Nizami", Veg_plate="₹890", **{"Non-veg plate": "₹1150"})
COFFEE = row("beans.csv", Coffee="Tram Stop Blend", **{"250g": "$16", "500g": "$29", "1kg": "$54"})
BOUQUET = row("flowers.csv", Arrangement="Hand-tied tulips", Small="£38 (6 stems)", Large="£62 (12 stems)")
GARDEN = row("garden.csv", Item="Sukuma wiki", Shillings="1500/=", Unit="bundle")
FILM = row("jobs.csv", Job="Bonnet film", Guarantee="guaranteed 5 years", Sum="1300")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("price of sardine, one kilo", "Sardine: one kilo Rs 170 (from Kochi)."),
        ("sardine half kilo price", "Sardine: half kilo Rs 90 (from Kochi)."),
        ("what is the price of the sardine", "Sardine: half kilo Rs 90, one kilo Rs 170, from Kochi."),
        ("nizami veg plate price", "Nizami: veg plate ₹890."),
        ("nizami non-veg plate price", "Nizami: non-veg plate ₹1150."),
        ("how much is a kilo of tram stop blend", "Tram Stop Blend: 1kg $54."),
        ("price of large hand-tied tulips", "Hand-tied tulips: large £62 (12 stems)."),
        ("how much is sukuma wiki", "Sukuma wiki (bundle): shillings 1500/=."),
        ("bonnet film", "Bonnet film: guarantee guaranteed 5 years, sum 1300."),
    ],
)
def test_the_price_that_was_asked_for(question: str, answer: str) -> None:
    shelf = [FISH, MENU, COFFEE, BOUQUET, GARDEN, FILM]
    assert ask(question, shelf=shelf).text == answer
