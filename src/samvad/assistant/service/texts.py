"""The system's own words: in which language to speak, and what to say."""

from datetime import datetime
from zoneinfo import ZoneInfo

from samvad.assistant.prompts.system import WEEKDAYS, Text, filled, text
from samvad.assistant.rules.language import guess
from samvad.kernel.language import Language

__all__ = ["Text", "filled", "guess", "local_time", "text"]


def local_time(at: datetime, time_zone: str, language: Language) -> str:
    """Weekday and time of day of `at` in an IANA zone: "Monday 09:30"."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{WEEKDAYS[language][local.weekday()]} {local:%H:%M}"
