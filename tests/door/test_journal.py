"""The journal: what came, byte for byte, with its verdict; and driving it again."""

import json
from uuid import UUID

import pytest

from samvad.channels.service.journal import Journal, NotRedrivable
from samvad.channels.types import Verdict
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import new_id
from tests.door.stage import Shop, Stage
from tests.support import meta


def journal(stage: Stage) -> Journal:
    parts = stage.parts
    return Journal(database=parts.database, doors=parts.doors, clock=parts.clock)


async def newest(shop: Shop) -> UUID:
    found = await journal(shop.stage).newest(shop.house.tenant, verdict=None, most=1)
    return found[0].id


async def test_raw_bytes_and_signature_are_kept_as_they_came(shop: Shop) -> None:
    body = b" " + shop.saying('\\u0928 "quoted" \t').replace(b"hello", rb"h\u0065llo") + b"\r\n\t "
    assert (await shop.knock(body)).status == 200
    (kept,) = await shop.deliveries()
    assert kept["body"] == body
    signature = meta.signed(body, shop.secret).headers["x-hub-signature-256"]
    assert json.loads(kept["headers"]) == {"x-hub-signature-256": signature}


async def test_every_verdict_can_be_listed(shop: Shop) -> None:
    stranger = await shop.stage.shop()
    assert (await shop.knock(shop.saying("hello"))).status == 200
    assert (await shop.knock(b"nonsense", own=True)).status == 200
    assert (
        await shop.knock(meta.messages("4040", "4", meta.message("?", sender="91")), own=True)
    ).status == 200
    mixed = json.loads(stranger.saying("a"))
    mixed["entry"] += json.loads(shop.saying("b"))["entry"]
    assert (await stranger.knock(json.dumps(mixed).encode())).status == 200
    book = journal(shop.stage)
    for verdict in (Verdict.ACCEPTED, Verdict.UNPARSABLE, Verdict.UNROUTED, Verdict.FORGED):
        (found,) = await book.newest(shop.house.tenant, verdict=verdict, most=10)
        assert found.verdict is verdict
    everything = await book.newest(shop.house.tenant, verdict=None, most=10)
    assert [d.verdict.value for d in everything] == ["forged", "unrouted", "unparsable", "accepted"]
    assert len(await book.newest(shop.house.tenant, verdict=None, most=2)) == 2


async def test_a_redrive_puts_the_same_items_in_again(shop: Shop) -> None:
    """The worker then finds them handled: a provider message id is unique for ever."""
    assert (await shop.knock(shop.saying("one", "two"))).status == 200
    assert await journal(shop.stage).redrive(await newest(shop)) == 2
    texts = [item["text"] for item in await shop.items()]
    assert texts == ["one", "two", "one", "two"]
    assert (await shop.deliveries())[0]["redriven_at"]


async def test_a_redrive_takes_only_its_own_channels_items(shop: Shop) -> None:
    twin = await shop.stage.shop(secret=shop.secret)
    mixed = json.loads(shop.saying("mine"))
    mixed["entry"] += json.loads(twin.saying("theirs"))["entry"]
    assert (await shop.knock(json.dumps(mixed).encode())).status == 200
    assert await journal(shop.stage).redrive(await newest(shop)) == 1
    assert [item["text"] for item in await shop.items()] == ["mine", "mine"]
    assert [item["text"] for item in await twin.items()] == ["theirs"]


async def test_what_is_forged_is_never_driven_again(shop: Shop) -> None:
    thief = await shop.stage.shop()
    mixed = json.loads(thief.saying("a"))
    mixed["entry"] += json.loads(shop.saying("b"))["entry"]
    assert (await thief.knock(json.dumps(mixed).encode())).status == 200
    with pytest.raises(NotRedrivable):
        await journal(shop.stage).redrive(await newest(shop))
    assert await shop.items() == []


async def test_of_a_deleted_channel_nothing_is_driven_again(shop: Shop) -> None:
    assert (await shop.knock(shop.saying("one"))).status == 200
    delivery = await newest(shop)
    async with shop.stage.parts.database.unit_of_work(shop.house.tenant) as scope:
        await shop.stage.parts.registry.delete(scope, shop.channel.id, at=shop.stage.parts.clock.now())
    with pytest.raises(NotRedrivable):
        await journal(shop.stage).redrive(delivery)


async def test_what_is_not_there(door: Stage) -> None:
    with pytest.raises(NotFound):
        await journal(door).redrive(new_id())


async def test_what_was_nobodys_is_driven_again_once_it_is_connected(shop: Shop) -> None:
    """Signed at a channel's own door for a number that was connected later."""
    number = f"4{new_id().int % 10**12}"
    body = meta.messages(number, "404", meta.message("early", sender="919999900001"))
    assert (await shop.knock(body, own=True)).status == 200
    delivery = await newest(shop)
    late = await shop.stage.connect(shop.house, number=number, secret=shop.secret)
    assert await journal(shop.stage).redrive(delivery) == 1
    stored = await shop.stage.superuser.fetch(
        "SELECT event FROM inbound_items WHERE channel_id = $1", late.id
    )
    assert [json.loads(row["event"])["event"]["text"] for row in stored] == ["early"]
