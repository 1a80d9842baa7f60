"""Chats from before a number was connected: they stand in their place, and nothing follows from them."""

import json
from datetime import timedelta
from typing import Any

from tests.conversations.conftest import heard, until
from tests.door.stage import Shop

ASHA, RAVI, OWN = "919812100001", "919812100002", "911140000000"


def chats(shop: Shop, *threads: tuple[str, list[tuple[str, str, float, str]]]) -> bytes:
    """Each of a person: (id, from, hours ago, text)."""
    now = shop.stage.parts.clock.now()

    def message(person: str, id_: str, sender: str, hours: float, text: str) -> dict[str, Any]:
        at = int((now - timedelta(hours=hours)).timestamp())
        said = {"from": sender, "id": id_, "timestamp": str(at), "type": "text", "text": {"body": text}}
        return said | ({"to": person, "history_context": {"status": "READ"}} if sender == OWN else {})

    told = [{"id": person, "messages": [message(person, *one) for one in said]} for person, said in threads]
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": OWN, "phone_number_id": shop.channel.address},
        "history": [{"metadata": {"phase": 0, "chunk_order": 1, "progress": 100}, "threads": told}],
    }
    entry = {"id": shop.channel.account, "changes": [{"field": "history", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


async def test_they_stand_in_their_place_and_wait_for_nobody(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    mark = f"wamid.{talk['id']}"
    old = [(f"{mark}-1", ASHA, 400.0, "do you deliver?"), (f"{mark}-2", OWN, 399.0, "every morning")]
    new = [(f"{mark}-3", RAVI, 50.0, "STOP"), (f"{mark}-4", OWN, 49.0, "as you wish")]
    body = chats(shop, (ASHA, old), (RAVI, new))
    for _ in range(2):  # told twice is told once
        assert (await shop.knock(body)).status == 200

    async def there() -> list[dict[str, Any]]:
        return list((await shop.get(f"/conversations?phone=%2B{RAVI}"))["items"])

    (theirs,) = await until(there)
    assert (theirs["status"], theirs["unread"], theirs["needs_person"]) == ("resolved", 0, False)
    assert theirs["preview"]["text"] == "as you wish"
    assert not theirs["contact"]["opted_out"], "what was said to a person then is no word to us"
    lines = (await shop.get(f"/conversations/{talk['id']}/messages"))["items"][::-1]
    assert [(m["text"], m["direction"], m["status"]) for m in lines[:3]] == [
        ("do you deliver?", "in", "received"), ("every morning", "out", "read"), ("hello", "in", "received"),
    ]  # fmt: skip
    after = await shop.get(f"/conversations/{talk['id']}")
    same = ("status", "unread", "preview", "last_message_at", "mode")
    assert [after[key] for key in same] == [talk[key] for key in same]
    assert shop.stage.graph.texts_to(RAVI) == []


async def test_who_wrote_within_a_day_is_found_among_those_to_answer(shop: Shop) -> None:
    person = "919811600003"
    body = chats(shop, (person, [(f"wamid.{shop.channel.id}", person, 2.0, "are you open today?")]))
    assert (await shop.knock(body)).status == 200

    async def there() -> list[dict[str, Any]]:
        return list((await shop.get(f"/conversations?phone=%2B{person}"))["items"])

    (found,) = await until(there)
    assert (found["status"], found["unread"]) == ("pending", 0)
    assert not found["window"]["open"], "the provider says when it is"
