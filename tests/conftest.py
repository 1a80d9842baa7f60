"""Real PostgreSQL for every test: one throw-away cluster a session, a migrated template, copies of it."""

import gc
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from xdist.remote import Producer

from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId, new_id
from samvad.platform import logging
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.db.database import APP, SYSTEM_ROLE
from samvad.platform.migrations.migrate import migrate
from samvad.platform.postgres.testing import Scratch, scratch_cluster
from samvad.platform.settings import LogSettings
from tests import data_folders, scheduling

logging.configure(LogSettings(level="warning", format="text"))
hypothesis.settings.register_profile("untimed", deadline=None)  # tests are never timed
hypothesis.settings.load_profile("untimed")
gc.disable()  # what collecting tests makes stays: to look for garbage in it is a tenth of the work

SECRET = "only for tests: " + "0123456789abcdef" * 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: scheduling.place(item.path))


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> scheduling.Scheduling | None:
    return scheduling.make(config, log)


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring(SECRET)


@pytest.fixture(scope="session")
def passwords(keyring: Keyring) -> dict[str, str]:
    return {role: keyring.password_for(role) for role in (APP, SYSTEM_ROLE)}


@pytest.fixture(scope="session")
async def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty database, stopped; to be copied: a twentieth of making one."""
    base = tmp_path_factory.getbasetemp()
    return await data_folders.blank_in(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)


@pytest.fixture(scope="session")
async def cluster() -> AsyncIterator[Scratch]:
    async with scratch_cluster() as scratch:
        yield scratch


@pytest.fixture(scope="session")
async def template(cluster: Scratch, passwords: dict[str, str]) -> str:
    """The name of a migrated database that nobody is connected to."""
    name = await cluster.create(name="template_samvad")
    await migrate(cluster.dsn(name), passwords)
    return name


@pytest.fixture
async def database_url(cluster: Scratch, template: str) -> AsyncIterator[str]:
    """The superuser's URL of a fresh migrated database."""
    async with cluster.database(template=template) as name:
        yield cluster.dsn(name)


@pytest.fixture
async def database(database_url: str, passwords: dict[str, str]) -> AsyncIterator[Database]:
    async with Database(database_url, passwords) as opened:
        yield opened


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 3, 2, 10, 0, tzinfo=UTC))


async def make_tenant(database: Database, *, slug: str = "dairy") -> TenantId:
    """A bare tenant, without members: rows that other rows hang on."""
    tenant = TenantId(new_id())
    now = datetime(2026, 3, 1, tzinfo=UTC)
    async with database.system() as scope:
        await scope.db.execute(
            """INSERT INTO tenants (id, slug, name, time_zone, country, currency, language,
                 business_hours, created_at, updated_at)
               VALUES ($1, $2, $2, 'Asia/Kolkata', 'IN', 'INR', 'en', '{}', $3, $3)""",
            tenant, slug, now,
        )  # fmt: skip
    async with database.unit_of_work(tenant) as scope:
        await scope.db.execute("INSERT INTO tenant_send_facts (tenant_id) VALUES ($1)", tenant)
    return tenant


@pytest.fixture
async def tenant(database: Database) -> TenantId:
    return await make_tenant(database)
