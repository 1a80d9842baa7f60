"""The answer to our own question back: which of the things it named is meant."""

from collections.abc import Sequence

from samvad.assistant.rules.answering.types import Answer
from samvad.kernel.words import words
from samvad.knowledge.types import Found


def meant(asked: Answer, found: Sequence[Found], said: str) -> list[Found]:
    """Of the passages that `asked` names, the one that `said` tells from the others; else none."""
    named = {cited.passage.id: set(words(cited.passage.text)) for cited in asked.citations}
    shared = set.intersection(*named.values()) if named else set()
    told = set(words(said)) - shared
    hits = {id: len(own & told) for id, own in named.items()}
    most = max(hits.values(), default=0)
    best = [id for id, count in hits.items() if count == most]
    return [one for one in found if most and len(best) == 1 and one.passage.id == best[0]]
