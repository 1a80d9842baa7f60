"""A file's bytes to indexed passages: read, cleaned of what hides in it, cut, weighed."""

from dataclasses import dataclass

from samvad.knowledge.adapters.readers.reading import read
from samvad.knowledge.adapters.registry import tokens
from samvad.knowledge.errors import Unreadable
from samvad.knowledge.rules.hidden import clean
from samvad.knowledge.rules.passages import Indexed, cut, indexed
from samvad.knowledge.rules.superseded import calls_itself_replaced

MOST_PASSAGES = 50_000


@dataclass(frozen=True, slots=True)
class Document:
    kind: str
    passages: list[Indexed]
    superseded: bool
    hidden: int  # places where something was hidden, and taken out


def document(name: str, data: bytes) -> Document:
    """Raises Unreadable with the sentence to show."""
    kind, found = read(name, data)
    pieces, hidden = clean(found)
    spans = tokens()
    passages = [indexed(piece, spans) for piece in cut(pieces, spans)]
    if not passages:
        raise Unreadable("The file holds no text that can be seen")
    if len(passages) > MOST_PASSAGES:
        raise Unreadable(f"The file makes more than {MOST_PASSAGES:,} passages: split it")
    return Document(kind.value, passages, calls_itself_replaced(pieces), hidden)
