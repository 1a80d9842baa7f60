"""What every use case shares: the ledger's tables, the clocks, the seed, and who waits for changes."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from samvad.kernel.clock import Clock
from samvad.kernel.errors import NotFound
from samvad.sandbox.repository.customers import Customers
from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.repository.media import MediaStore
from samvad.sandbox.repository.messages import Messages
from samvad.sandbox.repository.numbers import Numbers
from samvad.sandbox.repository.portfolios import Portfolios
from samvad.sandbox.repository.templates import Templates
from samvad.sandbox.repository.webhooks import WebhookQueue
from samvad.sandbox.types import Number

T = TypeVar("T")


class Signals:
    """Wakes those who wait for a change, once a commit."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()
        self._over = False

    def wake(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    def end(self) -> None:
        """Nobody waits from now on: the process is about to end."""
        self._over = True
        self.wake()

    async def wait_for(self, look: Callable[[], T | None], *, seconds: float) -> T | None:
        """The first thing that `look` finds, or None when the time is over, or the sandbox."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while (found := look()) is None and not self._over and loop.time() < deadline:
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiters.add(waiter)
            await asyncio.wait([waiter], timeout=deadline - loop.time())
            self._waiters.discard(waiter)
        return found


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of work on one number, inside its transaction."""

    world: "World"
    db: sqlite3.Connection
    id: str

    @property
    def number(self) -> Number:
        """As it is now, also after a change in this unit. Raises NotFound."""
        return self.world.number(self.id)

    @property
    def now_ms(self) -> int:
        return self.world.now_ms(self.number)

    def next_sequence(self) -> int:
        """Numbers the ids that the number gives away."""
        return self.world.numbers.next_sequence(self.db, self.id)


class World:
    def __init__(self, ledger: Ledger, *, clock: Clock, seed: int) -> None:
        self.ledger, self._clock = ledger, clock
        self.numbers = Numbers(ledger)
        self.customers = Customers(ledger)
        self.messages = Messages(ledger)
        self.queue = WebhookQueue(ledger)
        self.media = MediaStore(ledger)
        self.templates = Templates(ledger)
        self.portfolios = Portfolios(ledger)
        self.signals = Signals()
        self.seed = self.numbers.seed(seed)

    def set_seed(self, db: sqlite3.Connection, seed: int) -> None:
        """For what comes from now on."""
        self.numbers.set_seed(db, seed)
        self.seed = seed

    def number(self, phone_number_id: str) -> Number:
        """Raises NotFound."""
        found = self.numbers.find(phone_number_id)
        if found is None:
            raise NotFound(f"no number {phone_number_id[:40]}")
        return found

    def work(self, number: Number, run: Callable[[Unit], T]) -> "asyncio.Future[T]":
        """Runs on the number as it is then; done when it is committed."""
        id_ = number.phone_number_id
        return self.ledger.write(lambda db: run(Unit(self, db, id_)))

    def work_on_all(self, run: Callable[[Unit], object]) -> "asyncio.Future[None]":
        """The same with every number, in one commit."""

        def work(db: sqlite3.Connection) -> None:
            for number in self.numbers.all():
                run(Unit(self, db, number.phone_number_id))

        return self.ledger.write(work)

    def wall_us(self) -> int:
        return int(self._clock.now().timestamp() * 1_000_000)

    def wall_ms(self) -> int:
        return self.wall_us() // 1000

    def now_ms(self, number: Number) -> int:
        """The number's own clock: the wall's, plus what it was advanced by."""
        return self.wall_ms() + number.clock_offset_ms
