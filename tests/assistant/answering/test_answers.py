"""What a small dairy's records say to customers, and when they say nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.assistant.rules.answering.spans import LONGEST
from samvad.assistant.rules.answering.types import Outcome
from samvad.kernel.language import Language
from tests.assistant.answering.shelf import SHELF, ask, faq, passage, row

SAID = [
    ("What is the price of 1 kg fresh paneer?", "Fresh paneer (1 kg block) is ₹420.", "prices.xlsx"),
    ("malai panner rate?", "Malai paneer (1 kg block) is ₹480.", "prices.xlsx"),
    ("how much are gulab jamuns", "Gulab jamun (12 pieces) is ₹180.", "prices.xlsx"),
    ("price of cashew nuts", "Cashew nuts is ₹900 per kg.", "loose.csv"),
    ("how much for 2 kg cashew nuts?", "Cashew nuts is ₹900 per kg, so 2 kg come to ₹1800.", "loose.csv"),
    ("When do you have gajar halwa?", "Gajar halwa (500 g box): only November to February.", "prices.xlsx"),
    ("Do you deliver in Hinjewadi?", "We do not deliver to Hinjewadi, Wakad and Baner.", "delivery.docx"),
    ("Do you deliver to Kothrud?", "Kothrud: free from ₹200, else ₹20.", "delivery.docx"),
    ("minimum order for delivery?", "The smallest order for delivery is ₹100.", "delivery.docx"),
    ("are you open on sunday?", "Opening hours: Sunday: 6:00 to 13:00.", "about.txt"),
    ("Do you open on wednesday?", "Opening hours: Monday to Saturday: 6:00 to 21:30.", "about.txt"),
    ("what is your phone number", "Telephone and WhatsApp: +91 99999 00042", "about.txt"),
    ("do you have an email address?", "E-mail: namaste@shubhradairy.example", "about.txt"),
    ("Do you have almond milk?", "We do not sell almond milk or oat milk.", "faq.md"),
    ("can i return unopened ghee, and within how many days?",
     "Unopened ghee can be returned within 7 days with the receipt.", "faq.md"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "answer", "source"), SAID)
def test_the_words_of_the_record_answer(question: str, answer: str, source: str) -> None:
    said = ask(question)
    assert (said.outcome, said.text) == (Outcome.ANSWERED, answer)
    assert said.citations[0].passage.source == source


@pytest.mark.parametrize(
    "question",
    [
        "Do you have goat milk?",
        "What is the price of cheddar?",
        "Is there parking in front of the shop?",
        "Do you deliver to Aundh?",
        "Can I visit the farm with my kids?",
        "how many calories are in the gulab jamun?",
        "what will fresh paneer cost next year",
        "who is your chartered accountant",
        "hello",
        "??",
    ],
)
def test_what_nobody_wrote_down_is_not_answered(question: str) -> None:
    said = ask(question)
    assert (said.outcome, said.text, said.citations) == (Outcome.UNKNOWN, "", ())


def test_two_things_that_fit_are_asked_about_by_name() -> None:
    said = ask("paneer price?")
    assert said.outcome is Outcome.WHICH
    assert said.text == "Which one do you mean: Fresh paneer or Malai paneer?"


def test_two_facts_asked_are_two_given() -> None:
    said = ask("how much are gulab jamuns and when are you open on sunday?")
    assert said.text == "Gulab jamun (12 pieces) is ₹180. Opening hours: Sunday: 6:00 to 13:00."
    assert {cited.passage.source for cited in said.citations} == {"prices.xlsx", "about.txt"}


def test_one_unknown_fact_of_two_leaves_both_to_a_person() -> None:
    assert ask("how much are gulab jamuns and do you have parking?").outcome is Outcome.UNKNOWN


def test_what_is_sold_out_is_not_offered() -> None:
    assert ask("do you have raisins?").text == "Raisins: sold out, ₹400 per kg."
    assert ask("do you have cashew nuts?").text == "Yes, we have Cashew nuts: in stock, ₹900 per kg."


def test_a_replaced_document_never_answers() -> None:
    old = [one for one in SHELF if one.source == "old.pdf"]
    assert ask("how much are gulab jamuns", shelf=old).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("question", "language", "answer"),
    [
        ("gulab jamun kitne ka hai?", Language.HINGLISH, "Gulab jamun (12 pieces) ka daam ₹180 hai."),
        ("¿cuánto cuesta el gulab jamun?", Language.SPANISH, "Gulab jamun (12 pieces) cuesta ₹180."),
        ("quanto custa o gulab jamun?", Language.PORTUGUESE, "Gulab jamun (12 pieces) custa ₹180."),
        ("combien coûte le gulab jamun ?", Language.FRENCH, "Gulab jamun (12 pieces) coûte ₹180."),
        ("berapa harga gulab jamun?", Language.INDONESIAN, "Harga Gulab jamun (12 pieces) ₹180."),
        ("gulab jamun की कीमत क्या है?", Language.HINDI, "Gulab jamun (12 pieces) की कीमत ₹180 है।"),
    ],
)
def test_prices_are_said_in_the_customers_language(question: str, language: Language, answer: str) -> None:
    assert ask(question, language=language).text == answer


def test_lines_that_a_page_cut_are_read_whole() -> None:
    wrapped = passage(
        "rules.pdf",
        "House rules\nMaintenance of the club house and of the pool is Rs 3,200 a\nmonth, paid by tenants.",
    )
    said = ask("how much is the maintenance of the pool?", shelf=[wrapped])
    assert said.text.endswith("Rs 3,200 a month, paid by tenants.")


def test_only_the_clause_that_was_asked_about_is_said() -> None:
    visits = passage(
        "visits.md",
        "Visits are on Monday to Saturday from 10:00 to 18:00, and on Sunday from 11:00 to 15:00.",
    )
    assert (
        ask("When can I visit on a sunday?", shelf=[visits]).text
        == "Visits are on Sunday from 11:00 to 15:00."
    )


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=300))
def test_any_message_gets_a_short_answer_or_none(text: str) -> None:
    said = ask(text)
    assert len(said.text) <= LONGEST
    assert bool(said.text) == (said.outcome is not Outcome.UNKNOWN)
    assert 0 <= said.confidence <= 1


def test_a_whole_long_answer_is_never_given() -> None:
    long = faq(
        "faq.md", "How do I keep sourdough?", "Keep the sourdough in a bag. " + "It stays good there. " * 30
    )
    assert len(ask("how do i keep sourdough?", shelf=[long]).text) <= LONGEST


def test_rows_without_a_currency_are_priced_as_written() -> None:
    plain = row("list.csv", Item="City bike", Price="35")
    assert ask("price of the city bike", shelf=[plain]).text == "City bike is 35."


def test_a_list_that_was_uploaded_twice_is_told_once_and_two_that_differ_not_at_all() -> None:
    jar = row("may.csv", Item="Mango jam", Pack="jar", Price="₹90")
    again, dearer = (
        row("june.csv", Item="Mango jam", Pack="jar", Price=price) for price in ("₹90", "Rs. 95")
    )
    fee = row("fees.csv", Item="Mango jam", Pack="jar", Deposit="₹10")
    for asked in ("how much is mango jam?", "price of a jar of mango jam"):
        assert ask(asked, shelf=[jar, again]).text == "Mango jam (jar) is ₹90."
        assert "₹90" in ask(asked, shelf=[jar, fee]).text
        said = ask(asked, shelf=[jar, dearer])
        assert (said.outcome, said.reason) == (Outcome.UNKNOWN, "contradictory")
