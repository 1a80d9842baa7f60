"""Storing what the door believed: raw bytes once per channel, one row an item, its lane; micro-batched."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

import asyncpg

from samvad.channels.codec import event_to_json
from samvad.channels.repository import inbound
from samvad.channels.service.lanes import ACCOUNT, PAST, PERSON, STATUS
from samvad.channels.types import (
    EchoReceived,
    IdentityChanged,
    Item,
    MarketingPreference,
    MessageReceived,
    PastMessage,
    Route,
    StatusReceived,
    StoredDelivery,
    StoredItem,
    Verdict,
)
from samvad.kernel.ids import new_id
from samvad.platform.batching import MicroBatcher
from samvad.platform.crashpoints import Point
from samvad.platform.db import Database, is_down
from samvad.platform.logging import get_logger
from samvad.platform.wakeups import Topic, Wakeups

log = get_logger("channels.door")

NOBODY = UUID(int=0)
STATUS_LANES = 64  # statuses of one message share a lane, lanes are few, so they batch well
_EARLIEST = datetime(2009, 1, 1, tzinfo=UTC)  # WhatsApp's first year: older times are nonsense


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery with its items: stored together or not at all."""

    delivery: StoredDelivery
    items: Sequence[StoredItem]


def parcels_of(
    accepted: Sequence[tuple[Route, Item]],
    *,
    now: datetime,
    door: str,
    headers: dict[str, str],
    body: bytes,
) -> list[Parcel]:
    """One parcel a channel, items in the order of the body."""
    by_channel: dict[UUID, tuple[Route, list[Item]]] = {}
    for route, item in accepted:
        by_channel.setdefault(route.channel, (route, []))[1].append(item)
    parcels = []
    for route, items in by_channel.values():
        delivery = StoredDelivery(
            tenant=route.tenant,
            id=new_id(),
            channel=route.channel,
            door=door,
            received_at=now,
            headers=headers,
            body=body,
            verdict=Verdict.ACCEPTED,
            items=len(items),
        )
        parcels.append(Parcel(delivery, [stored_item(route, item, delivery.id, now) for item in items]))
    return parcels


def stored_item(route: Route, item: Item, delivery: UUID, now: datetime) -> StoredItem:
    return StoredItem(
        tenant=route.tenant,
        id=new_id(),
        channel=route.channel,
        lane=lane_of(item),
        delivery=delivery,
        event=event_to_json(item.event),
        sent_at=_plausible(_time_of(item), now),
        arrived_at=now,
    )


def lane_of(item: Item) -> str:
    """Messages of one person share a lane; statuses are spread by message, the rest by account."""
    match item.event:
        case MessageReceived(sender=person) | EchoReceived(recipient=person):
            return PERSON + person.lane
        case IdentityChanged(old=person) | MarketingPreference(sender=person):
            return PERSON + person.lane
        case StatusReceived(external_id=external):
            return f"{STATUS}{sum(external.encode()[-8:]) % STATUS_LANES}"
        case PastMessage():
            return PAST
        case _:
            return ACCOUNT


def _time_of(item: Item) -> datetime | None:
    match item.event:
        case MessageReceived(sent_at=at) | EchoReceived(sent_at=at) | PastMessage(sent_at=at):
            return at
        case IdentityChanged(at=at) | StatusReceived(at=at) | MarketingPreference(at=at):
            return at
        case _:
            return None


def _plausible(at: datetime | None, now: datetime) -> datetime:
    """The provider's time, unless it is missing, nonsense or in the future: then the arrival's."""
    return at if at and _EARLIEST < at <= now else now


def _poisoned(failure: Exception) -> bool:
    """A statement that PostgreSQL refuses for its content: the halves are tried apart."""
    return isinstance(failure, asyncpg.PostgresError | ValueError | OverflowError) and not is_down(failure)


AlertForged = Callable[[Route], Awaitable[None]]


class Intake:
    def __init__(self, database: Database, wakeups: Wakeups, *, on_forged: AlertForged) -> None:
        self._database = database
        self._wakeups = wakeups
        self._on_forged = on_forged
        self._batches: MicroBatcher[Sequence[Parcel], None] = MicroBatcher(self._flush, bisect=_poisoned)

    async def __aenter__(self) -> Self:
        await self._batches.__aenter__()
        return self

    async def __aexit__(self, *details: object) -> None:
        await self._batches.__aexit__(*details)

    async def take(self, parcels: Sequence[Parcel]) -> None:
        """Returns after the commit. Content that cannot be stored as items is kept as raw bytes."""
        try:
            await self._batches.submit(parcels)
        except Exception as failure:
            if not _poisoned(failure):
                raise
            log.exception("door.poisoned")
            await self._batches.submit([_raw_only(parcel, str(failure)) for parcel in parcels])

    async def keep(self, delivery: StoredDelivery) -> None:
        await self.take([Parcel(delivery, [])])

    async def alert_forged(self, route: Route) -> None:
        await self._on_forged(route)

    async def _flush(self, batch: Sequence[Sequence[Parcel]]) -> Sequence[None]:
        parcels = [parcel for request in batch for parcel in request]
        async with self._database.system_statement(point=Point.INTAKE_STORE) as scope:
            await inbound.store(
                scope, [p.delivery for p in parcels], [item for p in parcels for item in p.items]
            )
        if any(p.items for p in parcels):
            self._wakeups.poke(Topic.LANES)
        return [None] * len(batch)


def _raw_only(parcel: Parcel, why: str) -> Parcel:
    return Parcel(replace(parcel.delivery, verdict=Verdict.UNPARSABLE, items=0, note=why[:500]), [])
