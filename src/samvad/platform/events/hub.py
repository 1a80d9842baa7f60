"""One reader of events a process: what is new goes to every browser of its tenant, encoded once."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self

import orjson

from samvad.kernel.errors import Invalid
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.events.cursor import Place, Stream, decode, encode
from samvad.platform.events.repository.stream import read, read_all
from samvad.platform.events.types import Event, EventPage, JsonObject
from samvad.platform.logging import get_logger
from samvad.platform.wakeups import Topic, Wakeups

log = get_logger("platform")

_PAGE = 200
_FIRST_LOOK = 0.02  # seconds after a poke whose events an open transaction may hold back; then twice that


@dataclass(frozen=True, slots=True)
class Frame:
    """What one browser is sent. Without a place it is no part of the stream: presence, a pong."""

    text: str
    place: Place | None = None
    reset: bool = False


def frame(type_: str, data: JsonObject | None = None, *, cursor: str | None = None) -> str:
    """The JSON text of a frame; only what is given is in it."""
    parts = {"cursor": cursor, "type": type_, "data": data}
    return orjson.dumps({name: part for name, part in parts.items() if part is not None}).decode()


class Subscription:
    """One browser's bounded queue. When it is full the browser has to come again with its cursor."""

    def __init__(self, tenant: TenantId, *, limit: int) -> None:
        self.tenant = tenant
        self.overflowed = asyncio.Event()
        self.presence: JsonObject | None = None  # what newcomers are told about this browser
        self._frames: asyncio.Queue[Frame] = asyncio.Queue(limit)

    def offer(self, new: Frame) -> None:
        """After the first frame that found no room none may follow: that would leave a hole."""
        if self._frames.full():
            self.overflowed.set()
        if not self.overflowed.is_set():
            self._frames.put_nowait(new)

    def offer_lightly(self, new: Frame) -> None:
        """For what may be lost: never takes the second half of the queue."""
        if self._frames.qsize() * 2 < self._frames.maxsize:
            self.offer(new)

    async def after(self, place: Place) -> AsyncIterator[str]:
        """Frames behind `place` as they come, each once; frames outside the stream always."""
        while True:
            new = await self._frames.get()
            if new.place is None:
                yield new.text
            elif new.reset or new.place > place:
                place = new.place
                yield new.text


class Hub:
    """Opens with `async with Hub(database, wakeups)`; reads only for tenants that somebody watches."""

    def __init__(
        self, database: Database, wakeups: Wakeups, *, poll_seconds: float = 1.0, queue_limit: int = 1000
    ) -> None:
        self._database = database
        self._ear = wakeups.waiter(Topic.EVENTS)
        self._poll_seconds = poll_seconds
        self._queue_limit = queue_limit
        self._subscriptions: dict[TenantId, set[Subscription]] = {}
        self._read_to: dict[TenantId, tuple[str, Place]] = {}
        self._reader: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._reader = asyncio.create_task(self._read_on(), name="events hub")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reader.cancel()
        await asyncio.wait([self._reader])

    @contextmanager
    def subscribed(self, tenant: TenantId) -> Iterator[Subscription]:
        """From here on nothing new passes by."""
        subscription = Subscription(tenant, limit=self._queue_limit)
        self._subscriptions.setdefault(tenant, set()).add(subscription)
        try:
            yield subscription
        finally:
            if subscription.presence:  # the others must not wait for somebody who closed the window
                self.present(subscription, {**subscription.presence, "state": "left"}, gone=True)
            self._forget(subscription)

    def _forget(self, subscription: Subscription) -> None:
        watching = self._subscriptions[subscription.tenant]
        watching.discard(subscription)
        if not watching:
            del self._subscriptions[subscription.tenant]
            self._read_to.pop(subscription.tenant, None)

    async def stream(self, subscription: Subscription, cursor: str | None) -> AsyncGenerator[str, None]:
        """`ready`, what was missed since `cursor` (or `reset`), who is there, then what happens.

        `ready` repeats the browser's own cursor: whoever is cut off during the replay asks again from
        where it stood. Raises DatabaseDown and the like.
        """
        tenant = subscription.tenant
        if tenant not in self._read_to:
            start = await self._page(tenant, None)
            self._read_to.setdefault(tenant, decode(start.cursor))
        page = await self._first_page(tenant, cursor)
        yield frame("ready", cursor=cursor or page.cursor)
        while True:
            if page.reset:
                yield frame("reset", cursor=page.cursor)
            for event in page.events:
                yield frame(event.type, event.data, cursor=event.cursor)
            if len(page.events) < _PAGE:
                break
            page = await self._page(tenant, page.cursor)
        for other in self._others(subscription):
            if other.presence:
                yield frame("presence", other.presence)
        _, place = decode(page.cursor)
        async for text in subscription.after(place):
            yield text

    def present(self, subscription: Subscription, presence: JsonObject, *, gone: bool = False) -> None:
        """Tells the tenant's other browsers of this process where this one is; nothing is stored."""
        subscription.presence = None if gone else presence
        told = Frame(frame("presence", presence))
        for other in self._others(subscription):
            other.offer_lightly(told)

    def _others(self, subscription: Subscription) -> list[Subscription]:
        return [one for one in self._subscriptions[subscription.tenant] if one is not subscription]

    async def _first_page(self, tenant: TenantId, cursor: str | None) -> EventPage:
        try:
            return await self._page(tenant, cursor)
        except Invalid:  # of a release that wrote cursors in another way
            return replace(await self._page(tenant, None), reset=True)

    async def _page(self, tenant: TenantId, cursor: str | None) -> EventPage:
        async with self._database.reading(tenant) as scope:
            return await read(scope, cursor, limit=_PAGE)

    async def _read_on(self) -> None:
        """At each poke; and for a while after it more often than the poll, when an open transaction,
        which need not poke us at its end, holds events back."""
        pause = self._poll_seconds
        while True:
            poked = await self._ear.wait(pause)
            pause = _FIRST_LOOK if poked else min(pause * 2, self._poll_seconds)
            try:
                if await self._catch_up():
                    pause = self._poll_seconds
            except Exception as failure:  # the database is away; whatever it is, browsers must not go deaf
                log.warning("events.reader_waits", reason=repr(failure))

    async def _catch_up(self) -> bool:
        """Whether nothing more can be waiting for the tenants that are watched."""
        while self._read_to:
            stream, more = await self._pass_on()
            if not more:
                return stream.settled
        return True

    async def _pass_on(self) -> tuple[Stream, bool]:
        """One round for all watched tenants; whether some tenant has still more."""
        asked = dict(self._read_to)
        places = {tenant: place for tenant, (_, place) in asked.items()}
        async with self._database.system_statement() as scope:
            stream, found = await read_all(scope, places, limit=_PAGE)
        for tenant, (epoch, place) in asked.items():
            if stream.continues(epoch, place):
                self._hand_out(tenant, found.get(tenant, ()), stream)
            else:
                self._start_anew(tenant, stream)
        return stream, any(len(events) == _PAGE for events in found.values())

    def _hand_out(self, tenant: TenantId, events: Sequence[Event], stream: Stream) -> None:
        for event in events:
            self._broadcast(tenant, Frame(frame(event.type, event.data, cursor=event.cursor), event.place))
        self._moved(tenant, stream.epoch, events[-1].place if len(events) == _PAGE else stream.head)

    def _start_anew(self, tenant: TenantId, stream: Stream) -> None:
        text = frame("reset", cursor=encode(stream.epoch, stream.head))
        self._broadcast(tenant, Frame(text, stream.head, reset=True))
        self._moved(tenant, stream.epoch, stream.head)

    def _broadcast(self, tenant: TenantId, new: Frame) -> None:
        for subscription in self._subscriptions.get(tenant, ()):
            subscription.offer(new)

    def _moved(self, tenant: TenantId, epoch: str, place: Place) -> None:
        if tenant in self._read_to:  # somebody may still be watching
            self._read_to[tenant] = (epoch, place)
