"""Webhooks: until they are answered, over restarts, doubled, forged, joined."""

import json

import aiohttp

from tests.sandbox.support import APP_SECRET, NUMBER, OTHER, SECRET, WABA, Sandbox, running, signed


async def test_retried_with_the_same_bytes_until_200(sandbox, receiver):
    receiver.statuses = [500, 503, 403, 404]
    await sandbox.says()
    await receiver.until(lambda: receiver.answered)
    assert len(receiver.posts) == 5
    assert len({body for body, _ in receiver.posts}) == 1
    view = await sandbox.settled()
    assert view["webhooks"]["refused_attempts"] == 4


async def test_an_unanswered_one_holds_back_its_own_customer_only(sandbox, receiver):
    await sandbox.behave(webhooks={"retry_base_ms": 300, "retry_cap_ms": 300})
    receiver.statuses = [500]
    await sandbox.says("text", {"body": "first"})
    await receiver.until(lambda: receiver.posts)
    await sandbox.says("text", {"body": "second"})
    await sandbox.says("text", {"body": "another's"}, customer={"phone": "15550009999"})
    await sandbox.settled()
    assert [m["text"]["body"] for m in receiver.items("messages")] == ["another's", "first", "second"]


async def test_without_order_nobody_waits(sandbox, receiver):
    await sandbox.behave(webhooks={"ordered": False, "retry_base_ms": 300, "retry_cap_ms": 300})
    receiver.statuses = [500]
    await sandbox.says("text", {"body": "first"})
    await receiver.until(lambda: receiver.posts)
    await sandbox.says("text", {"body": "second"})
    await sandbox.settled()
    assert [m["text"]["body"] for m in receiver.items("messages")] == ["second", "first"]


async def test_nothing_is_lost_when_the_sandbox_restarts(config, receiver):
    receiver.gate.clear()
    async with running(config) as base, aiohttp.ClientSession() as http:
        sandbox = Sandbox(base, http)
        await sandbox.register(receiver)
        await sandbox.behave(webhooks={"retry_base_ms": 10})
        await sandbox.rule("server_error", count=1)
        said = await sandbox.says()
    receiver.gate.set()
    receiver.answered.clear()
    async with running(config) as base, aiohttp.ClientSession() as http:
        sandbox = Sandbox(base, http)
        await receiver.until(lambda: receiver.items("messages"))
        assert receiver.items("messages")[0]["id"] == said["id"]
        assert (await sandbox.sends())[0] == 500
        assert (await sandbox.sends())[0] == 200


async def test_doubles_come_later(sandbox, receiver):
    await sandbox.behave(webhooks={"duplicates": 2})
    await sandbox.says()
    await sandbox.settled()
    assert len({m["id"] for m in receiver.items("messages")}) == 1
    assert len(receiver.items("messages")) == 3


async def test_a_rule_doubles_one_webhook_only(sandbox, receiver):
    await sandbox.rule("webhook_duplicate")
    await sandbox.says("text", {"body": "a"})
    await sandbox.says("text", {"body": "b"})
    await sandbox.settled()
    assert sorted(m["text"]["body"] for m in receiver.items("messages")) == ["a", "a", "b"]


async def test_a_bad_signature_once_and_for_all(sandbox, receiver):
    await sandbox.rule("webhook_bad_signature")
    receiver.statuses = [403]
    await sandbox.says()
    await sandbox.settled()
    assert [s == signed(b) for b, s in receiver.posts] == [False, True]
    assert {len(s) for _, s in receiver.posts} == {71}
    await sandbox.behave(webhooks={"bad_signature": True})
    await sandbox.says()
    await sandbox.settled()
    body, signature = receiver.posts[-1]
    assert signature != signed(body)


async def test_many_items_in_one_post(sandbox, receiver):
    await sandbox.behave(webhooks={"paused": True, "batch": 10, "ordered": False})
    for n in range(4):
        await sandbox.says("text", {"body": str(n)})
    await sandbox.behave(webhooks={"paused": False})
    await sandbox.settled()
    assert len(receiver.posts) == 1
    [value] = receiver.values()
    assert sorted(m["text"]["body"] for m in value["messages"]) == ["0", "1", "2", "3"]
    assert len(value["contacts"]) == 1


async def test_two_numbers_in_one_post_signed_by_one(sandbox, receiver):
    await sandbox.register(receiver, OTHER, waba_id="2", app_secret="another secret", access_token="t2")
    await sandbox.behave(webhooks={"paused": True, "share_post_with": OTHER})
    await sandbox.behave(OTHER, webhooks={"paused": True})
    await sandbox.says("text", {"body": "to the first"})
    body = {"customer": {"phone": "15550001111"}, "kind": "text", "content": {"body": "to the other"}}
    await sandbox.control("POST", f"/numbers/{OTHER}/messages", body)
    released = {"webhooks": {"paused": False}}
    await sandbox.control("PUT", "/faults", {NUMBER: released, OTHER: released})
    await sandbox.settled(OTHER)
    [(posted, signature)] = receiver.posts
    assert [e["id"] for e in json.loads(posted)["entry"]] == [WABA, "2"]
    assert [m["text"]["body"] for m in receiver.items("messages")] == ["to the first", "to the other"]
    assert signature == signed(posted, APP_SECRET)


async def test_the_handshake_decides_verified_and_says_why(empty, receiver):
    wrong = await empty.register(receiver, verify_token="wrong")
    assert wrong["verified"] is False
    assert "403" in wrong["verification_error"]
    dead = await empty.register(receiver, webhook_url="http://127.0.0.1:1/")
    assert "does not answer" in dead["verification_error"]
    await empty.register(receiver)
    assert (await empty.control("POST", f"/numbers/{NUMBER}/verify"))["verified"] is True


async def test_a_handshake_brings_what_waits_at_once(sandbox, receiver):
    await sandbox.behave(webhooks={"retry_base_ms": 600_000, "retry_cap_ms": 600_000})
    receiver.statuses = [500]
    await sandbox.says()
    await receiver.until(lambda: receiver.posts)
    await sandbox.register(receiver)
    await sandbox.settled()
    assert len(receiver.answered) == 1


async def test_an_unsubscribed_number_posts_nothing(sandbox, receiver):
    await sandbox.graph("DELETE", "200000000000001/subscribed_apps")
    await sandbox.says()
    assert (await sandbox.settled())["webhooks"]["answered"] == 1
    assert await sandbox.graph("POST", "200000000000001/subscribed_apps", {}) == (200, {"success": True})
    await sandbox.says()
    await sandbox.settled()
    assert len(receiver.items("messages")) == 1


async def test_control_needs_its_secret(empty):
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": SECRET}):
        async with empty.http.get(f"{empty.base}/_sandbox/numbers", headers=headers) as response:
            assert response.status == 401
