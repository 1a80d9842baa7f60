"""A provider named addresses of two contacts for one person: they are made one, soon and by themselves."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from samvad.contacts.service import merging as people
from samvad.contacts.types import MergeHow
from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer, NewTimer, TimerKind
from samvad.kernel.errors import NotFound
from samvad.platform.db import Scope
from samvad.platform.logging import get_logger
from samvad.workflows.identities import service

log = get_logger("workflows.identities")

_SOON = timedelta(seconds=1)  # the answer to the message that told us is decided by then


async def expect(scope: Scope, found: Iterable[tuple[UUID, Sequence[UUID], bool]], *, at: datetime) -> None:
    """(contact, others that are the same person, whether the provider said that they moved)."""
    pairs = {(contact, other, moved) for contact, others, moved in found for other in others}
    if pairs:
        await jobs.arm(scope, [_timer(*pair, at=at) for pair in sorted(pairs)])


def _timer(contact: UUID, other: UUID, moved: bool, *, at: datetime) -> NewTimer:
    """Of this pair alone: somebody who is named with one contact and then with another is both."""
    key = uuid5(contact, f"{other} {moved}")
    payload: dict[str, str | int] = {"with": str(contact), "other": str(other), "moved": int(moved)}
    return NewTimer(TimerKind.MERGE, key, at + _SOON, at, payload=payload)


async def weigh(scope: Scope, timer: DueTimer, *, at: datetime) -> None:
    """Makes the two one, into the older, unless they contradict each other or somebody parted them. Raises
    Busy and MergedMeanwhile, which end by themselves."""
    try:
        one = await people.root(scope, UUID(str(timer.payload.get("other", timer.key))))
        other = await people.root(scope, UUID(str(timer.payload["with"])))
    except NotFound:
        return
    if one.id == other.id:
        return
    kept, absorbed = sorted((one, other), key=lambda standing: (standing.created_at, standing.id))
    why = await people.contradiction(scope, kept.id, absorbed.id, moved=bool(timer.payload.get("moved")))
    if why:
        log.info("contacts.stay_two", kept=str(kept.id), other=str(absorbed.id), why=why)
        return
    said = "the provider named addresses of both for one person"
    await service.merge(scope, kept.id, absorbed.id, how=MergeHow.EVIDENCE, why=said, at=at)
