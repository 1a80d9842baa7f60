"""The set-up call of the provider: who may say that this URL is ours."""

import pytest

from samvad.channels.service.registry import ChannelChange
from tests.door.stage import VERIFY, Said, Shop, Stage

QUERY = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="


async def shaken(shop: Shop, path: str) -> Said:
    """Asked again when the door is too busy to answer in its second, as the provider does."""
    said = await shop.stage.ask("GET", path)
    for _ in range(10):
        if said.status != 503:
            break
        said = await shop.stage.ask("GET", path)
    return said


async def test_the_right_token_returns_the_bare_challenge(shop: Shop) -> None:
    said = await shaken(shop, f"/webhooks/meta/{shop.channel.key}?{QUERY}{VERIFY}")
    assert (said.status, said.text) == (200, "1158201444")
    assert said.headers["content-type"].startswith("text/plain")


async def test_the_url_of_the_app_knows_the_token_of_any_channel(shop: Shop) -> None:
    """An app has one URL for all its numbers: `webhook_url` without the key works at set-up too."""
    said = await shaken(shop, f"/webhooks/meta?{QUERY}{VERIFY}")
    assert (said.status, said.text) == (200, "1158201444")


@pytest.mark.parametrize("token", ["", "wrong", VERIFY + "x", VERIFY.upper(), "%00", "%ff", "x" * 5000])
async def test_a_wrong_token_is_403(shop: Shop, token: str) -> None:
    for path in ("/webhooks/meta", f"/webhooks/meta/{shop.channel.key}"):
        said = await shaken(shop, f"{path}?{QUERY}{token}")
        assert (said.status, said.text) == (403, ""), path


@pytest.mark.parametrize(
    "query", ["", f"hub.verify_token={VERIFY}", f"hub.mode=unsubscribe&hub.verify_token={VERIFY}"]
)
async def test_without_the_right_mode_it_is_403(shop: Shop, query: str) -> None:
    assert (await shaken(shop, f"/webhooks/meta/{shop.channel.key}?{query}")).status == 403


async def test_another_channels_token_does_not_open_this_one(door: Stage, shop: Shop) -> None:
    other = await door.shop()
    async with door.parts.database.unit_of_work(other.house.tenant) as scope:
        change = ChannelChange(values={"verify_token": "another"})
        await door.parts.registry.change(scope, other.channel.id, change, at=door.parts.clock.now())
    assert (await door.ask("GET", f"/webhooks/meta/{shop.channel.key}?{QUERY}another")).status == 403
    assert (await door.ask("GET", f"/webhooks/meta/{other.channel.key}?{QUERY}another")).status == 200


async def test_a_key_that_nobody_has(door: Stage) -> None:
    assert (await door.ask("GET", f"/webhooks/meta/nobody?{QUERY}{VERIFY}")).status in (403, 404)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_405(shop: Shop, method: str) -> None:
    said = await shop.stage.ask(method, f"/webhooks/meta/{shop.channel.key}", b"{}")
    assert said.status == 405
    assert said.text == ""


@pytest.mark.parametrize("family", ["metaa", "twilio", "", "meta%2f.."])
async def test_a_family_that_is_not_there(door: Stage, family: str) -> None:
    assert (await door.ask("POST", f"/webhooks/{family}/key", b"{}")).status == 404
