"""The live stream over real sockets: sign-in, replay, resets, tenants, slow browsers, presence."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import asyncpg
import orjson
import pytest
from websockets.exceptions import ConnectionClosed

from samvad.api.services import ApiServices
from samvad.api.ws import Patience
from samvad.kernel.clock import FrozenClock
from samvad.kernel.errors import Unavailable
from samvad.kernel.ids import new_id
from samvad.platform.db import Database
from samvad.platform.db.errors import DRIVER_FAILURES
from samvad.platform.events import renew_epoch
from samvad.tenancy.types import Permission, Role
from tests.api.live import PATIENCE, Browser, Live, live
from tests.tenancy.factories import House, make_key


@pytest.fixture
async def door(services: ApiServices, house: House) -> AsyncIterator[Live]:
    async with live(services, house) as opened:
        yield opened


async def test_what_happens_is_told_at_once_with_its_cursor(door: Live) -> None:
    async with door.join() as (browser, start):
        await door.happen("hello")
        heard = await browser.hear()
        assert heard["type"] == "note"
        assert heard["data"]["name"] == "hello"
        assert heard["cursor"] != start


async def test_a_minute_offline_misses_nothing(door: Live) -> None:
    async with door.join() as (browser, _):
        await door.happen("seen")
        cursor = (await browser.hear())["cursor"]
    for number in range(450):  # more than two pages
        await door.happen(number)
    async with door.join(cursor) as (browser, ready):
        assert ready == cursor  # cut off during the replay, it would ask again from here
        assert await browser.hear_names(450) == list(range(450))
        await door.happen("live again")
        assert await browser.hear_names(1) == ["live again"]


async def test_a_cursor_of_another_epoch_gets_a_reset_and_then_goes_on(door: Live) -> None:
    async with door.join() as (_, cursor):
        pass
    async with door.database.system() as scope:
        await renew_epoch(scope)
    await door.happen("missed")
    async with door.join(cursor) as (browser, _):
        reset = await browser.hear()
        assert reset["type"] == "reset"
        await door.happen("next")
        assert await browser.hear_names(1) == ["next"]
    async with door.join(reset["cursor"]) as (browser, _):
        assert await browser.hear_names(1) == ["next"]


async def test_a_cursor_that_cannot_be_read_gets_a_reset(door: Live) -> None:
    async with door.join("of an older release") as (browser, _):
        assert (await browser.hear())["type"] == "reset"


async def test_a_new_epoch_resets_who_is_connected(door: Live) -> None:
    async with door.join() as (browser, _):
        async with door.database.system() as scope:
            await renew_epoch(scope)
        reset = await browser.hear()
        assert reset["type"] == "reset"
        await door.happen("after")
        assert await browser.hear_names(1) == ["after"]


async def test_one_tenant_hears_one_tenant(door: Live, neighbour: House) -> None:
    token = neighbour.tokens[Role.OWNER]
    async with door.join() as (ours, cursor), door.join(cursor, token=token) as (theirs, _):
        await door.happen("theirs", tenant=neighbour.tenant)
        await door.happen("ours")
        assert await ours.hear_names(1) == ["ours"]
        assert await theirs.hear_names(1) == ["theirs"]


async def test_every_role_may_listen(door: Live, house: House) -> None:
    async with AsyncExitStack() as stack:
        browsers = [
            (await stack.enter_async_context(door.join(token=house.tokens[role])))[0] for role in Role
        ]
        await door.happen("for all")
        assert [await browser.hear_names(1) for browser in browsers] == [["for all"]] * len(Role)


async def test_an_api_key_may_listen_with_the_scope_and_not_without(
    door: Live, house: House, database: Database, clock: FrozenClock
) -> None:
    reader = await make_key(database, house, clock, scopes=[Permission.INBOX_READ])
    async with door.join(token=reader) as (browser, _):
        await door.happen("x")
        assert await browser.hear_names(1) == ["x"]
    other = await make_key(database, house, clock, scopes=[Permission.RULES_READ])
    async with door.browser() as refused:
        await refused.say(type="auth", token=other)
        assert await refused.close_code() == 4403


@pytest.mark.parametrize(
    "first",
    [
        {"type": "auth", "token": "svs_" + "0" * 32 + "_guess"},
        {"type": "auth", "token": "nonsense"},
        {"type": "auth", "token": None},
        {"type": "hello"},
        {},
    ],
)
async def test_whoever_does_not_sign_in_is_turned_away(door: Live, first: dict[str, object]) -> None:
    async with door.browser() as browser:
        await browser.say(**first)
        assert await browser.close_code() == 4401


async def test_whoever_says_nothing_is_turned_away(services: ApiServices, house: House) -> None:
    async with live(services, house, patience=Patience(auth=0.05)) as door, door.browser() as browser:
        assert await browser.close_code() == 4401


@pytest.mark.parametrize(
    "said",
    ["", "not json", "[]", "1", '{"a":' * 500, "x" * 9000, b"\x00", '{"type":"presence"}',
     '{"type":"presence","conversation_id":"1","state":"typing"}',
     '{"type":"presence","conversation_id":"0190b9c0-0000-7000-8000-000000000000","state":["typing"]}'],
)  # fmt: skip
async def test_a_frame_that_makes_no_sense_ends_the_socket(door: Live, said: str | bytes) -> None:
    async with door.join() as (browser, _):
        await browser.socket.send(said)
        assert await browser.close_code() == 4400


async def test_unknown_frames_of_a_newer_web_app_are_passed_over(door: Live) -> None:
    async with door.join() as (browser, _):
        await browser.say(type="dance")
        await browser.say(type="ping")
        assert (await browser.hear())["type"] == "pong"


async def test_a_revoked_session_is_closed_soon(services: ApiServices, house: House) -> None:
    async with (
        live(services, house, patience=Patience(recheck=0.05)) as door,
        door.join() as (browser, _),
        door.join(token=house.tokens[Role.AGENT]) as (other, _),
    ):
        async with door.database.unit_of_work(house.tenant) as scope:
            await scope.db.execute(
                "UPDATE sessions SET revoked_at = now() WHERE tenant_id = $1 AND member_id = $2",
                house.tenant, house.owner.id,
            )  # fmt: skip
        assert await browser.close_code() == 4401
        await door.happen("still here")
        assert await other.hear_names(1) == ["still here"]


async def test_a_browser_that_does_not_read_is_let_go_and_loses_nothing(
    services: ApiServices, house: House
) -> None:
    """Its network buffers and its queue fill up; it is told to come again, and its cursor still stands."""
    async with (
        live(services, house, queue_limit=30) as door,
        door.join(max_queue=1, compression=None) as (slow, cursor),
    ):
        async with door.join() as (quick, _):
            for number in range(200):
                await door.happen(number, more="x" * 100_000)
                assert await quick.hear_names(1) == [number]
        seen: list[object] = []
        code = None
        while code is None:
            try:
                heard = orjson.loads(await asyncio.wait_for(slow.socket.recv(), PATIENCE))
                seen.append(heard["data"]["name"])
                cursor = heard["cursor"]
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 0
        assert code == 4408
        assert len(seen) < 200
        async with door.join(cursor) as (again, _):
            seen += await again.hear_names(200 - len(seen))
        assert seen == list(range(200))


async def conversation_presence(browser: Browser) -> tuple[str, str, str]:
    heard = await browser.hear()
    assert heard["type"] == "presence"
    assert "cursor" not in heard
    return heard["data"]["name"], heard["data"]["state"], heard["data"]["conversation_id"]


async def test_two_agents_see_each_other_and_another_tenant_does_not(
    door: Live, house: House, neighbour: House
) -> None:
    talk = str(new_id())
    agent, stranger = house.tokens[Role.AGENT], neighbour.tokens[Role.OWNER]
    async with door.join() as (owner, _), door.join(token=stranger) as (outside, _):
        await owner.say(type="presence", conversation_id=talk, state="viewing")
        await owner.say(type="ping")
        assert (await owner.hear())["type"] == "pong"  # nobody hears oneself
        async with door.join(token=agent) as (late, _):
            assert await conversation_presence(late) == ("Owner", "viewing", talk)
            await late.say(type="presence", conversation_id=talk, state="typing")
            assert await conversation_presence(owner) == ("Agent", "typing", talk)
        assert await conversation_presence(owner) == ("Agent", "left", talk)
        await outside.say(type="ping")
        assert (await outside.hear())["type"] == "pong"


async def test_the_stream_goes_on_after_the_database_cut_every_connection(
    door: Live, database_url: str
) -> None:
    async with door.join() as (browser, _):
        outsider = await asyncpg.connect(database_url)
        await outsider.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await outsider.close()
        await until_written(door, "after the cut")
        assert await browser.hear_names(1) == ["after the cut"]


async def until_written(door: Live, name: str) -> None:
    """The pool may hand out connections that are dead and do not know it yet."""
    for _ in range(20):
        try:
            return await door.happen(name)
        except (Unavailable, *DRIVER_FAILURES):
            await asyncio.sleep(0.02)
    raise AssertionError("the database did not come back")


async def test_browsers_that_come_and_go_during_a_storm_hear_everything_once(door: Live) -> None:
    total, writers = 240, 6

    async def write(seed: int) -> None:
        rand = random.Random(seed)
        for number in range(seed, total, writers):
            await door.happen(number)
            await asyncio.sleep(rand.choice([0, 0, 0.005]))

    async def follow(seed: int, cursor: str) -> list[object]:
        rand, seen = random.Random(seed), []
        while len(seen) < total:
            # without a limit, or the client pauses and does not see the answer to its own close
            async with door.join(cursor, max_queue=None) as (browser, _):
                for _ in range(min(rand.randint(1, 60), total - len(seen))):
                    heard = await browser.hear()
                    seen.append(heard["data"]["name"])
                    cursor = heard["cursor"]
        return seen

    async with door.join() as (_, start):
        pass
    followers = [asyncio.create_task(follow(seed, start)) for seed in range(5)]
    await asyncio.gather(*(write(seed) for seed in range(writers)))
    told = await asyncio.gather(*followers)
    assert all(len(seen) == len(set(seen)) == total for seen in told)
    assert all(seen == told[0] for seen in told)
