"""A served door with its live stream, and a browser that listens to it over a real socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
import uvicorn
from starlette.types import ASGIApp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from samvad.api.app import create_app
from samvad.api.events import router
from samvad.api.services import ApiServices
from samvad.api.ws import Patience, live_route
from samvad.kernel.ids import TenantId
from samvad.platform.db import Database
from samvad.platform.events import NewEvent, append
from samvad.platform.events.hub import Hub
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.service import Gatekeeper
from samvad.tenancy.types import Role
from tests.tenancy.factories import House

PATIENCE = 20.0
USUAL = Patience()
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[int]:
    """The port of uvicorn serving `app`."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, lifespan="off", log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            await asyncio.sleep(0.005)
            assert not serving.done()
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        await serving


@dataclass(frozen=True)
class Browser:
    socket: ClientConnection

    async def say(self, **message: object) -> None:
        await self.socket.send(orjson.dumps(message).decode())

    async def hear(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            frame: dict[str, Any] = orjson.loads(await self.socket.recv())
        return frame

    async def hear_names(self, count: int) -> list[object]:
        return [(await self.hear())["data"]["name"] for _ in range(count)]

    async def close_code(self) -> int | None:
        """Why the server ended it, whatever it sent before."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


@dataclass(frozen=True)
class Live:
    """A served door: `join` opens a signed-in browser, `happen` writes events as a room would."""

    database: Database
    wakeups: Wakeups
    port: int
    house: House

    @asynccontextmanager
    async def browser(self, **options: Any) -> AsyncIterator[Browser]:
        async with connect(f"ws://127.0.0.1:{self.port}/ws", **options) as socket:
            yield Browser(socket)

    @asynccontextmanager
    async def join(
        self, cursor: str | None = None, *, token: str | None = None, **options: Any
    ) -> AsyncIterator[tuple[Browser, str]]:
        """A browser that heard `ready`, and the cursor of it."""
        async with self.browser(**options) as browser:
            await browser.say(type="auth", token=token or self.house.tokens[Role.OWNER], cursor=cursor)
            ready = await browser.hear()
            assert ready["type"] == "ready"
            yield browser, ready["cursor"]

    async def happen(self, *names: object, tenant: TenantId | None = None, more: str = "") -> None:
        now = [NewEvent("note", {"name": name, "more": more}) for name in names]  # type: ignore[dict-item]
        async with self.database.unit_of_work(tenant or self.house.tenant) as scope:
            await append(scope, now, at=NOW)
        self.wakeups.poke(Topic.EVENTS)


@asynccontextmanager
async def live(
    services: ApiServices, house: House, *, patience: Patience = USUAL, queue_limit: int = 1000
) -> AsyncIterator[Live]:
    database = services.database
    async with (
        Wakeups(database.connect_settings()) as wakeups,
        Hub(database, wakeups, queue_limit=queue_limit) as hub,
    ):
        route = live_route(hub, Gatekeeper(database, services.clock), patience=patience)
        app = create_app(replace(services, routers=[router], extra=[route]))
        async with served(app) as port:
            yield Live(database, wakeups, port, house)
