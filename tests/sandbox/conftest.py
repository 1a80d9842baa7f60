"""A sandbox on a real port, a webhook receiver beside it, and one registered number."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from samvad.sandbox.config import SandboxConfig
from tests.sandbox.support import SECRET, Receiver, Sandbox, running


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    made.gate.set()
    app = web.Application(client_max_size=2**24)
    app.add_routes([web.get("/webhooks/meta", made.get), web.post("/webhooks/meta", made.post)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhooks/meta"
    yield made
    await runner.cleanup()


def config_in(folder: Path) -> SandboxConfig:
    return SandboxConfig(
        data_file=folder / "sandbox.sqlite", control_secret=SECRET, port=0, hold_seconds=30, webhook_timeout=5
    )


@pytest.fixture
def config(tmp_path: Path) -> SandboxConfig:
    """For tests that start a sandbox of their own."""
    return config_in(tmp_path)


@pytest.fixture(scope="session")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandbox")
    async with running(config_in(folder)) as base, aiohttp.ClientSession() as http:
        yield Sandbox(base, http)


@pytest.fixture
async def empty(shared: Sandbox) -> AsyncIterator[Sandbox]:
    """No number is registered, and none stays."""
    yield shared
    for number in (await shared.control("GET", "/numbers"))["items"]:
        await shared.control("DELETE", f"/numbers/{number['phone_number_id']}")


@pytest.fixture
async def sandbox(empty: Sandbox, receiver: Receiver) -> Sandbox:
    """One number, quick retries, the window of `919999900001` open, nothing waiting."""
    view = await empty.register(receiver)
    assert view["verified"] is True
    await empty.behave(webhooks={"retry_base_ms": 10, "retry_cap_ms": 40})
    await empty.says()
    await empty.settled()
    receiver.posts.clear()
    receiver.answered.clear()
    return empty
