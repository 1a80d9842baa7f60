"""What whoever gives a conversation back tells the assistant: kept with the switch, for the team's eyes."""

from typing import Any

from samvad.tenancy.types import Role
from tests.conversations.conftest import heard
from tests.door.stage import Said, Shop

HINT = "wants delivery on Sunday, offered 10 %"


async def put(shop: Shop, talk: str, mode: str, role: Role = Role.OWNER, **more: Any) -> Said:
    return await shop.api("PUT", f"/conversations/{talk}/mode", {"mode": mode, **more}, role=role)


async def hint_of_line(shop: Shop, talk: str) -> Any:
    lines = (await shop.get(f"/conversations/{talk}/messages"))["items"]
    return next(m for m in lines if m["kind"] == "system")["content"].get("hint")


async def kept(shop: Shop, talk: str) -> list[tuple[str, str, str]]:
    rows = await shop.stage.superuser.fetch(
        "SELECT mode, actor, hint FROM mode_changes WHERE conversation_id = $1 ORDER BY id", talk
    )
    return [(row["mode"], row["actor"].partition(":")[0], row["hint"]) for row in rows]


async def test_it_stands_with_the_switch_and_in_its_line(shop: Shop) -> None:
    (talk,) = [one["id"] for one in await heard(shop, "919811400021")]
    await put(shop, talk, "human")
    assert (await put(shop, talk, "ai", hint=f" {HINT} ")).status == 200
    assert await hint_of_line(shop, talk) == HINT
    assert (await kept(shop, talk))[-1] == ("ai", "member", HINT)
    cursor = (await shop.get("/events"))["next_cursor"]
    assert (await put(shop, talk, "ai", hint="rather Monday")).status == 200
    assert await hint_of_line(shop, talk) == "rather Monday"
    assert [hint for *_, hint in await kept(shop, talk)][-1] == "rather Monday"
    (told,) = (await shop.get(f"/events?cursor={cursor}"))["items"]
    assert (told["type"], told["data"]["message"]["content"]["hint"]) == ("message.updated", "rather Monday")
    await put(shop, talk, "ai", hint="")
    assert [hint for *_, hint in await kept(shop, talk)][-1] == ""


async def test_it_is_one_line_for_the_assistant_by_whoever_gave_it_back(shop: Shop) -> None:
    (talk,) = [one["id"] for one in await heard(shop, "919811400022")]
    await put(shop, talk, "human")
    for body in ({"hint": "x" * 201}, {"hint": "two\nlines"}):
        assert (await put(shop, talk, "ai", **body)).status == 422
    assert (await put(shop, talk, "human", hint=HINT)).status == 422
    assert (await put(shop, talk, "ai", Role.AGENT)).status == 200
    assert await hint_of_line(shop, talk) is None
    refused = await put(shop, talk, "ai", hint=HINT)
    assert (refused.status, refused.json["code"]) == (409, "not_your_switch")
    assert (await put(shop, talk, "ai", Role.AGENT, hint=HINT)).status == 200
    assert await hint_of_line(shop, talk) == HINT
    assert (await shop.get("/me"))["models"] is False
