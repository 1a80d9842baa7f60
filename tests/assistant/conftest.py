"""A tenant with the rules that every tenant starts with, and the door to them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from starlette.types import ASGIApp

from samvad.api.app import create_app
from samvad.api.services import ApiServices
from samvad.assistant.router.rules import router
from samvad.assistant.service.rules import create_builtin
from samvad.kernel.clock import FrozenClock
from samvad.kernel.language import Language
from samvad.platform.db import Database, Scope
from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.tenancy.factories import House, PlainHasher, make_house


async def _with_rules(scope: Scope, *, now: datetime) -> None:
    await create_builtin(scope, Language.ENGLISH, at=now)


@pytest.fixture
async def house(database: Database, clock: FrozenClock) -> House:
    return await make_house(database, clock, "dairy", then=[_with_rules])


@pytest.fixture
async def neighbour(database: Database, clock: FrozenClock) -> House:
    return await make_house(database, clock, "vending", then=[_with_rules])


@pytest.fixture
def app(database: Database, clock: FrozenClock) -> ASGIApp:
    services = ApiServices(
        database=database, clock=clock, hasher=PlainHasher(), base_url="https://crm.test", routers=[router]
    )
    return create_app(services)


@pytest.fixture
def signed_in(app: ASGIApp, house: House) -> Callable[[Role], Client]:
    return lambda role: Client(app, house.tokens[role])


@pytest.fixture
def admin(signed_in: Callable[[Role], Client]) -> Client:
    return signed_in(Role.ADMIN)
