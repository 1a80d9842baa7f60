"""Tells sleeping workers, in this process and in others, that work was committed: coalesced NOTIFY."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

import asyncpg

from samvad.platform.logging import get_logger

if TYPE_CHECKING:
    from samvad.platform.db.connection import Connection

log = get_logger("platform")

CHANNEL = "samvad_wakeups"
GAP_SECONDS = 0.01  # at most one NOTIFY in this time: one in every commit costs PostgreSQL twice as much
_HEARTBEAT_SECONDS = 10.0  # a link that died without a word shows itself within this time
_CONNECT_SECONDS = 5
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0
_LOST = (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.PostgresError)


class Topic(StrEnum):
    """Where work may wait. Values travel in NOTIFY payloads."""

    LANES = "lanes"
    TIMERS = "timers"
    OUTBOUND = "outbound"
    INDEXING = "indexing"
    POLLS = "polls"  # a channel to be asked for news was connected, changed or started
    FILES = "files"
    EVENTS = "events"
    ROUTES = "routes"  # a number, key or secret changed: nothing remembered of them counts


class Waiter:
    """One sleeper's own ear: a poke that comes while it works is kept for its next `wait`."""

    __slots__ = ("__weakref__", "_poked")

    def __init__(self) -> None:
        self._poked = asyncio.Event()

    def poke(self) -> None:
        self._poked.set()

    async def wait(self, timeout: float) -> bool:
        """True at a poke since the last `wait`, False after `timeout` seconds (look for work anyway)."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._poked.wait()
        poked = self._poked.is_set()
        self._poked.clear()
        return poked

    def take(self) -> bool:
        """As `wait`, without waiting."""
        poked = self._poked.is_set()
        self._poked.clear()
        return poked


class Wakeups:
    """Opens with `async with Wakeups(database.connect_settings())`; one LISTEN connection a process.

    It promises speed, never delivery: while the database is away nothing travels between processes
    and nobody is told, so every sleeper looks for work by itself when its timeout ends.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiters: dict[Topic, WeakSet[Waiter]] = {topic: WeakSet() for topic in Topic}
        self._unsent: set[Topic] = set()
        self._stir = asyncio.Event()  # something to send, or the connection ended
        self._link: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        self._link = asyncio.create_task(self._stay_linked(), name="wakeups")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._link.cancel()
        await asyncio.wait([self._link])

    def waiter(self, *topics: Topic) -> Waiter:
        """A new ear for these topics; it goes when nobody holds it any more."""
        waiter = Waiter()
        for topic in topics:
            self._waiters[topic].add(waiter)
        return waiter

    def poke(self, *topics: Topic) -> None:
        """Call it after the commit: waiters here wake at once, other processes within milliseconds."""
        self._wake(topics)
        self._unsent.update(topics)
        self._stir.set()

    def _wake(self, topics: Iterable[Topic]) -> None:
        for topic in topics:
            for waiter in self._waiters[topic]:
                waiter.poke()

    async def _stay_linked(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                async with _connection(self._url) as connection:
                    await self._listen(connection)
                    pause = _FIRST_PAUSE
                    await self._send(connection)
            except Exception as failure:  # a lost link, in whichever words asyncpg says it
                log.warning("wakeups.lost", reason=repr(failure), retry_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _listen(self, connection: "Connection") -> None:
        own = connection.get_server_pid()

        def heard(_: object, sender: int, channel: str, payload: object) -> None:
            if sender != own:  # our own NOTIFY: everybody here is awake already
                self._wake(_topics(str(payload)))

        connection.add_termination_listener(lambda _: self._stir.set())
        await connection.add_listener(CHANNEL, heard)
        self._wake(Topic)  # whatever was said before we listened

    async def _send(self, connection: "Connection") -> None:
        """One NOTIFY for all that gathered since the last; ends, by an error, when the connection does."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_HEARTBEAT_SECONDS):
                    await self._stir.wait()
            self._stir.clear()
            topics, self._unsent = self._unsent, set()
            try:
                await notify(connection, topics)
            except BaseException:
                self._unsent |= topics
                raise
            await asyncio.sleep(GAP_SECONDS)


async def notify(connection: "Connection", topics: Iterable[Topic]) -> None:
    """In a transaction: told with its commit, for what is rare and must not be missed. Without topics only
    a sign of life."""
    payload = " ".join(sorted(topics))
    if payload:
        await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)
    else:
        await connection.execute("SELECT 1")


def _topics(payload: str) -> list[Topic]:
    """Words we do not know are a newer release's."""
    known = {topic.value: topic for topic in Topic}
    return [known[word] for word in payload.split() if word in known]


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator["Connection"]:
    connection = await asyncpg.connect(
        url,
        timeout=_CONNECT_SECONDS,
        command_timeout=_CONNECT_SECONDS,
        server_settings={"application_name": "samvad_wakeups"},
    )
    try:
        yield connection
    finally:
        with suppress(*_LOST):
            await connection.close(timeout=1)
