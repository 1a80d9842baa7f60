"""The clock of a sandbox number, moved on the phone's page, closes the windows of its conversations here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import orjson
from starlette.applications import Starlette

from samvad.api.simulator import simulator_route
from samvad.channels.service.simulator import Simulator
from samvad.kernel.signing import sign_phone_token
from samvad.platform.crypto import Keyring
from samvad.platform.db import Actor
from samvad.workflows.demo.service import Demos
from samvad.workflows.lifecycle import Lifecycle
from samvad.workflows.sandbox_time import SandboxTime, shift
from samvad.workflows.scenarios.house import House
from tests.api.client import Client
from tests.conversations.conftest import heard
from tests.door.stage import Shop

ASHA = "919811200001"


@dataclass
class Clock:
    """The emulator, as far as its clock goes."""

    offset: int = 0

    async def forward(self, method: str, path: str, *, body: bytes, **_: object) -> tuple[int, str, bytes]:
        said = orjson.loads(body or b"{}")
        self.offset = 0 if path == "reset" else self.offset + said.get("advance_seconds", 0) * 1000
        return 200, "application/json", orjson.dumps({"offset_ms": self.offset})


async def test_the_window_here_closes_with_the_provider_s_and_opens_again(
    shop: Shop, keyring: Keyring
) -> None:
    parts = shop.stage.parts
    other = await shop.stage.shop()
    (talk,), (theirs,) = await heard(shop, ASHA), await heard(other, ASHA)
    clock = Clock()
    simulator = SimpleNamespace(forward=clock.forward, whose=parts.simulator.whose)
    time = SandboxTime(parts.database, cast(Simulator, simulator), parts.wakeups, parts.clock)
    token = f"Bearer {sign_phone_token(keyring.token_for('sandbox'), shop.channel.address, expires_at=2**33)}"

    async def window() -> dict[str, Any]:
        return dict((await shop.get(f"/conversations/{talk['id']}"))["window"])

    async def at(path: str, *, seconds: int = 0) -> None:
        ahead = await time.ahead(token)
        await clock.forward("POST", path, body=orjson.dumps({"advance_seconds": seconds}))
        await time.moved(token, by=await time.ahead(token) - ahead)

    before = await window()
    assert before["open"]
    await at("clock", seconds=25 * 3600)
    after = await window()
    assert not after["open"]
    assert _moment(before) - _moment(after) == timedelta(hours=25)
    said = await shop.api("POST", f"/conversations/{talk['id']}/messages", {"text": "hi", "client_id": "c"})
    assert (said.status, said.json["code"]) == (409, "window_closed"), said.text
    assert (await other.get(f"/conversations/{theirs['id']}"))["window"]["open"], "of this number alone"
    await at("reset")
    assert await window() == before
    await time.moved("Bearer of nobody", by=timedelta(hours=25))
    assert await window() == before


async def test_what_waits_for_time_to_pass_follows_and_comes_back(shop: Shop) -> None:
    """A snooze and the idle day; a message that came since begins its own day."""
    parts, tenant = shop.stage.parts, shop.house.tenant
    sleeper, quiet = await heard(shop, ASHA, "919811200002")
    wakes = parts.clock.now() + timedelta(hours=30)
    path = f"/conversations/{sleeper['id']}/status"
    said = await shop.api("PUT", path, {"status": "snoozed", "until": wakes.isoformat()})
    assert said.status == 200
    life = Lifecycle(database=parts.database, tenants=parts.tenants, clock=parts.clock)

    async def later(hours: float) -> None:
        by = timedelta(hours=hours)
        await shift(parts.database, parts.wakeups, parts.clock, tenant=tenant, channel=shop.channel.id, by=by)
        await life.round()

    async def standing() -> list[str]:
        found = [await shop.get(f"/conversations/{talk['id']}") for talk in (sleeper, quiet)]
        return [str(talk["status"]) for talk in found]

    before = await standing()
    assert before[0] == "snoozed"
    await later(20)
    await later(-30)  # never further back than it was
    assert await standing() == before
    await later(25)
    assert await standing() == ["snoozed", "resolved"]
    await later(6)
    assert await standing() == ["open", "resolved"]
    await heard(shop, "919811200002", text="hello again")
    await life.round()
    assert (await standing())[1] == before[1], "its day begins with its newest message"


def _moment(window: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(window["closes_at"])


async def test_only_the_page_s_own_clock_moves_them() -> None:
    """A scenario's `clock forward` is the provider's alone."""
    clock, moved = Clock(), []

    class Time:
        async def ahead(self, token: str) -> timedelta:
            return timedelta(milliseconds=clock.offset)

        async def moved(self, token: str, *, by: timedelta) -> None:
            moved.append((token, by))

    simulator = cast(Simulator, SimpleNamespace(forward=clock.forward))
    app = Starlette(routes=[simulator_route(simulator, cast(SandboxTime, Time()))])
    page = Client(app, token="t")
    for path, seconds in (("clock", 60), ("clock?windows=1", 3600), ("customers", 0), ("reset", 0)):
        answer = await page.call("POST", f"/sandbox/phone/{path}", {"advance_seconds": seconds})
        assert answer.status == 200
    assert moved == [("Bearer t", timedelta(hours=1)), ("Bearer t", -timedelta(seconds=3660))]


async def test_with_its_customer_a_scenario_s_conversation_is_over(shop: Shop) -> None:
    (talk,) = await heard(shop, ASHA)
    parts, tenant = shop.stage.parts, shop.house.tenant
    await shop.stage.superuser.execute(
        """INSERT INTO identities (tenant_id, kind, scope, value, contact_id, created_at)
           VALUES ($1, 'bsuid', $2, 'IN.1', $3, now())""",
        tenant, shop.channel.account, UUID(talk["contact"]["id"]),
    )  # fmt: skip
    demos = cast(Demos, None)  # what it plays is not asked here
    house = House(parts.database, tenant, Actor(), shop.channel.id, parts.clock, parts.wakeups, demos)
    for bsuid in ("IN.1", "IN.1", "IN.nobody"):
        await house.end(bsuid)
    ended = await shop.get(f"/conversations/{talk['id']}")
    assert (ended["status"], ended["needs_person"]) == ("resolved", False)
