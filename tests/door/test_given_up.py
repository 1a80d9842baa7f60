"""An item that cannot be handled: given up after five attempts, harming nobody, and driven again by hand."""

import asyncio
import secrets
from typing import Any

from samvad.bootstrap.workers import workers
from samvad.channels.service.intake import Parcel
from samvad.channels.service.journal import Journal
from samvad.channels.types import StoredDelivery, StoredItem, Verdict
from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from tests.door.stage import Shop
from tests.support import meta
from tests.support.house import House, house


def journal(shop: House) -> Journal:
    parts = shop.parts
    return Journal(database=parts.database, doors=parts.doors, clock=parts.clock)


async def poison(shop: House) -> None:
    """As a parser with a hole would have stored it: an id that no index takes."""
    async with shop.parts.database.system() as scope:
        await scope.db.execute(
            """UPDATE inbound_items SET event = jsonb_set(event, '{event,external_id}', to_jsonb($1::text))
               WHERE event->'event'->>'text' = 'hello'""",
            secrets.token_urlsafe(9000),
        )


async def test_it_is_given_up_alone_and_driven_again_once_repaired(
    database_url: str, keyring: Keyring
) -> None:
    async with house(database_url, keyring, working=False) as shop:
        sick, well = meta.message("hello", sender="919999900001"), meta.message("hi", sender="919999900002")
        behind = meta.message("menu", sender="919999900001")
        body = meta.messages(shop.channel.address, shop.channel.account, sick, well, behind)
        assert await shop.knock(body) == 200
        await poison(shop)
        async with workers(shop.parts):
            await shop.idle()
            await shop.eventually(lambda: said(shop, "hi", "menu"))
            (kept,) = await journal(shop).newest(shop.tenant, verdict=Verdict.FAILED, most=5)
            assert kept.body == body
            assert kept.note
            assert await shop.value("SELECT count(*) FROM alerts WHERE name = 'inbound_failed'") == 1
            sends = len(shop.graph.sends)
            for _ in range(3):
                assert await journal(shop).redrive(kept.id) == 3
                await shop.idle()
                await shop.eventually(lambda: said(shop, "hello", "hi", "menu"))
            assert await journal(shop).newest(shop.tenant, verdict=Verdict.FAILED, most=5) == []
        assert await shop.value("SELECT count(*) FROM messages WHERE direction = 'in'") == 3
        assert len(shop.graph.sends) <= sends + 1  # its own answer at most, nobody else's again
        assert max(shop.graph.count_of().values()) == 1


async def said(shop: House, *texts: str) -> bool:
    rows = await shop.rows("SELECT text FROM messages WHERE direction = 'in' ORDER BY text")
    return [row["text"] for row in rows] == sorted(texts)


def parcel(shop: Shop, *, poisoned: bool) -> Parcel:
    """What PostgreSQL refuses and our own parser never makes: a NUL in a lane."""
    now = shop.stage.parts.clock.now()
    delivery = StoredDelivery(
        tenant=shop.house.tenant,
        id=new_id(),
        channel=shop.channel.id,
        door="meta",
        received_at=now,
        headers={},
        body=b"poison" if poisoned else b"fine",
        verdict=Verdict.ACCEPTED,
        items=1,
    )
    event: Any = {"is": "Ignored", "event": {"why": "a test", "content": {}}}
    item = StoredItem(
        tenant=shop.house.tenant,
        id=new_id(),
        channel=shop.channel.id,
        lane="m:\x00" if poisoned else "m:fine",
        delivery=delivery.id,
        event=event,
        sent_at=now,
        arrived_at=now,
    )
    return Parcel(delivery, [item])


async def test_a_poisoned_item_of_a_micro_batch_harms_itself_only(shop: Shop) -> None:
    intake = shop.stage.parts.intake
    poisoned = {3, 17, 18, 40}
    await asyncio.gather(*(intake.take([parcel(shop, poisoned=n in poisoned)]) for n in range(60)))
    assert len(await shop.items()) == 60 - len(poisoned)
    kept = [row["verdict"] for row in await shop.deliveries() if row["body"] == b"poison"]
    assert kept == ["unparsable"] * len(poisoned)
    assert len(await shop.deliveries()) == 60
