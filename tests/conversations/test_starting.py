"""A conversation with somebody new, by the number that a person typed."""

import asyncio
from typing import Any

import pytest

from samvad.kernel.phone import BadPhone, typed_to_e164
from samvad.tenancy.types import Role
from tests.conversations.conftest import until
from tests.conversations.test_templates import entry
from tests.door.stage import Shop

NEW = "+919811811001"


async def start(shop: Shop, phone: str, **more: Any) -> Any:
    body = {"channel_id": str(shop.channel.id), "phone": phone}
    return await shop.api("POST", "/conversations", body, **more)


async def in_the_inbox(shop: Shop, talk: Any) -> tuple[bool, bool]:
    """Whether it is listed and counted, and whether it is found by its number."""
    listed = [one["id"] for one in (await shop.get("/conversations"))["items"]]
    query = f"/conversations?phone={NEW.replace('+', '%2B')}"
    found = [one["id"] for one in (await shop.get(query))["items"]]
    assert (await shop.get("/conversations/counts"))["all"] == len(listed)
    return talk.json["id"] in listed, talk.json["id"] in found


async def test_who_never_wrote_is_written_to_by_a_template(shop: Shop) -> None:
    shop.stage.graph.templates = [entry("welcome", "Welcome to the dairy.")]
    await shop.api("POST", "/templates/sync", {"channel_id": str(shop.channel.id)})
    talk = await start(shop, "98118 11001")  # of the country of the business
    assert talk.status == 200, talk.text
    assert talk.json["contact"]["identities"] == [{"kind": "phone", "value": NEW}]
    assert (talk.json["window"]["open"], talk.json["preview"]) == (False, None)
    assert await in_the_inbox(shop, talk) == (False, True), "nothing is said yet"
    path = f"/conversations/{talk.json['id']}/messages"
    free = await shop.api("POST", path, {"text": "Hello", "client_id": "1"})
    assert (free.status, free.json["code"]) == (409, "window_closed")
    choice = {"name": "welcome", "language": "en", "values": {}}
    sent = await shop.api("POST", path, {"kind": "template", "client_id": "2", "content": choice})
    assert sent.status == 201, sent.text
    assert await in_the_inbox(shop, talk) == (True, True)

    async def left() -> Any:
        items = (await shop.get(path))["items"]
        return next((one for one in items if one["id"] == sent.json["id"] and one["status"] == "sent"), None)

    await until(left)
    assert shop.stage.graph.sends[-1]["to"] == NEW.removeprefix("+")
    await shop.knock(shop.saying("Who is that?", sender=NEW.removeprefix("+")))

    async def answered() -> Any:
        return (await shop.get(f"/conversations/{talk.json['id']}"))["window"]["open"]

    await until(answered)
    assert len((await shop.get(f"/conversations?phone={NEW.replace('+', '%2B')}"))["items"]) == 1
    shop.stage.graph.templates = []


async def test_the_same_person_is_one_conversation_however_often_and_at_once(shop: Shop) -> None:
    spellings = ("+91 98118 11002", "098118 11002", "0091-98118-11002", "+919811811002")
    said = await asyncio.gather(*(start(shop, phone) for phone in spellings))
    found = {one.json["id"] for one in said if one.status == 200}
    assert len(found) == 1, [one.text for one in said]
    assert all(one.json["code"] == "conflict" for one in said if one.status != 200)


@pytest.mark.parametrize(
    ("phone", "reason"),
    [
        ("milk", "it holds no number"),
        ("12", "its length does not fit its country"),
        ("+999 1234 5678", "no country code, and the region does not give one"),
        ("+91 98118 11001 11001", "its length does not fit its country"),
        ("00000 00000", "its country gives out no such numbers"),
    ],
)
async def test_what_is_no_number_is_refused_with_the_reason(shop: Shop, phone: str, reason: str) -> None:
    said = await start(shop, phone)
    (fault,) = said.json["errors"]
    assert (said.status, fault["field"]) == (422, "phone"), said.text
    assert reason in fault["detail"]


async def test_only_from_numbers_that_reach_people_by_number(shop: Shop) -> None:
    made = await shop.api("POST", "/channels", {"provider": "chat", "name": "Site"})
    assert made.status == 201, made.text
    body = {"channel_id": made.json["id"], "phone": NEW}
    said = await shop.api("POST", "/conversations", body)
    assert (said.status, said.json["code"]) == (409, "not_by_phone"), said.text
    channels = {one["name"]: one["by_phone"] for one in (await shop.get("/channels"))["items"]}
    assert (channels.pop("Site"), set(channels.values())) == (False, {True})
    assert (await start(shop, NEW, role=Role.VIEWER)).status == 403


def test_a_typed_number_is_one_that_its_country_gives_out() -> None:
    assert typed_to_e164("98118 11001", region="IN") == NEW
    with pytest.raises(BadPhone):
        typed_to_e164("+1 000 000 0000", region="IN")
