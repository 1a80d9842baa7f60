"""Meta's policy at the emulator: tiers, quality, pacing, offers, files; each told by its webhook."""

import base64
from typing import Any

import aiohttp
import pytest

from samvad.sandbox.policy import higher, lower, word
from tests.sandbox.support import NUMBER, OTHER, TOKEN, WABA, Receiver, Sandbox
from tests.sandbox.test_sandbox_phone import Phone
from tests.sandbox.test_sandbox_templates import listed, refused, sent

OFFER = sent("Asha", name="season_offer")
ORDER = {
    "type": "template",
    "template": {
        "name": "order_update", "language": {"code": "en"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "1"}]},
            {"type": "body", "parameters": [{"type": "text", "text": "A"}, {"type": "text", "text": "B"}]},
            {"type": "button", "sub_type": "url", "index": "2",
             "parameters": [{"type": "text", "text": "1"}]},
        ],
    },
}  # fmt: skip


async def policy(sandbox: Sandbox, number: str = NUMBER, **fields: Any) -> None:
    await sandbox.behave(number, policy=fields)


def told(receiver: Receiver, name: str) -> list[Any]:
    return [value[name] for value in receiver.values() if name in value]


async def test_an_account_writes_to_so_many_people_first_over_all_its_numbers(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    await policy(sandbox, tier=2)
    await sandbox.register(receiver, OTHER)  # a new number of the account shares its tier
    assert (await sandbox.sends(to="919999900011", **ORDER))[0] == 200
    assert (await sandbox.sends(to="919999900012", **ORDER))[0] == 200
    assert await refused(sandbox, to="919999900013", **ORDER) == 131064
    assert (await sandbox.sends(to="919999900011", **ORDER))[0] == 200  # the same person counts once
    assert (await sandbox.sends(**ORDER))[0] == 200  # who wrote is answered, not written to first
    body = {"messaging_product": "whatsapp", "to": "919999900014", **ORDER}
    status, answer = await sandbox.graph("POST", f"{OTHER}/messages", body)
    assert (status, answer["error"]["code"]) == (400, 131064)
    await sandbox.control("POST", f"/numbers/{NUMBER}/clock", {"advance_seconds": 25 * 3600})
    assert (await sandbox.sends(to="919999900013", **ORDER))[0] == 200
    await sandbox.settled()
    assert told(receiver, "max_daily_conversations_per_business") == [2]


async def test_a_changed_tier_and_quality_are_told_and_shown(sandbox: Sandbox, receiver: Receiver) -> None:
    await policy(sandbox, tier=1000)
    await policy(sandbox, quality="YELLOW")
    await policy(sandbox, quality="RED")
    _, shown = await sandbox.graph("GET", NUMBER)
    seen = (shown["quality_rating"], shown["status"], shown["messaging_limit_tier"])
    assert seen == ("RED", "FLAGGED", "TIER_1K")
    await policy(sandbox, quality="GREEN", tier=None)
    await sandbox.settled()
    assert told(receiver, "max_daily_conversations_per_business") == [1000, -1]
    assert sorted(told(receiver, "event")) == ["DOWNGRADE", "FLAGGED", "UNFLAGGED", "UPGRADE"]


async def test_a_reset_lifts_what_was_limited_and_says_so(sandbox: Sandbox, receiver: Receiver) -> None:
    await policy(sandbox, tier=1)
    await sandbox.sends(to="919999900011", **ORDER)
    await sandbox.control("POST", f"/numbers/{NUMBER}/reset", {})
    await policy(sandbox, tier=1)
    assert (await sandbox.sends(to="919999900012", **ORDER))[0] == 200
    await sandbox.settled()
    assert told(receiver, "max_daily_conversations_per_business")[-2:] == [-1, 1]


def test_tiers_go_step_by_step() -> None:
    assert [lower(None), lower(100_000), lower(2000), lower(250)] == [100_000, 10_000, 1000, 250]
    assert [higher(250), higher(2000), higher(100_000), higher(None)] == [1000, 10_000, None, None]
    assert [word(2000), word(3), word(None)] == ["TIER_2K", "TIER_250", "TIER_UNLIMITED"]


async def test_who_stopped_offers_gets_none_but_all_else(sandbox: Sandbox, receiver: Receiver) -> None:
    asha = next(c for c in (await sandbox.control("GET", f"/numbers/{NUMBER}/customers"))["items"]
                if c["phone"] == "+919999900001")  # fmt: skip
    await sandbox.control("POST", f"/numbers/{NUMBER}/customers/{asha['id']}/offers", {"stop": True})
    assert (await sandbox.sends(**OFFER))[0] == 200
    assert (await sandbox.sends(**ORDER))[0] == 200
    await sandbox.control("POST", f"/numbers/{NUMBER}/customers/{asha['id']}/offers", {"stop": False})
    assert (await sandbox.sends(**OFFER))[0] == 200
    await sandbox.settled()
    said = [(one["value"], one["category"]) for one in receiver.items("user_preferences")]
    assert said == [("stop", "marketing_messages"), ("resume", "marketing_messages")]
    failed = [s["errors"][0]["code"] for s in receiver.items("statuses") if s["status"] == "failed"]
    assert failed == [131050]
    billed = [s["pricing"]["category"] for s in receiver.items("statuses") if s["status"] == "sent"]
    assert sorted(billed) == ["marketing", "utility"]


async def test_one_person_gets_so_many_offers_a_day(sandbox: Sandbox, receiver: Receiver) -> None:
    await policy(sandbox, marketing_cap=1)
    for _ in range(2):
        assert (await sandbox.sends(**OFFER))[0] == 200
    await sandbox.control("POST", f"/numbers/{NUMBER}/clock", {"advance_seconds": 25 * 3600})
    assert (await sandbox.sends(**OFFER))[0] == 200
    await sandbox.settled()
    failed = [s["errors"][0]["code"] for s in receiver.items("statuses") if s["status"] == "failed"]
    assert failed == [131049]


@pytest.mark.parametrize(
    ("decided", "then"), [({"quality": "GREEN"}, ["sent", "delivered"]), ({"status": "PAUSED"}, ["failed"])]
)
async def test_a_new_template_is_paced(
    sandbox: Sandbox, receiver: Receiver, decided: dict[str, str], then: list[str]
) -> None:
    await sandbox.behave(templates={"pacing": 1})
    _, first = await sandbox.sends(**ORDER)
    _, second = await sandbox.sends(to="919999900012", **ORDER)
    words = [one["messages"][0]["message_status"] for one in (first, second)]
    assert words == ["accepted", "held_for_quality_assessment"]
    await sandbox.settled()
    held = second["messages"][0]["id"]
    assert held not in {s["id"] for s in receiver.items("statuses")}
    id_ = (await listed(sandbox))["order_update"]["id"]
    await sandbox.control("PATCH", f"/numbers/{NUMBER}/templates/{id_}", decided)
    await sandbox.settled()
    life = [s for s in receiver.items("statuses") if s["id"] == held]
    assert [s["status"] for s in life] == then
    if then == ["failed"]:
        assert life[0]["errors"][0]["code"] == 132015
        assert await refused(sandbox, **ORDER) == 132015


async def upload(sandbox: Sandbox, data: bytes, mime_type: str) -> tuple[int, Any]:
    form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime_type})
    form.add_field("file", data, filename="f", content_type=mime_type)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{sandbox.base}/v23.0/{NUMBER}/media"
    async with sandbox.http.post(url, data=form, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_files_are_held_to_size_and_kind(sandbox: Sandbox, receiver: Receiver) -> None:
    status, said = await upload(sandbox, bytes(5_000_001), "image/png")
    assert (status, said["error"]["code"]) == (400, 131053)
    _, pdf = await upload(sandbox, b"%PDF", "application/pdf")
    assert (await sandbox.sends(type="document", document={"id": pdf["id"]}))[0] == 200
    assert (await sandbox.sends(type="image", image={"id": pdf["id"]}))[0] == 200
    await sandbox.settled()
    failed = [s["errors"][0] for s in receiver.items("statuses") if s["status"] == "failed"]
    assert [one["code"] for one in failed] == [131053]


async def test_a_customers_file_may_be_gone(sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.says("image", {"data": base64.b64encode(b"x").decode()})
    await sandbox.settled()
    (media,) = [one["image"]["id"] for one in receiver.items("messages")]
    assert (await sandbox.graph("GET", media))[0] == 200
    await policy(sandbox, media_expired=True)
    status, said = await sandbox.graph("GET", media)
    assert (status, said["error"]["error_subcode"]) == (400, 33)


async def test_a_strangers_item_comes_in_the_same_post(sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.behave(webhooks={"stranger": True})
    await sandbox.says()
    await sandbox.settled()
    body = receiver.answered[-1].decode()
    assert WABA in body
    assert "997000000000002" in body
    assert [one["text"]["body"] for one in receiver.items("messages")] == [
        "hello",
        "This is for somebody else",
    ]


async def test_the_phone_page_steers_the_provider(sandbox: Sandbox, receiver: Receiver) -> None:
    phone = Phone(sandbox)
    asha = await phone.asha()
    assert (await phone.ask("POST", "/policy", {"tier": "down"}))["tier"] == 100_000
    await phone.ask("POST", "/policy", {"per_second": 80, "pair_rate": True})
    changed = await phone.ask(
        "POST", "/policy", {"tier": 2, "marketing_cap": 1, "pacing": 9, "quality": "RED"}
    )
    await sandbox.sends(to="919999900011", **ORDER)
    assert await phone.ask("GET", "/policy") == changed | {"used": 1}
    assert (changed["per_second"], changed["pair_rate"], changed["pacing"]) == (80, True, 9)
    await phone.ask("POST", "/policy", {"tiger": 2}, status=422)
    await phone.ask("POST", "/policy", {"tier": 0}, status=422)
    await phone.ask("POST", "/templates/order_update", {"status": "PAUSED"})
    await phone.ask("POST", "/templates/no_such", {"status": "PAUSED"}, status=404)
    shown = {one["name"]: one["status"] for one in (await phone.ask("GET", "/templates"))["items"]}
    assert shown["order_update"] == "PAUSED"
    assert (await phone.ask("POST", f"/customers/{asha}/offers", {"stop": True})) == {"stopped": True}
    await phone.ask("POST", "/behaviour", {"webhooks": {"share_post_with": OTHER}}, status=422)
    await phone.ask("POST", "/rules", {"fault": "error", "code": 131049}, status=201)
    calm = await phone.ask("POST", "/calm", {})
    assert (calm["rules"], calm["behaviour"]["policy"]["tier"]) == ([], None)
    await sandbox.settled()
    assert told(receiver, "max_daily_conversations_per_business") == [100_000, 2, -1]


async def test_whoever_blocks_gets_nothing_and_quality_falls(sandbox: Sandbox, receiver: Receiver) -> None:
    phone = Phone(sandbox)
    for n in range(1, 4):
        await sandbox.control("POST", f"/numbers/{NUMBER}/customers", {"phone": f"91999990002{n}"})
    people = {c["phone"]: c["id"] for c in (await phone.ask("GET", "/customers"))["items"]}
    blocking = [people["+919999900001"], *(people[f"+91999990002{n}"] for n in range(1, 4))]
    ratings = []
    for customer in blocking:
        assert await phone.ask("POST", f"/customers/{customer}/block", {"blocked": True}) == {"blocked": True}
        ratings.append((await phone.ask("GET", "/policy"))["quality"])
    assert ratings == ["GREEN", "YELLOW", "YELLOW", "RED"]
    assert (await sandbox.sends())[0] == 200
    await sandbox.settled()
    assert [s["status"] for s in receiver.items("statuses")] == ["sent"]
    await phone.ask("POST", f"/customers/{blocking[-1]}/block", {"blocked": False})
    await sandbox.settled()
    assert told(receiver, "event") == ["FLAGGED", "UNFLAGGED"]
