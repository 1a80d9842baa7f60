"""The door as `samvad serve` opens it: uvicorn on a real port, real PostgreSQL, a Graph peer; no workers."""

import asyncio
import gzip
import itertools
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import asyncpg
import orjson
import uvicorn
from starlette.types import ASGIApp

from samvad.api.main import web
from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import Parts, parts
from samvad.bootstrap.workers import workers
from samvad.channels.types import Channel
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from samvad.platform.settings import Settings
from samvad.tenancy.types import Role
from tests.support import meta
from tests.support.forms import Form
from tests.support.graph import Graph, graph_peer
from tests.support.house import connect
from tests.tenancy.factories import House, make_house

VERIFY = "verify-of-the-test"  # as tests.support.house.connect gives it
TOKEN = "token-of-the-test"
_numbers = itertools.count(106_000_000_000_001)


@dataclass(frozen=True)
class Said:
    """An answer of the door, as it came over the wire."""

    status: int
    headers: Any
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Stage:
    parts: Parts
    url: str
    graph: Graph
    http: aiohttp.ClientSession
    superuser: asyncpg.Connection

    async def ask(
        self, method: str, path: str, body: bytes | None = None, *, headers: dict[str, str] | None = None
    ) -> Said:
        async with self.http.request(method, self.url + path, data=body, headers=headers) as answer:
            return Said(answer.status, answer.headers, await answer.text())

    async def shop(
        self, *, secret: str | None = None, account: str | None = None, number: str | None = None, **more: Any
    ) -> "Shop":
        """A tenant of its own, people in every role, one number of Meta."""
        number = number or str(next(_numbers))
        secret = secret or f"secret of {number}"
        clock = FrozenClock(SystemClock().now())
        house = await make_house(self.parts.database, clock, f"shop-{new_id().hex}")
        channel = await self.connect(house, number=number, secret=secret, account=account, **more)
        return Shop(self, house, channel, secret)

    async def connect(
        self, house: House, *, number: str, secret: str, account: str | None = None, **more: Any
    ) -> Channel:
        return await self.connect_at(
            self.graph.url, house, number=number, secret=secret, account=account, **more
        )

    async def connect_at(
        self, url: str, house: House, *, number: str, secret: str, account: str | None = None, **more: Any
    ) -> Channel:
        return await connect(
            self.parts,
            house.tenant,
            url,
            number=number,
            secret=secret,
            account=account if account is not None else f"9{number}",
            **more,
        )

    async def nobodys(self, verdict: str) -> list[asyncpg.Record]:
        """Journalled deliveries that name no tenant, newest first."""
        return await self.superuser.fetch(
            """SELECT * FROM deliveries WHERE tenant_id = '00000000-0000-0000-0000-000000000000'
               AND verdict = $1 ORDER BY id DESC""",
            verdict,
        )

    async def counts(self) -> dict[str, int]:
        """Everything that a webhook could have left behind."""
        tables = ("deliveries", "inbound_items", "inbound_lanes", "messages", "outbound", "alerts")
        return {table: await self.superuser.fetchval(f"SELECT count(*) FROM {table}") for table in tables}


@dataclass(frozen=True)
class Shop:
    stage: Stage
    house: House
    channel: Channel
    secret: str

    def body(self, *items: dict[str, Any], name: str = "Asha") -> bytes:
        return meta.messages(self.channel.address, self.channel.account, *items, name=name)

    def saying(self, *texts: str, sender: str = "919999900001") -> bytes:
        """Ids are new in every call."""
        return self.body(*(meta.message(t, sender=sender, id=f"wamid.{new_id().hex}") for t in texts))

    async def knock(
        self,
        body: bytes,
        *,
        secret: str | None = None,
        own: bool = False,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Said:
        """Signed with the shop's own secret; `own`: at the channel's own URL."""
        key = key or (self.channel.key if own else None)
        path = "/webhooks/meta" + (f"/{key}" if key else "")
        signed = dict(meta.signed(body, self.secret if secret is None else secret).headers)
        return await self.stage.ask("POST", path, body, headers={**signed, **(headers or {})})

    async def api(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        role: Role = Role.OWNER,
        headers: dict[str, str] | None = None,
    ) -> Said:
        """Signed in as this shop's member of that role."""
        token = {"authorization": f"Bearer {self.house.tokens[role]}", "content-type": "application/json"}
        if isinstance(json, Form):
            body, token["content-type"] = json.body, json.kind
        else:
            body = None if json is None else orjson.dumps(json)
        headers = {**token, **(headers or {})}
        return await self.stage.ask(method, f"/api/v1{path}", body, headers=headers)

    async def get(self, path: str) -> Any:
        said = await self.api("GET", path)
        assert said.status == 200, said.text
        return said.json

    async def items(self) -> list[dict[str, Any]]:
        """Stored events of this channel, in order of arrival."""
        rows = await self.stage.superuser.fetch(
            "SELECT event FROM inbound_items WHERE channel_id = $1 ORDER BY id", self.channel.id
        )
        stored = [json.loads(row["event"]) for row in rows]
        return [{"is": one["is"], **one["event"]} for one in stored]

    async def deliveries(self) -> list[asyncpg.Record]:
        return await self.stage.superuser.fetch(
            "SELECT * FROM deliveries WHERE channel_id = $1 ORDER BY id", self.channel.id
        )

    async def verdicts(self) -> list[str]:
        return [row["verdict"] for row in await self.deliveries()]

    async def alerts(self) -> list[str]:
        return [
            row["name"]
            for row in await self.stage.superuser.fetch(
                "SELECT name FROM alerts WHERE tenant_id = $1 ORDER BY name", self.house.tenant
            )
        ]


def zipped(body: bytes) -> bytes:
    return gzip.compress(body)


def taken_port() -> socket.socket:
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", 0))
    door.listen(128)
    return door


@asynccontextmanager
async def serving(app: ASGIApp, door: socket.socket) -> AsyncIterator[None]:
    """uvicorn with the options of the product."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http="httptools",
            ws="websockets-sansio",
            lifespan="off",
            log_level="error",
            access_log=False,
            proxy_headers=False,
        )
    )
    running = asyncio.create_task(server.serve(sockets=[door]))
    try:
        while not server.started:
            await asyncio.sleep(0.005)
            assert not running.done()
        yield
    finally:
        server.should_exit = server.force_exit = True
        await running


@asynccontextmanager
async def stage(
    url: str,
    keyring: Keyring,
    *,
    working: bool = False,
    public: bool = False,
    beside: str = "",
    **settings: Any,
) -> AsyncIterator[Stage]:
    """`url`: the superuser's, of a migrated database; `working`: with the workers that answer; `public`: its
    address is said to be one that others reach; `beside`: the URL of one more peer that may be called."""
    async with AsyncExitStack() as stack:
        graph = await stack.enter_async_context(graph_peer())
        door = taken_port()
        port = door.getsockname()[1]
        if public:
            settings["public_url"] = f"http://127.0.0.1:{port}"
        allowed = ",".join(peer.removeprefix("http://") for peer in (graph.url, beside) if peer)
        chosen = Settings(
            port=port,
            http={"allow_hosts": allowed},
            sandbox={"enabled": False},
            **settings,
            _env_file=None,
        )  # type: ignore[call-arg]
        built = await stack.enter_async_context(parts(chosen, Engine(url, keyring)))
        await stack.enter_async_context(serving(await stack.enter_async_context(web(built)), door))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        if working:
            await stack.enter_async_context(workers(built))
        superuser = await asyncpg.connect(url)
        stack.push_async_callback(superuser.close)
        yield Stage(built, f"http://127.0.0.1:{port}", graph, http, superuser)
