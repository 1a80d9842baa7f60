"""Signing in and out through the door."""

from datetime import timedelta

from samvad.kernel.clock import FrozenClock
from samvad.platform.db import Database
from samvad.tenancy.types import Permission, Role
from tests.api.client import Client
from tests.tenancy.factories import PASSWORD, House, make_key

LOGIN = "/api/v1/auth/login"


async def test_login_then_me(anybody: Client, house: House) -> None:
    answer = await anybody.post(LOGIN, {"email": "OWNER@dairy.test", "password": PASSWORD})
    assert answer.status == 200
    token = answer.json()
    assert token["token_type"] == "bearer"
    me = (await Client(anybody.app, token["access_token"]).get("/api/v1/me")).json()
    assert me["role"] == "owner"
    assert me["member"]["email"] == "owner@dairy.test"
    assert me["tenant"]["id"] == str(house.tenant)
    assert set(me["permissions"]) == {p.value for p in Permission}


async def test_wrong_password_and_unknown_email_look_alike(anybody: Client, house: House) -> None:
    wrong = await anybody.post(LOGIN, {"email": "owner@dairy.test", "password": "nope"})
    unknown = await anybody.post(LOGIN, {"email": "nobody@dairy.test", "password": "nope"})
    assert wrong.status == unknown.status == 401
    assert wrong.body == unknown.body
    assert wrong.headers["content-type"] == "application/problem+json"


async def test_attempt_eleven_is_429_even_with_the_right_password(
    anybody: Client, house: House, clock: FrozenClock
) -> None:
    for _ in range(10):
        assert (await anybody.post(LOGIN, {"email": "owner@dairy.test", "password": "x"})).status == 401
    locked = await Client(anybody.app, address="198.51.100.9").post(
        LOGIN, {"email": "owner@dairy.test", "password": PASSWORD}
    )
    assert locked.status == 429
    assert int(locked.headers["retry-after"]) == 15 * 60
    clock.advance(timedelta(minutes=15, seconds=1))
    again = await anybody.post(LOGIN, {"email": "owner@dairy.test", "password": PASSWORD})
    assert again.status == 200


async def test_logout_ends_the_session(owner: Client) -> None:
    assert (await owner.post("/api/v1/auth/logout")).status == 204
    assert (await owner.get("/api/v1/me")).status == 401


async def test_api_key_by_either_header(
    anybody: Client, house: House, database: Database, clock: FrozenClock
) -> None:
    key = await make_key(database, house, clock, scopes=[Permission.INBOX_READ])
    by_bearer = await Client(anybody.app, key).get("/api/v1/me")
    by_header = await anybody.get("/api/v1/me", headers={"x-api-key": key})
    assert by_bearer.status == by_header.status == 200
    assert by_header.json()["member"] is None
    assert by_header.json()["role"] is None
    assert (await Client(anybody.app, key).get("/api/v1/members")).status == 403


async def test_a_tenant_header_is_ignored(owner: Client, house: House, neighbour: House) -> None:
    me = await owner.get("/api/v1/me", headers={"x-tenant-id": str(neighbour.tenant)})
    assert me.json()["tenant"]["id"] == str(house.tenant)


async def test_password_change_ends_other_sessions(owner: Client, house: House, anybody: Client) -> None:
    other = (await anybody.post(LOGIN, {"email": "owner@dairy.test", "password": PASSWORD})).json()
    wrong = await owner.post(
        "/api/v1/auth/password", {"current_password": "no", "new_password": "another one"}
    )
    assert wrong.status == 422
    assert wrong.json()["errors"][0]["field"] == "current_password"
    done = await owner.post(
        "/api/v1/auth/password", {"current_password": PASSWORD, "new_password": "another one"}
    )
    assert done.status == 204
    assert (await owner.get("/api/v1/me")).status == 200
    assert (await Client(anybody.app, other["access_token"]).get("/api/v1/me")).status == 401


async def test_link_signs_in_once_and_allows_a_first_password(
    owner: Client, anybody: Client, house: House
) -> None:
    invited = await owner.post("/api/v1/members", {"email": "new@dairy.test", "role": "agent"})
    assert invited.status == 201
    token = invited.json()["link"]["url"].partition("#token=")[2]
    first = await anybody.post("/api/v1/auth/link", {"token": token})
    assert first.status == 200
    assert (await anybody.post("/api/v1/auth/link", {"token": token})).status == 401
    fresh = Client(anybody.app, first.json()["access_token"])
    assert (await fresh.post("/api/v1/auth/password", {"new_password": "brand new"})).status == 204
    assert (await anybody.post(LOGIN, {"email": "new@dairy.test", "password": "brand new"})).status == 200


async def test_viewer_may_not_write(signed_in, house: House) -> None:
    viewer = signed_in(Role.VIEWER)
    refused = await viewer.post("/api/v1/outlets", {"name": "Shop"})
    assert refused.status == 403
    assert refused.json()["code"] == "forbidden"
