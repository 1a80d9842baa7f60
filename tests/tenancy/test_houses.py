"""Tenants, members, alerts and audit: all of it or nothing, and the races between two people."""

import asyncio
from datetime import datetime, timedelta

import asyncpg
import pytest

from samvad.kernel.clock import FrozenClock
from samvad.kernel.errors import Forbidden, Invalid, NotFound
from samvad.kernel.ids import new_id
from samvad.platform.db import Actor, Database, Scope
from samvad.tenancy.errors import EmailTaken, LastOwner, NotYourRank, SlugTaken
from samvad.tenancy.service import (
    Gatekeeper,
    acknowledge_alert,
    caller_of,
    list_alerts,
    list_audit,
    raise_alert,
    resolve_alert,
    resolve_alerts_named,
)
from samvad.tenancy.service.api_keys import NewApiKey, create_api_key
from samvad.tenancy.service.members import MemberChange, NewMember, add_member, change_member, locate
from samvad.tenancy.service.tenants import NewTenant, all_tenants, create_tenant
from samvad.tenancy.types import Member, Permission, Role, TenantSettings
from tests.tenancy.factories import House, make_house


@pytest.fixture
async def house(database: Database, clock: FrozenClock) -> House:
    return await make_house(database, clock)


async def test_hooks_run_in_the_unit_of_work_that_makes_the_tenant(
    database: Database, clock: FrozenClock
) -> None:
    async def outlet(scope: Scope, *, now: datetime) -> None:
        await scope.db.execute(
            "INSERT INTO outlets (tenant_id, id, name, created_at) VALUES ($1, $2, 'First', $3)",
            scope.tenant, new_id(), now,
        )  # fmt: skip

    made = await make_house(database, clock, then=[outlet])
    async with database.reading(made.tenant) as scope:
        assert (
            await scope.db.fetchval("SELECT name FROM outlets WHERE tenant_id = $1", made.tenant) == "First"
        )
        assert await scope.db.fetchval("SELECT suspended FROM tenant_send_facts") is False


async def test_a_failing_hook_leaves_nothing(database: Database, clock: FrozenClock) -> None:
    async def fails(scope: Scope, *, now: datetime) -> None:
        raise RuntimeError("no sandbox")

    new = NewTenant("dairy", TenantSettings("Dairy"), "owner@dairy.test")
    with pytest.raises(RuntimeError):
        await create_tenant(database, new, now=clock.now(), then=[fails])
    async with database.system() as system:
        assert await all_tenants(system) == []
        assert await system.db.fetchval("SELECT count(*) FROM member_directory") == 0
    await create_tenant(database, new, now=clock.now())


async def test_slug_and_email_are_one_per_installation(
    house: House, database: Database, clock: FrozenClock
) -> None:
    for slug, email, failure in (("dairy", "a@b.test", SlugTaken), ("other", "OWNER@dairy.test", EmailTaken)):
        with pytest.raises(failure):
            await create_tenant(database, NewTenant(slug, TenantSettings("X"), email), now=clock.now())
    outcomes = await asyncio.gather(
        *(
            create_tenant(database, NewTenant("race", TenantSettings("R"), f"{i}@r.test"), now=clock.now())
            for i in range(5)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(o, SlugTaken) for o in outcomes) == 4


async def test_two_owners_cannot_demote_each_other(
    house: House, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work(house.tenant) as scope:
        second = await add_member(scope, NewMember("two@dairy.test", "Two", Role.OWNER), now=clock.now())

    async def demote(member: Member) -> Member:
        async with database.unit_of_work(house.tenant) as scope:
            change = MemberChange(role=Role.AGENT)
            return await change_member(scope, member.id, change, now=clock.now(), by=Role.OWNER)

    outcomes = await asyncio.gather(demote(house.owner), demote(second), return_exceptions=True)
    assert sorted(type(o).__name__ for o in outcomes) == ["LastOwner", "Member"]


async def test_a_disabled_owner_does_not_count(house: House, database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work(house.tenant) as scope:
        second = await add_member(scope, NewMember("two@dairy.test", "Two", Role.OWNER), now=clock.now())
        await change_member(scope, second.id, MemberChange(disabled=True), now=clock.now())
    async with database.unit_of_work(house.tenant) as scope:
        with pytest.raises(LastOwner):
            await change_member(scope, house.owner.id, MemberChange(disabled=True), now=clock.now())


async def test_an_admin_makes_no_owner(house: House, database: Database, clock: FrozenClock) -> None:
    async with database.unit_of_work(house.tenant) as scope:
        with pytest.raises(NotYourRank):
            await add_member(scope, NewMember("x@y.test", "X", Role.OWNER), now=clock.now(), by=Role.ADMIN)
        with pytest.raises(NotYourRank):
            change = MemberChange(role=Role.OWNER)
            await change_member(scope, house.members[Role.AGENT].id, change, now=clock.now(), by=Role.ADMIN)


async def test_a_key_is_never_allowed_more_than_its_maker(
    house: House, database: Database, clock: FrozenClock
) -> None:
    door = Gatekeeper(database, clock)
    async with door.writing(house.tokens[Role.AGENT], Permission.INBOX_WRITE) as scope:
        agent = caller_of(scope)
        key, _ = await create_api_key(scope, NewApiKey("mine"), now=clock.now(), by=agent)
        assert Permission.TENANT_WRITE not in key.scopes
        assert Permission.INBOX_WRITE in key.scopes
        wider = NewApiKey("more", [Permission.TENANT_WRITE])
        with pytest.raises(Forbidden):
            await create_api_key(scope, wider, now=clock.now(), by=agent)
        for new in (NewApiKey("m", [Permission.MEMBERS_WRITE]), NewApiKey("e", []), NewApiKey("\u200b"),
                    NewApiKey("p", None, clock.now())):  # fmt: skip
            with pytest.raises(Invalid):
                await create_api_key(scope, new, now=clock.now(), by=agent)


async def test_locate_by_email(house: House, database: Database) -> None:
    assert await locate(database, " Owner@Dairy.test ") == (house.tenant, house.owner.id)
    with pytest.raises(NotFound):
        await locate(database, "nobody@dairy.test")


async def test_an_alert_counts_until_it_is_resolved(
    house: House, database: Database, clock: FrozenClock
) -> None:
    async def shout(detail: str) -> bool:
        async with database.unit_of_work(house.tenant) as scope:
            return await raise_alert(scope, "forged", subject="channel:1", detail=detail, now=clock.now())

    assert sorted(await asyncio.gather(*(shout("a") for _ in range(10)))) == [False] * 9 + [True]
    clock.advance(timedelta(minutes=1))
    assert not await shout("b")
    async with database.unit_of_work(house.tenant) as scope:
        (alert,) = (await list_alerts(scope, resolved=False, cursor=None, limit=10)).items
        assert not (await list_alerts(scope, resolved=False, cursor=None, limit=9, subject="x")).items
        assert (alert.times, alert.detail, alert.last_at) == (11, "b", clock.now())
        assert (await resolve_alert(scope, alert.id, now=clock.now())).resolved_at == clock.now()
        for act in (resolve_alert, acknowledge_alert):
            with pytest.raises(NotFound):
                await act(scope, new_id(), now=clock.now())
    assert await shout("c")
    async with database.unit_of_work(house.tenant) as scope:
        assert await resolve_alerts_named(scope, "forged", subject="channel:1", now=clock.now())
        assert not await resolve_alerts_named(scope, "forged", subject="channel:1", now=clock.now())
        assert len((await list_alerts(scope, resolved=True, cursor=None, limit=10)).items) == 2


async def test_who_acknowledges_an_alert_first_is_named(
    house: House, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work(house.tenant) as scope:
        await raise_alert(scope, "forged", subject="channel:9", detail="", now=clock.now())
        (alert,) = (await list_alerts(scope, resolved=False, cursor=None, limit=9, subject="channel:9")).items
        assert alert.acknowledged_by == ""
    agent = house.members[Role.AGENT]
    for role in (Role.AGENT, Role.OWNER):
        async with database.unit_of_work(house.tenant, house.actor(role)) as scope:
            seen = await acknowledge_alert(scope, alert.id, now=clock.now())
        assert (seen.acknowledged_by, seen.acknowledged_at) == (agent.name or agent.email, clock.now())
    async with database.unit_of_work(house.tenant, Actor(api_key="k1")) as scope:
        assert (await resolve_alert(scope, alert.id, now=clock.now())).resolved_by == "api_key:k1"


async def test_the_audit_log_is_paged_newest_first_and_cannot_be_changed(
    house: House, database: Database, clock: FrozenClock
) -> None:
    async with database.reading(house.tenant) as scope:
        seen, cursor = [], None
        while True:
            page = await list_audit(scope, cursor=cursor, limit=3)
            seen += page.items
            cursor = page.next_cursor
            if cursor is None:
                break
    ids = [entry.id for entry in seen]
    assert ids == sorted(set(ids), reverse=True)
    assert {"tenant.created", "member.added", "member.signed_in"} == {entry.action for entry in seen}
    signed = next(e for e in seen if e.action == "member.signed_in")
    assert signed.actor.startswith("member:")
    for statement in ("UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.unit_of_work(house.tenant) as scope:
                await scope.db.execute(statement)
