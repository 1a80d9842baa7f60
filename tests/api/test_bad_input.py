"""What arrives broken is refused in one shape, by name, and never as a 500."""

from typing import Any
from urllib.parse import quote

import orjson
import pytest

from samvad.tenancy.types import Role
from tests.api.client import Answer, Client
from tests.api.conftest import Stage


@pytest.fixture
async def owner(stage: Stage) -> Client:
    return await stage.as_(stage.house, Role.OWNER)


@pytest.fixture
def anybody(stage: Stage) -> Client:
    return Client(stage.app)


PROBLEM = {"type", "title", "status", "code", "detail", "errors"}


def refused(answer: Answer, *statuses: int) -> dict[str, Any]:
    assert answer.status in statuses, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == PROBLEM
    assert body["status"] == answer.status
    assert b"Traceback" not in answer.body
    return body


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b'{"name": ',
        b"\xff\xfe",
        b"nul",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'"text"',
        b"[]",
        b"12",
    ],
    ids=lambda body: repr(body[:12]),
)
async def test_bodies_that_are_not_what_was_asked(owner: Client, body: bytes) -> None:
    answer = await owner.call(
        "POST", "/api/v1/outlets", body=body, headers={"content-type": "application/json"}
    )
    refused(answer, 400, 422)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": 5}, "name"),
        ({"name": None}, "name"),
        ({"name": ["x"]}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "x", "surprise": 1}, "surprise"),
        ({"name": "x", "time_zone": "Mars/Base"}, "time_zone"),
        ({"name": "x", "time_zone": "../../etc/passwd"}, "time_zone"),
        ({"name": "x", "business_hours": {"mon": [["09:00", "09:00"]]}}, "business_hours.mon.0"),
        ({"name": "x", "business_hours": {"noday": []}}, "business_hours.noday"),
        ({"name": "x", "business_hours": {"mon": [["9", "18:00"]]}}, "business_hours.mon.0"),
        ({"name": "x", "business_hours": {"mon": [["09:00"]]}}, "business_hours.mon.0"),
        (
            {"name": "x", "business_hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}},
            "business_hours.mon",
        ),
    ],
)
async def test_wrong_fields_are_named(owner: Client, body: Any, field: str) -> None:
    problem = refused(await owner.post("/api/v1/outlets", body), 422)
    assert [e["field"] for e in problem["errors"]] == [field]


@pytest.mark.parametrize("change", [
    {"country": "XX"}, {"currency": "ABC"}, {"language": "xx"}, {"time_zone": "IST5"}, {"name": ""},
    {"slug": "other"}, {"suspended": False},
])  # fmt: skip
async def test_tenant_settings_outside_their_lists(owner: Client, change: dict[str, Any]) -> None:
    problem = refused(await owner.patch("/api/v1/tenant", change), 422)
    assert problem["errors"][0]["field"] == next(iter(change))


async def test_tenant_settings_inside_their_lists(owner: Client) -> None:
    change = {"name": "Dairy", "country": "br", "currency": "BRL", "language": "pt",
              "time_zone": "America/Sao_Paulo", "business_hours": {"fri": [["18:00", "02:00"]]}}  # fmt: skip
    answer = await owner.patch("/api/v1/tenant", change)
    assert answer.status == 200
    assert (await owner.get("/api/v1/tenant")).json() == answer.json()
    assert answer.json() | change | {"country": "BR"} == answer.json()


async def test_nul_and_lone_surrogates(owner: Client, anybody: Client) -> None:
    for raw in (b'{"name": "a\\u0000b"}', b'{"name": "a\\ud800b"}'):
        answer = await owner.call("POST", "/api/v1/outlets", body=raw)
        refused(answer, 422)
    for raw in (
        b'{"email": "a\\u0000@b.c", "password": "x"}',
        b'{"email": "a\\ud800@b.c", "password": "x"}',
        b'{"email": "a@b.c", "password": "\\ud800"}',
        b'{"email": "a@b.c", "password": "\\u0000"}',
    ):
        refused(await anybody.call("POST", "/api/v1/auth/login", body=raw), 401, 422)
    for path in ("/api/v1/members?cursor=%00", "/api/v1/members?cursor=%ED%A0%80", "/api/v1/members/%00"):
        refused(await owner.get(path), 404, 422)


async def test_bidi_and_zero_width_names_are_cleaned(owner: Client) -> None:
    body = {"email": "x@dairy.test", "name": "\u202eA\u200bli\u2066"}
    answer = await owner.post("/api/v1/members", body)
    assert answer.status == 201
    assert answer.json()["member"]["name"] == "Ali"


@pytest.mark.parametrize("cursor", ["x", "AAAA", "W10", "WyJ4Il0", "WzFd", "e30", "=" * 300, "💥"])
async def test_cursors_we_did_not_make(owner: Client, cursor: str) -> None:
    for path in ("members", "outlets", "api-keys", "alerts", "audit"):
        problem = refused(await owner.get(f"/api/v1/{path}?cursor={quote(cursor)}"), 422)
        assert problem["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("limit", ["0", "-1", "201", "x", "1e9", "9" * 30, ""])
async def test_limits(owner: Client, limit: str) -> None:
    problem = refused(await owner.get(f"/api/v1/members?limit={limit}"), 422)
    assert problem["errors"][0]["field"] == "limit"


async def test_a_parameter_given_twice(owner: Client) -> None:
    problem = refused(await owner.get("/api/v1/members?limit=1&limit=200"), 422)
    assert problem["errors"] == [{"field": "limit", "code": "duplicate", "detail": "given twice"}]


@pytest.mark.parametrize("identity", ["1", "not-a-uuid", "00000000", "%27%20OR%201%3D1--", "../tenant"])
async def test_ids_that_are_none(owner: Client, identity: str) -> None:
    refused(await owner.get(f"/api/v1/members/{identity}"), 404, 422)


async def test_300_kib_with_and_without_a_length(owner: Client) -> None:
    body = orjson.dumps({"name": "x" * 300 * 1024})
    assert refused(await owner.call("POST", "/api/v1/outlets", body=body), 413)["code"] == "too_large"
    chunks = [body[i : i + 65536] for i in range(0, len(body), 65536)]
    refused(await owner.call("POST", "/api/v1/outlets", chunks=chunks), 413)
    lying = {"content-length": "10", "content-type": "application/json"}
    refused(await owner.call("POST", "/api/v1/outlets", chunks=chunks, headers=lying), 413)


async def test_4096_hindi_letters_fit_through_the_door(owner: Client) -> None:
    answer = await owner.post("/api/v1/outlets", {"name": "क" * 4096})
    assert refused(answer, 422)["errors"][0]["field"] == "name"


async def test_unknown_addresses_and_methods(owner: Client) -> None:
    assert refused(await owner.get("/api/v1/nothing"), 404)["code"] == "not_found"
    assert refused(await owner.get("/api/nothing"), 404)["code"] == "not_found"
    answer = await owner.call("PUT", "/api/v1/tenant", {})
    assert refused(answer, 405)["code"] == "method_not_allowed"
    assert set(answer.headers["allow"].split(", ")) >= {"GET"}


async def test_an_answer_never_echoes_a_secret(anybody: Client) -> None:
    answer = await anybody.post("/api/v1/auth/login", {"email": 5, "password": ["hunter2-hunter2"]})
    refused(answer, 422)
    assert b"hunter2" not in answer.body


async def test_a_role_cannot_be_slipped_in(owner: Client, stage: Stage) -> None:
    member = stage.house.owner.id
    answer = await owner.patch(f"/api/v1/members/{member}", {"tenant_id": str(member), "role": "owner"})
    assert refused(answer, 422)["errors"][0]["field"] == "tenant_id"


@pytest.mark.parametrize(
    "attack", ["'; DROP TABLE members;--", "{$ne: null}", "<script>x()</script>", "%s%n"]
)
async def test_attacks_are_only_text(owner: Client, attack: str) -> None:
    made = await owner.post("/api/v1/outlets", {"name": attack})
    assert made.status == 201
    assert (await owner.get(f"/api/v1/outlets/{made.json()['id']}")).json()["name"] == attack
