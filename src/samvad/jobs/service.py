"""The door of the jobs room: arm, disarm, claim, finish timers."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.jobs import repository
from samvad.jobs.types import DueTimer, NewTimer, TimerKind
from samvad.platform.db import Scope, SystemScope

MAX_ATTEMPTS = 5


async def arm(scope: Scope, timers: Sequence[NewTimer]) -> None:
    """Starts or moves timers; one per (kind, key). In the transaction of the fact."""
    if timers:
        await repository.Timers(scope).arm(timers)


async def disarm(scope: Scope, kind: TimerKind, keys: Sequence[UUID]) -> None:
    await repository.Timers(scope).disarm(kind, keys)


async def disarm_all(scope: Scope, kinds: Sequence[TimerKind], key: UUID) -> None:
    """Whatever was to happen with this one."""
    for kind in kinds:
        await disarm(scope, kind, [key])


async def shift(
    scope: Scope, kinds: Sequence[TimerKind], keys: Sequence[UUID], *, by: timedelta
) -> list[tuple[TimerKind, UUID, timedelta]]:
    """So much time has passed for these: they are due that much sooner, which their payload keeps as `ahead`
    in seconds. Less than nothing gives back what was taken. What was moved, and how far."""
    seconds = round(by.total_seconds())
    if not keys or not seconds:
        return []
    moved = await repository.Timers(scope).shift(kinds, keys, by=seconds)
    return [(kind, key, timedelta(seconds=far)) for kind, key, far in moved]


async def claim_due(
    scope: SystemScope, kind: TimerKind, *, now: datetime, lease: timedelta, owner: UUID, most: int
) -> list[DueTimer]:
    """Due timers of all tenants, leased to `owner`."""
    return await repository.claim(scope, kind, now=now, lease_until=now + lease, owner=owner, most=most)


async def renew(scope: SystemScope, keys: Collection[UUID], *, owner: UUID, until: datetime) -> None:
    """Keeps the leases of `owner` on these timers alive: those that are worked on. Of the others a failure
    was not told (the database was away), and their leases must run out, so that they are taken up again."""
    if keys:
        await repository.renew(scope, list(keys), owner=owner, lease_until=until)


async def pull_back(scope: SystemScope, kind: TimerKind, *, now: datetime, beyond: datetime) -> int:
    """A clock was ahead and is right again: leases of any timer that last beyond then are over, and timers of
    `kind`, which never lie so far ahead, are due now. How many."""
    return await repository.pull_back(scope, kind, now=now, beyond=beyond)


async def done(scope: Scope, timers: Sequence[DueTimer], *, owner: UUID, now: datetime) -> None:
    """Worked off; a timer that was armed again since its claim stays, and its clock starts anew."""
    if timers:
        await repository.Timers(scope).done(timers, owner=owner, now=now)


async def holds(scope: Scope, timer: DueTimer, *, owner: UUID) -> bool:
    """Whether the lease is still `owner`'s; nobody takes it before this transaction ends."""
    return await repository.Timers(scope).held(timer, owner=owner)


async def retry_later(scope: Scope, timer: DueTimer, *, owner: UUID, now: datetime) -> None:
    """Failed: tried again after 2, 4, 8 ... seconds."""
    wait = timedelta(seconds=2 ** min(timer.attempts + 1, 8))
    await repository.Timers(scope).later(timer, owner=owner, run_at=now + wait)


async def postpone(scope: Scope, timer: DueTimer, *, owner: UUID, run_at: datetime) -> None:
    """Too early: looked at again then, or when it was armed for since its claim. Nothing is counted."""
    await repository.Timers(scope).postpone(timer, owner=owner, run_at=run_at)


async def again(scope: Scope, timer: DueTimer, *, owner: UUID, run_at: datetime, now: datetime) -> None:
    """Worked off, and due again then; one that was armed again since its claim keeps that time."""
    await repository.Timers(scope).again(timer, owner=owner, run_at=run_at, now=now)


async def restart(scope: Scope, timers: Sequence[DueTimer], *, owner: UUID) -> None:
    """Undone by something newer: due again when the newer arming says, and counted in `restarts`."""
    if timers:
        await repository.Timers(scope).restart(timers, owner=owner)


async def next_due(scope: SystemScope, kind: TimerKind) -> datetime | None:
    """When the next timer that nobody holds is due."""
    return await repository.next_due(scope, kind)
