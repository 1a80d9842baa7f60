"""Which entry of a provider's list is which of our sends of unknown outcome: only where no doubt is left."""

from collections.abc import Mapping, Sequence, Set
from datetime import timedelta
from uuid import UUID

BY_STATUS = timedelta(seconds=30)  # so long a status is more likely to tell than a list


def claims(candidates: Mapping[UUID, Sequence[str]]) -> dict[UUID, str]:
    """`candidates`: for each send, in the order of sending, the ids that it may have, the oldest first, which
    no message of ours has. As many ids as sends that may have them, or none is given: one send could not
    have been taken, or somebody else wrote the same."""
    found: dict[UUID, str] = {}
    for ids in dict.fromkeys(tuple(one) for one in candidates.values() if one):
        sends = [send for send, own in candidates.items() if tuple(own) == ids]
        if len(sends) == len(ids) and not _wanted_elsewhere(candidates, sends, set(ids)):
            found |= zip(sends, ids, strict=True)
    return found


def _wanted_elsewhere(candidates: Mapping[UUID, Sequence[str]], sends: Sequence[UUID], ids: Set[str]) -> bool:
    return any(ids & set(own) for send, own in candidates.items() if send not in sends)
