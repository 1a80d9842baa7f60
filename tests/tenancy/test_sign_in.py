"""Signing in: lock-out under parallel guesses, links that work once, sessions that end."""

import asyncio
from datetime import timedelta

import pytest

from samvad.kernel.clock import FrozenClock
from samvad.kernel.errors import Forbidden, TooMany, Unauthenticated
from samvad.platform.db import Actor, Database
from samvad.tenancy.errors import LinkSpent, MemberDisabled, WrongCredentials
from samvad.tenancy.passwords import NOBODY, ThreadHasher
from samvad.tenancy.service import Gatekeeper
from samvad.tenancy.service.members import MemberChange, change_member, make_link
from samvad.tenancy.service.sign_in import SESSION_LIFE, SignIn, Visitor, forget_attempts
from samvad.tenancy.types import LinkPurpose, Permission, Role
from tests.tenancy.factories import PASSWORD, VISITOR, House, PlainHasher, make_house, make_key

OWNER = "owner@dairy.test"


@pytest.fixture
async def house(database: Database, clock: FrozenClock) -> House:
    return await make_house(database, clock)


@pytest.fixture
def hasher() -> PlainHasher:
    return PlainHasher()


@pytest.fixture
def sign_in(database: Database, clock: FrozenClock, hasher: PlainHasher) -> SignIn:
    return SignIn(database, hasher, clock)


@pytest.fixture
def door(database: Database, clock: FrozenClock) -> Gatekeeper:
    return Gatekeeper(database, clock)


async def test_known_and_unknown_cost_the_same_work(
    house: House, sign_in: SignIn, hasher: PlainHasher, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work(house.tenant) as scope:
        change = MemberChange(disabled=True)
        await change_member(scope, house.members[Role.VIEWER].id, change, now=clock.now())
    for email in (OWNER, "nobody@x.test", "viewer@dairy.test", "no email at all", "a\x00@b.c", "a\ud800@b.c"):
        hasher.asked.clear()
        with pytest.raises(WrongCredentials):
            await sign_in.with_password(email, "wrong", visitor=VISITOR)
        assert len(hasher.asked) == 1


async def test_nobodys_hash_is_of_the_real_kind() -> None:
    """Else an unknown e-mail would be told by its speed."""
    real = await ThreadHasher().hash(PASSWORD)
    assert NOBODY.split("$")[1:4] == real.split("$")[1:4]
    assert not await ThreadHasher().verify(NOBODY, "")
    assert await ThreadHasher().verify(real, PASSWORD)
    assert not await ThreadHasher().verify("not a hash", PASSWORD)


async def test_parallel_guesses_all_count(house: House, sign_in: SignIn) -> None:
    guesses = [
        sign_in.with_password(OWNER, f"guess {i}", visitor=Visitor(f"198.51.100.{i}", "")) for i in range(30)
    ]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert {type(o) for o in outcomes} <= {WrongCredentials, TooMany}
    with pytest.raises(TooMany) as refused:
        await sign_in.with_password(OWNER, PASSWORD, visitor=VISITOR)
    assert refused.value.retry_after == 15 * 60


async def test_a_right_guess_beside_ten_wrong_ones_does_not_open(
    house: House, database: Database, clock: FrozenClock
) -> None:
    """The right password is verified last, after the wrong ones that started beside it were counted."""

    class Slow(PlainHasher):
        async def verify(self, stored: str, password: str) -> bool:
            if password == PASSWORD:
                await wrong_done.wait()
            return await super().verify(stored, password)

    wrong_done = asyncio.Event()
    sign_in = SignIn(database, Slow(), clock)
    right = asyncio.create_task(sign_in.with_password(OWNER, PASSWORD, visitor=VISITOR))
    await asyncio.sleep(0)
    wrong = [sign_in.with_password(OWNER, "no", visitor=Visitor(f"198.51.100.{i}", "")) for i in range(10)]
    await asyncio.gather(*wrong, return_exceptions=True)
    wrong_done.set()
    with pytest.raises(TooMany):
        await right


async def test_one_address_may_not_try_many_emails(house: House, sign_in: SignIn, clock: FrozenClock) -> None:
    for i in range(10):
        with pytest.raises(WrongCredentials):
            await sign_in.with_password(f"x{i}@y.test", "no", visitor=VISITOR)
    with pytest.raises(TooMany):
        await sign_in.with_password(OWNER, PASSWORD, visitor=VISITOR)
    assert await sign_in.with_password(OWNER, PASSWORD, visitor=Visitor("192.0.2.1", ""))
    clock.advance(timedelta(minutes=15))
    assert await sign_in.with_password(OWNER, PASSWORD, visitor=VISITOR)


async def test_success_forgets_the_emails_failures(house: House, sign_in: SignIn) -> None:
    for round_ in range(3):
        for i in range(9):
            with pytest.raises(WrongCredentials):
                await sign_in.with_password(OWNER, "no", visitor=Visitor(f"10.{round_}.0.{i}", ""))
        await sign_in.with_password(OWNER, PASSWORD, visitor=VISITOR)


async def test_failures_outside_the_window_do_not_add_up(
    house: House, sign_in: SignIn, clock: FrozenClock
) -> None:
    for _ in range(3):
        for _ in range(9):
            with pytest.raises(WrongCredentials):
                await sign_in.with_password(OWNER, "no", visitor=VISITOR)
        clock.advance(timedelta(minutes=16))
    assert await sign_in.with_password(OWNER, PASSWORD, visitor=VISITOR)


async def test_of_twenty_uses_of_a_link_one_wins(
    house: House, sign_in: SignIn, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work(house.tenant) as scope:
        link = await make_link(scope, house.owner.id, purpose=LinkPurpose.SIGN_IN, now=clock.now())
    uses = (sign_in.with_link(link.token, visitor=VISITOR) for _ in range(20))
    outcomes = await asyncio.gather(*uses, return_exceptions=True)
    assert sum(isinstance(o, str) for o in outcomes) == 1
    assert {type(o) for o in outcomes} == {str, LinkSpent}


async def test_a_link_ends_after_15_minutes(
    house: House, sign_in: SignIn, database: Database, clock: FrozenClock
) -> None:
    async with database.unit_of_work(house.tenant) as scope:
        link = await make_link(scope, house.owner.id, purpose=LinkPurpose.SIGN_IN, now=clock.now())
    clock.advance(timedelta(minutes=15))
    for token in (link.token, "garbage", "", link.token[:-1], link.token.replace("svl", "svs")):
        with pytest.raises(LinkSpent):
            await sign_in.with_link(token, visitor=VISITOR)


async def test_disabling_ends_everything_at_once(
    house: House, sign_in: SignIn, door: Gatekeeper, database: Database, clock: FrozenClock
) -> None:
    agent = house.members[Role.AGENT]
    async with database.unit_of_work(house.tenant) as scope:
        link = await make_link(scope, agent.id, purpose=LinkPurpose.SIGN_IN, now=clock.now())
        await change_member(scope, agent.id, MemberChange(disabled=True), now=clock.now())
    with pytest.raises(Unauthenticated):
        await door.admit(house.tokens[Role.AGENT], Permission.SELF)
    with pytest.raises(LinkSpent):
        await sign_in.with_link(link.token, visitor=VISITOR)
    with pytest.raises(WrongCredentials):
        await sign_in.with_password(agent.email, PASSWORD, visitor=VISITOR)
    async with database.unit_of_work(house.tenant) as scope:
        with pytest.raises(MemberDisabled):
            await make_link(scope, agent.id, purpose=LinkPurpose.SIGN_IN, now=clock.now())


async def test_a_session_lives_seven_days_from_its_last_use(
    house: House, door: Gatekeeper, clock: FrozenClock
) -> None:
    token = house.tokens[Role.OWNER]
    for _ in range(3):
        clock.advance(timedelta(days=6))
        await door.admit(token, Permission.SELF)
    clock.advance(SESSION_LIFE)
    with pytest.raises(Unauthenticated):
        await door.admit(token, Permission.SELF)


async def test_use_is_noted_at_most_once_a_minute(house: House, door: Gatekeeper, clock: FrozenClock) -> None:
    token = house.tokens[Role.OWNER]
    first = (await door.admit(token, Permission.SELF))[1].session
    clock.advance(timedelta(seconds=59))
    await door.admit(token, Permission.SELF)
    second = (await door.admit(token, Permission.SELF))[1].session
    assert first and second and first.last_used_at == second.last_used_at
    clock.advance(timedelta(seconds=2))
    async with door.reading(token, Permission.SELF):
        pass
    third = (await door.admit(token, Permission.SELF))[1].session
    assert third and third.last_used_at == clock.now()


async def test_api_keys_end_and_are_revoked(
    house: House, door: Gatekeeper, database: Database, clock: FrozenClock
) -> None:
    key = await make_key(database, house, clock, scopes=[Permission.INBOX_READ], life=timedelta(days=1))
    tenant, caller = await door.admit(key, Permission.INBOX_READ)
    assert (tenant, caller.role, caller.member) == (house.tenant, None, None)
    with pytest.raises(Forbidden):
        await door.admit(key, Permission.INBOX_WRITE)
    clock.advance(timedelta(days=1))
    with pytest.raises(Unauthenticated):
        await door.admit(key, Permission.INBOX_READ)


async def test_what_is_over_is_forgotten(
    house: House, sign_in: SignIn, database: Database, clock: FrozenClock
) -> None:
    async def left(table: str) -> int:
        async with database.unit_of_work(house.tenant) as scope:
            return await scope.db.fetchval(
                f"SELECT count(*) FROM {table} WHERE member_id = $1", house.owner.id
            )

    async with database.unit_of_work(house.tenant) as scope:
        await make_link(scope, house.owner.id, purpose=LinkPurpose.SIGN_IN, now=clock.now())
    with pytest.raises(WrongCredentials):
        await sign_in.with_password("x@y.test", "no", visitor=VISITOR)
    clock.advance(timedelta(days=60))
    await sign_in.with_password(OWNER, PASSWORD, visitor=VISITOR)
    assert (await left("sessions"), await left("sign_in_links")) == (1, 0)
    await forget_attempts(database, now=clock.now())
    async with database.system() as system:
        assert await system.db.fetchval("SELECT count(*) FROM sign_in_attempts") == 0


async def test_only_hashes_are_stored(
    house: House, database: Database, clock: FrozenClock, database_url: str
) -> None:
    secrets = [house.tokens[Role.OWNER], await make_key(database, house, clock)]
    async with database.unit_of_work(house.tenant, Actor(house.owner.id)) as scope:
        link = await make_link(scope, house.owner.id, purpose=LinkPurpose.SIGN_IN, now=clock.now())
        secrets.append(link.token)
        for table in ("sessions", "sign_in_links", "api_keys", "audit_log"):
            rows = await scope.db.fetch(f"SELECT to_jsonb(t)::text AS row FROM {table} t")
            assert rows
            for secret in secrets:
                assert not [r for r in rows if secret.split("_", 2)[2] in r["row"]]
