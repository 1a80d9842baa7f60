"""Conversations and messages over HTTP: shapes as docs/API.md promises, pages that do not shift, roles."""

from typing import Any

import pytest

from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop

ASHA, RAVI, MINA = "919811100001", "919811100002", "919811100003"


async def first(shop: Shop) -> dict[str, Any]:
    (found,) = await heard(shop, ASHA)
    return found


async def messages(shop: Shop, conversation: str) -> list[dict[str, Any]]:
    """Without the lines that nobody sent."""
    items = (await shop.get(f"/conversations/{conversation}/messages"))["items"]
    return [message for message in items if message["kind"] != "system"]


async def test_a_conversation_has_the_promised_shape(shop: Shop) -> None:
    found = await first(shop)
    assert found["channel_id"] == str(shop.channel.id)
    assert found["contact"]["name"] == "Asha"
    assert {"kind": "phone", "value": f"+{ASHA}"} in found["contact"]["identities"]
    assert (found["mode"], found["status"], found["unread"]) == ("human", "open", 1)
    assert found["last_message_at"] >= found["created_at"]
    assert found == await shop.get(f"/conversations/{found['id']}")


async def test_messages_have_the_promised_shape_newest_first(shop: Shop) -> None:
    answer, question = await messages(shop, (await first(shop))["id"])
    promised = {"id", "external_id", "client_id", "direction", "author", "source", "kind", "text", "status",
                "reason", "reply_to", "citations", "created_at"}  # fmt: skip
    assert promised <= set(answer)
    assert (question["direction"], question["author"], question["status"]) == ("in", "customer", "received")
    assert (answer["direction"], answer["author"], answer["status"]) == ("out", "assistant", "sent")
    assert question["text"] == "hello"
    assert answer["external_id"].startswith("wamid.")
    trace = await shop.get(f"/messages/{answer['id']}/trace")
    assert set(trace["cost"]) == {"amount", "currency"}
    assert trace["stages"]
    assert all({"name", "verdict", "ms", "detail"} <= set(stage) for stage in trace["stages"])


async def test_pages_do_not_shift_when_something_new_comes(shop: Shop) -> None:
    senders = [f"91981110{n:04d}" for n in range(5)]
    before = [c["id"] for c in reversed(await heard(shop, *senders))]
    page = await shop.get("/conversations?limit=2")
    seen = [c["id"] for c in page["items"]]
    await heard(shop, "919811109999")
    while page["next_cursor"]:
        page = await shop.get(f"/conversations?limit=2&cursor={page['next_cursor']}")
        seen += [c["id"] for c in page["items"]]
    assert seen == before


async def test_those_that_need_a_person_come_first_on_every_page(shop: Shop) -> None:
    """As many pages as it takes; among the others, and among themselves, the newest is first."""
    heard_ = [c["id"] for c in reversed(await heard(shop, *[f"91981110{n:04d}" for n in range(5)]))]
    for calm in heard_[0], heard_[2], heard_[3]:
        assert (await shop.api("PUT", f"/conversations/{calm}/mode", {"mode": "ai"})).status == 200
    wanted = [heard_[n] for n in (1, 4, 0, 2, 3)]
    for limit in (1, 2, 3, 5):
        page = await shop.get(f"/conversations?order=needs_person&limit={limit}")
        seen = page["items"]
        while page["next_cursor"]:
            page = await shop.get(
                f"/conversations?order=needs_person&limit={limit}&cursor={page['next_cursor']}"
            )
            seen += page["items"]
        assert [c["id"] for c in seen] == wanted, limit
        assert [c["needs_person"] for c in seen] == [True, True, False, False, False]


async def test_a_cursor_is_of_one_order(shop: Shop) -> None:
    await heard(shop, ASHA, RAVI)
    newest, ranked = [
        (await shop.get(f"/conversations?limit=1&order={order}"))["next_cursor"]
        for order in ("newest", "needs_person")
    ]
    assert (await shop.api("GET", f"/conversations?order=needs_person&cursor={newest}")).status == 422
    assert (await shop.api("GET", f"/conversations?cursor={ranked}")).status == 422


async def test_pages_of_messages(shop: Shop) -> None:
    found = await first(shop)
    for number in range(5):
        sent = {"text": f"note {number}", "client_id": f"n{number}", "private": True}
        assert (await shop.api("POST", f"/conversations/{found['id']}/messages", sent)).status == 201
    whole = [m["id"] for m in (await shop.get(f"/conversations/{found['id']}/messages"))["items"]]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = await shop.get(
            f"/conversations/{found['id']}/messages?limit=2{cursor and '&cursor=' + cursor}"
        )
        seen += [m["id"] for m in page["items"]]
        cursor = page["next_cursor"]
    assert seen == whole
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize(
    "cursor",
    ["x", "%00", "e30", "W10", "WzEsMl0", "bnVsbA", "WyIyMDI2LTAxLTAxIiwieCJd", "x" * 3000,
     "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0"],
)  # fmt: skip
async def test_a_cursor_that_is_not_ours_is_422(shop: Shop, cursor: str) -> None:
    found = await first(shop)
    for path in ("/conversations", f"/conversations/{found['id']}/messages", "/contacts", "/channels"):
        said = await shop.api("GET", f"{path}?cursor={cursor}")
        assert said.status == 422, (path, said.text)
        assert said.json["errors"]


async def test_filters_hold_together(shop: Shop) -> None:
    asha, ravi = await heard(shop, ASHA, RAVI)
    assert (await shop.api("PUT", f"/conversations/{ravi['id']}/mode", {"mode": "ai"})).status == 200
    resolved = await shop.api("PUT", f"/conversations/{asha['id']}/status", {"status": "resolved"})
    assert resolved.json["status"] == "resolved"

    async def ids(query: str) -> list[str]:
        return [c["id"] for c in (await shop.get(f"/conversations?{query}"))["items"]]

    assert await ids("status=resolved") == [asha["id"]]
    assert await ids("status=pending") == [ravi["id"]]  # the assistant has it
    assert await ids("status=open") == []
    assert sorted(await ids("mode=ai")) == sorted([asha["id"], ravi["id"]])  # resolving gives it back
    assert await ids("mode=human") == []
    assert await ids(f"phone=%2B{ASHA}") == [asha["id"]]
    assert await ids(f"phone={RAVI}") == [ravi["id"]]
    assert await ids("phone=nonsense") == []
    assert await ids(f"q={RAVI[:8]}&phone=%2B{ASHA}") == [asha["id"]]
    assert sorted(await ids("q=ash")) == sorted([asha["id"], ravi["id"]])  # both are named Asha here
    assert await ids("q=zebra") == []
    assert await ids("q=%27%29%3B%20--") == []
    assert len(await ids(f"channel_id={shop.channel.id}")) == 2
    assert await ids(f"channel_id={new_id()}") == []
    for bad in ("mode=robot", "status=gone", "channel_id=1", "limit=0", "limit=201"):
        assert (await shop.api("GET", f"/conversations?{bad}")).status == 422, bad


async def test_the_same_client_id_sends_once(shop: Shop) -> None:
    path = f"/conversations/{(await first(shop))['id']}/messages"
    answers = [await shop.api("POST", path, {"text": "on my way", "client_id": "c1"}) for _ in range(3)]
    assert {a.status for a in answers} == {201}
    assert len({a.json["id"] for a in answers}) == 1
    assert (answers[0].json["author"], answers[0].json["source"]) == ("agent", "agent")
    assert answers[0].json["client_id"] == "c1"
    other = await shop.api("POST", path, {"text": "another text", "client_id": "c1"})
    assert other.status == 409

    async def sent() -> bool:
        return "on my way" in shop.stage.graph.texts_to(ASHA)

    await until(sent)
    assert shop.stage.graph.texts_to(ASHA).count("on my way") == 1


@pytest.mark.parametrize(
    "body",
    [{}, {"text": "x"}, {"client_id": "c"}, {"text": "", "client_id": "c"}, {"text": "x", "client_id": ""},
     {"text": "x" * 4097, "client_id": "c"}, {"text": "x" * 4097, "client_id": "c", "private": True},
     {"text": 5, "client_id": "c"},
     {"text": "x", "client_id": "c", "x": 1}],
)  # fmt: skip
async def test_a_bad_message_is_422(shop: Shop, body: dict[str, Any]) -> None:
    said = await shop.api("POST", f"/conversations/{(await first(shop))['id']}/messages", body)
    assert said.status == 422


async def test_a_private_note_never_leaves(shop: Shop) -> None:
    found = await first(shop)
    note = {"text": "do not tell the customer", "client_id": "n", "private": True}
    said = await shop.api("POST", f"/conversations/{found['id']}/messages", note)
    assert said.status == 201
    assert said.json["private"] is True
    queued = await shop.stage.superuser.fetchval(
        "SELECT count(*) FROM outbound WHERE id = $1", said.json["id"]
    )
    assert queued == 0
    await shop.api("POST", f"/conversations/{found['id']}/messages", {"text": "later", "client_id": "l"})

    async def later() -> bool:
        return "later" in shop.stage.graph.texts

    await until(later)
    assert note["text"] not in shop.stage.graph.texts


async def test_a_closed_window_is_a_conflict_that_says_so(shop: Shop) -> None:
    found = await first(shop)
    await shop.stage.superuser.execute(
        "UPDATE send_facts SET window_until = now() - interval '1 minute' WHERE conversation_id = $1",
        found["id"],
    )
    path = f"/conversations/{found['id']}/messages"
    said = await shop.api("POST", path, {"text": "too late", "client_id": "c"})
    assert (said.status, said.json["code"]) == (409, "window_closed")
    assert said.headers["content-type"].startswith("application/problem+json")
    assert (await shop.get(f"/conversations/{found['id']}"))["window"]["open"] is False
    note = {"text": "call them", "client_id": "n", "private": True}
    assert (await shop.api("POST", path, note)).status == 201


async def test_the_mode_answers_epoch_and_what_is_in_flight(shop: Shop) -> None:
    found = await first(shop)
    path = f"/conversations/{found['id']}/mode"
    epochs = []
    for mode in ("ai", "human", "human", "ai"):
        said = await shop.api("PUT", path, {"mode": mode})
        assert set(said.json) == {"mode", "epoch", "in_flight"}
        assert (said.json["mode"], said.json["in_flight"]) == (mode, [])
        epochs.append(said.json["epoch"])
    assert epochs == sorted(epochs)
    assert epochs[0] < epochs[1] < epochs[3]
    assert (await shop.api("PUT", path, {"mode": "robot"})).status == 422


async def test_reading_resets_unread(shop: Shop) -> None:
    found = await first(shop)
    assert found["unread"] == 1
    assert (await shop.api("POST", f"/conversations/{found['id']}/read")).status == 204
    assert (await shop.get(f"/conversations/{found['id']}"))["unread"] == 0


async def test_only_what_failed_can_be_retried(shop: Shop) -> None:
    found = await first(shop)
    answer, question = await messages(shop, found["id"])
    assert (await shop.api("POST", f"/messages/{answer['id']}/retry")).status == 409
    assert (await shop.api("POST", f"/messages/{question['id']}/retry")).status == 404
    shop.stage.graph.next_answers.append(shop.stage.graph.refuse(131026))
    sent = {"text": "are you there?", "client_id": "r"}
    said = await shop.api("POST", f"/conversations/{found['id']}/messages", sent)

    async def state(wanted: str) -> bool:
        return (await messages(shop, found["id"]))[0]["status"] == wanted

    await until(lambda: state("failed"))
    assert (await messages(shop, found["id"]))[0]["reason"]
    assert (await shop.api("POST", f"/messages/{said.json['id']}/retry")).status == 200
    await until(lambda: state("sent"))
    assert len(await messages(shop, found["id"])) == 3


async def test_a_viewer_looks_and_does_not_touch(shop: Shop) -> None:
    found = await first(shop)
    for path in ("", "/messages"):
        said = await shop.api("GET", f"/conversations/{found['id']}{path}", role=Role.VIEWER)
        assert said.status == 200
    for method, path, body in (
        ("POST", "/messages", {"text": "x", "client_id": "c"}),
        ("PUT", "/mode", {"mode": "ai"}),
        ("PUT", "/status", {"status": "resolved"}),
        ("POST", "/read", None),
    ):
        said = await shop.api(method, f"/conversations/{found['id']}{path}", body, role=Role.VIEWER)
        assert said.status == 403, path
    for role in (Role.AGENT, Role.ADMIN, Role.OWNER):
        body = {"text": f"from {role}", "client_id": role.value}
        said = await shop.api("POST", f"/conversations/{found['id']}/messages", body, role=role)
        assert said.status == 201
        assert said.json["member_id"] == str(shop.house.members[role].id)


@pytest.mark.parametrize("tail", ["👨‍👩‍👧‍👦", "🇮🇳", "👍🏽"])
async def test_the_longest_text_arrives_whole(shop: Shop, tail: str) -> None:
    """4,096 characters, a visible one of several code points at the very end; one more is refused."""
    found = await first(shop)
    text = "x" * (4096 - len(tail)) + tail
    path = f"/conversations/{found['id']}/messages"
    assert (await shop.api("POST", path, {"text": text, "client_id": "long"})).status == 201
    await until(lambda: _sent(shop, text))
    assert (await shop.api("POST", path, {"text": text + "x", "client_id": "longer"})).status == 422


async def _sent(shop: Shop, text: str) -> bool:
    return text in shop.stage.graph.texts


async def test_writing_with_a_key_is_done_once_and_answered_alike(shop: Shop) -> None:
    talk = (await first(shop))["id"]
    path, said = f"/conversations/{talk}/messages", {"text": "On its way", "client_id": "c-1"}
    key = {"idempotency-key": "w-1"}
    one = await shop.api("POST", path, said, headers=key)
    two = await shop.api("POST", path, said, headers=key)
    assert (one.status, two.status, one.text) == (201, 201, two.text)
    assert "idempotent-replayed" not in one.headers
    assert two.headers["idempotent-replayed"] == "true"
    other = await shop.api("POST", path, {**said, "text": "Not yet"}, headers=key)
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert [m["text"] for m in await messages(shop, talk)].count("On its way") == 1


async def test_other_acts_take_a_key_too(shop: Shop) -> None:
    talk = (await first(shop))["id"]
    for path in (f"/conversations/{talk}/read", f"/channels/{shop.channel.id}/test"):
        key = {"idempotency-key": path}
        one = await shop.api("POST", path, headers=key)
        two = await shop.api("POST", path, headers=key)
        assert (one.status, one.text) == (two.status, two.text)
        assert two.headers["idempotent-replayed"] == "true"
        assert (await shop.api("POST", f"{path}?again=1", headers=key)).status == 409
