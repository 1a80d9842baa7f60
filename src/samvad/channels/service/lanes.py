"""Inbound lanes for the worker: one person's items at a time, in order, fenced by a lease."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.repository import inbound, outbound
from samvad.channels.types import ClaimedLane, InboundItem
from samvad.platform.db import Scope, SystemScope

PERSON, STATUS, ACCOUNT = "m:", "s:", "a:"  # how the names of lanes begin
PAST = "h:"  # one of a channel: months of chats must not stand before what is said now


def is_of_person(lane: str) -> bool:
    """Whether its order is one person's; other lanes only gather what may be done together."""
    return lane.startswith(PERSON)


async def claim(
    scope: SystemScope, *, now: datetime, lease: timedelta, owner: UUID, most: int
) -> list[ClaimedLane]:
    """Lanes of any tenant that have work and no living owner."""
    return await inbound.claim(scope, now=now, lease_until=now + lease, owner=owner, most=most)


async def renew(scope: SystemScope, *, owner: UUID, until: datetime) -> None:
    await inbound.renew(scope, owner=owner, until=until)


async def pull_back(scope: SystemScope, *, now: datetime, beyond: datetime) -> int:
    """A clock was ahead and is right again: what it put off until after `beyond` is due now. How much."""
    late = await inbound.pull_back(scope, now=now, beyond=beyond)
    return late + await outbound.pull_back(scope, now=now, beyond=beyond)


async def waiting(scope: Scope, lanes: Sequence[ClaimedLane], *, most: int) -> list[InboundItem]:
    """By (provider's time, arrival)."""
    return await inbound.items(scope, lanes, most=most)


async def forget(scope: Scope, items: Sequence[UUID]) -> None:
    if items:
        await inbound.forget(scope, items)


async def release(
    scope: Scope,
    lanes: Sequence[ClaimedLane],
    *,
    unfinished: frozenset[tuple[UUID, str]],
    owner: UUID,
    ready_at: datetime,
) -> int:
    """The last statement of a batch: how many lanes were still ours. Fewer than given: roll back."""
    return await inbound.release(scope, lanes, unfinished=unfinished, owner=owner, ready_at=ready_at)


async def count_attempt(scope: Scope, item: InboundItem) -> None:
    await inbound.count_attempt(scope, item.id)


async def note_duplicates(scope: Scope, counts: Mapping[UUID, int]) -> None:
    """For the journal: so many items of these deliveries had come before."""
    if counts:
        await inbound.mark_duplicates(scope, counts)


async def give_up(scope: Scope, item: InboundItem, *, why: str) -> None:
    """The item leaves its lane; its delivery shows why, and its raw bytes can be driven again."""
    await inbound.mark_failed(scope, item.delivery, why)
    await inbound.forget(scope, [item.id])
