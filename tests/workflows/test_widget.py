"""The web widget's door: sites, passes, limits, and the stream that a browser listens to."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from samvad.channels.adapters.chat import tokens
from samvad.kernel.clock import FrozenClock
from samvad.kernel.errors import TooMany
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database, buckets
from samvad.platform.postgres.testing import Scratch
from samvad.workflows.chat.guard import LEASE, STREAMS, Guard, Stream
from samvad.workflows.chat.rules import Buckets
from tests.door.stage import Said, Shop, Stage, stage

SITE = "https://shop.example"
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@dataclass
class Site:
    shop: Shop
    channel: dict[str, Any]
    token: str = ""

    @property
    def base(self) -> str:
        return f"/widget/{self.channel['fields']['public_key']}"

    def headers(self, origin: str = SITE) -> dict[str, str]:
        shown = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return {**shown, "content-type": "application/json"} | ({"origin": origin} if origin else {})

    async def call(self, name: str, body: Any = None, *, origin: str = SITE) -> Said:
        sent = orjson.dumps(body or {})
        return await self.shop.stage.ask("POST", f"{self.base}/{name}", sent, headers=self.headers(origin))

    async def visit(self) -> dict[str, Any]:
        said = await self.call("visits")
        assert said.status == 200, said.text
        self.token = said.json["token"]
        return dict(said.json)

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        there = self.shop.stage
        async with there.http.post(
            f"{there.url}{self.base}/events", headers=self.headers(), data=b""
        ) as told:
            assert told.status == 200
            assert told.headers["access-control-allow-origin"] == SITE
            async for line in told.content:
                if line.startswith(b"data: "):
                    yield orjson.loads(line[6:])


@pytest.fixture(scope="module")
async def live(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True) as opened,
    ):
        yield opened


@pytest.fixture
async def site(live: Stage) -> Site:
    shop = await live.shop()
    form = {
        "provider": "chat", "name": "Site", "settings": {"reply_quiet_ms": 0, "reply_cap_ms": 0},
        "allowed_origins": f"{SITE} https://www.shop.example", "greeting": "Namaste!",
        "quick_replies": "Opening hours|Prices", "widget_title": "Govind Dairy",
    }  # fmt: skip
    said = await shop.api("POST", "/channels", form)
    assert said.status == 201, said.text
    rule = {"name": "h", "phrases": ["opening hours"], "action": "reply", "text": "From nine to six."}
    assert (await shop.api("POST", "/rules", rule)).status == 201
    return Site(shop, said.json)


async def test_a_visitor_is_greeted_answered_live_and_known_again(site: Site) -> None:
    visit = await site.visit()
    assert visit["look"] == {
        "title": "Govind Dairy", "greeting": "Namaste!", "quick_replies": ["Opening hours", "Prices"],
        "accent": "", "language": "en",
    }  # fmt: skip
    assert (visit["messages"], visit["state"]) == ([], None)
    seen: dict[str, dict[str, Any]] = {}
    async with asyncio.timeout(20):
        async for news in site.events():
            seen |= {one["id"]: one for one in news["messages"]}
            if not seen:
                assert (await site.call("messages", {"id": "m1", "text": "Opening hours"})).status == 202
            answers = [one for one in seen.values() if one["by"] == "assistant"]
            if answers and answers[0]["status"] == "read":
                break
            if answers and answers[0]["status"] == "sent":
                told = {"message_id": answers[0]["id"], "status": "read"}
                assert (await site.call("seen", told)).status == 204
    assert (seen["m1"]["by"], seen["m1"]["text"], seen["m1"]["status"]) == (
        "visitor",
        "Opening hours",
        "read",
    )
    assert answers[0]["text"] == "From nine to six."
    again = await site.visit()
    assert [one["text"] for one in again["messages"]] == ["Opening hours", "From nine to six."]
    assert await site.shop.alerts() == []


async def test_another_site_is_refused_and_told_nothing(site: Site) -> None:
    for origin in (
        "",
        "null",
        "https://evil.example",
        "http://shop.example",
        "https://shop.example.evil.example",
    ):
        said = await site.call("visits", origin=origin)
        assert said.status == 403, origin
        assert "access-control-allow-origin" not in said.headers
    assert (await site.call("visits", origin=site.shop.stage.url)).status == 200  # the try-out page
    asked = await site.shop.stage.ask("OPTIONS", f"{site.base}/visits", headers={"origin": SITE})
    assert asked.status == 204
    assert asked.headers["access-control-allow-headers"] == "authorization, content-type"
    assert "access-control-allow-credentials" not in asked.headers


async def test_only_a_good_pass_speaks_and_only_for_itself(site: Site) -> None:
    for token in ("", "garbage", "web-1.9999999999.0000"):
        site.token = token
        for name, body in (("messages", {"id": "m", "text": "hi"}), ("events", {}), ("seen", {})):
            said = await site.call(name, body)
            assert (said.status, said.json["code"]) == (401, "unauthenticated")
            assert said.headers["access-control-allow-origin"] == SITE, "the widget has to read it"
    await site.visit()
    stranger = {"message_id": "0199c9b0-0000-7000-8000-000000000001", "status": "read"}
    assert (await site.call("seen", stranger)).status == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"id": "m1", "text": ""}, "text"),
        ({"id": "m 1", "text": "hi"}, "id"),
        ({"id": "m1", "text": "x" * 4097}, "text"),
        ({"id": "m1", "text": "hi", "visitor": "anna"}, "visitor"),
        ({"text": "hi"}, "id"),
    ],
)
async def test_what_cannot_be_used_is_named(site: Site, body: dict[str, Any], field: str) -> None:
    await site.visit()
    said = await site.call("messages", body)
    assert (said.status, said.json["errors"][0]["field"]) == (422, field)


async def test_who_writes_too_fast_waits(site: Site) -> None:
    await site.visit()
    answers = [await site.call("messages", {"id": f"m{n}", "text": "hi"}) for n in range(10)]
    assert [said.status for said in answers[:8]] == [202] * 8
    assert answers[-1].status == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_the_try_out_page_and_strangers_keys(site: Site) -> None:
    page = await site.shop.stage.ask("GET", f"{site.base}/try")
    assert (page.status, "Govind Dairy" in page.text) == (200, True)
    for path in ("/widget/nobody/try", "/widget/nobody.js"):
        assert (await site.shop.stage.ask("GET", path)).status == 404


async def test_a_change_of_the_sites_counts_at_once(site: Site) -> None:
    await site.visit()
    changed = await site.shop.api(
        "PATCH", f"/channels/{site.channel['id']}", {"allowed_origins": "https://new.example"}
    )
    assert changed.status == 200, changed.text
    async with asyncio.timeout(10):
        while (await site.call("visits")).status != 403:  # noqa: ASYNC110 - the wake-up is on its way
            await asyncio.sleep(0.02)
    assert (await site.call("visits", origin="https://new.example")).status == 200


def test_a_pass_is_of_one_channel_one_visitor_and_one_time() -> None:
    token = tokens.sign("secret", key="k", visitor="web-1", expires_at=100)
    assert tokens.visitor_of("secret", token, key="k", now=99) == "web-1"
    assert tokens.visitor_of("secret", token, key="k", now=100) is None
    assert tokens.visitor_of("secret", token, key="other", now=99) is None
    assert tokens.visitor_of("other", token, key="k", now=99) is None
    assert (
        tokens.visitor_of("", tokens.sign("", key="k", visitor="v", expires_at=100), key="k", now=0) is None
    )
    for at in range(len(token)):
        changed = token[:at] + chr(ord(token[at]) ^ 1) + token[at + 1 :]
        assert tokens.visitor_of("secret", changed, key="k", now=99) is None


def test_a_bucket_fills_again_and_forgets_the_oldest() -> None:
    own = Buckets(burst=2, per_second=0.5, most=2)
    assert [own.take("a", NOON) for _ in range(3)] == [0, 0, 2]
    assert own.take("a", NOON + timedelta(seconds=2)) == 0
    own.take("b", NOON)
    own.take("c", NOON)
    assert own.take("a", NOON + timedelta(seconds=2)) == 0, "forgotten, so full again"


async def test_windows_of_one_visitor_are_counted_over_all_processes(database: Database) -> None:
    clock = FrozenClock(NOON)
    one, other = Guard(database, clock), Guard(database, clock)
    found = await asyncio.gather(
        *(guard.stream("v", "::1") for guard in (one, other) for _ in range(3)), return_exceptions=True
    )
    streams = [stream for stream in found if isinstance(stream, Stream)]
    assert (len(streams), STREAMS) == (4, 4)
    await streams[0].close()
    await (await one.stream("v", "::1")).close()
    clock.advance(LEASE / 2)
    await streams[1].stay()
    clock.advance(LEASE * 2 / 3)  # the others' processes are dead: nobody said that they still are
    again = await asyncio.gather(*(other.stream("v", "::1") for _ in range(4)), return_exceptions=True)
    assert Counter(type(answer) for answer in again) == {Stream: 3, TooMany: 1}


async def test_a_network_is_one_place(database: Database) -> None:
    guard = Guard(database, FrozenClock(NOON))
    for n in range(30):
        await guard.visit(f"2001:db8::{n}")
    with pytest.raises(TooMany):
        await guard.visit("2001:db8::ffff")
    await guard.visit("2001:db8:1::1")


async def test_all_processes_share_what_a_visitor_may_say(database: Database) -> None:
    clock = FrozenClock(NOON)
    one, other = Guard(database, clock), Guard(database, clock)
    said = await asyncio.gather(
        *(guard.words("v", "198.51.100.7") for guard in (one, other) for _ in range(8)),
        return_exceptions=True,
    )
    assert Counter(type(answer) for answer in said) == {type(None): 8, TooMany: 8}
    clock.advance(timedelta(seconds=2))
    await other.words("v", "198.51.100.7")
    with pytest.raises(TooMany) as refused:
        await one.words("v", "198.51.100.7")
    assert refused.value.retry_after == 2
    async with database.system() as scope:
        await buckets.forget(scope, before=NOON + timedelta(hours=1))
        assert await scope.db.fetchval("SELECT count(*) FROM rate_buckets") == 0
