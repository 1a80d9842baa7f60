"""A working installation over real HTTP, and a shop with customers in it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.door.stage import Shop, Stage, stage

PATIENCE = 20.0


@pytest.fixture(scope="package")
async def working(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True) as opened,
    ):
        yield opened


@pytest.fixture
async def shop(working: Stage) -> Shop:
    """Replies are due at once; it has no rules, so that a person is called for everything."""
    return await working.shop()


async def until(holds: Callable[[], Awaitable[Any]]) -> Any:
    async with asyncio.timeout(PATIENCE):
        while not (found := await holds()):  # noqa: ASYNC110 - there is no event for "the row is there"
            await asyncio.sleep(0.02)
    return found


async def heard(shop: Shop, *senders: str, text: str = "hello") -> list[dict[str, Any]]:
    """The conversations of these customers, oldest first, each with the answer already sent."""
    for sender in senders:
        assert (await shop.knock(shop.saying(text, sender=sender))).status == 200
        await until(lambda sender=sender: answered(shop, sender))
    return list(reversed((await shop.get("/conversations"))["items"]))


async def answered(shop: Shop, sender: str) -> bool:
    found = (await shop.get(f"/conversations?phone=%2B{sender}"))["items"]
    if not found:
        return False
    newest = (await shop.get(f"/conversations/{found[0]['id']}/messages"))["items"]
    return newest[0]["direction"] == "out" and newest[0]["status"] == "sent"
