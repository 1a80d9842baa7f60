"""The delivery log over HTTP: every message once, how far it came, and why no further."""

import ast
import inspect
import re
from typing import Any
from urllib.parse import quote

import pytest

from samvad.channels import errors
from samvad.channels.repository import gate
from samvad.channels.service import dispatch
from samvad.conversations.reasons import WHY
from samvad.conversations.types.log import Action
from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop
from tests.support import meta

ASHA, RAVI = "919811200001", "919811200002"


async def log(shop: Shop, query: str = "") -> list[dict[str, Any]]:
    return list((await shop.get(f"/messages{query}"))["items"])


async def write(shop: Shop, conversation: str, text: str) -> str:
    body = {"text": text, "client_id": new_id().hex}
    said = await shop.api("POST", f"/conversations/{conversation}/messages", body)
    assert said.status == 201, said.text
    return str(said.json["id"])


async def line_of(shop: Shop, message: str, **wanted: object) -> dict[str, Any]:
    """Once it says so."""

    async def there() -> dict[str, Any] | None:
        found = next(line for line in await log(shop) if line["id"] == message)
        return found if all(found[name] == value for name, value in wanted.items()) else None

    return dict(await until(there))


async def refused(shop: Shop, *, code: int = 131026) -> dict[str, Any]:
    """An agent's message that the provider did not take."""
    (talk,) = await heard(shop, ASHA)
    shop.stage.graph.next_answers.append(shop.stage.graph.refuse(code))
    return await line_of(shop, await write(shop, talk["id"], "are you there?"), status="failed")


async def told(shop: Shop, *statuses: dict[str, Any]) -> None:
    body = meta.statuses(shop.channel.address, shop.channel.account, *statuses)
    assert (await shop.knock(body)).status == 200


async def test_both_directions_newest_first_without_notes_and_system_lines(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    note = {"text": "a note", "client_id": "n", "private": True}
    assert (await shop.api("POST", f"/conversations/{talk['id']}/messages", note)).status == 201
    answer, question = await log(shop)
    assert (question["direction"], question["status"], question["text"]) == ("in", "received", "hello")
    assert (question["queued_at"], question["attempts"], question["retryable"]) == (None, 0, False)
    assert (answer["direction"], answer["status"], answer["attempts"]) == ("out", "sent", 1)
    assert answer["queued_at"] <= answer["sent_at"]
    assert answer["why"] == "The provider took it and has not yet said that it arrived."
    assert (answer["reason"], answer["provider_code"], answer["next_attempt_at"]) == (None, None, None)
    assert answer["contact"]["name"] == "Asha"
    assert {"kind": "phone", "value": f"+{ASHA}"} in answer["contact"]["identities"]


async def test_each_step_has_its_time(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    message = await write(shop, talk["id"], "on the way")
    sent = await line_of(shop, message, status="sent")
    await told(shop, meta.status("wamid.A", "delivered", our_id=message, timestamp="1763193600"))
    await told(shop, meta.status("wamid.A", "read", our_id=message, timestamp="1763193660"))
    read = await line_of(shop, message, status="read")
    assert read["sent_at"] == sent["sent_at"]
    assert (read["delivered_at"], read["read_at"]) == ("2025-11-15T08:00:00Z", "2025-11-15T08:01:00Z")
    assert read["why"] == "The customer has read it."


async def test_a_refusal_says_why_in_words_and_in_the_providers_own(shop: Shop) -> None:
    line = await refused(shop)
    assert (line["reason"], line["why"]) == ("recipient_unreachable", WHY["recipient_unreachable"])
    assert (line["provider_code"], line["provider_detail"]) == ("131026", "HTTP 400: refused")
    assert line["failed_at"]
    assert line["retryable"]


async def test_what_the_provider_keeps_for_now_says_so_until_it_goes(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    shop.stage.graph.next_answers.append(shop.stage.graph.accept_and_keep())
    message = await write(shop, talk["id"], "our offer")
    kept = await line_of(shop, message, status="sent")
    assert (kept["reason"], kept["why"]) == ("quality_assessment", WHY["quality_assessment"])
    await told(shop, meta.status("wamid.K", "sent", our_id=message))

    async def gone() -> bool:
        return (await line_of(shop, message, status="sent"))["reason"] is None

    await until(gone)


async def test_a_failed_one_is_sent_again_and_begins_anew(shop: Shop) -> None:
    line = await refused(shop)
    assert (await shop.api("POST", f"/messages/{line['id']}/retry", role=Role.AGENT)).status == 200
    again = await line_of(shop, line["id"], status="sent")
    assert (again["reason"], again["provider_code"], again["failed_at"]) == (None, None, None)
    assert again["attempts"] == 2


async def test_a_failed_status_keeps_the_providers_code(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    message = await write(shop, talk["id"], "on the way")
    await line_of(shop, message, status="sent")
    await told(
        shop, meta.status("wamid.B", "failed", our_id=message, errors=[{"code": 131026, "title": "No"}])
    )
    line = await line_of(shop, message, status="failed")
    assert (line["reason"], line["provider_code"]) == ("recipient_unreachable", "131026")
    assert line["failed_at"]


async def test_what_waits_for_its_next_try_says_when(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    shop.stage.graph.next_answers.append(shop.stage.graph.refuse(131056))
    message = await write(shop, talk["id"], "slowly")
    line = await line_of(shop, message, status="queued", reason="recipient_throttled")
    assert line["attempts"] == 1
    assert line["next_attempt_at"] > line["created_at"]
    assert [one["id"] for one in await log(shop, "?state=queued")] == [message]


async def test_what_a_stopped_number_keeps_says_so(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    await shop.stage.superuser.execute(
        "UPDATE channel_send_facts SET status = 'stopped' WHERE channel_id = $1", shop.channel.id
    )
    message = await write(shop, talk["id"], "later")
    line = await line_of(shop, message, status="queued")
    assert (line["hold"], line["next_attempt_at"]) == ("channel_stopped", None)
    assert "stopped" in line["why"]


async def test_filters_hold_together(shop: Shop) -> None:
    line = await refused(shop)
    await heard(shop, RAVI)
    hers = {one["id"] for one in await log(shop, f"?phone=%2B{ASHA}")}
    assert line["id"] in hers
    assert hers == {one["id"] for one in await log(shop, f"?contact_id={line['contact']['id']}")}
    assert {one["direction"] for one in await log(shop, "?direction=in")} == {"in"}
    for query in (
        "state=failed",
        "reason=recipient_unreachable",
        f"state=failed&channel_id={shop.channel.id}&phone=%2B{ASHA}&direction=out",
        f"state=failed&from={quote(line['created_at'])}",
    ):
        assert [one["id"] for one in await log(shop, f"?{query}")] == [line["id"]], query
    for query in (
        "state=failed&reason=window_closed",
        "state=sending",
        "state=unknown",
        f"state=failed&phone=%2B{RAVI}",
        f"state=failed&to={quote(line['created_at'])}",
        f"channel_id={new_id()}",
        f"contact_id={new_id()}",
        "phone=nonsense",
    ):
        assert await log(shop, f"?{query}") == [], query
    assert (await shop.api("GET", "/messages?state=lost")).status == 422


async def test_pages_hold_each_message_once(shop: Shop) -> None:
    await heard(shop, ASHA, RAVI)
    everything = [line["id"] for line in await log(shop)]
    for query in ("limit=1", f"limit=3&channel_id={shop.channel.id}"):
        page = await shop.get(f"/messages?{query}")
        seen = [line["id"] for line in page["items"]]
        while page["next_cursor"]:
            page = await shop.get(f"/messages?{query}&cursor={page['next_cursor']}")
            seen += [line["id"] for line in page["items"]]
        assert seen == everything, query
    assert (await shop.api("GET", "/messages?cursor=bm9wZQ")).status == 422


async def test_nothing_of_another_tenant(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    other = await shop.stage.shop()
    assert await log(other) == []
    for query in (f"channel_id={shop.channel.id}", f"contact_id={talk['contact']['id']}", f"phone=%2B{ASHA}"):
        assert await log(shop, f"?{query}"), query
        assert await log(other, f"?{query}") == [], query


@pytest.mark.parametrize("role", list(Role))
async def test_whoever_reads_the_inbox_reads_the_log(shop: Shop, role: Role) -> None:
    assert (await shop.api("GET", "/messages", role=role)).status == 200


def test_every_code_has_a_sentence() -> None:
    """Of the provider's failures, of the gate, of the last look before the call."""
    ours = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    codes = {kind.code for kind in ours if issubclass(kind, errors.SendError)}
    codes |= set(re.findall(r"THEN '(\w+)'", gate._GATE))
    codes |= {
        node.value.value
        for node in ast.walk(ast.parse(inspect.getsource(dispatch)))
        if isinstance(node, ast.keyword)
        and node.arg == "reason"
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    assert len(codes) > 20
    assert codes <= set(WHY)


async def test_each_message_of_a_customer_says_what_came_of_it(shop: Shop) -> None:
    """Asha asks what nobody knows and is given to a person, says STOP and writes on; Ravi is answered."""
    rule = {"name": "hello", "match": "phrase", "phrases": ["hello"], "action": "reply", "text": "Namaste"}
    assert (await shop.api("POST", "/rules", rule)).status == 201
    for sender, text in (
        (RAVI, "hello"),
        (ASHA, "???? qwerty"),
        (ASHA, "are you there"),
        (ASHA, "STOP"),
        (ASHA, "x"),
    ):
        assert (await shop.knock(shop.saying(text, sender=sender))).status == 200

        async def settled(text: str = text) -> bool:
            found = [line for line in await log(shop, "?direction=in") if line["text"] == text]
            return bool(found) and found[0]["action"] != "waiting"

        await until(settled)
    heard_of = {line["text"]: line["action"] for line in await log(shop, "?direction=in")}
    assert heard_of == {
        "hello": "ai_replied",
        "???? qwerty": "queued_for_human",
        "are you there": "queued_for_human",
        "STOP": "stopped",
        "x": "queued_for_human",
    }
    assert {line["action"] for line in await log(shop, "?direction=out")} == {None}
    counts = {action: len(await log(shop, f"?action={action}")) for action in Action}
    assert counts == {"ai_replied": 1, "queued_for_human": 3, "stopped": 1, "blocked": 0, "waiting": 0}
    assert await log(shop, "?action=stopped&direction=out") == []
    page = await shop.get("/messages?action=queued_for_human&limit=2")
    assert len(page["items"]) == 2
    rest = await shop.get(f"/messages?action=queued_for_human&cursor={page['next_cursor']}")
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)
