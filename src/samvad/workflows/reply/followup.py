"""A burst that answers our own question: what had been asked before it. Pure."""

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from samvad.assistant.service.answering import Outcome
from samvad.conversations.types import Said
from samvad.workflows.reply.decide import Act

_ASKED_BACK = f"{Act.REPLY.value}: {Outcome.WHICH.value}"


def question_before(said: Sequence[Said]) -> str | None:
    """The customer's words to which our last word was a question back; `said` is newest first."""
    if not said or said[0].incoming or not _asks_back(said[0]):
        return None
    earlier = dropwhile(lambda one: not one.incoming, said)
    question = [one.text for one in takewhile(lambda one: one.incoming, earlier) if one.text.strip()]
    return "\n".join(reversed(question)) or None


def _asks_back(ours: Said) -> bool:
    return any(stage.name == "answer" and stage.verdict == _ASKED_BACK for stage in ours.trace)
