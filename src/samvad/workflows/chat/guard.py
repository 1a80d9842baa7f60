"""How much visitors of the widget may ask of one process: by visitor and by where they come from."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from math import ceil

from samvad.kernel.clock import Clock
from samvad.kernel.errors import TooMany
from samvad.workflows.chat.rules import Buckets

STREAMS = 4  # of one visitor at a time: windows of one browser
STREAMS_OF_A_PLACE = 60  # an office or a school behind one address


class Guard:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._visits = Buckets(burst=30, per_second=0.5)
        self._words = Buckets(burst=8, per_second=0.5)
        self._words_of_a_place = Buckets(burst=60, per_second=3)
        self._ticks = Buckets(burst=60, per_second=5)
        self._streams: Counter[str] = Counter()

    def visit(self, address: str) -> None:
        """Raises TooMany, as the others do."""
        self._take(self._visits, place(address))

    def words(self, visitor: str, address: str) -> None:
        self._take(self._words, visitor)
        self._take(self._words_of_a_place, place(address))

    def tick(self, visitor: str) -> None:
        self._take(self._ticks, visitor)

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

    def _take(self, buckets: Buckets, key: str) -> None:
        wait = buckets.take(key, self._clock.now())
        if wait:
            raise TooMany("That was a lot at once; wait a moment", retry_after=ceil(wait))


def place(address: str) -> str:
    """An IPv4 address, or the network of an IPv6 one: who has one has 2^64 of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(found) if not isinstance(found, IPv6Address) else f"{int(found) >> 64:x}::/64"
