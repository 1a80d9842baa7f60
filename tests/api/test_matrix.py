"""Every route x every role x another tenant, generated from the OpenAPI: a new route is covered at once."""

import re
from typing import Any, NamedTuple

import pytest
from fastapi.routing import APIRoute

from samvad.api.rooms import ROUTERS
from samvad.kernel.ids import new_id
from samvad.tenancy.once import OnceRoute
from samvad.tenancy.rules import PERMISSIONS
from samvad.tenancy.types import Permission, Role
from tests.api.client import Client
from tests.api.conftest import Stage
from tests.api.described import described
from tests.api.rows import ROWS, snapshot
from tests.support.forms import with_file

PUBLIC = {
    ("POST", "/api/v1/auth/login"), ("POST", "/api/v1/auth/link"),
    # the key of a chat channel opens these, nobody's session: tests/workflows/test_chat.py
    ("POST", "/api/v1/chat/{public_key}/messages"), ("POST", "/api/v1/chat/{public_key}/statuses"),
    ("GET", "/api/v1/chat/{public_key}/visitors/{visitor}/messages"),
}  # fmt: skip
# a body that is valid where {} is not, so that the id decides and not the body
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "/api/v1/conversations/{conversation_id}/messages"): {"text": "hi", "client_id": "c1"},
    ("POST", "/api/v1/conversations/{conversation_id}/files"): with_file(client_id="c1"),
    ("PUT", "/api/v1/conversations/{conversation_id}/mode"): {"mode": "human"},
    ("PUT", "/api/v1/conversations/{conversation_id}/status"): {"status": "resolved"},
    ("PUT", "/api/v1/conversations/{conversation_id}/assignee"): {"assignee_id": None},
    ("PUT", "/api/v1/messages/{message_id}/judgement"): {"verdict": "down"},
    ("PUT", "/api/v1/judged-answers/{message_id}/settled"): {"settled": True},
    ("PUT", "/api/v1/conversations/{conversation_id}/priority"): {"priority": "high"},
    ("PUT", "/api/v1/scenarios/{scenario_id}"): {"text": "name: n\nsteps:\n  - customer reads\n"},
    ("PUT", "/api/v1/templates/{template_id}"): {"category": "utility", "layout": {"body": "We are back."}},
    ("PUT", "/api/v1/channels/{channel_id}/window-template"): {"template": None},
    ("POST", "/api/v1/channels/{channel_id}/bulk"): {"text": "hi", "phones": ["+919876543210"]},
    ("POST", "/api/v1/channels/{channel_id}/numbers/check"): {"phones": ["+919876543210"]},
    ("POST", "/api/v1/contacts/{contact_id}/merge"): {"contact_id": str(new_id())},
    ("PUT", "/api/v1/knowledge/sources/{source_id}"): {"name": "Hours", "text": "From nine to six."},
}


class Operation(NamedTuple):
    method: str
    path: str
    scopes: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, ids: dict[str, Any] | None = None) -> str:
        return re.sub(r"\{(\w+)\}", lambda m: str((ids or {}).get(m[1], new_id())), self.path)


def operations() -> list[Operation]:
    return [
        Operation(method.upper(), path, _scopes(operation))
        for path, item in described()["paths"].items()
        for method, operation in item.items()
    ]


def _scopes(operation: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        sorted({s for need in operation.get("security", ()) for found in need.values() for s in found})
    )


ALL = operations()
GUARDED = [o for o in ALL if o[:2] not in PUBLIC]


@pytest.mark.parametrize("operation", ALL, ids=lambda o: o.name)
def test_every_route_declares_one_permission_or_is_public(operation: Operation) -> None:
    if operation[:2] in PUBLIC:
        assert not operation.scopes
    else:
        assert len(operation.scopes) == 1, "declare it with reads(), writes() or admits()"
        assert operation.scopes[0] in set(Permission)


def test_no_route_hides_from_the_description() -> None:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            assert route.include_in_schema
            if "POST" in route.methods:
                assert isinstance(route, OnceRoute), "make the router with tenancy.deps.room_router()"


@pytest.mark.parametrize("operation", GUARDED, ids=lambda o: o.name)
async def test_nobody_gets_in_without_a_good_token(stage: Stage, operation: Operation) -> None:
    tenant = stage.house.tenant.hex
    for token in (None, "garbage", "svs_", f"svs_{tenant}_wrong", f"svk_{tenant}_wrong", f"svs_{'0' * 32}_x",
                  f"svl_{tenant}_x", "svs_" + "f" * 5000, "Bearer"):  # fmt: skip
        answer = await Client(stage.app, token).call(operation.method, operation.address(), {})
        assert answer.status == 401, token
        assert answer.json()["code"] == "unauthenticated"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("operation", GUARDED, ids=lambda o: o.name)
async def test_role_decides(stage: Stage, operation: Operation, role: Role) -> None:
    client = await stage.as_(stage.house, role)
    answer = await client.call(operation.method, operation.address(), {})
    assert answer.status < 500
    assert answer.status != 401
    if Permission(operation.scopes[0]) in PERMISSIONS[role]:
        assert answer.status != 403, answer.body
    else:
        assert answer.status == 403


@pytest.mark.parametrize("operation", [o for o in GUARDED if "{" in o.path], ids=lambda o: o.name)
async def test_another_tenants_id_is_not_there(stage: Stage, operation: Operation) -> None:
    missing = set(re.findall(r"\{(\w+)\}", operation.path)) - set(ROWS)
    assert not missing, f"plant a row for {missing} in tests/api/rows.py"
    planted = await stage.plant()
    before = await snapshot(stage.superuser, stage.house.tenant, planted)
    assert all(before.values()), "the other tenant's rows are there"
    if operation.method == "GET":
        theirs = await (await stage.as_(stage.house, Role.OWNER)).get(operation.address(planted))
        assert theirs.status == 200, "its own tenant reaches it"
    client = await stage.as_(stage.neighbour, Role.OWNER)
    body = BODIES.get(operation[:2], {})
    answer = await client.call(operation.method, operation.address(planted), body)
    assert answer.status == 404, answer.body
    assert await snapshot(stage.superuser, stage.house.tenant, planted) == before


@pytest.mark.parametrize(
    "operation", [o for o in GUARDED if o.method == "GET" and "{" not in o.path], ids=lambda o: o.name
)
async def test_lists_hold_nothing_of_another_tenant(stage: Stage, operation: Operation) -> None:
    planted = await stage.plant()
    assert all((await snapshot(stage.superuser, stage.house.tenant, planted)).values())
    client = await stage.as_(stage.neighbour, Role.OWNER)
    text = (await client.get(operation.address())).body.decode()
    assert str(stage.house.tenant) not in text
    assert not [identity for identity in planted.values() if str(identity) in text]
