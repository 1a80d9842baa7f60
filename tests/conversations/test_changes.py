"""What customers change afterwards: shown in the thread and the list, live, and found no more."""

from typing import Any

from samvad.kernel.ids import new_id
from tests.conversations.conftest import answered, until
from tests.conversations.test_search import found
from tests.door.stage import Shop
from tests.support import meta

ASHA = "919811300001"


def change(shop: Shop, kind: str, of: str, text: str = "") -> bytes:
    words = {"message": {"type": "text", "text": {"body": text}}} if text else {}
    said = {**meta.message("", sender=ASHA), "type": kind, kind: {"original_message_id": of, **words}}
    return shop.body(said)


async def theirs(shop: Shop, talk: str) -> dict[str, Any]:
    """The first message of the customer."""
    items = (await shop.get(f"/conversations/{talk}/messages"))["items"]
    first: dict[str, Any] = [item for item in items if item["direction"] == "in"][-1]
    return first


async def test_an_edit_and_a_deletion_are_told_of_the_message_itself(shop: Shop) -> None:
    wamid = f"wamid.{new_id().hex}"
    await shop.knock(shop.body(meta.message("two litres of milk", sender=ASHA, id=wamid)))
    await until(lambda: answered(shop, ASHA))
    (talk,) = (await shop.get("/conversations"))["items"]
    cursor = (await shop.get("/events"))["next_cursor"]

    async def shows(mark: str) -> bool:
        return bool(((await theirs(shop, talk["id"]))["content"] or {}).get(mark))

    await shop.knock(change(shop, "edit", wamid, "three litres of curd"))
    await until(lambda: shows("edited"))
    assert (await theirs(shop, talk["id"]))["text"] == "three litres of curd"
    (hit,) = await found(shop, "curd")
    assert hit["match"]["message_id"] == (await theirs(shop, talk["id"]))["id"]
    assert await found(shop, "milk") == []
    await shop.knock(change(shop, "revoke", wamid))
    await until(lambda: shows("revoked"))
    assert await found(shop, "curd") == []
    told = (await shop.get(f"/events?cursor={cursor}"))["items"]
    changes = [e["data"]["message"]["content"] for e in told if e["type"] == "message.updated"]
    assert changes == [{"edited": True}, {"edited": True, "revoked": True}]
