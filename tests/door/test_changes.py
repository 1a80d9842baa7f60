"""A channel that changes while webhooks come: new secrets count at once, old ones as long as word travels."""

import asyncio
from collections.abc import Awaitable, Callable

from samvad.channels.service.directory import REMEMBER
from samvad.channels.service.registry import ChannelChange
from tests.door.stage import Said, Shop

SOONER = REMEMBER.total_seconds() - 1  # forgetting by age would take longer: only the word explains it


async def change(shop: Shop, **fields: str) -> None:
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        await parts.registry.change(
            scope, shop.channel.id, ChannelChange(values=fields), at=parts.clock.now()
        )


async def delete(shop: Shop) -> None:
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        await parts.registry.delete(scope, shop.channel.id, at=parts.clock.now())


async def test_a_new_secret_counts_at_once(shop: Shop) -> None:
    assert (await shop.knock(shop.saying("before"))).status == 200
    await change(shop, app_secret="the new secret")
    assert (await shop.knock(shop.saying("after"), secret="the new secret")).status == 200
    assert (await shop.knock(shop.saying("old"))).status == 403  # that webhook brought the word with it
    assert [item["text"] for item in await shop.items()] == ["before", "after"]


async def until(status: int, knock: Callable[[], Awaitable[Said]]) -> None:
    """Every process hears of a change by a notification, some milliseconds after its commit."""
    async with asyncio.timeout(SOONER):
        while (await knock()).status != status:  # noqa: ASYNC110 - the word comes to the door, not to us
            await asyncio.sleep(0.01)


async def test_an_old_secret_ends_when_word_of_it_arrives(shop: Shop) -> None:
    """Changed because it leaked: whoever has the old one is not believed for seconds more."""
    assert (await shop.knock(shop.saying("before"))).status == 200
    await change(shop, app_secret="the new secret")
    await until(403, lambda: shop.knock(shop.saying("on its way")))
    assert (await shop.knock(shop.saying("old"))).status == 403
    assert (await shop.knock(shop.saying("old"), own=True)).status == 403
    assert {item["text"] for item in await shop.items()} <= {"before", "on its way"}


async def test_a_deleted_channel_hears_nothing(shop: Shop) -> None:
    assert (await shop.knock(shop.saying("before"))).status == 200
    await delete(shop)
    await until(403, lambda: shop.knock(shop.saying("on its way")))
    assert (await shop.knock(shop.saying("after"), own=True)).status == 404
    assert {item["text"] for item in await shop.items()} <= {"before", "on its way"}


async def test_a_new_channel_is_heard_at_its_first_webhook(shop: Shop) -> None:
    for _ in range(3):
        fresh = await shop.stage.shop()
        assert (await fresh.knock(fresh.saying("first"))).status == 200
