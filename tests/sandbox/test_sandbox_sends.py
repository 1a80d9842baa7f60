"""Sends: accepted, refused, and everything that can go wrong between the two."""

import asyncio

import aiohttp
import pytest


async def test_a_send_is_accepted_and_told_in_order(sandbox, receiver):
    status, body = await sandbox.sends("hi", biz_opaque_callback_data="our-1")
    assert status == 200
    assert body["contacts"][0]["input"] == body["contacts"][0]["wa_id"] == "919999900001"
    wamid = body["messages"][0]["id"]
    await receiver.until(lambda: len(receiver.items("statuses")) == 2)
    told = receiver.items("statuses")
    assert [s["status"] for s in told] == ["sent", "delivered"]
    assert {s["id"] for s in told} == {wamid}
    assert {s["biz_opaque_callback_data"] for s in told} == {"our-1"}
    assert told[0]["conversation"]["origin"]["type"] == "service"
    assert told[0]["pricing"]["billable"] is False


async def test_the_ledger_counts_by_our_id(sandbox):
    for ours in ("a", "b", "a"):
        await sandbox.sends(biz_opaque_callback_data=ours)
    ledger = await sandbox.ledger()
    assert [i["client_id"] for i in ledger["items"]] == ["a", "b", "a"]
    assert ledger["totals"] == {"accepted": 3, "client_ids": 2, "refused": {}}
    path = "/numbers/100000000000001/ledger/counts"
    assert (await sandbox.control("GET", f"{path}?at_least=2"))["items"] == [{"client_id": "a", "count": 2}]


REFUSING = {
    "server_error": (500, 131000),
    "rate_limited": (429, 130429),
    "expired_token": (401, 190),
    "pair_rate": (400, 131056),
}


@pytest.mark.parametrize("fault", REFUSING)
async def test_a_refusing_fault_hits_the_next_n_sends_only(sandbox, fault):
    await sandbox.rule(fault, count=2)
    answers = [await sandbox.sends() for _ in range(3)]
    http_status, code = REFUSING[fault]
    assert [a[0] for a in answers] == [http_status, http_status, 200]
    assert answers[0][1]["error"]["code"] == code
    assert answers[0][1]["error"]["fbtrace_id"]
    totals = (await sandbox.ledger())["totals"]
    assert totals["accepted"] == 1
    assert totals["refused"] == {str(code): 2}


async def test_a_rule_takes_any_code_status_recipient_and_kind(sandbox):
    await sandbox.rule("error", code=131031, http_status=418, to="+919999900001", kind="text")
    status, body = await sandbox.sends()
    assert (status, body["error"]["code"]) == (418, 131031)


@pytest.mark.parametrize("fault", ["timeout_after_accept", "close_after_accept", "cut_after_accept"])
async def test_accepted_but_not_answered(sandbox, fault):
    await sandbox.rule(fault)
    with pytest.raises((TimeoutError, aiohttp.ClientError)):
        await asyncio.wait_for(sandbox.sends(biz_opaque_callback_data="lost"), 0.5)
    ledger = await sandbox.ledger()
    assert [(i["client_id"], i["fault"]) for i in ledger["items"]] == [("lost", fault)]


@pytest.mark.parametrize("fault", ["timeout_before_accept", "close_before_accept"])
async def test_neither_accepted_nor_answered(sandbox, fault):
    await sandbox.rule(fault)
    with pytest.raises((TimeoutError, aiohttp.ClientError)):
        await asyncio.wait_for(sandbox.sends(), 0.5)
    assert (await sandbox.ledger())["items"] == []


async def test_accepted_and_answered_with_an_error(sandbox):
    await sandbox.rule("error_after_accept")
    assert (await sandbox.sends())[0] == 500
    assert (await sandbox.ledger())["totals"]["accepted"] == 1


@pytest.mark.parametrize(("fault", "code"), [("undeliverable", 131026), ("failed", 131049)])
async def test_accepted_and_failed_by_status(sandbox, receiver, fault, code):
    await sandbox.rule(fault, code=code)
    assert (await sandbox.sends())[0] == 200
    await receiver.until(lambda: receiver.items("statuses"))
    [told] = receiver.items("statuses")
    assert told["status"] == "failed"
    assert told["errors"][0]["code"] == code
    assert (await sandbox.ledger())["items"][0]["state"] == "failed"


async def test_a_standing_error_lasts_until_it_is_lifted(sandbox):
    await sandbox.behave(sends={"error_code": 190})
    assert (await sandbox.sends())[0] == 401
    await sandbox.behave(sends={"error_code": None})
    assert (await sandbox.sends())[0] == 200


async def test_the_window_closes_by_the_sandbox_clock(sandbox):
    await sandbox.control("POST", "/numbers/100000000000001/clock", {"advance_seconds": 24 * 3600 + 1})
    status, body = await sandbox.sends()
    assert (status, body["error"]["code"]) == (400, 131047)
    template = {"name": "hello_world", "language": {"code": "en_US"}}
    assert (await sandbox.sends(type="template", template=template))[0] == 200
    await sandbox.says()
    assert (await sandbox.sends())[0] == 200


async def test_the_window_may_fail_by_status_or_not_at_all(sandbox, receiver):
    await sandbox.behave(sends={"window": "status"})
    assert (await sandbox.sends(to="15550001111"))[0] == 200
    await receiver.until(lambda: receiver.items("statuses"))
    assert receiver.items("statuses")[0]["errors"][0]["code"] == 131047
    await sandbox.behave(sends={"window": "off"})
    assert (await sandbox.sends(to="15550001111"))[0] == 200


async def test_strangers(sandbox, receiver):
    await sandbox.behave(sends={"strangers": "refuse", "window": "off"})
    assert (await sandbox.sends(to="15550002222"))[1]["error"]["code"] == 131030
    await sandbox.behave(sends={"strangers": "undeliverable"})
    assert (await sandbox.sends(to="15550002222"))[0] == 200
    await receiver.until(lambda: receiver.items("statuses"))
    assert receiver.items("statuses")[0]["errors"][0]["code"] == 131026


async def test_throughput_and_pair_rate(sandbox):
    await sandbox.behave(sends={"per_second": 1})
    answers = [await sandbox.sends() for _ in range(2)]
    assert [a[0] for a in answers] == [200, 429]
    await sandbox.behave(sends={"per_second": None, "pair_rate": True})
    answers = [await sandbox.sends() for _ in range(46)]
    assert [a[0] for a in answers].count(200) == 45
    assert answers[-1][1]["error"]["code"] == 131056


async def test_a_customer_with_only_a_scoped_id(sandbox):
    people = (await sandbox.control("GET", "/numbers/100000000000001/customers"))["items"]
    [nobody] = [p for p in people if p["phone"] is None]
    body = {"messaging_product": "whatsapp", "recipient": nobody["bsuid"], "type": "text"}
    await sandbox.behave(sends={"window": "off"})
    status, answer = await sandbox.graph("POST", "100000000000001/messages", {**body, "text": {"body": "hi"}})
    assert status == 200
    assert answer["contacts"] == [{"input": nobody["bsuid"], "user_id": nobody["bsuid"]}]


@pytest.mark.parametrize(
    ("habit", "expected"),
    [
        ({"until": "none"}, []),
        ({"until": "sent"}, ["sent"]),
        ({"until": "read"}, ["sent", "delivered", "read"]),
        ({"order": "disordered"}, ["delivered", "sent"]),
        ({"copies": 2}, ["sent", "sent", "delivered", "delivered"]),
        ({"failed_code": 131049}, ["failed"]),
    ],
)
async def test_lives_of_a_message(sandbox, receiver, habit, expected):
    await sandbox.behave(statuses={"sent_ms": 1, "delivered_ms": 40, "read_ms": 80, **habit})
    await sandbox.sends()
    await sandbox.settled()
    assert [s["status"] for s in receiver.items("statuses")] == expected


async def test_the_first_status_can_precede_the_answer(sandbox, receiver):
    await sandbox.behave(statuses={"early": True})
    receiver.gate.clear()
    sending = asyncio.ensure_future(sandbox.sends())
    done, _ = await asyncio.wait([sending], timeout=0.2)
    assert not done
    receiver.gate.set()
    assert (await sending)[0] == 200
    assert receiver.items("statuses")[0]["status"] == "sent"


async def reacts(sandbox, message_id: str, **more):
    """A reaction of the business to a message, and what becomes of it."""
    reaction = {"message_id": message_id, "emoji": "👍"}
    body = {"messaging_product": "whatsapp", "to": "+919999900001", "type": "reaction", "reaction": reaction}
    return await sandbox.graph("POST", "100000000000001/messages", {**body, **more})


async def test_of_a_reaction_only_sent_is_told(sandbox, receiver):
    said = await sandbox.says()
    await sandbox.behave(statuses={"until": "read"})
    assert (await reacts(sandbox, said["id"]))[0] == 200
    await sandbox.settled()
    await sandbox.control("POST", f"/numbers/100000000000001/customers/{said['customer_id']}/read")
    await sandbox.settled()
    assert [s["status"] for s in receiver.items("statuses")] == ["sent"]


async def test_a_reaction_to_nothing_of_the_customers_fails_by_status(sandbox, receiver):
    said = await sandbox.says()
    _, sent = await sandbox.sends()
    old = said["id"]
    for target in ("wamid.nobodys", sent["messages"][0]["id"]):
        assert (await reacts(sandbox, target))[0] == 200
    await sandbox.control("POST", "/numbers/100000000000001/clock", {"advance_seconds": 30 * 24 * 3600 + 60})
    await sandbox.says()
    assert (await reacts(sandbox, old))[0] == 200
    await sandbox.settled()
    failed = [s for s in receiver.items("statuses") if s["status"] == "failed"]
    assert [s["errors"][0]["code"] for s in failed] == [131009] * 3


async def test_a_reaction_quotes_nothing(sandbox):
    said = await sandbox.says()
    status, body = await reacts(sandbox, said["id"], context={"message_id": said["id"]})
    assert (status, body["error"]["code"]) == (400, 131009)
