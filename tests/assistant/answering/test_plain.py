"""The bluntest questions of customers, put to the demo businesses: words alone, as without the model."""

from functools import cache
from pathlib import Path

import pytest

from samvad.assistant.rules.answering.searching import joined, searches
from samvad.assistant.rules.answering.types import Answer, Outcome
from samvad.assistant.rules.grounded import Business, grounded
from samvad.assistant.rules.language import guess
from samvad.kernel.language import Language
from samvad.knowledge.service.library import Library

DEMOS = Path(__file__).parents[3] / "src/samvad/workflows/demo/businesses"

BUSINESSES = {
    "dairy": Business("Shubhra Dairy", "INR", "IN"),
    "property": Business("Banyan Lane Homes", "INR", "IN"),
    "vending": Business("Corner Crank", "USD", "US"),
}


@cache
def library(business: str) -> Library:
    return Library.read(DEMOS / business / "knowledge", model=lambda: None)


def ask(business: str, question: str) -> Answer:
    found = joined([library(business).search(text, top_k=20) for text in searches(question)])
    language = guess([question], default=Language.ENGLISH)
    return grounded(question, found, language=language, business=BUSINESSES[business])


DAIRY = [
    ("do you have paneer and what does 1 kg cost?",
     "Yes, we have Fresh paneer (1 kg block): ₹420; Malai paneer (1 kg block): ₹480."),
    ("do you have paneer",
     "Yes, we have Fresh paneer (200 g pack): ₹92; Fresh paneer (1 kg block): ₹420; "
     "Malai paneer (200 g pack): ₹105; Malai paneer (1 kg block): ₹480."),
    ("do you sell curd", "Yes, we have Curd (400 g pouch): ₹35; Curd (1 kg pouch): ₹82."),
    ("do you have ghee", "Yes, we have A2 Gir cow ghee, Cow ghee, Buffalo ghee."),
    ("do you have tofu", "Yes, we have Tofu (200 g pack): ₹75."),
    ("do you have ice cream", "No, we do not sell ice cream. We have malai kulfi sticks."),
    ("do you have almond milk", "We do not sell almond milk, oat milk or soya milk."),
    ("do you have 5 litre ghee", "Yes, we have Buffalo ghee (5 l tin): ₹3350."),
    ("what sweets do you have",
     "Yes, we have Kesar pedha; Milk barfi; Gulab jamun; Rasgulla; Rasmalai; Basundi; Kulfi stick, malai; "
     "Gajar halwa."),
    ("khoa rate", "Khoa (mawa), 250 g: ₹120; Khoa (mawa), 1 kg: ₹460."),
    ("dahi kitne ka hai", "Curd (400 g pouch): ₹35; Curd (1 kg pouch): ₹82."),
    ("price of rasgulla and gulab jamun",
     "Rasgulla (10 pieces) is ₹160. Gulab jamun (12 pieces) is ₹180."),
    ("where are you", "Shop: 14 Neelkamal Lane, behind the post office, Karve Nagar, Pune 411052."),
    ("how do I cancel my subscription",
     "To cancel, three days' notice is enough. There is no cancellation fee."),
    ("1 litre milk",
     "Full cream milk (buffalo), 1 l pouch: ₹74; Toned milk (1 l pouch): ₹53; Cow milk (1 l pouch): ₹60; "
     "A2 Gir cow milk (1 l glass bottle): ₹105, plus ₹20 bottle deposit."),
    ("can i pay by card",
     "We take cash, UPI, and debit and credit cards in the shop. Riders take cash and UPI, no cards."),
]  # fmt: skip
PROPERTY = [
    ("deposit?", "The deposit is six months' rent for flats and houses, and ten months' rent for shops."),
    (
        "2 bhk in indiranagar",
        "Fern Court 2B: ₹52,000 a month, semi-furnished; one car park; no lift\n"
        "Fern Court 4A: ₹58,000 a month, fully furnished; one car park; no lift\n"
        "Fern Court 1C: ₹1.45 crore, owner occupied; clear title",
    ),
    (
        "flat for rent in koramangala",
        "Silver Oak 7C: ₹46,000 a month, lift; bachelors welcome\n"
        "Silver Oak 9D: ₹64,000 a month, lift; families only\n"
        "Lotus Pond 1: ₹28,000 a month, studio kitchen; no car park",
    ),
    (
        "any 3 bhk for sale",
        "Yes, we have Jacaranda Terrace 14, Silver Oak 10A, Neem Residency 504, Kingfisher Heights 9C, "
        "Kingfisher Heights 20A, Maple Row 4, Coral Bay 30, Gulmohar Annexe, Willow Park 6D.",
    ),
    (
        "furnished 2bhk",
        "Fern Court 2B: ₹52,000 a month, semi-furnished; one car park; no lift\n"
        "Fern Court 4A: ₹58,000 a month, fully furnished; one car park; no lift",
    ),
    (
        "which flats allow bachelors",
        "Silver Oak 7C: ₹46,000 a month, area Koramangala, for rent, bedrooms 2, "
        "carpet area 900, floor 7th, available from 2026-12-01, lift; bachelors welcome.",
    ),
    (
        "pets allowed?",
        "Silver Oak, Koramangala: No pets.\nNeem Residency, HSR Layout: Pets are allowed.\nKingfisher "
        "Heights, Whitefield: Pets are allowed but not in the lifts A and B.\n"
        "Coral Bay, Marathahalli: No pets.",
    ),
    ("how many months notice", "Notice is two months from either side."),
    (
        "maintenance at kingfisher heights",
        "Maintenance is Rs 5,500 a month for three bedrooms and Rs 4,400 for two, paid by the tenant.",
    ),
]
VENDING = [
    ("where are you located", "Office and warehouse: 2210 Tinker Street, Columbus, Ohio 43299."),
    ("how much is a corner 24", "Corner 24: to buy $2950, lease $89 per month."),
    ("do you sell cola", "Yes, we have Cola (12 oz can): $1.50; Cola (20 oz bottle): $2.50."),
]
WHICH = [
    ("property", "brokerage?",
     "Which one do you mean: Buying a home, Selling a home, Renting a home, Letting a home, Renting a shop "
     "…?"),
    ("dairy", "paneer price?", "Which one do you mean: Fresh paneer or Malai paneer?"),
    ("dairy", "how much is a kilo of paneer", "Which one do you mean: Fresh paneer or Malai paneer?"),
    ("dairy", "butter price",
     "Which one do you mean: White butter (loni), Table butter, salted or Table butter, unsalted?"),
    ("vending", "coffee machine price", "Which one do you mean: Bean One, Bean Two or Bean Mini?"),
    ("vending", "snack machine price", "Which one do you mean: Corner 24, Corner 32 or Corner 40?"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "text"), DAIRY)
def test_a_dairy_shop_answers(question: str, text: str) -> None:
    said = ask("dairy", question)
    assert (said.text, said.outcome) == (text, Outcome.ANSWERED)


@pytest.mark.parametrize(("question", "text"), PROPERTY)
def test_a_property_agency_answers(question: str, text: str) -> None:
    said = ask("property", question)
    assert (said.text, said.outcome) == (text, Outcome.ANSWERED)


@pytest.mark.parametrize(("question", "text"), VENDING)
def test_a_vending_company_answers(question: str, text: str) -> None:
    said = ask("vending", question)
    assert (said.text, said.outcome) == (text, Outcome.ANSWERED)


@pytest.mark.parametrize(("business", "question", "text"), WHICH)
def test_what_several_fit_is_asked_back(business: str, question: str, text: str) -> None:
    said = ask(business, question)
    assert (said.text, said.outcome) == (text, Outcome.WHICH)


def test_a_yes_or_no_to_another_question_is_none() -> None:
    """ "Is there sugar in the curd? No." is no answer to whether there is curd, nor "sold only in jars"."""
    for question in ("do you sell curd", "do you have ghee", "do you have tofu"):
        assert not ask("dairy", question).text.startswith("No")


def test_an_e_mail_address_is_no_account_to_pay_to() -> None:
    assert ask("dairy", "upi id").outcome is Outcome.UNKNOWN


def test_which_floor_is_no_description() -> None:
    assert "9th" in ask("property", "Which floor is Silver Oak 9D on?").text


def test_the_hours_of_today_are_the_opening_hours() -> None:
    said = ask("dairy", "what time do you close today")
    assert said.text.startswith("Opening hours: Monday to Saturday: 6:00")
