"""Lines that nobody sent: each change of mode stands in the thread, and moves nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from samvad.tenancy.types import Role
from tests.conversations.conftest import heard
from tests.conversations.test_care import live_on, now_of, put
from tests.door.stage import Shop

ASHA = "919811400001"


async def thread(shop: Shop, talk: dict[str, Any]) -> list[dict[str, Any]]:
    """From the oldest on."""
    newest: list[dict[str, Any]] = (await shop.get(f"/conversations/{talk['id']}/messages"))["items"]
    return newest[::-1]


async def lines(shop: Shop, talk: dict[str, Any]) -> list[dict[str, Any]]:
    return [m for m in await thread(shop, talk) if m["kind"] == "system"]


def gist(line: dict[str, Any]) -> tuple[str, str, str, str | None]:
    content, member = line["content"], line["member"]
    assert (line["author"], content["event"], line["private"]) == ("system", "mode", False)
    by = "member" if content["by"].startswith("member:") else content["by"]
    return content["mode"], by, content["reason"], member and member["name"]


async def test_the_thread_says_who_switched_and_why(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)  # nobody knows an answer: a person is called
    asha = shop.house.members[Role.AGENT].name
    for mode in ("ai", "human", "human"):
        assert (await put(shop, talk, "mode", {"mode": mode}, role=Role.AGENT)).status == 200
    assert (await put(shop, talk, "status", {"status": "resolved"}, role=Role.AGENT)).status == 200
    assert [gist(line) for line in await lines(shop, talk)] == [
        ("human", "assistant", "no_answer", None),
        ("ai", "member", "toggled", asha),
        ("human", "member", "toggled", asha),
        ("ai", "member", "resolved", asha),
    ]


async def test_a_line_stands_where_it_happened_and_moves_nothing(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    assert [m["author"] for m in await thread(shop, talk)] == ["customer", "system", "assistant"]
    await put(shop, talk, "mode", {"mode": "ai"})
    after = await now_of(shop, talk)
    for unmoved in ("unread", "preview", "last_message_at"):
        assert after[unmoved] == talk[unmoved]
    assert [m["author"] for m in await thread(shop, talk)][-1] == "system"


async def test_writing_takes_over_and_shows_by_whom(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    await put(shop, talk, "mode", {"mode": "ai"})
    said = {"text": "I will look", "client_id": "c1"}
    written = await shop.api("POST", f"/conversations/{talk['id']}/messages", said, role=Role.AGENT)
    agent = shop.house.members[Role.AGENT]
    assert written.json["member"] == {"id": str(agent.id), "name": agent.name}
    *_, line, message = await thread(shop, talk)
    assert gist(line) == ("human", "member", "agent_wrote", agent.name)
    assert (message["text"], message["member"]["name"]) == ("I will look", agent.name)


async def test_a_day_of_silence_gives_back(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    await live_on(shop, after=timedelta(hours=25))
    assert gist((await lines(shop, talk))[-1]) == ("ai", "system", "idle", None)


async def test_a_line_is_never_sent_nor_answered(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    sent = len(shop.stage.graph.calls)
    for mode in ("ai", "human", "ai"):
        await put(shop, talk, "mode", {"mode": mode})
    for line in await lines(shop, talk):
        assert (await shop.api("POST", f"/messages/{line['id']}/retry")).status == 409
    queued = await shop.stage.superuser.fetchval(
        "SELECT count(*) FROM outbound WHERE tenant_id = $1", shop.house.tenant
    )
    assert (queued, len(shop.stage.graph.calls)) == (0, sent)


@pytest.mark.parametrize("mode", ["ai", "human"])
async def test_browsers_hear_of_it(shop: Shop, mode: str) -> None:
    (talk,) = await heard(shop, ASHA)
    await put(shop, talk, "mode", {"mode": "ai"})
    cursor = (await shop.get("/events"))["next_cursor"]
    await put(shop, talk, "mode", {"mode": mode})
    told = (await shop.get(f"/events?cursor={cursor}"))["items"]
    made = [e["data"]["message"] for e in told if e["type"] == "message.created"]
    assert [m["content"]["mode"] for m in made] == (["human"] if mode == "human" else [])
