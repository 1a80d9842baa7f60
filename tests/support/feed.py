"""A provider that is asked for news: its messages stand in a file, and it forgets what was settled.

Bodies, numbers and secrets are as Meta's; the file outlives a process, so that a killed one has a successor.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, cast

from samvad.channels.adapters.meta.adapter import MetaAdapter
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.service.arrivals import Arrivals
from samvad.channels.service.asking import Asker
from samvad.channels.service.directory import Directory
from samvad.channels.service.door import Door
from samvad.channels.service.intake import Intake
from samvad.channels.service.polling import Poller
from samvad.channels.service.recalling import Recaller
from samvad.channels.service.registry import NewChannel, Registry
from samvad.channels.service.vault import Vault
from samvad.channels.types import (
    Channel,
    ChannelAdapter,
    ChannelCredentials,
    Connection,
    Delivery,
    Fetched,
    Provider,
    RawRequest,
    ReplySettings,
    Sought,
    StatusReceived,
)
from samvad.conversations.service.recalled import Recalled
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.settings import MetaSettings, WorkerSettings
from samvad.platform.wakeups import Wakeups

FEED = Provider("feed")


@dataclass
class Book:
    """What the provider has of one number: bodies that nobody settled, and how often each was told."""

    path: Path

    def read(self) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(self.path.read_text())) if self.path.exists() else {}

    def add(self, *bodies: bytes | str) -> None:
        """Numbered from 1."""
        book = self.read()
        for body in bodies:
            text = body.decode() if isinstance(body, bytes) else body
            book[str(len(book) + 1)] = {"body": text, "told": 0, "settled": False}
        self.path.write_text(json.dumps(book))

    def mark(self, number: str, key: str, value: object) -> None:
        book = self.read()
        book[number][key] = value
        self.path.write_text(json.dumps(book))

    def told(self) -> list[int]:
        return [entry["told"] for entry in self.read().values()]

    def settled(self) -> list[bool]:
        return [entry["settled"] for entry in self.read().values()]


@dataclass
class Feed(MetaAdapter):
    """`before`: called with the number's address at the beginning of every question, may raise."""

    provider: ClassVar[Provider] = FEED
    family: ClassVar[str] = "feed"

    folder: Path
    clock: Clock
    pause: float | None = 5.0
    before: Callable[[str], Any] = lambda address: None
    settles: bool = True
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(cast(Graph, None), self.clock, defaults=MetaSettings())

    def book(self, address: str) -> Book:
        return Book(self.folder / f"{address}.json")

    def poll_pause(self, given: Connection) -> float | None:
        return self.pause

    async def fetch(self, via: ChannelCredentials, cursor: str) -> Fetched:
        self.asked.append(via.address)
        waits = self.before(via.address)
        if waits is not None:
            await waits
        await asyncio.sleep(0)
        book = self.book(via.address)
        left = [number for number, entry in book.read().items() if not entry["settled"]]
        if not left:
            return Fetched(cursor=cursor)
        entry = book.read()[left[0]]
        book.mark(left[0], "told", entry["told"] + 1)
        return Fetched(RawRequest({}, entry["body"].encode()), cursor=left[0], more=len(left) > 1)

    async def sent_like(self, via: ChannelCredentials, sought: Sought) -> list[StatusReceived]:
        """Of what stands in the number's second file, [id, words] each."""
        path = self.folder / f"{via.address}.sent.json"
        sent = json.loads(path.read_text()) if path.exists() else []
        state = Delivery.SENT
        return [StatusReceived(id_, state, None) for id_, words in sent if words == sought.message.text]

    async def settle(self, via: ChannelCredentials, fetched: Fetched) -> None:
        if self.settles:
            self.book(via.address).mark(fetched.cursor, "settled", True)


@dataclass
class Scene:
    """The polling of one installation, without workers that handle what came."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    feed: Feed
    registry: Registry
    pollers: list[Poller]

    async def connect(self, tenant: TenantId, number: str) -> Channel:
        values = {
            "phone_number_id": number,
            "waba_id": f"9{number}",
            "access_token": "token",
            "app_secret": "secret",
            "verify_token": "verify",
            "base_url": "https://feed.example",
            "graph_version": "v1",
            "display_phone_number": "",
        }
        new = NewChannel(provider=FEED, name=number, values=values, settings=ReplySettings())
        async with self.database.unit_of_work(tenant) as scope:
            return (await self.registry.create(scope, new, at=self.clock.now())).channel

    async def ask(self) -> None:
        """Every poller once, all of them at the same time; returns when what began has ended."""
        rounds = await asyncio.gather(*(poller.round() for poller in self.pollers))
        await asyncio.gather(*(visit for begun in rounds for visit in begun))

    async def rows(self, query: str, *values: object) -> list[Any]:
        async with self.database.system() as scope:
            return await scope.db.fetch(query, *values)

    async def came(self, channel: Channel) -> list[str]:
        """External ids of what was stored, in order of arrival."""
        rows = await self.rows(
            "SELECT event FROM inbound_items WHERE channel_id = $1 ORDER BY id", channel.id
        )
        return [row["event"]["event"].get("external_id") for row in rows]

    async def poll(self, channel: Channel) -> Any:
        return (await self.rows("SELECT * FROM channel_polls WHERE channel_id = $1", channel.id))[0]


@asynccontextmanager
async def polling(
    database: Database, keyring: Keyring, clock: Clock, folder: Path, *, pollers: int = 1, **worker: Any
) -> AsyncIterator[Scene]:
    async with AsyncExitStack() as stack:
        wakeups = await stack.enter_async_context(Wakeups(database.connect_settings()))
        feed = Feed(folder, clock)
        adapters: dict[Provider, ChannelAdapter] = {FEED: feed}
        vault = Vault(keyring, database, adapters=adapters)
        intake = await stack.enter_async_context(Intake(database, wakeups, on_forged=_never))
        directory = Directory(database, vault, clock, wakeups=wakeups, family=feed.family)
        arrivals = await stack.enter_async_context(Arrivals(database))
        door = Door(adapter=feed, directory=directory, intake=intake, arrivals=arrivals, clock=clock)
        doors = {feed.family: door}
        asker = Asker(
            database=database,
            vault=vault,
            adapters=adapters,
            doors=doors,
            clock=clock,
            recaller=Recaller(database, Recalled(), clock),
        )
        made = [
            await stack.enter_async_context(
                Poller(
                    database=database,
                    asker=asker,
                    wakeups=wakeups,
                    clock=clock,
                    settings=WorkerSettings(**worker),
                )
            )
            for _ in range(pollers)
        ]
        yield Scene(database, wakeups, clock, feed, Registry(vault, adapters), made)


async def _never(route: object) -> None:
    raise AssertionError("what we fetched ourselves is never forged")
