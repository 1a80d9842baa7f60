"""An installation right after its first boot, with or without a demo."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from samvad.assistant.service.rules import list_rules
from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import Parts, parts
from samvad.bootstrap.tenants import first_boot
from samvad.conversations.service.canned import list_replies
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId
from samvad.knowledge.service.sources import list_sources
from samvad.platform.crypto import Keyring
from samvad.platform.settings import SandboxSettings, Settings
from samvad.tenancy.service.tenants import all_tenants, get_tenant
from samvad.workflows.demo.types import DemoName, Loaded
from tests.conftest import SECRET


@dataclass(frozen=True)
class Installation:
    parts: Parts
    tenant: TenantId

    async def load(self, name: DemoName) -> None:
        async with self.parts.database.unit_of_work(self.tenant) as scope:
            await self.parts.demos.load(scope, name, now=self.parts.clock.now())

    async def remove(self) -> None:
        async with self.parts.database.unit_of_work(self.tenant) as scope:
            await self.parts.demos.remove(scope, now=self.parts.clock.now())

    async def loaded(self) -> Loaded | None:
        async with self.parts.database.reading(self.tenant) as scope:
            return await self.parts.demos.loaded(scope)

    async def state(self) -> dict[str, Any]:
        """Everything of the tenant's that a demo may touch."""
        async with self.parts.database.reading(self.tenant) as scope:
            rules = (await list_rules(scope, cursor=None, limit=200)).items
            sources = (await list_sources(scope, cursor=None, limit=200)).items
            return {
                "settings": (await get_tenant(scope)).settings,
                "rules": list(rules),
                "sources": {source.name: source for source in sources},
                "canned": [reply.details for reply in await list_replies(scope)],
            }

    async def names_of_rules(self) -> list[str]:
        return [rule.name for rule in (await self.state())["rules"]]


Installing = Callable[..., AbstractAsyncContextManager[Installation]]


@pytest.fixture
def installing(database_url: str, keyring: Keyring, clock: FrozenClock, tmp_path: Path) -> Installing:
    """`async with installing(demo="dairy") as installation:`, right after the first boot."""

    @asynccontextmanager
    async def made(demo: str = "none", sandbox_port: int = 0) -> AsyncIterator[Installation]:
        settings = Settings(
            data_dir=tmp_path, database_url=database_url, secret_key=SECRET, demo=demo,
            sandbox=SandboxSettings(port=sandbox_port),
        )  # fmt: skip
        async with parts(settings, Engine(database_url, keyring), clock=clock) as built:
            await first_boot(built)
            async with built.database.system() as scope:
                (tenant,) = await all_tenants(scope)
            yield Installation(built, tenant.id)

    return made


@pytest.fixture
async def bare(installing: Installing) -> AsyncIterator[Installation]:
    async with installing() as installation:
        yield installation
