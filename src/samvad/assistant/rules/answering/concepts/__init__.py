"""Words that mean one thing, in eight languages: where the words of customers meet those of documents.

An entry begins with the English name of its concept. Written by us; not checked by native speakers.
"""

from collections.abc import Iterator

from samvad.assistant.rules.answering.concepts.core import CORE
from samvad.assistant.rules.answering.concepts.living import FOOD, HOME, ROADS
from samvad.assistant.rules.answering.concepts.people import ANIMALS, BODY, PEOPLE
from samvad.assistant.rules.answering.concepts.trade import MONEY, TRADE, VISITING
from samvad.kernel.words import unify

_LISTS = (CORE, MONEY, VISITING, TRADE, PEOPLE, BODY, ANIMALS, HOME, ROADS, FOOD)


def concepts() -> dict[str, str]:
    """Each word to its concept. A word that two entries have belongs to the first; an entry whose name
    an earlier one holds goes on with that."""
    found: dict[str, str] = {}
    for name, *others in _entries():
        concept = found.get(unify(name), f"~{name}")
        for word in (name, *others):
            found.setdefault(unify(word), concept)
    return found


def _entries() -> Iterator[list[str]]:
    for written in _LISTS:
        yield from (entry.split() for entry in written.split(";") if entry.strip())
