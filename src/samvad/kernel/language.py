"""The languages in which Samvad has its own words."""

from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    ENGLISH = "en"
    SPANISH = "es"
    PORTUGUESE = "pt"
    FRENCH = "fr"
    HINDI = "hi"
    HINGLISH = "hinglish"  # Hindi in Latin letters
    INDONESIAN = "id"
    ARABIC = "ar"


def best(texts: Mapping[Language, str], wanted: Language) -> str:
    """The text in the wanted language, else in English."""
    return texts.get(wanted) or texts[Language.ENGLISH]
