"""The ledger: same seed, same ids; cursors; resets; one failing unit harms itself only."""

import asyncio
import sqlite3
from dataclasses import replace

import aiohttp
import pytest

from samvad.sandbox.repository.ledger import Ledger
from tests.sandbox.support import NUMBER, Sandbox, running


async def ids_of_a_run(config, receiver) -> list[str]:
    async with running(config) as base, aiohttp.ClientSession() as http:
        sandbox = Sandbox(base, http)
        await sandbox.register(receiver)
        said = await sandbox.says("image")
        sent = (await sandbox.sends())[1]["messages"][0]["id"]
        people = (await sandbox.control("GET", f"/numbers/{NUMBER}/customers"))["items"]
        return [said["id"], sent, *(p["bsuid"] for p in people), *(p["phone"] or "" for p in people)]


async def test_the_seed_decides_every_id(config, receiver, tmp_path):
    first, second, other = [
        await ids_of_a_run(replace(config, data_file=tmp_path / name, seed=seed), receiver)
        for name, seed in (("a", 7), ("b", 7), ("c", 8))
    ]
    assert first == second
    assert not set(first[:5]) & set(other[:5])


async def test_pages_of_the_ledger(sandbox):
    for n in range(5):
        await sandbox.sends(str(n), biz_opaque_callback_data=f"id-{n}")
    path = f"/numbers/{NUMBER}/ledger"
    texts, cursor = [], 0
    while cursor is not None:
        page = await sandbox.control("GET", f"{path}?limit=2&after={cursor}")
        texts += [i["text"] for i in page["items"]]
        cursor = page["next_cursor"]
    assert texts == ["0", "1", "2", "3", "4"]
    counts = await sandbox.control("GET", f"{path}/counts?limit=3")
    rest = await sandbox.control("GET", f"{path}/counts?limit=3&after={counts['next_cursor']}")
    assert len(counts["items"] + rest["items"]) == 5
    await sandbox.control("GET", f"{path}?limit=x", status=422)


async def test_a_reset_keeps_the_number_and_never_repeats_an_id(sandbox):
    first = await sandbox.says()
    await sandbox.rule("server_error", count=None)
    await sandbox.control("POST", f"/numbers/{NUMBER}/reset", {})
    assert (await sandbox.ledger())["totals"] == {"accepted": 0, "client_ids": 0, "refused": {}}
    second = await sandbox.says()
    assert second["id"] != first["id"]
    assert (await sandbox.sends())[0] == 200
    await sandbox.control("POST", f"/numbers/{NUMBER}/reset", {"seed": 9})
    third = await sandbox.says()
    await sandbox.control("POST", f"/numbers/{NUMBER}/reset", {"seed": 9})
    assert (await sandbox.says())["id"] == third["id"]


async def test_several_messages_in_one_request_keep_their_order(sandbox, receiver):
    body = [
        {"customer": {"phone": "919999900001"}, "kind": "text", "content": {"body": str(n)}} for n in range(9)
    ]
    said = await sandbox.control("POST", f"/numbers/{NUMBER}/messages", {"messages": body})
    await sandbox.settled()
    assert [m["id"] for m in receiver.items("messages")] == [i["id"] for i in said["items"]]
    assert [m["text"]["body"] for m in receiver.items("messages")] == [str(n) for n in range(9)]


async def test_numbers_come_and_go(sandbox, receiver):
    assert (await sandbox.control("GET", f"/numbers/{NUMBER}"))["tenant"] == "acme"
    assert "access_token" not in str(await sandbox.control("GET", "/numbers"))
    before = await sandbox.says()
    await sandbox.control("DELETE", f"/numbers/{NUMBER}")
    await sandbox.control("GET", f"/numbers/{NUMBER}", status=404)
    await sandbox.register(receiver)
    assert (await sandbox.says())["id"] != before["id"]
    await sandbox.control("PUT", "/numbers/abc", {}, status=422)
    await sandbox.control("PUT", f"/numbers/{NUMBER}", {"waba_id": "1"}, status=422)


async def test_a_rule_is_read_strictly(sandbox):
    path = f"/numbers/{NUMBER}/faults"
    for wrong in (
        {"fault": "meteor"},
        {"fault": "error", "count": 0},
        {"fault": "error", "http_status": 200},
    ):
        await sandbox.control("POST", f"{path}/rules", wrong, status=422)
    for wrong in ({"webhooks": {"batch": 0}}, {"gravity": {}}, {"sends": {"latency": [5, "x"]}}):
        await sandbox.control("PUT", path, wrong, status=422)
    await sandbox.rule("server_error", count=None)
    assert len((await sandbox.control("GET", path))["rules"]) == 1
    await sandbox.control("DELETE", f"{path}/rules")
    assert (await sandbox.sends())[0] == 200


async def test_latency_is_drawn_from_its_range(sandbox):
    await sandbox.behave(sends={"latency": [1, 30]}, webhooks={"latency": {"low": 1, "high": 30}})
    assert (await sandbox.sends())[0] == 200
    await sandbox.settled()


async def test_one_failing_unit_of_work_harms_itself_only(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")

    def note(value: str):
        def work(db: sqlite3.Connection) -> str:
            db.execute("INSERT INTO meta VALUES (?, ?)", (value, value))
            return value

        return work

    done = await asyncio.gather(
        *(ledger.write(note(v)) for v in ("a", "b", "a", "c")), return_exceptions=True
    )
    assert [done[0], done[1], done[3]] == ["a", "b", "c"]
    assert isinstance(done[2], sqlite3.IntegrityError)
    assert ledger.db.execute("SELECT count(*) FROM meta").fetchone() == (3,)
    ledger.close()
    with pytest.raises(sqlite3.ProgrammingError):
        ledger.db.execute("SELECT 1")
