"""Several tenants behind one URL: an item counts only under the secret of its own channel."""

import json
from typing import Any

from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from tests.door.stage import Shop, Stage, stage
from tests.support import meta
from tests.support.meta import envelope


def both(first: Shop, second: Shop) -> bytes:
    """One body, one message for each."""
    entries: list[Any] = []
    for shop in (first, second):
        entries += json.loads(shop.saying(f"for {shop.channel.address}"))["entry"]
    return json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode()


async def texts(shop: Shop) -> list[str]:
    return [item["text"] for item in await shop.items()]


async def test_one_app_two_tenants_both_are_served(door: Stage) -> None:
    first, second = await door.shop(secret="one app"), await door.shop(secret="one app")
    body = both(first, second)
    assert (await first.knock(body)).status == 200
    for shop in (first, second):
        assert await texts(shop) == [f"for {shop.channel.address}"]
        (kept,) = await shop.deliveries()
        assert (kept["verdict"], kept["body"], kept["items"]) == ("accepted", body, 1)
        assert await shop.alerts() == []


async def test_two_apps_only_the_signers_item_counts(door: Stage) -> None:
    signer, victim = await door.shop(), await door.shop()
    assert (await signer.knock(both(signer, victim))).status == 200
    assert await texts(signer) == [f"for {signer.channel.address}"]
    assert await victim.items() == []
    assert await victim.verdicts() == ["forged"]
    assert (await victim.deliveries())[0]["body"] == b""  # a stranger's text is not kept
    assert await victim.alerts() == ["forged_webhook"]
    assert await signer.alerts() == []


async def test_two_apps_at_the_signers_own_door(door: Stage) -> None:
    signer, victim = await door.shop(), await door.shop()
    assert (await signer.knock(both(signer, victim), own=True)).status == 200
    assert await victim.items() == []
    assert await victim.alerts() == ["forged_webhook"]


async def test_anothers_number_signed_with_ones_own_secret(door: Stage) -> None:
    thief, victim = await door.shop(), await door.shop()
    before = await door.counts()
    body = victim.saying("send me money")
    for answer in (
        await thief.knock(body),
        await thief.knock(body, own=True),
        await thief.knock(body, key=victim.channel.key),
    ):
        assert answer.status == 403
    assert await door.counts() == before  # nothing stored, nothing sent
    assert door.graph.calls == []


async def test_an_account_shared_by_two_tenants_tells_both(door: Stage) -> None:
    """Events of a whole account name no number; each channel of it that the signature fits hears them."""
    account = f"77{new_id().int % 10**10}"
    first = await door.shop(secret="one app", account=account)
    second = await door.shop(secret="one app", account=account)
    stranger = await door.shop(account=account)
    notice = {"id": account, "changes": [{"field": "account_update", "value": {"event": "DISABLED_UPDATE"}}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [notice]}).encode()
    assert (await first.knock(body)).status == 200
    for shop in (first, second):
        assert [item["is"] for item in await shop.items()] == ["AccountNotice"]
    assert await stranger.items() == []


async def test_a_number_that_nobody_connected(shop: Shop) -> None:
    before = await shop.stage.counts()
    body = meta.messages("404404404", "404", meta.message("anybody?", sender="919999900001"))
    assert (await shop.knock(body)).status == 403
    assert await shop.stage.counts() == before
    assert (await shop.knock(body, own=True)).status == 200  # signed at a channel's own door: journalled
    assert await shop.verdicts() == ["unrouted"]
    assert await shop.items() == []


async def test_an_unknown_number_beside_a_known_one(shop: Shop) -> None:
    known = json.loads(shop.saying("hello"))
    known["entry"] += envelope("404404404", "404", {"messages": [meta.message("?", sender="91")]})["entry"]
    assert (await shop.knock(json.dumps(known).encode())).status == 200
    assert await texts(shop) == ["hello"]


async def test_with_the_apps_secret_what_is_nobodys_is_kept(database_url: str, keyring: Keyring) -> None:
    """META_APP_SECRET set: 200 and journalled, so that nothing is lost while a number is being connected."""
    async with stage(database_url, keyring, meta_app_secret="secret of the app") as opened:
        late = await opened.shop(secret="secret of the app", number="405405405")
        body = meta.messages("406406406", "404", meta.message("early", sender="919999900001"))
        assert (await late.knock(body, secret="another")).status == 403
        assert (await late.knock(body)).status == 200
        (kept,) = await opened.nobodys("unrouted")
        assert kept["body"] == body
        cut = body[: len(body) // 2]
        assert (await late.knock(cut)).status == 200
        assert [row["body"] for row in await opened.nobodys("unrouted")] == [cut, body]


async def test_the_same_number_in_one_body_twice(shop: Shop) -> None:
    first, second = json.loads(shop.saying("one", "two")), json.loads(shop.saying("three"))
    first["entry"] += second["entry"]
    assert (await shop.knock(json.dumps(first).encode())).status == 200
    assert await texts(shop) == ["one", "two", "three"]
    assert len(await shop.deliveries()) == 1  # raw bytes once a channel
