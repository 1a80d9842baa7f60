"""The three addresses for machines, with a database that is there, that is gone and that is frozen."""

import asyncio
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from samvad.api.app import create_app
from samvad.api.health import health_routes
from samvad.api.services import ApiServices
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId, new_id
from samvad.platform.db import Database
from samvad.platform.health import Check, alerts_check, database_check, file_check, queue_checks, tasks_check
from samvad.tenancy.service import alerts
from tests.api.client import Client
from tests.platform.wire import wired


def client(checks: list[Check], *, alerts: Check | None = None) -> Client:
    return Client(Starlette(routes=health_routes(checks, alerts=alerts)))


def checks_of(database: Database, clock: FrozenClock) -> list[Check]:
    return [database_check(database), *queue_checks(database, clock)]


def samples(text: bytes) -> dict[str, float]:
    """The queue gauges that are there."""
    families = text_string_to_metric_families(text.decode())
    found = [sample for family in families for sample in family.samples]
    return {f"{s.name}:{s.labels['queue']}": s.value for s in found if s.name.startswith("samvad_queue")}


async def test_it_stands_at_the_root_of_the_door_without_signing_in(
    services: ApiServices, database: Database, clock: FrozenClock
) -> None:
    app = create_app(replace(services, extra=health_routes(checks_of(database, clock))))
    for path in ("/healthz", "/readyz", "/metrics"):
        assert (await Client(app).get(path)).status == 200


async def test_ready_names_each_component(database: Database, clock: FrozenClock) -> None:
    answer = await client(checks_of(database, clock)).get("/readyz")
    assert answer.status == 200
    assert answer.json()["status"] == "ok"
    components = answer.json()["components"]
    assert components["database"] == {"status": "ok", "detail": ""}
    assert components["lanes"] == {"status": "ok", "detail": "", "waiting": 0, "oldest_seconds": 0.0}


async def test_without_the_web_app_we_are_degraded_and_ready(database: Database) -> None:
    web = file_check("web", None, absent="not built")
    answer = await client([database_check(database), web]).get("/readyz")
    assert (answer.status, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["components"]["web"] == {"status": "degraded", "detail": "not built"}


async def test_a_loop_that_died_makes_its_process_unready() -> None:
    for_ever = asyncio.create_task(asyncio.Event().wait(), name="Sender.run")
    dead = asyncio.create_task(asyncio.sleep(0), name="Lanes.run")
    door = client([tasks_check("loops", [for_ever])])
    assert (await door.get("/readyz")).json()["components"]["loops"] == {
        "status": "ok", "detail": "", "running": 1
    }  # fmt: skip
    await dead
    answer = await client([tasks_check("loops", [for_ever, dead])]).get("/readyz")
    assert (answer.status, answer.json()["down"]) == (503, ["loops"])
    assert answer.json()["components"]["loops"]["detail"] == "ended: Lanes.run"
    for_ever.cancel()


async def test_without_a_database_we_are_alive_and_not_ready(
    database_url: str, passwords: dict[str, str], clock: FrozenClock
) -> None:
    async with wired(database_url, passwords) as (database, _):
        pass  # closed: what a pool says when nothing answers any more
    door = client(checks_of(database, clock))
    answer = await door.get("/readyz")
    assert (answer.status, answer.json()["down"]) == (503, ["database"])
    assert (await door.get("/healthz")).json() == {"status": "ok"}


async def test_a_frozen_database_does_not_freeze_us(
    database_url: str, passwords: dict[str, str], clock: FrozenClock
) -> None:
    async with wired(database_url, passwords) as (database, wire):
        door = client(checks_of(database, clock))
        assert (await door.get("/readyz")).status == 200
        wire.flowing.clear()
        answers = await asyncio.gather(*(door.get("/readyz") for _ in range(20)))
        assert {answer.status for answer in answers} == {503}
        assert answers[0].json()["components"]["database"] == {"status": "down", "detail": "no answer"}
        assert (await door.get("/metrics")).status == 200
        wire.flowing.set()
        assert (await door.get("/readyz")).status == 200


async def test_queues_are_measured_at_the_scrape_and_vanish_with_the_database(
    database_url: str, passwords: dict[str, str], clock: FrozenClock, tenant: TenantId
) -> None:
    async with wired(database_url, passwords) as (database, _):
        async with database.system() as scope:
            await scope.db.execute(
                "INSERT INTO inbound_lanes (tenant_id, channel_id, lane, ready_at, gen) "
                "VALUES ($1, $2, 'x', $3, 1)",
                tenant, new_id(), clock.now(),
            )  # fmt: skip
        door = client(checks_of(database, clock))
        found = samples((await door.get("/metrics")).body)
        assert found["samvad_queue_depth:lanes"] == 1
        assert found["samvad_queue_age_seconds:outbound"] == 0
    answer = await door.get("/metrics")
    assert answer.status == 200
    assert samples(answer.body) == {}


async def test_open_alerts_are_counted_by_name(
    database: Database, tenant: TenantId, clock: FrozenClock
) -> None:
    async with database.unit_of_work(tenant) as scope:
        for subject in ("one", "two"):
            await alerts.raise_alert(scope, "outbound_late", subject=subject, detail="", now=clock.now())
        await alerts.resolve_alerts_named(scope, "outbound_late", subject="two", now=clock.now())
    answer = await client([], alerts=alerts_check(database)).get("/metrics")
    assert b'samvad_open_alerts{name="outbound_late"} 1.0' in answer.body


@pytest.mark.parametrize("accept", ["text/plain", "application/openmetrics-text; version=1.0.0"])
async def test_metrics_come_in_the_form_that_is_asked_for(accept: str) -> None:
    answer = await client([]).get("/metrics", headers={"accept": accept})
    assert answer.headers["content-type"].startswith(accept.split(";")[0])
    assert b"samvad_webhook_requests" in answer.body
