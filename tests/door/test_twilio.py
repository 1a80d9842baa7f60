"""Twilio at the door: signed by URL, routed by own URL or by number, answered in its own words."""

from typing import Any

import pytest

from samvad.channels.service.registry import ChannelChange
from samvad.channels.types import Channel
from tests.door.stage import Said, Shop
from tests.support import twilio


@pytest.fixture
async def number(shop: Shop) -> Channel:
    return await connect(shop)


async def connect(shop: Shop, *, account: str | None = None, **more: str) -> Channel:
    return await twilio.connect(
        shop.stage.parts,
        shop.house.tenant,
        shop.stage.graph.url,
        account_sid=account or twilio.account(),
        **more,
    )


async def knock(
    shop: Shop, parameters: dict[str, str], *, key: str = "", query: str = "", token: str = twilio.TOKEN
) -> Said:
    target = "/webhooks/twilio" + (f"/{key}" if key else "") + (f"?{query}" if query else "")
    body, headers = twilio.signed(shop.stage.url + target, parameters, token=token)
    return await shop.stage.ask("POST", target, body, headers=headers)


async def stored(shop: Shop, channel: Channel) -> list[dict[str, Any]]:
    return await Shop(shop.stage, shop.house, channel, "").items()


async def test_a_message_at_its_own_url(shop: Shop, number: Channel) -> None:
    said = await knock(shop, twilio.message(number, "hello"), key=number.key)
    assert (said.status, said.text) == (200, "<Response/>")
    assert said.headers["content-type"] == "text/xml; charset=utf-8"
    (item,) = await stored(shop, number)
    assert (item["is"], item["text"]) == ("MessageReceived", "hello")


async def test_a_message_at_the_url_of_all(shop: Shop, number: Channel) -> None:
    assert (await knock(shop, twilio.message(number, "hello"))).status == 200
    assert [item["text"] for item in await stored(shop, number)] == ["hello"]


async def test_a_wrong_token_is_refused_and_noted(shop: Shop, number: Channel) -> None:
    for key in ("", number.key):
        said = await knock(shop, twilio.message(number, "hello"), key=key, token="another")
        assert (said.status, said.text) == (403, "")
    assert await stored(shop, number) == []


async def test_the_signature_of_another_url_is_none(shop: Shop, number: Channel) -> None:
    parameters = twilio.message(number, "hello")
    body, headers = twilio.signed(f"{shop.stage.url}/webhooks/twilio", parameters)
    said = await shop.stage.ask("POST", f"/webhooks/twilio/{number.key}", body, headers=headers)
    assert said.status == 403


async def test_the_secondary_token_counts_until_it_is_taken_back(shop: Shop) -> None:
    number = await connect(shop, secondary_auth_token="secondary")
    said = await knock(shop, twilio.message(number, "one"), key=number.key, token="secondary")
    assert said.status == 200
    assert (await knock(shop, twilio.message(number, "two"), key=number.key)).status == 200
    changed = await shop.api("PATCH", f"/channels/{number.id}", {"secondary_auth_token": ""})
    assert changed.status == 200
    said = await knock(shop, twilio.message(number, "three"), key=number.key, token="secondary")
    assert said.status == 403
    assert (await knock(shop, twilio.message(number, "four"), key=number.key)).status == 200
    assert (await shop.api("PATCH", f"/channels/{number.id}", {"auth_token": ""})).status == 422


async def test_a_changed_token_counts_at_once(shop: Shop, number: Channel) -> None:
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        change = ChannelChange(values={"auth_token": "new token"})
        changed = await parts.registry.change(scope, number.id, change, at=parts.clock.now())
    assert (changed.address, changed.display_address) == (number.address, twilio.SENDER)
    said = await knock(shop, twilio.message(number, "hello"), key=number.key, token="new token")
    assert said.status == 200


async def test_two_accounts_may_have_the_sandboxs_number(shop: Shop) -> None:
    """Everybody who tries Twilio out writes to one and the same number."""
    sandbox = "+14155238886"
    one, other = await connect(shop, sender=sandbox), await connect(shop, sender=sandbox)
    assert [one.status.value, other.status.value] == ["active", "active"]
    assert (await knock(shop, twilio.message(other, "to the other"))).status == 200
    assert await stored(shop, one) == []
    assert [item["text"] for item in await stored(shop, other)] == ["to the other"]


async def test_a_status_brings_our_id_in_its_url(shop: Shop, number: Channel) -> None:
    ours = "0199c9b0-0000-7000-8000-000000000001"
    parameters = twilio.status(number, "SM1", "delivered")
    assert (await knock(shop, parameters, key=number.key, query=f"id={ours}")).status == 200
    (item,) = await stored(shop, number)
    assert (item["state"], item["our_id"]) == ("delivered", ours)


async def test_another_id_than_the_signed_one_is_refused(shop: Shop, number: Channel) -> None:
    target = f"/webhooks/twilio/{number.key}?id="
    body, headers = twilio.signed(f"{shop.stage.url}{target}1", twilio.status(number, "SM1", "delivered"))
    assert (await shop.stage.ask("POST", f"{target}2", body, headers=headers)).status == 403


async def test_what_names_no_number_belongs_to_its_url(shop: Shop, number: Channel) -> None:
    parameters = twilio.message(number, "hello", To="")
    assert (await knock(shop, parameters)).status == 403
    assert (await knock(shop, parameters, key=number.key)).status == 200
    assert [item["text"] for item in await stored(shop, number)] == ["hello"]


async def test_a_number_that_nobody_connected(shop: Shop, number: Channel) -> None:
    parameters = twilio.message(number, "hello", To="whatsapp:+14155550199")
    assert (await knock(shop, parameters)).status == 403
    assert (await knock(shop, parameters, key=number.key)).status == 200  # signed by this channel: noted
    assert await stored(shop, number) == []


async def test_the_journal_keeps_what_judging_again_needs(shop: Shop, number: Channel) -> None:
    await knock(shop, twilio.message(number, "hello"), key=number.key, query="id=1")
    (kept,) = await shop.stage.superuser.fetch("SELECT * FROM deliveries WHERE channel_id = $1", number.id)
    assert f"/webhooks/twilio/{number.key}?id=1" in kept["headers"]
    assert twilio.TOKEN not in kept["headers"] + kept["body"].decode()
