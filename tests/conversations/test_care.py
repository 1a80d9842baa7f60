"""Who looks after a conversation and whether it is open, asleep or done: over HTTP, for every role."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from samvad.workflows.lifecycle import Lifecycle
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop

ASHA, RAVI, MINA = "919811200001", "919811200002", "919811200003"


async def put(shop: Shop, talk: dict[str, Any], what: str, body: dict[str, Any], **more: Any) -> Any:
    return await shop.api("PUT", f"/conversations/{talk['id']}/{what}", body, **more)


async def now_of(shop: Shop, talk: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = await shop.get(f"/conversations/{talk['id']}")
    return found


async def live_on(shop: Shop, *, after: timedelta) -> None:
    """What the workers will do by then, round by round: a shop is not alone in its database."""
    clock = FrozenClock(datetime.now(UTC) + after)
    parts = shop.stage.parts
    lifecycle = Lifecycle(database=parts.database, tenants=parts.tenants, clock=clock)
    while await lifecycle.round():
        pass


def in_(**time: float) -> str:
    return (datetime.now(UTC) + timedelta(**time)).isoformat()


async def test_a_conversation_goes_to_a_colleague_and_back_to_nobody(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    agent = shop.house.members[Role.AGENT]
    said = await put(shop, talk, "assignee", {"assignee_id": str(agent.id)})
    assert said.status == 200
    assert said.json["assignee"] == {"id": str(agent.id), "name": agent.name}
    assert said.json["assignee_id"] == str(agent.id)
    said = await put(shop, talk, "assignee", {"assignee_id": None})
    assert (said.json["assignee"], said.json["assignee_id"]) == (None, None)


async def test_only_who_may_answer_is_given_one(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    stranger = (await shop.stage.shop()).house.members[Role.AGENT]
    viewer = shop.house.members[Role.VIEWER]
    for wrong in (str(stranger.id), str(new_id()), str(viewer.id), "nobody"):
        said = await put(shop, talk, "assignee", {"assignee_id": wrong})
        assert said.status == 422, wrong
        assert said.json["errors"][0]["field"].endswith("assignee_id")
    assert (await put(shop, talk, "assignee", {})).status == 422
    assert (await now_of(shop, talk))["assignee_id"] is None


@pytest.mark.parametrize("role", Role)
async def test_every_role_but_a_viewer_assigns_and_snoozes(shop: Shop, role: Role) -> None:
    (talk,) = await heard(shop, ASHA)
    me = shop.house.members[Role.AGENT]
    allowed = 403 if role is Role.VIEWER else 200
    assert (await put(shop, talk, "assignee", {"assignee_id": str(me.id)}, role=role)).status == allowed
    asleep = {"status": "snoozed", "until": in_(hours=1)}
    assert (await put(shop, talk, "status", asleep, role=role)).status == allowed
    assert (await shop.api("GET", "/conversations/counts", role=role)).status == 200
    assert (await shop.api("GET", "/conversations?assignee=me", role=role)).status == 200


async def test_a_call_for_a_person_that_resolving_ended_comes_back_with_undo(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA, text="do you ship to Nepal?")
    told = {"wants": "do you ship to Nepal?", "known": "nothing", "values": {}}
    assert (talk["needs_person_reason"], talk["needs_person_summary"]) == ("no_answer", told)
    lines = (await shop.get(f"/conversations/{talk['id']}/messages"))["items"]
    assert [line["content"]["summary"] for line in lines if line["author"] == "system"] == [told]
    for asleep in ({"status": "resolved"}, {"status": "snoozed", "until": in_(hours=1)}):
        done = (await put(shop, talk, "status", asleep)).json
        assert (done["needs_person_reason"], done["needs_person_summary"]) == (None, None)
        back = (await put(shop, talk, "status", {"status": "open", "undo": True})).json
        assert (back["needs_person_reason"], back["needs_person_summary"]) == ("no_answer", told)
    await put(shop, talk, "status", {"status": "resolved"})
    assert (await put(shop, talk, "status", {"status": "open"})).json["needs_person"] is False
    await put(shop, talk, "status", {"status": "resolved"})
    again = (await put(shop, talk, "status", {"status": "open", "undo": True})).json
    assert again["needs_person"] is False  # nobody was asked for any more


async def test_the_tabs_and_their_counts(shop: Shop) -> None:
    asha, ravi, mina = await heard(shop, ASHA, RAVI, MINA)
    owner = shop.house.members[Role.OWNER]
    await put(shop, asha, "assignee", {"assignee_id": str(owner.id)})
    await put(shop, ravi, "mode", {"mode": "ai"})
    await put(shop, mina, "status", {"status": "resolved"})

    async def ids(query: str) -> set[str]:
        return {c["id"] for c in (await shop.get(f"/conversations?{query}"))["items"]}

    assert await ids("assignee=me") == await ids(f"assignee={owner.id}") == {asha["id"]}
    assert await ids("assignee=none") == {ravi["id"], mina["id"]}
    assert await ids(f"assignee={new_id()}") == set()
    assert await ids("status=active") == {asha["id"], ravi["id"]}
    assert await ids("status=resolved&assignee=me") == set()
    assert (await shop.api("GET", "/conversations?assignee=you")).status == 422
    assert await shop.get("/conversations/counts") == {
        "mine": 1, "unassigned": 2, "ai": 2, "all": 3, "mentions": 0, "waiting": 1
    }  # fmt: skip
    active = await shop.get("/conversations/counts?status=active")
    assert active == {"mine": 1, "unassigned": 1, "ai": 1, "all": 2, "mentions": 0, "waiting": 1}
    agents = (await shop.api("GET", "/conversations/counts", role=Role.AGENT)).json
    assert agents["mine"] == 0


async def test_a_snoozed_conversation_wakes_when_its_time_has_come(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    asleep = in_(hours=2)
    said = await put(shop, talk, "status", {"status": "snoozed", "until": asleep})
    assert said.json["status"] == "snoozed"
    assert datetime.fromisoformat(said.json["snoozed_until"]) == datetime.fromisoformat(asleep)
    assert said.json["needs_person"] is False
    await live_on(shop, after=timedelta(hours=1))
    assert (await now_of(shop, talk))["status"] == "snoozed"
    await live_on(shop, after=timedelta(hours=3))
    woken = await now_of(shop, talk)
    assert (woken["status"], woken["snoozed_until"]) == ("open", None)
    assert woken["needs_person_reason"] == "woke_up"


async def test_put_off_again_it_sleeps_on(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    for hours in (1, 6):
        await put(shop, talk, "status", {"status": "snoozed", "until": in_(hours=hours)})
    await live_on(shop, after=timedelta(hours=2))
    assert (await now_of(shop, talk))["status"] == "snoozed"
    await live_on(shop, after=timedelta(hours=7))
    assert (await now_of(shop, talk))["status"] == "open"


async def test_a_customer_who_writes_wakes_it(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    await put(shop, talk, "status", {"status": "snoozed", "until": in_(hours=2)})
    await shop.knock(shop.saying("are you there?", sender=ASHA))

    async def awake() -> bool:
        return (await now_of(shop, talk))["status"] != "snoozed"

    await until(awake)
    before = await now_of(shop, talk)
    assert before["snoozed_until"] is None
    await live_on(shop, after=timedelta(hours=3))
    assert (await now_of(shop, talk))["needs_person_reason"] != "woke_up"


async def test_a_day_asleep_is_not_a_day_forgotten(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    await put(shop, talk, "status", {"status": "snoozed", "until": in_(days=3)})
    await live_on(shop, after=timedelta(hours=25))
    assert (await now_of(shop, talk))["status"] == "snoozed"


async def test_a_day_of_silence_resolves_and_gives_back(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    await live_on(shop, after=timedelta(hours=23))
    assert (await now_of(shop, talk))["status"] == "open"
    await live_on(shop, after=timedelta(hours=25))
    idle = await now_of(shop, talk)
    assert (idle["status"], idle["mode"]) == ("resolved", "ai")


@pytest.mark.parametrize(
    "body",
    [{"status": "snoozed"}, {"status": "snoozed", "until": "2020-01-01T00:00:00Z"},
     {"status": "snoozed", "until": "2999-01-01T00:00:00Z"}, {"status": "snoozed", "until": "tomorrow"},
     {"status": "open", "until": "2030-01-01T00:00:00Z"}, {"status": "asleep"}],
)  # fmt: skip
async def test_a_bad_snooze_is_422(shop: Shop, body: dict[str, Any]) -> None:
    (talk,) = await heard(shop, ASHA)
    assert (await put(shop, talk, "status", body)).status == 422
    assert (await now_of(shop, talk))["status"] == "open"


async def test_reopened_it_is_in_the_list_again(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    for status in ("resolved", "open"):
        assert (await put(shop, talk, "status", {"status": status})).json["status"] == status


async def test_each_change_of_state_is_told_once_and_who_resolved_it(shop: Shop) -> None:
    start = (await shop.get("/events"))["next_cursor"]
    (talk,) = await heard(shop, ASHA)
    owner = shop.house.members[Role.OWNER]
    for body in (
        {"status": "snoozed", "until": in_(hours=2)},
        {"status": "resolved"},
        {"status": "resolved"},
    ):
        assert (await put(shop, talk, "status", body)).status == 200
    assert (await now_of(shop, talk))["resolved_by"] == f"member:{owner.id}"
    await shop.knock(shop.saying("one more thing", sender=ASHA))

    async def reopened() -> bool:
        return (await now_of(shop, talk))["status"] != "resolved"

    await until(reopened)
    assert (await now_of(shop, talk))["resolved_by"] is None
    await live_on(shop, after=timedelta(hours=25))
    assert (await now_of(shop, talk))["resolved_by"] == "idle"

    frames = await behind(shop, start)
    moves = [f["data"] for f in frames if f["type"] == "conversation.state"]
    assert [(m["was"], m["status"], m["resolved_by"]) for m in moves if m["status"] != "open"] == [
        ("open", "snoozed", None), ("snoozed", "resolved", f"member:{owner.id}"),
        ("resolved", "pending", None), (moves[-1]["was"], "resolved", "idle"),
    ]  # fmt: skip
    topics = Counter(f["topic"] for f in frames if f["topic"])
    assert topics["conversation_completed"] == 2
    assert topics["incoming"] == 2
    assert topics["outgoing"] >= 1
    for topic, count in topics.items():
        alone = await behind(shop, start, f"&topic={topic}")
        assert [f["topic"] for f in alone] == [topic] * count


async def behind(shop: Shop, cursor: str, query: str = "") -> list[dict[str, Any]]:
    """Every frame behind the cursor."""
    found = []
    while True:
        page = await shop.get(f"/events?cursor={quote(cursor)}&limit=50{query}")
        found += page["items"]
        if page["next_cursor"] == cursor:
            return found
        cursor = page["next_cursor"]
