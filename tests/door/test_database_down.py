"""Without a database nothing is acknowledged: 503 within a second, and the retry has one effect."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from samvad.channels.service.door import ANSWER_SECONDS
from samvad.platform.crypto import Keyring
from samvad.platform.migrations.migrate import migrate
from samvad.platform.postgres import Supervisor
from samvad.platform.postgres.settings_text import Tuning
from samvad.platform.postgres.testing import Scratch
from tests.door.stage import Shop, Stage, stage

PATIENCE = 60.0


@pytest.fixture(scope="module")
async def own_url(passwords: dict[str, str]) -> AsyncIterator[str]:
    """A server that these tests may hurt; a supervisor brings it back."""
    folder = Path(tempfile.mkdtemp(prefix="samvad-test-"))
    supervisor = Supervisor(folder / "postgres", tuning=Tuning(durable=True), outlive=False)
    scratch = Scratch(await supervisor.start())
    watching = asyncio.create_task(supervisor.watch())
    try:
        url = scratch.dsn(await scratch.create(name="victim"))
        await migrate(url, passwords)
        yield url
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await supervisor.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
async def victim(own_url: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with stage(own_url, keyring) as opened:
        yield opened


async def processes(url: str) -> list[int]:
    """The server, then its children."""
    connection = await asyncpg.connect(url)
    parent = await connection.fetchval("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int")
    rows = await connection.fetch("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    await connection.close()
    return [parent, *(row["pid"] for row in rows)]


@asynccontextmanager
async def suspended(url: str) -> AsyncIterator[None]:
    """A server that answers nothing and closes nothing: a lost machine, a frozen guest."""
    pids = await processes(url)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


async def until_accepted(shop: Shop, body: bytes) -> None:
    """As a provider does: the same webhook again until it is taken."""
    async with asyncio.timeout(PATIENCE):
        while (said := await shop.knock(body)).status != 200:
            assert said.status == 503
            await asyncio.sleep(0.05)


async def stored(url: str, shop: Shop) -> list[str]:
    """External ids of what is there; a doubled webhook may be stored twice, its effect is one (workflows)."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "SELECT DISTINCT event->'event'->>'text' AS text FROM inbound_items WHERE channel_id = $1",
        shop.channel.id,
    )
    await connection.close()
    return sorted(row["text"] for row in rows)


def test_the_promise_of_one_second_leaves_room_for_the_answer() -> None:
    assert ANSWER_SECONDS < 1


async def test_a_suspended_server_is_503_and_nothing_is_acknowledged(victim: Stage, own_url: str) -> None:
    shop = await victim.shop()
    await until_accepted(shop, shop.saying("before"))
    body = shop.saying("meanwhile")
    async with suspended(own_url):
        answers = await asyncio.gather(*(shop.knock(body) for _ in range(10)))
        assert {a.status for a in answers} == {503}
        assert all(int(a.headers["retry-after"]) > 0 for a in answers)
        handshake = await victim.ask("GET", "/webhooks/meta?hub.verify_token=x&hub.mode=subscribe")
        assert handshake.status == 503
    await until_accepted(shop, body)
    assert await stored(own_url, shop) == ["before", "meanwhile"]


async def test_kill_9_of_the_server_loses_nothing_that_was_acknowledged(victim: Stage, own_url: str) -> None:
    shop = await victim.shop()
    acknowledged: list[str] = []
    refused: dict[str, bytes] = {}
    parent, *_ = await processes(own_url)
    for number in range(60):
        if number == 20:
            os.kill(parent, signal.SIGKILL)
        body = shop.saying(str(number))
        said = await shop.knock(body)
        assert said.status in (200, 503)
        if said.status == 200:
            acknowledged.append(str(number))
        else:
            refused[str(number)] = body
    assert refused, "the kill was noticed"
    for body in refused.values():
        await until_accepted(shop, body)
    assert await stored(own_url, shop) == sorted([*acknowledged, *refused])
