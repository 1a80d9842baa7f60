"""The webhook door: each item is believed only under the secret of its own channel, then stored, then 200."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar
from uuid import UUID

from samvad.channels.errors import MalformedBody
from samvad.channels.service.arrivals import Arrivals
from samvad.channels.service.directory import Directory, place_of
from samvad.channels.service.intake import NOBODY, Intake, Parcel, parcels_of
from samvad.channels.types import (
    Acknowledgement,
    Acknowledges,
    Channel,
    ChannelAdapter,
    Item,
    MessageReceived,
    RawRequest,
    Redacts,
    Route,
    RouteKind,
    StoredDelivery,
    Verdict,
)
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId, new_id
from samvad.platform import metrics
from samvad.platform.db import CommitUnknown, DatabaseDown, is_down
from samvad.platform.db.errors import DRIVER_FAILURES
from samvad.platform.logging import get_logger

log = get_logger("channels.door")

T = TypeVar("T")

MAX_BODY = 4 * 1024 * 1024  # Meta sends at most 3 MB
ANSWER_SECONDS = 0.9  # a provider is better served by a quick 503 than by a slow 200
_NAMED = 5  # numbers that a note lists


class Answer(IntEnum):
    OK = 200
    UNAUTHORIZED = 401
    FORBIDDEN = 403
    UNKNOWN = 404
    UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Judged:
    """The items of one body, sorted by whether we believe them."""

    accepted: list[tuple[Route, Item]]
    forged: list[tuple[Route, Item]]
    unrouted: list[Item]


class Door:
    def __init__(
        self,
        *,
        adapter: ChannelAdapter,
        directory: Directory,
        intake: Intake,
        arrivals: Arrivals,
        clock: Clock,
    ) -> None:
        self.adapter = adapter
        self._directory = directory
        self._intake = intake
        self._arrivals = arrivals
        self._clock = clock

    async def challenge(self, query: Mapping[str, str], *, key: str | None) -> str | Answer:
        """The text that proves the URL ours; FORBIDDEN for a wrong verify token or key."""
        return await _in_time(self._challenge(query, key))

    async def receive(self, request: RawRequest, *, key: str | None) -> Answer:
        """Takes one webhook call in. 200 only after everything that counts is committed."""
        return await _in_time(self._receive(request, key))

    async def take_in(self, call: RawRequest, channel: Channel, tenant: TenantId) -> None:
        """What we fetched ourselves with the channel's own credentials: believed without a signature, about
        this channel alone. Returns after the commit."""
        own = Route(RouteKind.KEY, channel.key, tenant, channel.id, b"", b"")
        try:
            items = self.adapter.parse(call)
        except MalformedBody as broken:
            metrics.webhook_items.labels("unparsable").inc()
            await self._intake.keep(self._delivery(call, own, Verdict.UNPARSABLE, note=str(broken)))
            return
        strangers = [item for item in items if not concerns(item, channel)]
        if strangers:
            note = _of_strangers(strangers)
            await self._intake.keep(self._delivery(call, own, Verdict.UNROUTED, note=note))
        ours = [(own, item) for item in items if concerns(item, channel)]
        await self._store(call, Judged(ours, [], []), own)

    async def answering(self, address: str) -> Route | None:
        """The channel that answers for this number; None: nobody does."""
        return await self._directory.by_address(address)

    async def proved(self, address: str, request: RawRequest) -> Route | None:
        """The same for a call that names the number; None also when it does not prove itself."""
        route = await self._directory.by_address(address)
        return route if route and await self._believes(request, route) else None

    def acknowledgement(self, request: RawRequest) -> Acknowledgement:
        """What a 200 says."""
        if isinstance(self.adapter, Acknowledges):
            return self.adapter.acknowledge(request)
        return self.adapter.acknowledgement

    async def _challenge(self, query: Mapping[str, str], key: str | None) -> str | Answer:
        for token in await self._directory.verify_tokens(key, self.adapter.offered(query)):
            answer = self.adapter.challenge(query, verify_token=token)
            if answer is not None:
                return answer
        return Answer.FORBIDDEN

    async def _receive(self, request: RawRequest, key: str | None) -> Answer:
        own: Route | None = None
        if key is not None:
            own = await self._directory.by_key(key)
            if own is None:
                return Answer.UNKNOWN
        try:
            items = self.adapter.parse(request)
        except MalformedBody as broken:
            return await self._unparsable(request, own, str(broken))
        judged = await self._judge(request, items, own)
        if not judged.accepted and (judged.forged or not self._signed_by_us(request, own)):
            metrics.webhook_items.labels("forged").inc(len(judged.forged))
            return self._unproved
        await self._store(request, judged, own)
        return Answer.OK

    async def unconnected(self, items: Sequence[Item]) -> frozenset[str]:
        """The numbers named in them that no channel of this installation answers for."""
        routes = await self._directory.routes_of(items)
        return frozenset(item.address for item in items if item.address and not routes.get(place_of(item)))

    async def _judge(self, request: RawRequest, items: Sequence[Item], own: Route | None) -> Judged:
        routes = await self._directory.routes_of(items)
        judged = Judged([], [], [])
        believed: dict[UUID, bool] = {}
        for item in items:
            candidates = routes.get(place_of(item), []) if _names(item) else [own] if own else []
            if not candidates:
                judged.unrouted.append(item)
            for route in candidates:
                if route.channel not in believed:
                    believed[route.channel] = await self._believes(request, route)
                (judged.accepted if believed[route.channel] else judged.forged).append((route, item))
        return judged

    async def _believes(self, request: RawRequest, route: Route) -> bool:
        if self.adapter.verify(request, secret=self._directory.secret(route)):
            return True
        renewed = await self._directory.renewed(route)  # the secret may have been changed just now
        return renewed is not None and self.adapter.verify(request, secret=renewed)

    def _signed_by_us(self, request: RawRequest, own: Route | None) -> bool:
        if own is not None:
            return self.adapter.verify(request, secret=self._directory.secret(own))
        secret = self.adapter.house_secret
        return bool(secret) and self.adapter.verify(request, secret=secret)

    async def _unparsable(self, request: RawRequest, own: Route | None, why: str) -> Answer:
        if not self._signed_by_us(request, own):
            return self._unproved
        verdict = Verdict.UNPARSABLE if own else Verdict.UNROUTED
        metrics.webhook_items.labels("unparsable").inc()
        await self._intake.keep(self._delivery(request, own, verdict, note=why))
        return Answer.OK

    async def _store(self, request: RawRequest, judged: Judged, own: Route | None) -> None:
        parcels: list[Parcel] = parcels_of(
            judged.accepted,
            now=self._clock.now(),
            door=self._name(own),
            headers=request.kept(self.adapter.kept),
            body=self._kept(request),
        )
        if judged.unrouted:
            note = _of_strangers(judged.unrouted)
            parcels.append(Parcel(self._delivery(request, own, Verdict.UNROUTED, note=note), []))
        for route, _ in _one_a_channel(judged.forged):
            note = "signed with another secret than this channel's"
            parcels.append(Parcel(self._delivery(request, route, Verdict.FORGED, note=note), []))
        _count(judged)
        await self._intake.take(parcels)
        self._note(judged)
        for route, _ in _one_a_channel(judged.forged):
            await self._intake.alert_forged(route)

    def _note(self, judged: Judged) -> None:
        """Numbers have been heard from; where a limit counts both ways, messages use it up."""
        now, counts = self._clock.now(), self.adapter.capabilities.counts_incoming
        for route, item in judged.accepted:
            messages = int(counts and isinstance(item.event, MessageReceived))
            self._arrivals.note(route.tenant, route.channel, messages=messages, at=now)

    @property
    def _unproved(self) -> Answer:
        return Answer.UNAUTHORIZED if self.adapter.capabilities.shared_secret else Answer.FORBIDDEN

    def _kept(self, request: RawRequest) -> bytes:
        adapter = self.adapter
        return adapter.redacted(request.body) if isinstance(adapter, Redacts) else request.body

    def _name(self, own: Route | None) -> str:
        """As the journal has it: the family, and whether it was a channel's own URL."""
        return f"{self.adapter.family}/own" if own else self.adapter.family

    def _delivery(
        self, request: RawRequest, route: Route | None, verdict: Verdict, *, note: str
    ) -> StoredDelivery:
        return StoredDelivery(
            tenant=route.tenant if route else NOBODY,
            id=new_id(),
            channel=route.channel if route else None,
            door=self._name(route),
            received_at=self._clock.now(),
            headers=request.kept(self.adapter.kept),
            body=b"" if verdict is Verdict.FORGED else self._kept(request),  # a stranger's text is not kept
            verdict=verdict,
            items=0,
            note=note,
        )


async def _in_time(work: Awaitable[T]) -> T | Answer:
    """The work's own answer, or UNAVAILABLE when the database is away or slow."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await work
    except (TimeoutError, DatabaseDown, CommitUnknown, OSError, *DRIVER_FAILURES) as failure:
        if not (isinstance(failure, TimeoutError | DatabaseDown | CommitUnknown) or is_down(failure)):
            raise
        log.warning("door.unavailable", why=type(failure).__name__)
        return Answer.UNAVAILABLE


def concerns(item: Item, channel: Channel) -> bool:
    """Whether an item of a call that was believed under this channel's secret is its own."""
    if item.address:
        return item.address == channel.address
    return not item.account or item.account == channel.account


def _of_strangers(items: Sequence[Item]) -> str:
    named = sorted({item.address for item in items if item.address})
    shown = [*named[:_NAMED], *(["..."] if len(named) > _NAMED else [])]
    count = "1 item" if len(items) == 1 else f"{len(items)} items"
    said = f"{count} of numbers that are not connected here"
    return f"{said}: {', '.join(shown)}" if shown else said


def _names(item: Item) -> bool:
    return bool(item.address or item.account)


def _one_a_channel(pairs: Sequence[tuple[Route, Item]]) -> list[tuple[Route, Item]]:
    return list({route.channel: (route, item) for route, item in pairs}.values())


def _count(judged: Judged) -> None:
    for verdict, number in (
        ("accepted", len(judged.accepted)),
        ("forged", len(judged.forged)),
        ("unrouted", len(judged.unrouted)),
    ):
        if number:
            metrics.webhook_items.labels(verdict).inc(number)
