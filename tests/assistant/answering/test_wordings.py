"""Customers' words where they are not the document's: forms of words, told stories, headings, rivals."""

import pytest

from samvad.assistant.rules.answering.certainty import certainty
from samvad.assistant.rules.answering.choosing import ranking
from samvad.assistant.rules.answering.question import questions
from samvad.assistant.rules.answering.rowtext import said
from samvad.assistant.rules.answering.spans import candidates, lines
from samvad.assistant.rules.answering.terms import term
from samvad.assistant.rules.answering.types import Asked, Outcome
from samvad.kernel.language import Language
from samvad.knowledge.types import Found
from tests.assistant.answering.shelf import SHELF, ask, faq, found, passage, row

SPANISH, PORTUGUESE, ENGLISH = Language.SPANISH, Language.PORTUGUESE, Language.ENGLISH


@pytest.mark.parametrize(
    ("spoken", "written", "language"),
    [
        ("entregamos", "entregar", PORTUGUESE),
        ("cachorrinho", "cachorro", PORTUGUESE),
        ("perrita", "perro", SPANISH),
        ("cortarle", "corte", SPANISH),
        ("upfront", "advance", ENGLISH),
    ],
)
def test_forms_of_a_word_meet(spoken: str, written: str, language: Language) -> None:
    assert term(spoken, language) == term(written, language)


@pytest.mark.parametrize(
    ("spoken", "written", "language"),
    [("boleia", "bolo", PORTUGUESE), ("carne", "carnet", SPANISH), ("dog", "cat", ENGLISH)],
)
def test_words_that_only_look_alike_do_not(spoken: str, written: str, language: Language) -> None:
    assert term(spoken, language) != term(written, language)


def subjects(text: str, language: Language = ENGLISH) -> list[tuple[Asked, set[str]]]:
    return [(one.asked, {t.said for t in one.terms}) for one in questions(text, language=language)]


def test_a_bare_price_is_about_the_thing_named_before_it() -> None:
    assert subjects("depilan pierna completa? precio", SPANISH)[-1] == (
        Asked.PRICE, {"depilan", "pierna", "completa"},
    )  # fmt: skip


def test_what_follows_a_question_and_asks_nothing_explains_it() -> None:
    (only,) = questions("tienen algo para niños? mi hija tiene 6", language=SPANISH)
    weights = {t.said: t.weight for t in only.terms}
    assert weights["ninos"] > weights["6"]


def test_what_a_long_message_tells_first_weighs_less() -> None:
    story = (
        "we came to town last autumn and my son goes to the music college and his cello broke there,"
        " how much are the strings of a cello"
    )
    (only,) = questions(story, language=ENGLISH)
    weights = {t.said: t.weight for t in only.terms}
    assert weights["strings"] > weights["autumn"]


def test_the_time_of_what_was_spoken_of_is_not_the_shop_s() -> None:
    times = subjects("who teaches aerial on tuesdays and what time")
    assert times[1][0] is Asked.HOURS
    assert "aerial" in times[1][1]
    assert subjects("who teaches aerial and when are you open")[1][1] == set()


def test_a_price_of_nothing_is_not_told() -> None:
    assert ask("how much?").outcome is not Outcome.ANSWERED


def test_a_title_that_runs_into_its_text_heads_it() -> None:
    text = "PETS. Welcome on the terrace. Not inside.\nWINE. Corkage is ₹300."
    heads = [head for _, head in lines(text)]
    assert heads == ["PETS", "PETS", "WINE"]


def test_who_is_told_from_the_column_of_people() -> None:
    lesson = row("times.csv", Class="Aerial yoga", Day="Tuesday", Teacher="Pau", Places="8")
    (question,) = questions("who teaches aerial yoga on tuesday?", language=ENGLISH)
    (span,) = candidates(Found(lesson, 0.5), ENGLISH)
    assert said(question, [span]) == "Aerial yoga: teacher Pau."


def test_of_two_rows_the_one_whose_name_says_more_of_the_question() -> None:
    shelf = [
        row("fees.csv", Membership="Gym monthly", Price="₹2,200", Includes="gym floor"),
        row("fees.csv", Membership="All-in monthly", Price="₹4,800", Includes="gym floor and classes"),
    ]
    assert "2,200" in ask("price of the monthly gym?", shelf=shelf).text


def test_spanish_hours_are_told_without_the_word_for_hours() -> None:
    shelf = [
        passage("info.md", "Sábado de 9:00 a 18:00.\nLunes cerrado.\nLas fechas en sábado se apartan antes.")
    ]
    assert "18:00" in ask("a qué hora cierran el sábado?", language=SPANISH, shelf=shelf).text
    assert "cerrado" in ask("abren los lunes?", language=SPANISH, shelf=shelf).text


def test_what_would_say_something_else_lowers_the_certainty() -> None:
    (question,) = questions("is the tofu vegan?", language=ENGLISH)
    alone = ranking(question, found())
    other = faq("more.md", "Is the tofu vegan?", "No longer: it is made with milk since May.")
    assert certainty(ranking(question, found([*SHELF, other]))) < certainty(alone)


def test_rows_that_fit_alike_are_no_rivals() -> None:
    (question,) = questions("price of fresh paneer?", language=ENGLISH)
    one_pack = [one for one in SHELF if "1 kg" in one.text or one.source != "prices.xlsx"]
    assert certainty(ranking(question, found())) == pytest.approx(
        certainty(ranking(question, found(one_pack))), abs=0.02
    )
