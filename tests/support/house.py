"""A whole Samvad in the test's own process: real PostgreSQL, real HTTP to a Graph peer, real workers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import Parts, parts
from samvad.bootstrap.tenants import on_tenant_created
from samvad.bootstrap.workers import workers
from samvad.channels.service.door import Answer
from samvad.channels.service.registry import NewChannel
from samvad.channels.types import Channel, Provider, RawRequest, ReplySettings
from samvad.kernel.ids import TenantId
from samvad.platform.crypto import Keyring
from samvad.platform.settings import HttpSettings, SandboxSettings, Settings, WorkerSettings
from samvad.tenancy.service.tenants import NewTenant, create_tenant
from samvad.tenancy.types import TenantSettings
from tests.support import meta
from tests.support.graph import Graph, graph_peer
from tests.support.waiting import eventually

APP_SECRET = "app-secret-of-the-test"


@dataclass
class House:
    parts: Parts
    graph: Graph
    tenant: TenantId
    channel: Channel

    async def knock(self, body: bytes, *, secret: str = APP_SECRET, key: str | None = None) -> Answer:
        return await self.parts.doors["meta"].receive(meta.signed(body, secret), key=key)

    async def say(self, *texts: str, sender: str = "919999900001", **more: Any) -> Answer:
        """One webhook with these messages of one customer."""
        items = [meta.message(text, sender=sender, **more) for text in texts]
        return await self.knock(meta.messages(self.channel.address, self.channel.account, *items))

    async def tell(self, *items: dict[str, Any]) -> Answer:
        """Statuses."""
        return await self.knock(meta.statuses(self.channel.address, self.channel.account, *items))

    async def rows(self, query: str, *values: object) -> list[Any]:
        async with self.parts.database.reading(self.tenant) as scope:
            return await scope.db.fetch(query, *values)

    async def value(self, query: str, *values: object) -> Any:
        async with self.parts.database.reading(self.tenant) as scope:
            return await scope.db.fetchval(query, *values)

    async def eventually(self, holds: Callable[[], Awaitable[object]], *, seconds: float = 15) -> Any:
        return await eventually(holds, seconds=seconds)

    async def sent(self, count: int) -> list[str]:
        async def enough() -> bool:
            return len(self.graph.sends) >= count

        await self.eventually(enough)
        return self.graph.texts

    async def idle(self) -> None:
        """Until nothing waits anywhere."""

        async def quiet() -> bool:
            async with self.parts.database.system() as scope:
                left = await scope.db.fetchval(
                    """SELECT (SELECT count(*) FROM inbound_lanes)
                         + (SELECT count(*) FROM timers WHERE kind = 'reply')
                         + (SELECT count(*) FROM outbound WHERE state IN ('queued', 'sending', 'refused'))"""
                )
            return bool(left == 0)

        await self.eventually(quiet)

    async def conversation(self) -> Any:
        return (await self.rows("SELECT * FROM conversations ORDER BY created_at LIMIT 1"))[0]


@asynccontextmanager
async def house(
    url: str,
    keyring: Keyring,
    *,
    quiet_ms: int = 0,
    cap_ms: int = 0,
    working: bool = True,
    hours: dict[str, Any] | None = None,
    number: str = "106540352242922",
    **worker: Any,
) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        graph = await stack.enter_async_context(graph_peer())
        host, port = graph.url.removeprefix("http://").split(":")
        settings = Settings(
            http=HttpSettings(allow_hosts=frozenset({(host, int(port))})),
            worker=WorkerSettings(**{"lease_seconds": 2, "send_timeout": 5, "poll_seconds": 0.2, **worker}),
            sandbox=SandboxSettings(enabled=False),  # type: ignore[call-arg]
            _env_file=None,
        )
        built = await stack.enter_async_context(parts(settings, Engine(url, keyring)))
        tenant, _ = await create_tenant(
            built.database,
            NewTenant("shop", TenantSettings("Govind Dairy"), "owner@example.org"),
            now=built.clock.now(),
            then=on_tenant_created(built),
        )
        channel = await connect(built, tenant, graph.url, number=number, quiet_ms=quiet_ms, cap_ms=cap_ms)
        if working:
            await stack.enter_async_context(workers(built))
        yield House(built, graph, tenant, channel)


async def connect(
    built: Parts,
    tenant: TenantId,
    base_url: str,
    *,
    number: str,
    secret: str = APP_SECRET,
    account: str = "102290129340398",
    quiet_ms: int = 0,
    cap_ms: int = 0,
    per_second: float | None = 1000,
) -> Channel:
    values = {
        "phone_number_id": number,
        "waba_id": account,
        "access_token": "token-of-the-test",
        "app_secret": secret,
        "verify_token": "verify-of-the-test",
        "base_url": base_url,
        "graph_version": "v23.0",
        "display_phone_number": "+15550100000",
    }
    settings = ReplySettings(quiet_ms, cap_ms, "reply", per_second)
    new = NewChannel(provider=Provider("meta"), name="Shop", values=values, settings=settings)
    async with built.database.unit_of_work(tenant) as scope:
        return (await built.registry.create(scope, new, at=built.clock.now())).channel


__all__ = ["APP_SECRET", "UUID", "House", "RawRequest", "connect", "datetime", "house"]
