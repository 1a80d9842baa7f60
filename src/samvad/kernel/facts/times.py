"""Times of day and weekdays: 9 am, 9:30-18:00, 18h30, noon; Mon-Sat."""

import re
from collections.abc import Iterator

from samvad.kernel.facts.types import Fact, FactKind

_DAYS = """
monday mon lunes segunda segunda-feira lundi somvar senin सोमवार الاثنين
tuesday tue tues martes terça terca terça-feira mardi mangalvar selasa मंगलवार الثلاثاء
wednesday wed miércoles miercoles quarta quarta-feira mercredi budhvar rabu बुधवार الاربعاء
thursday thu thur thurs jueves quinta quinta-feira jeudi guruvar kamis गुरुवार الخميس
friday fri viernes sexta sexta-feira vendredi shukravar jumat शुक्रवार الجمعة
saturday sat sábado sabado samedi shanivar shaniwar sabtu शनिवार السبت
sunday sun domingo dimanche ravivar raviwar itwar minggu रविवार الاحد
"""
_DAY = {word: day for day, line in enumerate(_DAYS.strip().splitlines()) for word in line.split()}
_DAY |= {f"{word}s": day for word, day in list(_DAY.items()) if word.endswith("day")}
_NAME = "|".join(sorted(map(re.escape, _DAY), key=len, reverse=True))
_WEEKDAYS = re.compile(
    rf"\b(?P<first>{_NAME})\b\.?(?:\s*(?:-|–|—|to|through|till|a|à|se)\s*(?P<last>{_NAME})\b)?", re.IGNORECASE
)
_HALF = r"(?:\s?(?P<{0}>[ap])\.?\s?m\b\.?)"
_TIME = r"(?P<{0}>[01]?\d|2[0-4])(?:[:.h](?P<{1}>[0-5]\d))?"
_START = rf"{_TIME.format('h1', 'm1')}{_HALF.format('p1')}?\s*(?:-|–|—|to|till|until|a|à|se|and)\s*"
_END = (
    rf"{_TIME.format('h2', 'm2')}(?:{_HALF.format('p2')}|(?P<hours>\s?(?:hrs|hours|h)\b)|(?<=[:.h]\d\d))"
    r"|(?P<word>\bnoon\b|\bmidnight\b)"
)
_SPAN = re.compile(rf"(?<![\d.,:₹$€£])(?:{_START})?(?:{_END})(?![\d%])", re.IGNORECASE)
_NAMED = {"noon": 12 * 60, "midnight": 24 * 60}


def times(text: str) -> Iterator[Fact]:
    """Each time of day, in minutes from midnight; the two ends of a span are two."""
    for found in _SPAN.finditer(text):
        if found["hours"] and not found["m2"] and not found["h1"]:
            continue  # "24 hours" is a duration
        if found["h2"] and "." in found[0] and not (found["p1"] or found["p2"]):
            continue  # "9.30" alone may be a number
        yield from (_fact(found, minutes) for minutes in _minutes(found))


def weekdays(text: str, *, expand: bool = False) -> Iterator[Fact]:
    """Each weekday, 0 for Monday; `expand` also gives those inside a span such as Mon-Sat."""
    for found in _WEEKDAYS.finditer(text):
        first = _DAY[found["first"].lower()]
        last = _DAY[found["last"].lower()] if found["last"] else first
        days = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
        for day in days if expand else {first, last}:
            yield Fact(FactKind.WEEKDAY, found.start(), found.end(), found[0], str(day))


def _minutes(found: re.Match[str]) -> Iterator[int]:
    if found["word"]:
        end = _NAMED[found["word"].lower()]
    else:
        end = _of_day(int(found["h2"]), int(found["m2"] or 0), (found["p2"] or "").lower())
    if found["h1"]:
        half = (found["p1"] or "").lower()
        start = _of_day(int(found["h1"]), int(found["m1"] or 0), half)
        if not half and found["p2"] and found["p2"].lower() == "p" and start + 720 < end:
            start += 720  # "2-5 pm"; but "9-5 pm" opens in the morning
        yield start
    yield end


def _of_day(hour: int, minute: int, half: str) -> int:
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute


def _fact(found: re.Match[str], minutes: int) -> Fact:
    return Fact(FactKind.TIME, found.start(), found.end(), found[0], f"{minutes // 60:02}:{minutes % 60:02}")
