"""Two tenants over two connections, a thousand requests interleaved: nobody sees the other."""

import asyncio

from samvad.api.app import create_app
from samvad.api.services import ApiServices
from samvad.kernel.clock import FrozenClock
from samvad.platform.db import Database
from samvad.platform.db.database import PoolSizes
from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.tenancy.factories import PlainHasher, make_house


async def test_a_thousand_requests_over_two_connections(
    database_url: str, passwords: dict[str, str], clock: FrozenClock
) -> None:
    async with Database(database_url, passwords, sizes=PoolSizes(app=2, system=1)) as database:
        houses = [await make_house(database, clock, slug) for slug in ("dairy", "vending")]
        app = create_app(ApiServices(database, clock, PlainHasher(), "https://crm.test"))
        clients = [Client(app, house.tokens[Role.AGENT]) for house in houses]
        turn = asyncio.Semaphore(20)

        async def ask(number: int) -> bool:
            async with turn:
                answer = await clients[number % 2].get("/api/v1/members")
            emails = {member["email"] for member in answer.json()["items"]}
            slug = ("dairy", "vending")[number % 2]
            return emails == {f"{role}@{slug}.test" for role in Role}

        assert all(await asyncio.gather(*(ask(number) for number in range(1000))))
