"""The watch over numbers under a frozen clock: each alarm begins once, stays one, and ends by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from samvad.channels.alarms import silent, usual_silence
from samvad.channels.repository import facts, journal
from samvad.channels.service.arrivals import Arrivals
from samvad.channels.service.intake import NOBODY
from samvad.channels.service.watch import Watch
from samvad.channels.types.watch import Quiet
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId, new_id
from samvad.platform.db import Database
from samvad.tenancy.service import alerts

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Scene:
    """One number, seen by a watch whose clock stands."""

    database: Database
    clock: FrozenClock
    tenant: TenantId
    channel: UUID
    watch: Watch

    async def look(self, *, later: timedelta = timedelta()) -> dict[str, str]:
        """The open alerts after a pass of the watch, detail by name."""
        self.clock.advance(later)
        await self.watch.look()
        async with self.database.reading(self.tenant) as scope:
            page = await alerts.list_alerts(scope, resolved=False, cursor=None, limit=50)
        assert all(alert.times == 1 and alert.subject == str(self.channel) for alert in page.items)
        assert len({alert.name for alert in page.items}) == len(page.items)
        return {alert.name: alert.detail for alert in page.items}

    async def do(self, statement: str, *values: object) -> Any:
        async with self.database.system() as scope:
            return await scope.db.fetchval(statement, *values)

    async def delivery(self, verdict: str = "accepted", *, ago: timedelta = timedelta()) -> UUID:
        return await self._delivery(self.tenant, self.channel, verdict, self.clock.now() - ago)

    async def _delivery(self, tenant: UUID, channel: UUID | None, verdict: str, at: datetime) -> UUID:
        made: UUID = await self.do(
            """INSERT INTO deliveries
                 (tenant_id, id, channel_id, door, received_at, headers, body, verdict, items)
               VALUES ($1, $2, $3, 'meta/own', $4, '{}', 'x', $5, 0) RETURNING id""",
            tenant, new_id(), channel, at, verdict,
        )  # fmt: skip
        return made

    async def nobodys(self, *, ago: timedelta) -> UUID:
        return await self._delivery(NOBODY, None, "unrouted", self.clock.now() - ago)

    async def outbound(self, state: str) -> None:
        await self.do(
            """INSERT INTO outbound (tenant_id, id, channel_id, conversation_id, contact_id, seq, priority,
                 purpose, starts_reply, epoch, message, state, run_at, unknown_at, queued_at, correlation)
               VALUES ($1, $2, $3, $2, $2, 1, 0, 'agent', false, 0, '{}', $4, $5, $5, $5, '')""",
            self.tenant, new_id(), self.channel, state, self.clock.now(),
        )  # fmt: skip

    async def event(self) -> None:
        """Something comes in and is worked off."""
        await self.delivery()
        async with Arrivals(self.database) as arrivals:
            arrivals.note(self.tenant, ChannelId(self.channel), messages=0, at=self.clock.now())


@pytest.fixture
async def scene(database: Database, clock: FrozenClock, tenant: TenantId) -> Scene:
    channel = new_id()
    async with database.unit_of_work(tenant) as scope:
        await facts.open_channel(
            scope, channel, has_window=True, per_second=80, status="active", at=clock.now()
        )
    return Scene(database, clock, tenant, channel, Watch(database=database, clock=clock))


async def test_nothing_is_said_where_nothing_is_wrong(scene: Scene) -> None:
    await scene.event()
    await scene.delivery("forged")  # has an alert of its own, at once
    await scene.outbound("queued")
    assert await scene.look() == {}


@pytest.mark.parametrize(
    ("verdict", "name"),
    [("unparsable", "webhook_unparsable"), ("unrouted", "webhook_unrouted"), ("failed", "inbound_failed")],
)
async def test_webhooks_that_were_not_taken_in(scene: Scene, verdict: str, name: str) -> None:
    first = await scene.delivery(verdict)
    await scene.delivery(verdict)
    assert list(await scene.look()) == [name]
    assert list(await scene.look(later=HOUR)) == [name]
    await scene.do("UPDATE deliveries SET verdict = 'accepted' WHERE id = $1", first)  # driven again
    assert name in await scene.look()
    assert await scene.look(later=DAY) == {}


async def test_what_should_have_left(scene: Scene) -> None:
    await scene.outbound("queued")
    assert await scene.look(later=4 * MINUTE) == {}
    found = await scene.look(later=2 * MINUTE)
    assert found == {
        "outbound_late": "Messages that should have left and wait for a worker: 1, the oldest for 6 minutes"
    }
    assert await scene.look(later=10 * MINUTE) == found
    await scene.do("DELETE FROM outbound")
    assert await scene.look() == {}


async def test_what_waits_for_a_stopped_or_paused_number_is_not_late(scene: Scene) -> None:
    await scene.outbound("queued")
    await scene.do("UPDATE channel_send_facts SET paused_until = $1", scene.clock.now() + HOUR)
    assert await scene.look(later=30 * MINUTE) == {}
    assert "outbound_late" in await scene.look(later=HOUR)
    await scene.do("UPDATE channel_send_facts SET status = 'stopped'")
    assert await scene.look() == {}


async def test_a_provider_that_takes_nothing(scene: Scene) -> None:
    """Said once for all that waits, which is not late by itself; over when it takes something."""
    down = "UPDATE channel_send_facts SET failures = 3, down_since = $1"
    await scene.do(down, scene.clock.now())
    assert await scene.look(later=2 * MINUTE) == {}, "nothing waits for it"
    for _ in range(2):
        await scene.outbound("queued")
    await scene.do(down, scene.clock.now())
    assert await scene.look() == {}
    said = (
        "The provider has taken nothing for 10 minutes. Messages that wait: 2. They leave by themselves when"
    )
    assert await scene.look(later=10 * MINUTE) == {"provider_down": f"{said} it is back"}
    await scene.do("UPDATE channel_send_facts SET failures = 0, down_since = NULL")
    await scene.do("DELETE FROM outbound")
    assert await scene.look() == {}


async def test_what_came_in_and_is_not_worked_off(scene: Scene) -> None:
    await scene.do(
        """INSERT INTO inbound_items
             (tenant_id, id, channel_id, lane, delivery_id, event, sent_at, arrived_at)
           VALUES ($1, $2, $3, 'm:1', $2, '{}', $4, $4)""",
        scene.tenant, new_id(), scene.channel, scene.clock.now(),
    )  # fmt: skip
    assert await scene.look(later=4 * MINUTE) == {}
    assert "inbound_late" in await scene.look(later=2 * MINUTE)
    await scene.do("DELETE FROM inbound_items")
    assert await scene.look() == {}


async def test_many_unknown_sends_are_one_alert(scene: Scene) -> None:
    for _ in range(3):
        await scene.outbound("unknown")
    assert await scene.look(later=59 * MINUTE) == {}
    found = await scene.look(later=2 * MINUTE)
    assert list(found) == ["outcome_unknown"]
    assert found["outcome_unknown"].endswith("whether they were sent: 3, the oldest for 61 minutes")
    await scene.do("DELETE FROM outbound")
    assert await scene.look() == {}


async def test_a_number_that_had_events_every_day_is_missed_until_the_next(scene: Scene) -> None:
    for ago in range(14):
        await scene.delivery(ago=ago * DAY)
    await scene.event()
    assert await scene.look(later=35 * HOUR) == {}
    assert set(await scene.look(later=2 * HOUR)) == {"channel_silent"}
    assert set(await scene.look(later=60 * DAY)) == {"channel_silent"}
    await scene.event()
    assert await scene.look() == {}


async def test_a_number_that_was_tried_once_is_not_missed(scene: Scene) -> None:
    await scene.event()
    assert await scene.look(later=30 * DAY) == {}


@pytest.mark.parametrize(
    ("days", "hours", "missed"),
    [
        (range(14), 35, False),
        (range(14), 37, True),
        ([d for d in range(14) if d not in (2, 9)], 70, False),  # closed on Sundays
        ([d for d in range(14) if d not in (2, 9)], 73, True),
        (range(9), 1000, False),  # not for long enough
        ([], 1000, False),
    ],
)
def test_how_long_is_too_long(days: Any, hours: int, missed: bool) -> None:
    seen = Quiet(TenantId(new_id()), new_id(), hours * HOUR, tuple(days))
    assert bool(silent(seen, known=False)) is missed
    assert silent(seen, known=True)
    assert usual_silence(seen.days) >= DAY


async def test_what_comes_and_goes_is_no_storm(scene: Scene) -> None:
    """Nor does one that a person has dismissed come back at once, while its cause stands."""
    await scene.outbound("queued")
    assert await scene.look(later=6 * MINUTE)
    async with scene.database.unit_of_work(scene.tenant) as scope:
        (alert,) = (await alerts.list_alerts(scope, resolved=False, cursor=None, limit=5)).items
        await alerts.resolve_alert(scope, alert.id, now=scene.clock.now())
    assert await scene.look(later=10 * MINUTE) == {}
    assert "outbound_late" in await scene.look(later=6 * MINUTE)


async def test_another_tenants_number_is_none_of_ones_business(scene: Scene) -> None:
    await scene.delivery("unparsable")
    await scene.nobodys(ago=HOUR)
    await scene.do("UPDATE deliveries SET tenant_id = $1 WHERE tenant_id = $2", new_id(), scene.tenant)
    assert await scene.look() == {}


async def test_raw_webhooks_age_away_in_portions(scene: Scene) -> None:
    old = [await scene.delivery(ago=31 * DAY) for _ in range(3)] + [await scene.nobodys(ago=31 * DAY)]
    kept = [await scene.delivery(ago=29 * DAY), await scene.nobodys(ago=29 * DAY)]
    gone = []
    for _ in range(3):
        async with scene.database.system() as scope:
            before = scene.clock.now() - 30 * DAY
            gone.append(await journal.purge(scope, before=before, limit=3, nobody=NOBODY))
    assert gone == [3, 1, 0]
    async with scene.database.system() as scope:
        rows = await scope.db.fetch("SELECT id FROM deliveries WHERE id = ANY($1)", [*old, *kept])
    assert {row["id"] for row in rows} == set(kept)
