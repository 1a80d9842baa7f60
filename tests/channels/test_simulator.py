"""Every tenant's sandbox number: registered with the emulator, opened by a pass for its phone page."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from samvad.channels.service.simulator import PASS_LASTS, Simulator
from samvad.channels.types import SANDBOX
from samvad.kernel.signing import sign_phone_token
from samvad.platform.http import HostPolicy, HttpError
from tests.door.stage import Shop

SECRET = "shared with the emulator of the test"


class Emulator:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, dict[str, Any]]] = []
        self.status = 200
        self.asked, self.talks = asyncio.Event(), asyncio.Event()
        self.talks.set()

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else {}
        self.told.append((f"{request.method} {request.path}", request.headers.get("authorization", ""), body))
        self.asked.set()
        await self.talks.wait()
        return web.json_response({"ok": True}, status=self.status)


@pytest.fixture
async def emulator() -> AsyncIterator[tuple[Emulator, int]]:
    peer = Emulator()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", peer.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield peer, runner.addresses[0][1]
    peer.talks.set()
    await runner.cleanup()


def simulator(shop: Shop, port: int) -> Simulator:
    parts = shop.stage.parts
    return Simulator(
        registry=parts.registry,
        vault=parts.vault,
        http=parts.http,
        allow=HostPolicy().including("127.0.0.1", port),
        url=f"http://127.0.0.1:{port}",
        secret=SECRET,
        webhook_base=shop.stage.url,
    )


async def test_a_number_is_opened_and_the_emulator_told(shop: Shop, emulator: tuple[Emulator, int]) -> None:
    peer, port = emulator
    phones, parts = simulator(shop, port), shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        channel = await phones.open_number(scope, now=parts.clock.now())
    assert channel.provider == SANDBOX
    for _ in range(2):  # safe to repeat
        assert await phones.register_all(parts.database, [shop.house.tenant]) is True
    assert len(peer.told) == 2  # the Meta number beside it is not the emulator's
    path, secret, body = peer.told[0]
    assert (path, secret) == (f"PUT /_sandbox/numbers/{channel.address}", f"Bearer {SECRET}")
    assert body["webhook_url"] == f"{shop.stage.url}/webhooks/meta/{channel.key}"
    assert body["tenant"] == str(shop.house.tenant)


async def test_a_pass_is_signed_and_ends(shop: Shop, emulator: tuple[Emulator, int]) -> None:
    phones, parts = simulator(shop, emulator[1]), shop.stage.parts
    now = parts.clock.now()
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        channel = await phones.open_number(scope, now=now)
        (found,) = await phones.passes(scope, now=now)
    assert found.expires_at == now + PASS_LASTS
    until = int(found.expires_at.timestamp())
    assert found.token == sign_phone_token(SECRET, channel.address, expires_at=until)


async def test_an_emulator_that_is_away_or_refuses_is_told_later(
    shop: Shop, emulator: tuple[Emulator, int]
) -> None:
    peer, port = emulator
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        await simulator(shop, port).open_number(scope, now=parts.clock.now())
    peer.status = 500
    assert await simulator(shop, port).register_all(parts.database, [shop.house.tenant]) is False
    dead = simulator(shop, 1)
    assert await dead.register_all(parts.database, [shop.house.tenant]) is False


async def test_a_page_that_waits_is_let_go_when_the_process_ends(
    shop: Shop, emulator: tuple[Emulator, int]
) -> None:
    peer, port = emulator
    phones = simulator(shop, port)
    peer.talks.clear()
    call = {"query": "wait=25", "token": "", "body": b"", "content_type": ""}
    waiting = asyncio.ensure_future(phones.forward("GET", "events", **call))
    await peer.asked.wait()
    phones.leave()
    with pytest.raises(HttpError):
        await waiting
    with pytest.raises(HttpError):
        await phones.forward("GET", "events", **call)
