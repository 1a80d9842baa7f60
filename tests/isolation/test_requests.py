"""Another tenant's living rows by every way that takes an id: path, query, body, header."""

import json
import re

import pytest

from samvad.kernel.ids import new_id
from samvad.tenancy.types import Role
from tests.api.test_matrix import BODIES, GUARDED, Operation
from tests.isolation.conftest import Pair


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("operation", [o for o in GUARDED if "{" in o.path], ids=lambda o: o.name)
async def test_every_route_and_role_with_living_rows(pair: Pair, operation: Operation, role: Role) -> None:
    path = re.sub(r"\{(\w+)\}", lambda m: pair.ids[m[1]], operation.path).removeprefix("/api/v1")
    if operation.method == "GET":
        own = await pair.theirs.api("GET", path)
        assert own.status == 200, "its own tenant reaches it"
    said = await pair.ours.api(operation.method, path, BODIES.get(operation[:2], {}), role=role)
    assert said.status in (403, 404), said.text
    assert not [identity for identity in pair.ids.values() if identity in said.text]


async def test_a_filter_by_anothers_id_finds_nothing(pair: Pair) -> None:
    talk = (await pair.theirs.get("/conversations"))["items"][-1]
    phone = talk["contact"]["identities"][0]["value"]
    for query in (
        f"channel_id={pair.ids['channel_id']}",
        f"phone=%2B{phone.lstrip('+')}",
        f"q={phone.lstrip('+')}",
    ):
        assert (await pair.theirs.get(f"/conversations?{query}"))["items"], query
        assert (await pair.ours.get(f"/conversations?{query}"))["items"] == [], query


async def test_anothers_cursor_shows_ones_own(pair: Pair) -> None:
    page = await pair.theirs.get("/members?limit=1")
    said = await pair.ours.api("GET", f"/members?limit=200&cursor={page['next_cursor']}")
    assert said.status == 200
    assert not [
        m for m in said.json["items"] if m["id"] in {str(x.id) for x in pair.theirs.house.members.values()}
    ]


async def test_anothers_outlet_in_a_body_is_as_good_as_none(pair: Pair) -> None:
    body = {
        "provider": "meta",
        "name": "x",
        "phone_number_id": "77001",
        "access_token": "t",
        "app_secret": "s",
    }
    theirs = await pair.ours.api("POST", "/channels", {**body, "outlet_id": pair.ids["outlet_id"]})
    nobodys = await pair.ours.api("POST", "/channels", {**body, "outlet_id": str(new_id())})
    assert 400 <= theirs.status < 500
    assert (theirs.status, theirs.text) == (nobodys.status, nobodys.text)


async def test_a_tenant_header_is_ignored(pair: Pair) -> None:
    theirs = str(pair.theirs.house.tenant)
    token = pair.ours.house.tokens[Role.OWNER]
    for name in ("X-Tenant-Id", "X-Tenant", "Tenant", "X-Samvad-Tenant"):
        headers = {"authorization": f"Bearer {token}", name: theirs}
        said = await pair.stage.ask("GET", f"/api/v1/me?tenant={theirs}&tenant_id={theirs}", headers=headers)
        assert said.status == 200
        assert theirs not in said.text


async def test_the_event_list_shows_ones_own_only(pair: Pair) -> None:
    count = "SELECT count(*) FROM events WHERE tenant_id = $1"
    for shop in (pair.ours, pair.theirs):
        assert await pair.superuser(count, shop.house.tenant) > 0
    page = await pair.ours.get(f"/events?cursor={pair.cursor}")
    assert "message.created" in {event["type"] for event in page["items"]}
    text = json.dumps(page)
    assert not [identity for identity in pair.ids.values() if identity in text]
    assert str(pair.theirs.house.tenant) not in text
