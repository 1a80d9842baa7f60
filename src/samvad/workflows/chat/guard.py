"""How much visitors of the widget may ask for: by visitor and by where they come from."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from uuid import UUID

from samvad.kernel.clock import Clock
from samvad.kernel.errors import TooMany
from samvad.kernel.ids import new_id
from samvad.platform.db import Database, is_down, windows
from samvad.platform.db.buckets import Rate, take
from samvad.workflows.chat.rules import Buckets

STREAMS = 4  # of one visitor at a time: windows of one browser
STREAMS_OF_A_PLACE = 60  # an office or a school behind one address
LEASE = timedelta(seconds=90)  # a stream says every few seconds that it is still there


VISITS = Rate("widget visits", 30, 0.5)
WORDS = Rate("widget words", 8, 0.5)
WORDS_OF_A_PLACE = Rate("widget words of a place", 60, 3)
TICKS = Rate("widget ticks", 60, 5)
OPENINGS = Rate("widget streams", 12, 0.2)
OPENINGS_OF_A_PLACE = Rate("widget streams of a place", 120, 2)


_closing: set[asyncio.Task[None]] = set()


@dataclass(slots=True)
class Stream:
    """One open window, held until `close`, or for LEASE after the last `stay`."""

    database: Database
    clock: Clock
    id: UUID = field(default_factory=new_id)
    _stays: datetime | None = None

    async def open(self, counted: dict[str, int]) -> None:
        """Raises TooMany."""
        now = self.clock.now()
        async with self.database.system() as scope:
            if not await windows.enter(scope, self.id, counted, now=now, until=now + LEASE):
                raise TooMany("Too many windows have this chat open", retry_after=10)
        self._stays = now

    async def stay(self) -> None:
        now = self.clock.now()
        if self._stays is None or now - self._stays >= LEASE / 3:
            async with self.database.system_statement() as scope:
                await windows.stay(scope, self.id, until=now + LEASE)
            self._stays = now

    def close(self) -> asyncio.Task[None]:
        """It goes on by itself: who closes it may be cancelled already."""
        task = asyncio.create_task(self._leave())
        _closing.add(task)
        task.add_done_callback(_closing.discard)
        return task

    async def _leave(self) -> None:
        try:
            async with self.database.system_statement() as scope:
                await windows.leave(scope, self.id)
        except Exception as failure:
            if not is_down(failure):  # then it closes after LEASE
                raise


class Guard:
    """Each process refuses by its own buckets first, which costs nothing, then by those that all share."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._own: dict[str, Buckets] = {}

    async def visit(self, address: str) -> None:
        """Raises TooMany, as the others do."""
        await self._take((VISITS, place(address)))

    async def words(self, visitor: str, address: str) -> None:
        await self._take((WORDS, visitor), (WORDS_OF_A_PLACE, place(address)))

    async def tick(self, visitor: str) -> None:
        await self._take((TICKS, visitor))

    async def stream(self, visitor: str, address: str) -> Stream:
        """A window that is open now; whoever opened it closes it."""
        await self._take((OPENINGS, visitor), (OPENINGS_OF_A_PLACE, place(address)))
        opened = Stream(self._database, self._clock)
        await opened.open({f"visitor {visitor}": STREAMS, f"place {place(address)}": STREAMS_OF_A_PLACE})
        return opened

    async def _take(self, *wanted: tuple[Rate, str]) -> None:
        now = self._clock.now()
        for rate, subject in wanted:
            own = self._own.setdefault(rate.name, Buckets(burst=rate.burst, per_second=rate.per_second))
            _allow(own.take(subject, now))
        async with self._database.system_statement() as scope:
            for rate, subject in wanted:
                _allow(await take(scope, rate, subject, now=now))


def _allow(wait: float) -> None:
    if wait:
        raise TooMany("That was a lot at once; wait a moment", retry_after=ceil(wait))


def place(address: str) -> str:
    """An IPv4 address, or the network of an IPv6 one: who has one has 2^64 of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(found) if not isinstance(found, IPv6Address) else f"{int(found) >> 64:x}::/64"
