"""Templates at the emulator: written, reviewed, listed, judged when sent, stopped and told of."""

from typing import Any

import pytest

from tests.sandbox.support import NUMBER, WABA, Receiver, Sandbox

BODY = {"type": "BODY", "text": "Dear {{1}}, come again.", "example": {"body_text": [["Asha"]]}}
DRAFT = {"name": "again", "language": "en", "category": "UTILITY", "components": [BODY]}
STATUS, QUALITY = "message_template_status_update", "message_template_quality_update"


def sent(*values: str, name: str = "again", language: str = "en", part: str = "body") -> dict[str, Any]:
    parameters = [{"type": "text", "text": value} for value in values]
    components = [{"type": part, "parameters": parameters}] if values else []
    return {"type": "template",
            "template": {"name": name, "language": {"code": language}, "components": components}}  # fmt: skip


async def write(sandbox: Sandbox, **change: Any) -> tuple[int, dict]:
    return await sandbox.graph("POST", f"{WABA}/message_templates", DRAFT | change)


async def listed(sandbox: Sandbox) -> dict[str, dict]:
    items = (await sandbox.control("GET", f"/numbers/{NUMBER}/templates"))["items"]
    return {item["name"]: item for item in items}


async def refused(sandbox: Sandbox, **given: Any) -> int:
    status, body = await sandbox.sends(**given)
    assert status >= 400, body
    return body["error"]["code"]


async def test_an_account_begins_with_three_and_lists_them_in_pages(sandbox: Sandbox) -> None:
    path = f"{WABA}/message_templates"
    _, first = await sandbox.graph("GET", f"{path}?limit=2")
    assert [one["status"] for one in first["data"]] == ["APPROVED", "APPROVED"]
    assert first["paging"]["next"]
    _, last = await sandbox.graph("GET", f"{path}?limit=2&after={first['paging']['cursors']['after']}")
    assert "next" not in last["paging"]
    assert {one["name"] for one in first["data"] + last["data"]} == {
        "hello_world", "order_update", "season_offer",
    }  # fmt: skip
    assert (await sandbox.graph("GET", path, token="other"))[0] == 401


async def test_one_is_reviewed_told_of_and_sent(sandbox: Sandbox, receiver: Receiver) -> None:
    await sandbox.behave(templates={"review_ms": 0})
    status, made = await write(sandbox)
    assert (status, made["status"]) == (200, "PENDING")
    await sandbox.settled()
    told = next(value for value in receiver.values() if value.get("message_template_name") == "again")
    assert (told["event"], str(told["message_template_id"])) == ("APPROVED", made["id"])
    assert (await sandbox.sends(**sent("Asha")))[0] == 200
    assert (await sandbox.ledger())["items"][-1]["text"] == "Dear Asha, come again."
    assert (await write(sandbox))[1]["error"]["error_subcode"] == 2388024


@pytest.mark.parametrize("review", ["reject", "wait"])
async def test_one_that_is_not_approved_is_not_there_for_sends(sandbox: Sandbox, review: str) -> None:
    await sandbox.behave(templates={"review": review, "review_ms": 0})
    await write(sandbox)
    assert (await listed(sandbox))["again"]["status"] == {"reject": "REJECTED", "wait": "PENDING"}[review]
    assert await refused(sandbox, **sent("Asha")) == 132001


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (sent(name="hello_world"), 132001),
        (sent(name="unknown", language="en_US"), 132001),
        (sent("a", name="hello_world", language="en_US"), 132000),
        (sent("Asha", "Tuesday", name="order_update"), 132000),
        (sent(name="season_offer"), 132000),
        (sent("a\nb", name="season_offer"), 132018),
    ],
)
async def test_a_send_that_does_not_fit_is_refused(
    sandbox: Sandbox, given: dict[str, Any], code: int
) -> None:
    assert await refused(sandbox, **given) == code


async def test_decisions_of_the_provider_are_told_and_stop_sends(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    id_ = (await listed(sandbox))["hello_world"]["id"]
    one = f"/numbers/{NUMBER}/templates/{id_}"
    change = {"status": "PAUSED", "quality": "RED", "category": "MARKETING"}
    assert (await sandbox.control("PATCH", one, change))["status"] == "PAUSED"
    await sandbox.settled()
    about = [value for value in receiver.values() if value.get("message_template_name") == "hello_world"]
    words = [value.get("event", value.get("new_quality_score", value.get("new_category"))) for value in about]
    assert words == ["PAUSED", "RED", "MARKETING"]
    hello = sent(name="hello_world", language="en_US")
    assert await refused(sandbox, **hello) == 132015
    await sandbox.control("PATCH", one, {"status": "DISABLED"})
    assert await refused(sandbox, **hello) == 132016
    await sandbox.control("PATCH", one, {"status": "odd"}, status=422)


async def test_one_is_edited_and_deleted(sandbox: Sandbox) -> None:
    await sandbox.behave(templates={"review_ms": 0})
    _, made = await write(sandbox)
    changed = {"category": "MARKETING", "components": [{"type": "BODY", "text": "Come again."}]}
    assert await sandbox.graph("POST", made["id"], changed) == (200, {"success": True})
    found = (await listed(sandbox))["again"]
    assert (found["category"], found["components"]) == ("MARKETING", changed["components"])
    gone = f"{WABA}/message_templates?name=again&hsm_id={made['id']}"
    assert (await sandbox.graph("DELETE", gone))[0] == 200
    assert (await sandbox.graph("DELETE", gone))[1]["error"]["error_subcode"] == 2593002
    assert (await sandbox.graph("POST", made["id"], changed))[1]["error"]["code"] == 100


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Again!"},
        {"category": "SPAM"},
        {"components": [{"type": "FOOTER", "text": "x"}]},
        {"components": [{"type": "BODY", "text": "{{1}} again"}]},
        {"components": [{"type": "BODY", "text": "Dear {{1}}, again"}]},
        {"components": [BODY, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "x"}]}]},
    ],
)
async def test_a_draft_that_cannot_be_is_refused(sandbox: Sandbox, change: dict[str, Any]) -> None:
    assert (await write(sandbox, **change))[0] == 400
    assert "again" not in await listed(sandbox)
