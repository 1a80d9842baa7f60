"""Idempotency-Key: one effect, one answer."""

import asyncio
from datetime import timedelta

from samvad.kernel.clock import FrozenClock
from samvad.platform.db import Database
from samvad.tenancy.types import Role
from tests.api.client import Client
from tests.tenancy.factories import PASSWORD, House

KEY = {"idempotency-key": "k-1"}


async def outlets(client: Client) -> int:
    return len((await client.get("/api/v1/outlets")).json()["items"])


async def test_a_repeat_gets_the_first_answer(owner: Client) -> None:
    first = await owner.post("/api/v1/outlets", {"name": "Shop"}, headers=KEY)
    again = await owner.post("/api/v1/outlets", {"name": "Shop"}, headers=KEY)
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["content-type"] == first.headers["content-type"]
    assert await outlets(owner) == 1


async def test_another_body_is_a_conflict(owner: Client) -> None:
    await owner.post("/api/v1/outlets", {"name": "Shop"}, headers=KEY)
    other = await owner.post("/api/v1/outlets", {"name": "Stall"}, headers=KEY)
    assert other.status == 409
    assert other.json()["code"] == "idempotency_key_reused"
    elsewhere = await owner.post("/api/v1/members", {"email": "a@b.test"}, headers=KEY)
    assert elsewhere.status == 409


async def test_twenty_at_once_are_one(owner: Client) -> None:
    answers = await asyncio.gather(
        *(owner.post("/api/v1/outlets", {"name": "Shop"}, headers=KEY) for _ in range(20))
    )
    assert {a.status for a in answers} == {201}
    assert len({a.body for a in answers}) == 1
    assert sum("idempotent-replayed" not in a.headers for a in answers) == 1
    assert await outlets(owner) == 1


async def test_a_refusal_is_not_kept(owner: Client) -> None:
    assert (await owner.post("/api/v1/outlets", {"name": ""}, headers=KEY)).status == 422
    assert (await owner.post("/api/v1/outlets", {"name": "Shop"}, headers=KEY)).status == 201


async def test_the_key_belongs_to_its_caller(signed_in) -> None:
    first = await signed_in(Role.OWNER).post("/api/v1/outlets", {"name": "Shop"}, headers=KEY)
    other = await signed_in(Role.ADMIN).post("/api/v1/outlets", {"name": "Stall"}, headers=KEY)
    assert (first.status, other.status) == (201, 201)


async def test_a_secret_is_neither_kept_nor_made_twice(owner: Client, database) -> None:
    first = await owner.post("/api/v1/api-keys", {"name": "shop"}, headers=KEY)
    again = await owner.post("/api/v1/api-keys", {"name": "shop"}, headers=KEY)
    assert first.status == 201
    assert first.headers["cache-control"] == "no-store"
    assert again.status == 409
    assert again.json()["code"] == "already_done"
    assert len((await owner.get("/api/v1/api-keys")).json()["items"]) == 1


async def test_keys_are_forgotten_after_a_day(owner: Client, clock: FrozenClock) -> None:
    assert (await owner.post("/api/v1/outlets", {"name": "Shop"}, headers=KEY)).status == 201
    clock.advance(timedelta(hours=25))
    assert (await owner.post("/api/v1/outlets", {"name": "Stall"}, headers=KEY)).status == 201


async def test_unusable_keys(owner: Client) -> None:
    for key in ("", "x" * 256, "caf\u00e9", "a\tb"):
        answer = await owner.post("/api/v1/outlets", {"name": "S"}, headers={"idempotency-key": key})
        assert answer.status == 422
        assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


async def test_reading_takes_no_key(owner: Client) -> None:
    for _ in range(2):
        answer = await owner.get("/api/v1/outlets", headers=KEY)
        assert answer.status == 200
        assert "idempotent-replayed" not in answer.headers


async def test_a_call_that_only_reads_repeats_its_answer(owner: Client) -> None:
    path, said = "/api/v1/rules/test", {"texts": ["hello"]}
    first = await owner.post(path, said, headers=KEY)
    again = await owner.post(path, said, headers=KEY)
    assert (first.status, first.body) == (again.status, again.body)
    assert first.status == 200
    assert again.headers["idempotent-replayed"] == "true"
    assert (await owner.post(path, {"texts": ["bye"]}, headers=KEY)).status == 409


async def test_no_trace_of_a_password_is_kept(owner: Client, database: Database, house: House) -> None:
    change = {"current_password": PASSWORD, "new_password": "another good one"}
    assert (await owner.post("/api/v1/auth/password", change, headers=KEY)).status == 204
    async with database.reading(house.tenant) as scope:
        assert await scope.db.fetchval("SELECT count(*) FROM idempotency_keys") == 0
