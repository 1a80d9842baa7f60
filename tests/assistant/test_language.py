"""Which language a burst is in, and the texts that answer in it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samvad.assistant.prompts import greetings
from samvad.assistant.prompts.builtin import BUILTIN
from samvad.assistant.prompts.system import TEXTS
from samvad.assistant.rules.language import tell
from samvad.assistant.service.texts import Text, guess, local_time, text
from samvad.kernel.language import Language
from tests.support.calibration import expected_error

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "languages.txt").read_text("utf-8").splitlines()
]  # fmt: skip
ENOUGH = 0.95
LONG_NAME = "B" * 120


def test_short_messages_are_told_apart() -> None:
    said = [(expected, words) for expected, words in CASES if expected != "-"]
    assert len(said) >= 80
    wrong = []
    for expected, words in said:
        other = Language.FRENCH if expected != "fr" else Language.ENGLISH  # no luck by default
        found = guess([words], default=other)
        if found != expected:
            wrong.append(f"{words!r}: {found} instead of {expected}")
    right = 1 - len(wrong) / len(said)
    assert right >= ENOUGH, f"accuracy {right:.3f} of {len(said)}: {wrong}"


def test_confidence_is_a_probability() -> None:
    told = [(tell([said], default=Language.ENGLISH), truth) for truth, said in CASES if truth != "-"]
    assert expected_error((found.confidence, found.language == truth) for found, truth in told) <= 0.05


@pytest.mark.parametrize("default", list(Language))
def test_what_does_not_tell_is_the_default(default: Language) -> None:
    silent = [words for expected, words in CASES if expected == "-"]
    assert [words for words in silent if guess([words], default=default) is not default] == []
    assert guess([], default=default) is default


def test_a_burst_is_read_as_one() -> None:
    assert guess(["hi", "quiero saber", "el precio"], default=Language.ENGLISH) is Language.SPANISH


@pytest.mark.parametrize("key", list(Text))
def test_every_system_text_is_short_in_every_language(key: Text) -> None:
    assert set(TEXTS[key]) == set(Language)
    for language in Language:
        said = text(key, language, business=LONG_NAME, time="segunda-feira 10:00")
        assert len(said) <= 280
        assert not re.search(r"[{}]", said)


def test_every_built_in_text_is_short_in_every_language() -> None:
    for rule in BUILTIN.values():
        assert set(rule.texts) == {language.value for language in Language}
        for said in rule.texts.values():
            assert len(said.replace("{business}", LONG_NAME)) <= 280
            assert "{business}" in said or rule.name == "Support"


def test_menus_have_one_line_for_each_way_on() -> None:
    assert {said.count("•") for said in greetings.GREETING.values()} == {5}


def test_facts_are_not_read_again() -> None:
    said = text(Text.PERSON_BACK_AT, Language.ENGLISH, business="The {time} shop", time="Monday 09:00")
    assert "The {time} shop is closed" in said
    assert said.endswith("from Monday 09:00.")


def test_local_time() -> None:
    at = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    assert local_time(at, "Asia/Kolkata", Language.ENGLISH) == "Monday 09:00"
    assert local_time(at, "America/Lima", Language.SPANISH) == "domingo 22:30"
