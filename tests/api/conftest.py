"""The whole HTTP door over a database with two tenants: fresh for a test, or shared by a module's tests."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import pytest
from starlette.types import ASGIApp

from samvad.api.app import create_app
from samvad.api.main import web
from samvad.api.services import ApiServices
from samvad.bootstrap.engine import Engine
from samvad.bootstrap.parts import parts
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.platform import logging
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.postgres.testing import Scratch
from samvad.platform.settings import LogSettings, Settings
from samvad.tenancy.service.sign_in import SignIn
from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.api.rows import plant
from tests.conftest import SECRET
from tests.tenancy.factories import PASSWORD, VISITOR, House, PlainHasher, make_house


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    """As in production; the development renderer takes seconds for one trace."""
    logging.configure(LogSettings(level="error"))


@pytest.fixture
def services(database: Database, clock: FrozenClock) -> ApiServices:
    return ApiServices(database=database, clock=clock, hasher=PlainHasher(), base_url="https://crm.test")


@pytest.fixture
def app(services: ApiServices) -> ASGIApp:
    return create_app(services)


@pytest.fixture
async def house(database: Database, clock: FrozenClock) -> House:
    return await make_house(database, clock, "dairy")


@pytest.fixture
async def neighbour(database: Database, clock: FrozenClock) -> House:
    return await make_house(database, clock, "vending")


@pytest.fixture
def signed_in(app: ASGIApp, house: House) -> Callable[[Role], Client]:
    return lambda role: Client(app, house.tokens[role])


@pytest.fixture
def owner(signed_in: Callable[[Role], Client]) -> Client:
    return signed_in(Role.OWNER)


@pytest.fixture
def anybody(app: ASGIApp) -> Client:
    return Client(app)


@dataclass(frozen=True)
class Stage:
    """A door that the tests of one module share."""

    app: ASGIApp
    house: House
    neighbour: House
    sign_in: SignIn
    superuser: asyncpg.Connection
    keyring: Keyring

    async def plant(self) -> dict[str, UUID]:
        """One row of each kind, in the first house."""
        return await plant(self.superuser, self.house.tenant, keyring=self.keyring)

    async def as_(self, house: House, role: Role) -> Client:
        """Signed in anew: some routes end the session."""
        token = await self.sign_in.with_password(house.members[role].email, PASSWORD, visitor=VISITOR)
        return Client(self.app, token)


@pytest.fixture(scope="module")
async def stage(
    cluster: Scratch, template: str, keyring: Keyring, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """As `samvad serve` builds it: every route with the parts it asks for."""
    clock = FrozenClock(SystemClock().now())
    async with cluster.database(template=template) as name, AsyncExitStack() as stack:
        folder = tmp_path_factory.mktemp("data")
        settings = Settings(data_dir=folder, database_url=cluster.dsn(name), secret_key=SECRET)
        built = await stack.enter_async_context(
            parts(settings, Engine(cluster.dsn(name), keyring), clock=clock)
        )
        app = await stack.enter_async_context(web(built))
        superuser = await asyncpg.connect(cluster.dsn(name))
        stack.push_async_callback(superuser.close)
        house = await make_house(built.database, clock, "dairy")
        neighbour = await make_house(built.database, clock, "vending")
        yield Stage(app, house, neighbour, SignIn(built.database, PlainHasher(), clock), superuser, keyring)
