"""The sandbox as a process of its own: killed in the middle, its ledger and its queue stay."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from tests.sandbox.support import SECRET, Sandbox
from tests.sandbox.test_sandbox_phone import Phone


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def process(file: Path, port: int) -> AsyncIterator[tuple[Sandbox, asyncio.subprocess.Process]]:
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad.sandbox", "--data-file", str(file), "--port", str(port),
        env={**os.environ, "SAMVAD_SANDBOX_SECRET": SECRET}, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http:
        async with asyncio.timeout(20):
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    async with http.get(f"{base}/healthz") as response:
                        assert response.headers["x-samvad-sandbox"] == "1"
                        break
                await asyncio.sleep(0.02)
        try:
            yield Sandbox(base, http), started
        finally:
            if started.returncode is None:
                started.terminate()
            await started.wait()


async def test_kill_9_loses_nothing_that_was_answered(tmp_path, receiver):
    file, port = tmp_path / "a folder" / "sandbox.sqlite", free_port()
    receiver.statuses = [500] * 1000
    async with process(file, port) as (sandbox, killed):
        await sandbox.register(receiver)
        await sandbox.behave(
            sends={"window": "off"}, statuses={"until": "sent"}, webhooks={"retry_base_ms": 20}
        )
        said = await sandbox.says()
        answers = await asyncio.gather(
            *(sandbox.sends(biz_opaque_callback_data=f"id-{n}") for n in range(50))
        )
        assert {status for status, _ in answers} == {200}
        killed.kill()
        await killed.wait()
    receiver.statuses.clear()
    async with process(file, port) as (sandbox, _):
        ledger = await sandbox.ledger()
        assert ledger["totals"] == {"accepted": 50, "client_ids": 50, "refused": {}}
        await sandbox.settled()
        assert said["id"] in [m["id"] for m in receiver.items("messages")]
        told = {s["biz_opaque_callback_data"] for s in receiver.items("statuses")}
        assert told == {f"id-{n}" for n in range(50)}


async def test_a_page_that_waits_is_answered_when_it_ends(tmp_path, receiver):
    async with process(tmp_path / "sandbox.sqlite", free_port()) as (sandbox, ending):
        await sandbox.register(receiver)
        phone = Phone(sandbox)
        cursor = (await phone.ask("GET", "/customers"))["cursor"]
        waiting = asyncio.ensure_future(phone.ask("GET", f"/events?after={cursor}"))
        await phone.ask("GET", "/customers")  # on a connection of its own: the first one is taken by now
        ending.terminate()
        assert await waiting == {"items": [], "cursor": cursor}
        assert await ending.wait() == -signal.SIGTERM


async def test_without_a_secret_it_says_so(tmp_path):
    env = {name: value for name, value in os.environ.items() if name != "SAMVAD_SANDBOX_SECRET"}
    refused = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "samvad.sandbox", "--data-file", str(tmp_path / "s.sqlite"),
        env=env, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, sentence = await refused.communicate()
    assert refused.returncode == 1
    assert b"SAMVAD_SANDBOX_SECRET" in sentence
