"""Turns of a batch: what one person did is taken up step by step, people beside each other."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from samvad.channels.service.lanes import is_of_person
from samvad.workflows.inbound.types import Context

MOST = 20  # turns: steps of one person in one transaction, which must stay short


def turns_of(contexts: Sequence[Context]) -> list[list[Context]]:
    """The first item of each person, then the second, ...: each turn sees what the one before it left.

    STOP and START, an echo and the next message must not meet in one stage, nor a status and a message, which
    change the same conversation: lanes that are not one person's come first, whole.
    """
    steps: Counter[tuple[object, str]] = Counter()
    turns: defaultdict[int, list[Context]] = defaultdict(list)
    for context in contexts:
        place = (context.item.channel, context.item.lane)
        if is_of_person(context.item.lane):
            steps[place] += 1
        turns[steps[place]].append(context)
    return [turns[turn] for turn in sorted(turns)]
