"""How much visitors of the widget may ask for: by visitor and by where they come from."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from math import ceil

from samvad.kernel.clock import Clock
from samvad.kernel.errors import TooMany
from samvad.platform.db import Database
from samvad.platform.db.buckets import Rate, take
from samvad.workflows.chat.rules import Buckets

STREAMS = 4  # of one visitor at a time: windows of one browser
STREAMS_OF_A_PLACE = 60  # an office or a school behind one address


VISITS = Rate("widget visits", 30, 0.5)
WORDS = Rate("widget words", 8, 0.5)
WORDS_OF_A_PLACE = Rate("widget words of a place", 60, 3)
TICKS = Rate("widget ticks", 60, 5)
OPENINGS = Rate("widget streams", 12, 0.2)
OPENINGS_OF_A_PLACE = Rate("widget streams of a place", 120, 2)


class Guard:
    """Each process refuses by its own buckets first, which costs nothing, then by those that all share. How
    many streams are open at a time each counts for itself; how often they are opened is shared."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._own: dict[str, Buckets] = {}
        self._streams: Counter[str] = Counter()

    async def visit(self, address: str) -> None:
        """Raises TooMany, as the others do."""
        await self._take((VISITS, place(address)))

    async def words(self, visitor: str, address: str) -> None:
        await self._take((WORDS, visitor), (WORDS_OF_A_PLACE, place(address)))

    async def tick(self, visitor: str) -> None:
        await self._take((TICKS, visitor))

    async def opening(self, visitor: str, address: str) -> None:
        """Before `stream`."""
        await self._take((OPENINGS, visitor), (OPENINGS_OF_A_PLACE, place(address)))

    @contextmanager
    def stream(self, visitor: str, address: str) -> Iterator[None]:
        counted = {f"visitor {visitor}": STREAMS, f"place {place(address)}": STREAMS_OF_A_PLACE}
        if any(self._streams[name] >= most for name, most in counted.items()):
            raise TooMany("Too many windows have this chat open", retry_after=10)
        self._streams.update(counted.keys())
        try:
            yield
        finally:
            self._streams.subtract(counted.keys())
            for name in counted:
                if not self._streams[name]:
                    del self._streams[name]

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
