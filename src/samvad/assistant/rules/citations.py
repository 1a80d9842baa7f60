"""Citations as they are stored with a message and shown: enough to open the passage."""

from samvad.assistant.rules.answering.types import Answer
from samvad.kernel.json import JsonObject
from samvad.kernel.text import cut

_LONGEST = 600


def citations(answer: Answer) -> list[JsonObject]:
    """The best first."""
    return [
        {
            "source": one.passage.source,
            "passage": cut(one.passage.text, _LONGEST),
            "score": round(one.score, 4),
            "source_id": str(one.passage.source_id),
            "passage_id": str(one.passage.id),
            "position": one.passage.position,
            "heading": one.passage.heading,
            "page": one.passage.page,
        }
        for one in answer.citations
    ]
