"""The journal: what came in as it came, and a way to drive it through today's parser again."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from samvad.channels.errors import MalformedBody
from samvad.channels.repository import inbound, journal
from samvad.channels.repository.channels import Channels
from samvad.channels.service.door import Answer, Door, concerns
from samvad.channels.service.intake import NOBODY, stored_item
from samvad.channels.types import (
    ChannelAdapter,
    RawRequest,
    Route,
    RouteKind,
    StoredDelivery,
    Verdict,
)
from samvad.kernel.clock import Clock
from samvad.kernel.errors import Conflict, NotFound
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.db import Database

_PURGE = 5000  # rows of one statement


class NotRedrivable(Conflict):
    """Nothing can be made of it: forged, its channel gone, or still nobody's."""

    code = "not_redrivable"
    title = "This delivery cannot be driven again"


class Journal:
    def __init__(self, *, database: Database, doors: Mapping[str, Door], clock: Clock) -> None:
        self._database = database
        self._doors = doors
        self._clock = clock

    def adapter_of(self, kept: StoredDelivery) -> ChannelAdapter:
        """Whose words it is in. Raises NotRedrivable when that adapter is not installed any more."""
        return self._door(kept).adapter

    def _door(self, kept: StoredDelivery) -> Door:
        family = kept.door.partition("/")[0]
        if family not in self._doors:
            raise NotRedrivable(f"No installed adapter reads the webhooks of {family}")
        return self._doors[family]

    async def newest(
        self, tenant: UUID | None, *, verdict: Verdict | None, most: int
    ) -> Sequence[StoredDelivery]:
        """None: deliveries that name no tenant."""
        async with self._database.system_statement() as scope:
            return await journal.newest(scope, tenant=tenant or NOBODY, verdict=verdict, most=most)

    async def one(self, delivery: UUID) -> StoredDelivery:
        """Raises NotFound."""
        async with self._database.system_statement() as scope:
            found = await journal.some(scope, [delivery])
        if not found:
            raise NotFound
        return found[0]

    async def purge(self, *, keep: timedelta) -> None:
        """Raw deliveries age away, whatever their verdict; what came of them stays."""
        before = self._clock.now() - keep
        gone = _PURGE
        while gone == _PURGE:
            async with self._database.system_statement() as scope:
                gone = await journal.purge(scope, before=before, limit=_PURGE, nobody=NOBODY)

    async def redrive(self, delivery: UUID) -> int:
        """How many items went in again; what was handled before changes nothing. Raises NotRedrivable,
        NotFound."""
        kept = await self.one(delivery)
        try:
            return await self._drive(kept)
        except MalformedBody as broken:
            raise NotRedrivable(f"It still cannot be read: {broken}") from broken

    async def unconnected(self, kept: StoredDelivery) -> frozenset[str]:
        """Numbers that its body names and nobody has connected here until now. Raises MalformedBody."""
        door = self._door(kept)
        return await door.unconnected(door.adapter.parse(RawRequest.again(kept.headers, kept.body)))

    async def _drive(self, kept: StoredDelivery) -> int:
        if kept.verdict is Verdict.FORGED:
            raise NotRedrivable("It was signed with another secret than its channel's")
        if kept.channel is None or kept.verdict is Verdict.UNROUTED:
            return await self._knock_again(kept)
        return await self._store_again(kept, ChannelId(kept.channel))

    async def _knock_again(self, kept: StoredDelivery) -> int:
        """Nobody's number then: through the door again, signature and all."""
        call = RawRequest.again(kept.headers, kept.body)
        door = self._door(kept)
        items = door.adapter.parse(call)
        strangers = await door.unconnected(items)
        if strangers and all(item.address in strangers for item in items):
            raise NotRedrivable(f"Number ID {', '.join(sorted(strangers))} is not connected here")
        answer = await door.receive(call, key=None)
        if answer is not Answer.OK:
            raise NotRedrivable("No connected channel believes its signature")
        async with self._database.system_statement() as scope:
            await journal.mark_redriven(scope, kept, at=self._clock.now())
        return len(items)

    async def _store_again(self, kept: StoredDelivery, channel: ChannelId) -> int:
        """Its signature was right when it came; only its own channel's items are taken."""
        async with self._database.reading(TenantId(kept.tenant)) as scope:
            ours = await Channels(scope).get(channel)
        if ours is None:
            raise NotRedrivable("Its channel was deleted")
        route = Route(RouteKind.ADDRESS, ours.address, TenantId(kept.tenant), channel, b"", b"")
        items = [
            stored_item(route, item, kept.id, self._clock.now())
            for item in self.adapter_of(kept).parse(RawRequest.again(kept.headers, kept.body))
            if concerns(item, ours)
        ]
        async with self._database.system() as system:
            await inbound.store(system, [], items)
            await journal.mark_redriven(system, kept, at=self._clock.now())
        return len(items)
