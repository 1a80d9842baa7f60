"""How many people an account may write to first in a day, over all its numbers; who rests from marketing."""

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import orjson
import pytest

from samvad.channels.service.limits import Recounter
from samvad.kernel.ids import new_id
from tests.conversations.conftest import heard, until
from tests.conversations.test_templates import LISTED
from tests.door.stage import Said, Shop

_people = itertools.count(919_811_600_001)


class Account:
    """A shop whose customers wrote long ago."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    async def open(self) -> "Account":
        self.shop.stage.graph.templates = LISTED
        await self.shop.api("POST", "/templates/sync", {"channel_id": str(self.shop.channel.id)})
        return self

    async def talks(self, count: int) -> list[str]:
        people = [str(next(_people)) for _ in range(count)]
        talks = [talk["id"] for talk in await heard(self.shop, *people)]
        await self.do("UPDATE send_facts SET window_until = now() - interval '1 hour' WHERE tenant_id = $1")
        return talks

    async def do(self, statement: str, *values: object) -> Any:
        return await self.shop.stage.superuser.fetchval(statement, self.shop.house.tenant, *values)

    async def told(self, field: str, value: dict[str, Any]) -> None:
        entry = {"id": self.shop.channel.account, "changes": [{"field": field, "value": value}]}
        body = orjson.dumps({"object": "whatsapp_business_account", "entry": [entry]})
        assert (await self.shop.knock(body)).status == 200

    async def limit(self, daily: int) -> None:
        await self.told("business_capability_update", {"max_daily_conversations_per_business": daily})

        async def known() -> Any:
            return (await self.shown() or {}).get("daily") == daily

        await until(known)

    async def shown(self) -> dict[str, Any] | None:
        (channel,) = [
            c for c in (await self.shop.get("/channels"))["items"] if c["id"] == str(self.shop.channel.id)
        ]
        found: dict[str, Any] | None = channel["account_limit"]
        return found

    async def write(self, talk: str, name: str = "offer") -> Said:
        content = {"name": name, "language": "en", "values": {}}
        body = {"kind": "template", "client_id": new_id().hex, "content": content}
        said = await self.shop.api("POST", f"/conversations/{talk}/messages", body)
        assert said.status == 201, said.text
        return said

    async def became(self, said: Said) -> tuple[str, str | None]:
        async def over() -> Any:
            row = await self.shop.stage.superuser.fetchrow(
                "SELECT status, reason FROM messages WHERE id = $1", said.json["id"]
            )
            return row if row["status"] != "queued" else None

        row = await until(over)
        return row["status"], row["reason"]


@pytest.fixture
async def account(shop: Shop) -> Account:
    return await Account(shop).open()


async def test_only_so_many_people_are_written_to_first(account: Account) -> None:
    talks = await account.talks(5)
    await account.limit(2)
    became = [await account.became(said) for said in await asyncio.gather(*map(account.write, talks))]
    assert sorted(became, key=str) == [("held", "portfolio_limit")] * 3 + [("sent", None)] * 2
    assert await account.shown() == {"daily": 2, "used": 2}


async def test_somebody_written_to_today_uses_nothing_up(account: Account) -> None:
    first, second = await account.talks(2)
    await account.limit(1)
    for talk, expected in ((first, "sent"), (first, "sent"), (second, "held"), (first, "sent")):
        assert (await account.became(await account.write(talk)))[0] == expected


async def test_an_answer_to_somebody_who_wrote_uses_nothing_up(account: Account) -> None:
    first, second = await account.talks(2)
    await account.limit(1)
    await account.do(
        """UPDATE send_facts SET window_until = now() + interval '1 hour'
           WHERE tenant_id = $1 AND conversation_id = $2""",
        first,
    )
    assert (await account.became(await account.write(first)))[0] == "sent"
    assert (await account.became(await account.write(second)))[0] == "sent"
    assert await account.shown() == {"daily": 1, "used": 1}


async def test_a_day_later_there_is_room_again(account: Account) -> None:
    first, second = await account.talks(2)
    await account.limit(1)
    assert (await account.became(await account.write(first)))[0] == "sent"
    assert (await account.became(await account.write(second)))[0] == "held"
    parts = account.shop.stage.parts
    counter = Recounter(database=parts.database, clock=parts.clock)
    await counter.count()
    assert await account.shown() == {"daily": 1, "used": 1}
    await account.do(
        "UPDATE account_recipients SET at = at - $2::interval WHERE tenant_id = $1", timedelta(hours=24)
    )
    await counter.count()
    assert await account.shown() == {"daily": 1, "used": 0}
    assert (await account.became(await account.write(second)))[0] == "sent"


async def test_what_was_used_before_the_limit_was_told_counts(account: Account) -> None:
    first, second = await account.talks(2)
    assert (await account.became(await account.write(first)))[0] == "sent"
    await account.limit(1)
    assert await account.shown() == {"daily": 1, "used": 1}
    assert (await account.became(await account.write(second)))[0] == "held"
    tier = {"event": "UPGRADE", "max_daily_conversations_per_business": "TIER_UNLIMITED"}
    await account.told("phone_number_quality_update", tier)

    async def lifted() -> bool:
        return await account.shown() is None

    await until(lifted)
    assert (await account.became(await account.write(second)))[0] == "sent"


async def test_the_limit_is_asked_for_before_anything_was_told(account: Account) -> None:
    """Where a version refuses the newest field, without it; what cannot be asked changes nothing."""
    shop, stage = account.shop, account.shop.stage
    channel = str(shop.channel.id)
    stage.graph.number_page = {"messaging_limit_tier": "TIER_250", "quality_rating": "RED"}
    async with stage.parts.database.reading(shop.house.tenant) as scope:
        known = await stage.parts.registry.get(scope, shop.channel.id)
    await stage.parts.standings.ask(shop.house.tenant, known)
    shown = await shop.get(f"/channels/{channel}")
    assert shown["account_limit"] == {"daily": 250, "used": 0}
    assert (shown["standing"]["quality"], shown["standing"]["state"]) == ("low", "")
    stage.graph.knows_token = False
    assert await stage.parts.standings.ask(shop.house.tenant, known) is None
    stage.graph.knows_token = True
    assert (await shop.get(f"/channels/{channel}"))["standing"] == shown["standing"]


async def test_whom_the_provider_spares_gets_no_marketing_for_a_day(account: Account) -> None:
    (talk,) = await account.talks(1)
    graph = account.shop.stage.graph
    graph.next_answers.append(graph.refuse(131049))
    assert await account.became(await account.write(talk)) == ("failed", "try_tomorrow")
    calls = len(graph.calls)
    assert await account.became(await account.write(talk)) == ("held", "marketing_rests")
    assert len(graph.calls) == calls
    assert (await account.became(await account.write(talk, "greeting")))[0] == "sent"
    await account.do(
        """UPDATE contact_send_facts SET marketing_rests_until = marketing_rests_until - $2::interval
           WHERE tenant_id = $1""",
        timedelta(hours=24),
    )
    assert (await account.became(await account.write(talk)))[0] == "sent"
