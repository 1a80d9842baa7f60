"""The self-test calls the provider, subscribes, knocks at our own door, and names the step that fails."""

from typing import Any

import pytest

from samvad.channels.service.registry import ChannelChange
from tests.door.stage import Shop, Stage, taken_port


@pytest.fixture(autouse=True)
def willing(door: Stage) -> None:
    door.graph.knows_token = door.graph.subscribes = True


async def at(shop: Shop, base_url: str) -> None:
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        change = ChannelChange(values={"base_url": base_url})
        await parts.registry.change(scope, shop.channel.id, change, at=parts.clock.now())


async def report(shop: Shop) -> tuple[bool, dict[str, Any], str]:
    """Whether it passed, each step's verdict in order, and the words of the last."""
    said = await shop.api("POST", f"/channels/{shop.channel.id}/test")
    assert said.status == 200
    steps = said.json["steps"]
    return said.json["ok"], {step["name"]: step["ok"] for step in steps}, steps[-1]["detail"]


async def test_all_steps_pass_and_a_stopped_channel_starts(door: Stage, shop: Shop) -> None:
    await door.superuser.execute(
        "UPDATE channel_send_facts SET status = 'stopped' WHERE channel_id = $1", shop.channel.id
    )
    ok, steps, _ = await report(shop)
    assert ok, steps
    assert list(steps) == ["connection", "token", "number", "subscription", "webhook_reachable",
                           "signed_event", "active"]  # fmt: skip
    assert (await shop.get(f"/channels/{shop.channel.id}"))["status"] == "active"
    assert (await shop.verdicts()) == ["accepted"]


async def test_a_refused_token_is_named(shop: Shop) -> None:
    shop.stage.graph.knows_token = False
    ok, steps, detail = await report(shop)
    assert not ok
    assert steps == {"connection": True, "token": False}
    assert "token" in detail
    assert shop.secret not in detail


async def test_a_provider_that_is_not_there_is_named(shop: Shop) -> None:
    door = taken_port()
    port = door.getsockname()[1]
    door.close()
    await at(shop, f"http://127.0.0.1:{port}")
    ok, steps, _ = await report(shop)
    assert not ok
    assert steps == {"connection": False}


@pytest.mark.parametrize(
    "base_url", ["http://127.0.0.1:1", "https://10.0.0.1", "http://169.254.169.254", "https://[::1]"]
)
async def test_a_private_address_is_refused_and_named(shop: Shop, base_url: str) -> None:
    await at(shop, base_url)
    ok, steps, detail = await report(shop)
    assert not ok
    assert steps == {"connection": False}
    assert "SAMVAD_HTTP__ALLOW_HOSTS" in detail


async def test_a_subscription_that_is_refused_is_named(shop: Shop) -> None:
    shop.stage.graph.subscribes = False
    ok, steps, _ = await report(shop)
    assert not ok
    assert steps["subscription"] is False
    assert "active" not in steps
